//! Matches with their evidence, calibrated by judged pairs; sizes corrected by judged
//! assignments.

use super::given::Given;
use super::setting::Setting;
use super::{Inputs, Reviewed};
use crate::error::Result;
use crate::review::JudgedPair;
use std::collections::{BTreeMap, BTreeSet};
use throughline_disclosure::Rules;
use throughline_domain::Figure;
use throughline_domain::brief::{Candidate, Match, Pain, Strength, names_nothing};
use throughline_insight::compose::employees::{self, Said};
use throughline_insight::compose::problems::Problems;
use throughline_insight::matches::{self, Everyone, LeverSide, PainSide, Spoken, because, pairs};
use throughline_insight::reviewed::{self, Seen};
use throughline_insight::sizes::Sizes;
use throughline_insight::tally::Tally;
use throughline_insight::theme::Theme;
use throughline_stats::calibrate::{Calibration, Judged, calibrate};
use throughline_text::vectors::Vectors;

/// Central sentences that stand for a theme when meanings are compared.
const SENTENCES: usize = 16;
/// Respondents a unit needs before its share behind a fix counts.
const RESPONDENTS: usize = 8;

/// What was matched.
pub struct Found {
    /// Matches of at least weak strength, strongest first.
    pub matches: Vec<Match>,
    /// The same by number: fix, problem, probability that the match holds.
    pub answers: Vec<(usize, usize, f64)>,
    /// Fix and problem of strong and some matches.
    clear: Vec<(usize, usize)>,
    /// Whether scores are probabilities learnt from judged pairs.
    pub calibrated: bool,
    /// Judged pairs of what is here.
    pub judged: usize,
    /// Fixes that are most likely the same as another: both, by number.
    pub alike: BTreeSet<(usize, usize)>,
    /// How far employees' votes on what helps customers agree with customers' figures.
    pub agreement: Figure,
}

impl Found {
    /// The probability that a fix answers a problem, given by its id.
    pub fn chance(&self, lever: usize, pain: &str, ids: &BTreeMap<usize, &str>) -> f64 {
        let is_it = |at: &usize| ids.get(at).is_some_and(|id| *id == pain);
        let mut answers = self.answers.iter().filter(|answer| answer.0 == lever);
        answers
            .find(|(_, at, _)| is_it(at))
            .map_or(0.0, |answer| answer.2)
    }

    /// Problems that a fix answers with at least some strength.
    pub fn clear(&self, lever: usize) -> Vec<usize> {
        self.clear
            .iter()
            .filter(|(at, _)| *at == lever)
            .map(|(_, pain)| *pain)
            .collect()
    }
}

