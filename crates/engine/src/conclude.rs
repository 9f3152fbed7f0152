//! From counts to a draft of the brief: sizes, matches, order, gaps, notes.

mod chosen;
mod fixes;
mod given;
mod matching;
mod name;
mod needs;
mod praised;
mod quotes;
mod setting;
mod title;
mod votes;

use crate::answers::Answers;
use crate::error::{EngineError, Result};
use crate::fit::Fits;
use crate::request::BriefRequest;
use crate::review::Judgements;
use crate::sample::Sampled;
use crate::scan::Counted;
use crate::words_of_many::WordsOfMany;
use given::Given;
use needs::needs;
use setting::Setting;
use std::collections::{BTreeMap, BTreeSet};
use throughline_disclosure::Rules;
use throughline_domain::brief::{Brief, Candidate, EaseFrom, Match, Pain, Strength};
use throughline_domain::facts::{ThemeCorrection, Voice};
use throughline_domain::import::ImportReport;
use throughline_domain::metric::Metric;
use throughline_insight::chain::Chain;
use throughline_insight::compose::notes::{Known, notes};
use throughline_insight::compose::problems::Problems;
use throughline_insight::compose::standing::standing;
use throughline_insight::compose::{employees, journey, links, numbers};
use throughline_insight::error::InsightError;
use throughline_insight::sizes::sizes;
use throughline_insight::tally::Tally;
use throughline_lake::Lake;

/// All that a conclusion is drawn from.
pub struct Inputs<'a> {
    /// What was asked.
    pub request: &'a BriefRequest,
    /// The facts.
    pub lake: &'a Lake,
    /// What the import did.
    pub import: &'a ImportReport,
    /// The sample themes were fitted on.
    pub sample: &'a [Sampled],
    /// The themes of customers' comments.
    pub fits: &'a Fits,
    /// What the scan counted.
    pub counted: &'a Counted,
    /// What employees said.
    pub answers: &'a Answers,
    /// Employees' answers as imported.
    pub voice: &'a [Voice],
    /// Words that enough people used to name things by.
    pub names: &'a WordsOfMany,
    /// Smallest groups about which something is said.
    pub rules: Rules,
    /// Whether the answers were given to a round: nothing is then said by role.
    pub of_a_round: bool,
    /// A person's corrections.
    pub corrections: &'a [ThemeCorrection],
    /// What an analyst judged.
    pub judged: &'a Judgements,
}

/// A draft, and the matches as the analyst's file lists them.
pub struct Conclusion {
    /// The draft of the brief.
    pub draft: Brief<Candidate>,
    /// Matches, strongest first.
    pub matches: Vec<Match>,
}

impl From<InsightError> for EngineError {
    fn from(error: InsightError) -> Self {
        Self::Fault(error.to_string())
    }
}

/// Share of the answers gathered under problems (of groups that are shown) that is likely to be on them; `None` where
/// fixes were told apart by themselves.
fn gathered(answers: &Answers, pains: &[Pain<Candidate>], shown: &BTreeSet<&str>) -> Option<f64> {
    let (mut on, mut all) = (0.0, 0.0);
    for theme in &answers.levers.themes {
        let under = theme.addresses.as_ref();
        let is_here = |id: &str| pains.iter().any(|pain| pain.id == id);
        if let Some(under) = under.filter(|under| is_here(&under.problem))
            && shown.contains(theme.id.as_str())
        {
            on += under.share * theme.texts as f64;
            all += theme.texts as f64;
        }
    }
    (all > 0.0).then(|| on / all)
}