/// Matches problems and fixes.
pub fn matches(
    inputs: &Inputs<'_>,
    setting: &Setting,
    problems: &Problems<'_>,
    pains: &[(usize, Pain<Candidate>)],
    groups: &[Vec<&Said>],
    given: &Given,
) -> Result<Found> {
    let vectors = Vectors::shipped();
    let answers = inputs.answers;
    // Nothing answers what is no one problem.
    let pains: Vec<_> = pains.iter().filter(|(_, pain)| !pain.mixed).collect();
    let pain_sides: Vec<PainSide> = pains
        .iter()
        .map(|(at, pain)| {
            let theme = &inputs.fits.pains.themes[*at];
            let sentences = theme.central.iter().take(SENTENCES);
            PainSide {
                centre: theme.centre.clone(),
                profile: theme.profile.clone(),
                spoken: spoken(theme),
                sentences: sentences
                    .filter_map(|at| {
                        let text = inputs.fits.pains.texts.get(at.text)?.part.for_analysis();
                        Some(vectors.embed(text.get(at.start..at.end)?))
                    })
                    .collect(),
                stages: pain
                    .stages
                    .iter()
                    .map(|stage| (stage.name.clone(), stage.share))
                    .collect(),
                units: problems.excess_by_unit(*at),
            }
        })
        .collect();
    let shown: Vec<usize> = (0..groups.len())
        .filter(|at| !answers.levers.themes[*at].hidden && !groups[*at].is_empty())
        .collect();
    let lever_sides: Vec<LeverSide> = shown
        .iter()
        .map(|at| {
            let theme = &answers.levers.themes[*at];
            let sentences = theme.central.iter().take(SENTENCES);
            LeverSide {
                centre: theme.centre.clone(),
                profile: theme.profile.clone(),
                spoken: spoken(theme),
                sentences: sentences
                    .filter_map(|at| {
                        let text = answers.levers.said.get(at.text)?.text.for_analysis();
                        Some(vectors.embed(text.get(at.start..at.end)?))
                    })
                    .collect(),
                people: employees::people(&groups[*at]),
                roles: employees::by_role(&groups[*at]),
                units: employees::by_unit(
                    &groups[*at],
                    &answers.everyone,
                    RESPONDENTS.max(inputs.rules.minimum_group as usize),
                ),
            }
        })
        .collect();
    let everyone = Everyone {
        roles: employees::serving(&answers.everyone, &setting.chain),
        units: answers
            .everyone
            .units
            .iter()
            .map(|(unit, people)| (unit.clone(), people.len() as f64))
            .collect(),
    };
    let mut pairs = pairs(&pain_sides, &lever_sides, &everyone);
    let mut scores: Vec<f64> = matches::scores(&pairs);
    let gathered = |pair: &matches::Pair| {
        let addresses = answers.levers.themes[shown[pair.lever]]
            .addresses
            .as_ref()?;
        let is_it = addresses.problem == pains[pair.pain].1.id;
        Some(if is_it { addresses.share } else { 0.0 })
    };
    for (score, pair) in scores.iter_mut().zip(&pairs) {
        *score = gathered(pair).map_or(*score, matches::gathered);
    }
    let ids = |pair: &matches::Pair| {
        (
            pains[pair.pain].1.id.as_str(),
            answers.levers.themes[shown[pair.lever]].id.as_str(),
        )
    };
    let judged = judged(inputs, pairs.iter().map(ids).zip(&scores));
    let calibration = calibration(&judged, &scores);
    let told = told(&inputs.judged.pairs);
    let said = |pair: &matches::Pair| told.get(&ids(pair)).copied();
    let chances = pairs.iter().zip(&scores).map(|(pair, score)| {
        let calibrated = calibration.as_ref().map(|rule| rule.probability(*score));
        said(pair).map_or(calibrated.unwrap_or(*score), f64::from)
    });
    let mut chances: Vec<f64> = chances.collect();
    let sizes = pains.iter().map(|(at, _)| given.worth.expected(*at));
    let sizes: Vec<Option<f64>> = sizes.collect();
    // Ideas that were gathered under a problem answer that one or none.
    let is_gathered = |at: usize| answers.levers.themes[at].addresses.is_some();
    let opinions = shown.iter().map(|at| {
        let opinion = given.expected.opinions[*at];
        opinion.filter(|_| !is_gathered(*at))
    });
    let opinions: Vec<_> = opinions.collect();
    let agreement = matches::believed(&mut pairs, &mut chances, &sizes, &opinions);
    let mut found = Found {
        matches: Vec::new(),
        answers: Vec::new(),
        clear: Vec::new(),
        calibrated: calibration.is_some(),
        judged: judged.len(),
        alike: alike(&lever_sides, &shown, &answers.levers.themes),
        agreement: given.agreement(agreement),
    };
    for ((pair, score), chance) in pairs.iter().zip(&scores).zip(&chances) {
        let told = said(pair);
        if told == Some(false) {
            continue;
        }
        let probability = (told.is_some() || calibration.is_some()).then_some(*chance);
        let score = probability.map_or(*chance, |_| *score);
        let strength = match probability {
            // Once judged, the words follow the probability.
            Some(probability) if probability >= 0.7 => Some(Strength::Strong),
            Some(probability) if probability >= 0.4 => Some(Strength::Some),
            Some(probability) if probability >= 0.15 => Some(Strength::Weak),
            Some(_) => None,
            None => match gathered(pair) {
                Some(share) => matches::strength_of_gathered(share),
                None => matches::strength(pair, score),
            },
        };
        let holds = *chance;
        // A small chance counts in the order, though it is no match to read.
        if strength.is_some() || probability.is_some_and(|holds| holds >= matches::CUTS[2]) {
            let both = (shown[pair.lever], pains[pair.pain].0);
            found.answers.push((both.0, both.1, holds));
        }
        let Some(mut strength) = strength else {
            continue;
        };
        let people = employees::people(&groups[shown[pair.lever]]) as u64;
        let lever = &answers.levers.themes[shown[pair.lever]];
        if probability.is_none() && is_a_heap(lever, people, &inputs.rules) {
            strength = strength.min(Strength::Weak);
        }
        let (pain, lever) = ids(pair);
        if strength > Strength::Weak {
            found.clear.push((shown[pair.lever], pains[pair.pain].0));
        }
        found.matches.push(Match {
            pain: pain.to_owned(),
            lever: lever.to_owned(),
            strength,
            score,
            probability,
            meaning: pair.sentences.clamp(0.0, 1.0),
            centres: pair.centres,
            bridge: pair.bridge,
            topics: pair.topics,
            words: pair.words,
            place: pair.place,
            movement: pair.movement.map(|movement| movement.correlation),
            movement_units: pair.movement.map_or(0, |movement| movement.units),
            movement_evidence: pair.movement.map(|movement| movement.evidence),
            expected: pair.expected.filter(|_| told.is_none()),
            because: match told {
                Some(_) => "A person judged that it would answer it.".to_owned(),
                None => gathered(pair).map_or_else(|| because(pair), matches::because_gathered),
            },
        });
    }
    found.matches.sort_by(|a, b| {
        let score = |m: &Match| m.probability.unwrap_or(m.score);
        b.strength
            .cmp(&a.strength)
            .then_with(|| score(b).total_cmp(&score(a)))
            .then_with(|| (&a.pain, &a.lever).cmp(&(&b.pain, &b.lever)))
    });
    Ok(found)
}

/// Fixes that are most likely the same as another. Ideas that were gathered under problems are as different as these, and
/// those that a person named aren't one.
fn alike(sides: &[LeverSide], shown: &[usize], themes: &[Theme]) -> BTreeSet<(usize, usize)> {
    let found = throughline_insight::alike::alike(sides);
    let found = shown.iter().zip(found);
    found
        .flat_map(|(one, others)| others.into_iter().map(|other| (*one, shown[other])))
        .filter(|(one, other)| {
            let (one, other) = (&themes[*one], &themes[*other]);
            one.addresses.is_none()
                && other.addresses.is_none()
                && !(one.titled_by_hand && other.titled_by_hand)
        })
        .collect()
}

fn spoken(theme: &Theme) -> Spoken {
    Spoken {
        texts: theme.texts,
        pieces: theme.pieces.clone(),
    }
}

/// The pairs that were judged and are here, with their scores.
fn judged<'a>(
    inputs: &Inputs<'_>,
    scored: impl Iterator<Item = ((&'a str, &'a str), &'a f64)>,
) -> Vec<Judged> {
    if inputs.judged.pairs.is_empty() {
        return Vec::new();
    }
    let scores: BTreeMap<(&str, &str), f64> = scored.map(|(ids, score)| (ids, *score)).collect();
    let pairs = inputs.judged.pairs.iter();
    pairs
        .filter_map(|pair| {
            let score = *scores.get(&(pair.pain.as_str(), pair.lever.as_str()))?;
            Some(Judged {
                score,
                yes: pair.yes,
                weight: pair.weight,
            })
        })
        .collect()
}

/// Pairs from which judgements tell whether their question was understood.
const FEW_JUDGED: usize = 20;

/// Pairs that an analyst called wrong, or right. Where most of many that she judged were called right, for which random
/// pairs are never good, the question wasn't the one that was asked, and only what was called wrong counts.
fn told(pairs: &[JudgedPair]) -> BTreeMap<(&str, &str), bool> {
    let all: f64 = pairs.iter().map(|pair| pair.weight).sum();
    let right: f64 = pairs
        .iter()
        .filter(|pair| pair.yes)
        .map(|pair| pair.weight)
        .sum();
    let believed = pairs.len() < FEW_JUDGED || right <= MOST_HOLD * all;
    let told = pairs.iter().filter(|pair| believed || !pair.yes);
    told.map(|pair| ((pair.pain.as_str(), pair.lever.as_str()), pair.yes))
        .collect()
}

/// What judged pairs teach about scores, where there are enough of them.
fn calibration(judged: &[Judged], scores: &[f64]) -> Option<Calibration> {
    let calibration = calibrate(judged).ok()?;
    // Random pairs seldom belong together. Judgements that say most do weren't made on the
    // question asked, and a brief that followed them would call everything strong.
    let probabilities = scores.iter().map(|score| calibration.probability(*score));
    let mean = probabilities.sum::<f64>() / scores.len().max(1) as f64;
    (mean <= MOST_HOLD).then_some(calibration)
}