/// Draws the conclusions.
///
/// # Errors
/// If the facts can't be read, or for a fault of ours.
pub fn conclude(inputs: &Inputs<'_>) -> Result<Conclusion> {
    let Inputs {
        request,
        import,
        fits,
        counted,
        answers,
        judged,
        ..
    } = inputs;
    let mut setting = Setting::read(inputs.lake)?;
    let uncounted_votes = votes::uncounted(
        answers,
        inputs.voice,
        inputs.corrections,
        &setting.votes,
        inputs.rules.minimum_group,
    );
    setting.votes =
        votes::votes_on_fixes(answers, inputs.voice, inputs.corrections, &setting.votes);
    let setting = setting;
    let main = main_source(inputs);
    let empty = Tally::new(
        Metric::Mean,
        fits.pains.themes.len(),
        fits.strengths.themes.len(),
    );
    // Without a source to go by, all there is stands for one.
    let one = [("".to_owned(), counted.pooled.clone().unwrap_or(empty))];
    let tallies = main.map_or(&one[..], |_| &counted.tallies[..]);
    let main_tally = &tallies[main.unwrap_or(0)].1;

    let mut sizes = sizes(main_tally)?;
    let reviewed = matching::apply_review(&mut sizes, inputs, main, main_tally)?;
    let unit_name = |unit: u32| counted.units.name(unit).to_owned();
    let stage_name = |stage: u32| counted.stages.name(stage).to_owned();
    let customer_quotes = quotes::of_customers(inputs, &fits.pains.texts, true);
    let problems = Problems {
        themes: &fits.pains.themes,
        tallies,
        main: main.unwrap_or(0),
        sizes: &sizes,
        units: &unit_name,
        stages: &stage_name,
        comments: &counted.comments,
        values: &counted.values,
        customers_known: counted.customers_known,
        quotes: &customer_quotes,
    };
    // A theme that goes with a clearly better score is no problem, whatever its words.
    let (better, pains): (Vec<_>, Vec<_>) = problems
        .drafts()
        .into_iter()
        .partition(|(_, pain)| goes_with_better(pain));
    let pains = praised::told_as_problems(pains, &|at| fits.pains.themes[at].titled_by_hand);
    let strengths = praised::strengths(inputs, main_tally, better);

    let groups = answers.levers.by_theme();
    let given = Given::of(inputs, &setting, &sizes, main_tally.named_units())?;
    let found = matching::matches(inputs, &setting, &problems, &pains, &groups, &given)?;
    let fixes::Fixes {
        levers,
        chosen,
        unclustered,
    } = fixes::levers(inputs, &setting, &sizes, &pains, &groups, &given, &found)?;

    // A fix that too few speak of isn't shown, and answers nothing that is.
    let shown: BTreeSet<&str> = levers
        .iter()
        .filter(|lever| lever.support.people >= inputs.rules.minimum_group)
        .map(|lever| lever.id.as_str())
        .collect();
    let answered = |pain: &str| {
        found.matches.iter().any(|m| {
            m.pain == pain && m.strength > Strength::Weak && shown.contains(m.lever.as_str())
        })
    };
    let gap_pains = pains
        .iter()
        .filter(|(_, pain)| !pain.mixed && !answered(&pain.id))
        .map(|(_, pain)| pain.id.clone())
        .collect();
    let gap_levers = levers
        .iter()
        .filter(|lever| {
            !found
                .matches
                .iter()
                .any(|m| m.lever == lever.id && m.strength > Strength::Weak)
        })
        .map(|lever| lever.id.clone())
        .collect();
    let ground: Vec<(String, Vec<&employees::Said>)> = answers
        .levers
        .themes
        .iter()
        .zip(&groups)
        .filter(|(theme, _)| !theme.hidden)
        .map(|(theme, said)| (theme.id.clone(), said.clone()))
        .collect();
    // Audiences are made of roles where a chain is known; of a round they are units.
    let by_unit = Chain::default();
    let audiences = if inputs.of_a_round {
        &by_unit
    } else {
        &setting.chain
    };
    let common_ground = employees::common_ground(
        &ground,
        &answers.everyone,
        audiences,
        &|unit| setting.top_of(unit),
        inputs.rules.minimum_group,
    );
    let problems = pains.iter().map(|(at, _)| &inputs.fits.pains.themes[*at]);
    let fixes = answers.levers.themes.iter();
    let fixes = fixes.filter(|theme| shown.contains(theme.id.as_str()));
    let named_by_topic = problems.chain(fixes).filter(|theme| theme.by_topic).count();
    let pains: Vec<_> = pains.into_iter().map(|(_, pain)| pain).collect();
    let found_links = links::links(&setting.measures, &setting::waves, request.seed);
    let links = found_links.pictures;
    let known = Known {
        units: main_tally.named_units(),
        coded: main_tally.metric == Metric::Coded && main_tally.scores() > 0,
        scored: main_tally.scores() > 0,
        pains: pains.len(),
        levers: shown.len(),
        matches: found
            .matches
            .iter()
            .filter(|m| m.strength > Strength::Weak)
            .count(),
        voice: !inputs.voice.is_empty(),
        chain: !setting.chain.is_empty(),
        eased: levers
            .iter()
            .filter(|lever| shown.contains(lever.id.as_str()))
            .filter(|lever| lever.ease.figure.value().is_some())
            .count(),
        ease_asked: levers
            .iter()
            .any(|lever| lever.ease.from == EaseFrom::Votes),
        links: links.iter().filter(|link| link.path.is_some()).count(),
        unread_links: found_links.unread,
        measures: !setting.measures.is_empty(),
        dated: counted.days.is_some(),
        undated: undated(counted),
        comments: import.sources.iter().map(|source| source.comments).sum(),
        named_by_topic,
        gathered: gathered(answers, &pains, &shown),
        reviewed: reviewed.corrected,
        of_a_round: inputs.of_a_round,
        calibrated: found.calibrated,
        pairs: pains.iter().filter(|pain| !pain.mixed).count() * shown.len(),
        judged_pairs: found.judged,
        judged_elsewhere: judged.assignments.len() + judged.pairs.len()
            - reviewed.judged
            - found.judged,
        languages: languages(counted, answers),
        about_a_person: answers.about_a_person,
        minimum: inputs.rules.minimum_group,
        unclustered,
    };
    let mut all_notes = notes(&known);
    all_notes.extend(found_links.notes);
    all_notes.extend(uncounted_votes);
    all_notes.extend(setting::unused_corrections(inputs));
    // A round says nothing by role, not even which roles answered.
    if !inputs.of_a_round {
        let stages: Vec<&str> = (0..counted.stages.len())
            .map(|number| counted.stages.name(number as u32))
            .collect();
        let minimum = inputs.rules.minimum_group;
        all_notes.extend(setting::unlinked_chain(
            &setting.chain,
            &stages,
            &answers.everyone,
            minimum,
        ));
    }
    let matches = found.matches;
    // Of files nobody has said which ideas may be read alone.
    let ideas = if inputs.of_a_round {
        let groups = [&answers.levers.said[..], &answers.needs.said[..]];
        employees::ideas_alone(groups, inputs.rules.minimum_comments)
    } else {
        Vec::new()
    };
    let draft = Brief {
        company: request.company.clone(),
        first_day: counted.days.and_then(|days| quotes::day(days.0)),
        last_day: counted.days.and_then(|days| quotes::day(days.1)),
        employees: answers.employees,
        standings: standings(inputs, main),
        chain: journey::picture(
            &setting.chain,
            answers
                .everyone
                .roles
                .iter()
                // A round says nothing by role, not even which roles answered.
                .filter(|(_, people)| {
                    !inputs.of_a_round && people.len() as u64 >= inputs.rules.minimum_group
                })
                .map(|(role, _)| role.as_str()),
            &pains,
        ),
        pains,
        levers,
        chosen,
        ideas,
        needs: needs(answers, inputs.names),
        strengths,
        matches: matches.clone(),
        gap_pains,
        gap_levers,
        measures: numbers::measures(
            &setting.measures,
            &setting::waves,
            inputs.rules.minimum_group,
        ),
        links,
        commitment: numbers::commitment(&answers.ratings),
        initiatives: numbers::initiatives(&setting.initiatives),
        common_ground,
        votes_agree: found.agreement,
        notes: all_notes,
        inputs: setting::inputs(import, request, main, inputs),
        review: throughline_domain::brief::ReviewState {
            assignments: reviewed.judged as u64,
            right_share: reviewed.right_share,
            pairs: found.judged as u64,
            corrected: reviewed.corrected,
            calibrated: found.calibrated,
        },
    };
    Ok(Conclusion { draft, matches })
}

fn goes_with_better(pain: &Pain<Candidate>) -> bool {
    pain.drag_points
        .estimate()
        .and_then(|drag| drag.ends())
        .is_some_and(|ends| ends.high < 0.0)
}

/// The source to which sizes refer: of those with real scores the one with most comments; else
/// the one with most comments. None where there are several, none of them with scores.
fn main_source(inputs: &Inputs<'_>) -> Option<usize> {
    if inputs.counted.pooled.is_some() {
        return None;
    }
    let rank = |at: &usize| {
        let source = &inputs.import.sources[*at];
        let scored = source.scores > 0;
        (
            scored && source.metric != Metric::Coded,
            scored,
            source.comments,
            std::cmp::Reverse(*at),
        )
    };
    (0..inputs.import.sources.len()).max_by_key(rank)
}

fn standings(inputs: &Inputs<'_>, main: Option<usize>) -> Vec<throughline_domain::brief::Standing> {
    let mut order: Vec<usize> = (0..inputs.import.sources.len()).collect();
    order.sort_by_key(|at| Some(*at) != main);
    order
        .into_iter()
        .map(|at| standing(&inputs.import.sources[at], &inputs.counted.tallies[at].1))
        .collect()
}

/// Scores that no date says when they were given.
fn undated(counted: &Counted) -> u64 {
    let tallies = counted.tallies.iter().map(|(_, tally)| tally);
    tallies.map(Tally::undated_scores).sum()
}

fn languages(counted: &Counted, answers: &Answers) -> BTreeMap<String, u64> {
    let mut all: BTreeMap<String, u64> = BTreeMap::new();
    for (language, n) in counted.languages.iter().chain(&answers.languages) {
        *all.entry((*language).to_owned()).or_default() += n;
    }
    all
}

/// Sizes after a review, where there was one.
pub struct Reviewed {
    /// Whether sizes were corrected.
    pub corrected: bool,
    /// Judged assignments to problems that are here.
    pub judged: usize,
    /// Share of found assignments that the analyst agreed with.
    pub right_share: Option<f64>,
}