/// Mean probability of all pairs above which judgements aren't followed.
const MOST_HOLD: f64 = 0.35;

/// Corrects sizes by what an analyst judged about assignments.
pub fn apply_review(
    sizes: &mut Sizes,
    inputs: &Inputs<'_>,
    main: Option<usize>,
    tally: &Tally,
) -> Result<Reviewed> {
    let place: BTreeMap<&str, usize> = inputs
        .fits
        .pains
        .themes
        .iter()
        .enumerate()
        .map(|(at, theme)| (theme.id.as_str(), at))
        .collect();
    let seen: Vec<Seen> = inputs
        .judged
        .assignments
        .iter()
        .filter_map(|judged| {
            let pain = *place.get(judged.pain.as_str())?;
            Some(Seen {
                id: judged.id.clone(),
                pain,
                found: judged.found,
                yes: judged.yes,
            })
        })
        .collect();
    let found = seen.iter().filter(|seen| seen.found).count();
    let right = seen.iter().filter(|seen| seen.found && seen.yes).count();
    let widest = main
        .and_then(|at| inputs.import.sources.get(at))
        .and_then(|source| {
            let width = source.scale.map(|scale| scale.width());
            source.metric.widest(width)
        });
    let corrected = reviewed::correct(sizes, tally, widest, &seen, inputs.request.seed)?;
    Ok(Reviewed {
        corrected,
        judged: seen.len(),
        right_share: (found > 0).then(|| right as f64 / found as f64),
    })
}

/// Whether a group of answers can't be told to be one fix: so many that their words may be told have none in common
/// ("Yes", "Everything"). What it answers is weak, until somebody has judged pairs.
fn is_a_heap(lever: &Theme, people: u64, rules: &Rules) -> bool {
    names_nothing(&lever.title) && lever.addresses.is_none() && people >= rules.minimum_comments
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_insight::theme::{Addresses, Found as Group, corrected};

    #[test]
    fn what_many_say_in_no_common_words_is_a_heap() {
        let titled = |title: &str| {
            let group = Group {
                title: title.to_owned(),
                ..Group::default()
            };
            corrected("f", vec![group], &[], &|_| Vec::new())
                .themes
                .remove(0)
        };
        let rules = Rules::default();
        let is_a_heap = |title: &str, people| is_a_heap(&titled(title), people, &rules);
        assert!(is_a_heap("Other answers, 2", 10));
        // Of fewer, words may not be told: they may have some.
        assert!(!is_a_heap("Other answers, 2", 9));
        assert!(!is_a_heap("Small refunds", 10));
        let mut gathered = titled("Other answers");
        gathered.addresses = Some(Addresses {
            problem: "p".to_owned(),
            share: 0.5,
        });
        assert!(!super::is_a_heap(&gathered, 10, &rules));
    }

    #[test]
    fn what_a_person_called_wrong_counts_and_what_she_called_right_unless_that_is_most() {
        let pair = |lever: &str, yes: bool, weight: f64| JudgedPair {
            pain: "p".to_owned(),
            lever: lever.to_owned(),
            yes,
            weight,
        };
        let some = [pair("a", true, 1.0), pair("b", false, 3.0)];
        assert_eq!(
            told(&some),
            BTreeMap::from([(("p", "a"), true), (("p", "b"), false)])
        );
        // Of many, by how many pairs each stands for.
        let names: Vec<String> = (0..FEW_JUDGED).map(|n| n.to_string()).collect();
        let many = |weight: f64| -> Vec<JudgedPair> {
            let weight = |n: usize| if n == 0 { weight } else { 1.0 };
            let pairs = names.iter().enumerate();
            pairs
                .map(|(n, name)| pair(name, n == 0, weight(n)))
                .collect()
        };
        assert_eq!(told(&many(9.0)).get(&("p", "0")), Some(&true));
        let most = many(99.0);
        assert_eq!(told(&most).get(&("p", "0")), None);
        assert_eq!(told(&most).len(), FEW_JUDGED - 1);
        assert!(told(&[]).is_empty());
    }
}
