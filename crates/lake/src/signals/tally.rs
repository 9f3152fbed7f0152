//! What the kept rows say about their sources: scores by value, comments.

use super::NO_SCORE;
use super::known::Known;
use super::settle::{NO_COMMENT, Settled};
use crate::check::scale::{self, Stated};
use crate::options::MetricRule;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use throughline_domain::import::Source;
use throughline_domain::metric::Scale;

/// Different values of a source's scores beyond this are counted by their ends alone.
const MOST_VALUES: usize = 20_000;

/// What one source's rows said.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OfSource {
    /// Rows by their metric's rule.
    pub rules: BTreeMap<MetricRule, u64>,
    pub scores: BTreeMap<i64, u64>,
    pub comments: u64,
    /// Steps of the scales of words that its scores stood on; none for numbers.
    pub steps: BTreeSet<Option<usize>>,
    /// Scales that the headings of its scores state; `None` where one states none.
    pub said: Vec<Option<Scale>>,
}

/// Share of scores outside the scale that a heading states, at most, if it is to be believed.
const MOST_OUTSIDE: f64 = 0.05;

impl OfSource {
    /// How many scores there are.
    fn count(&self) -> u64 {
        self.scores.values().sum()
    }

    /// How many scores are outside a scale.
    fn outside(&self, scale: Scale) -> u64 {
        let ends = scale.low * 1e6..=scale.high * 1e6;
        let outside = self
            .scores
            .iter()
            .filter(|(score, _)| !ends.contains(&(**score as f64)));
        outside.map(|(_, times)| times).sum()
    }
}

/// All sources, by name.
pub(crate) type Tally = BTreeMap<String, OfSource>;

/// Counts a block; `steps` are those of its file's scores, if they are words, and `said` is the scale that their heading
/// states.
pub(crate) fn count(settled: &Settled, steps: Option<usize>, said: Option<Scale>) -> Tally {
    let checked = &settled.checked;
    let mut scores: HashMap<(u32, i64), u64> = HashMap::new();
    let mut rows = vec![(0u64, 0u64); checked.sources.len()];
    let mut last = (u32::MAX, NO_SCORE, 0u64);
    for out in &settled.outs {
        let row = out.row as usize;
        let source = checked.source_of.get(row).copied().unwrap_or(0);
        rows[source as usize].0 += 1;
        rows[source as usize].1 += u64::from(out.part != NO_COMMENT);
        let score = checked.scores.get(row).copied().unwrap_or(NO_SCORE);
        if score == NO_SCORE || !out.first_of_response {
            continue;
        }
        if (last.0, last.1) == (source, score) {
            last.2 += 1;
        } else {
            if last.2 > 0 {
                *scores.entry((last.0, last.1)).or_default() += last.2;
            }
            last = (source, score, 1);
        }
    }
    if last.2 > 0 {
        *scores.entry((last.0, last.1)).or_default() += last.2;
    }
    let mut tally = Tally::new();
    for (place, (name, rule)) in checked.sources.iter().enumerate() {
        if rows[place].0 == 0 {
            continue;
        }
        let of = tally.entry(name.clone()).or_default();
        *of.rules.entry(*rule).or_default() += rows[place].0;
        of.comments += rows[place].1;
    }
    for ((place, score), times) in scores {
        if let Some(of) = tally.get_mut(&checked.sources[place as usize].0) {
            *of.scores.entry(score).or_default() += times;
            of.steps.insert(steps);
            add_said(&mut of.said, said);
        }
    }
    tally
}

fn add_said(all: &mut Vec<Option<Scale>>, one: Option<Scale>) {
    if !all.contains(&one) {
        all.push(one);
    }
}

/// Adds a block's counts.
pub(crate) fn merge(all: &mut Tally, one: Tally) {
    for (name, of) in one {
        let to = all.entry(name).or_default();
        to.comments += of.comments;
        to.steps.extend(of.steps);
        for said in of.said {
            add_said(&mut to.said, said);
        }
        for (rule, rows) in of.rules {
            *to.rules.entry(rule).or_default() += rows;
        }
        for (score, times) in of.scores {
            *to.scores.entry(score).or_default() += times;
        }
        // Amounts instead of scores: only their ends can matter.
        while to.scores.len() > MOST_VALUES {
            let middle = to.scores.keys().nth(to.scores.len() / 2).copied();
            let Some(middle) = middle else { break };
            let times = to.scores.remove(&middle).unwrap_or(0);
            if let Some((_, first)) = to.scores.iter_mut().next() {
                *first += times;
            }
        }
    }
}

/// What the tally makes of the sources; and sentences about what could not be kept.
pub(crate) struct Concluded {
    pub sources: Vec<Source>,
    /// Scales under which some scores are to be refused.
    pub narrower: BTreeMap<String, Scale>,
    /// Values that stand for "no answer", which another pass is to leave out.
    pub codes: BTreeMap<String, Vec<(i64, u64)>>,
    /// Sources whose scores another pass is to read as percent.
    pub fractions: Vec<String>,
    /// A source whose scores are words of a scale, and something else beside.
    pub two_scales: Option<String>,
    pub notes: Vec<String>,
}

/// Concludes each source's scale and metric. What is `known` was found before and holds; a scale or a metric `given` by
/// the user holds too.
pub(crate) fn conclude(
    tally: &Tally,
    (given, given_metric): (Option<Scale>, Option<MetricRule>),
    known: &Known,
) -> Concluded {
    let mut concluded = Concluded {
        sources: Vec::new(),
        narrower: BTreeMap::new(),
        codes: BTreeMap::new(),
        fractions: Vec::new(),
        two_scales: None,
        notes: Vec::new(),
    };
    for (name, of) in tally {
        let words = of.steps.iter().flatten().next().copied();
        let of_words = words.map(|steps| Scale {
            low: 1.0,
            high: steps as f64,
        });
        if let Some(scale) = of_words
            && (of.steps.len() > 1 || given.is_some_and(|given| given != scale))
        {
            concluded.two_scales.get_or_insert_with(|| name.clone());
        }
        let rule = of
            .rules
            .iter()
            .max_by_key(|(_, rows)| **rows)
            .map_or(MetricRule::Mean, |(rule, _)| *rule);
        let percent = known.fractions.contains(name).then_some(Scale {
            low: 0.0,
            high: scale::PERCENT as f64,
        });
        let before = given
            .or(of_words)
            .or_else(|| known.scales.get(name).copied())
            .or(percent);
        let mut kept_apart = Vec::new();
        if before.is_none() {
            let stated = Stated {
                said: &of.said,
                of_ten: of.rules.contains_key(&MetricRule::Nps),
            };
            let apart = scale::apart(&of.scores, stated);
            if !apart.codes.is_empty() {
                concluded.codes.insert(name.clone(), apart.codes);
            }
            kept_apart = apart.kept;
            let may_be_percent = given_metric.is_none() && rule == MetricRule::Csat;
            if may_be_percent && scale::are_fractions(&of.scores) {
                concluded.fractions.push(name.clone());
            }
        }
        // A heading's word is believed where nearly all scores keep to it.
        let said = match of.said[..] {
            [Some(said)] if of.outside(said) as f64 <= MOST_OUTSIDE * of.count() as f64 => {
                Some(said)
            }
            _ => None,
        };
        let of_five = rule == MetricRule::Nps && scale::are_of_five(&of.scores);
        let mut ends = if of.scores.is_empty() {
            None
        } else {
            before.or(said).or_else(|| scale::find(&of.scores))
        };
        if let (Some(found), None) = (ends, before)
            && of.outside(found) > 0
        {
            concluded.narrower.insert(name.clone(), found);
        }
        concluded.notes.extend(still_apart(&kept_apart, ends, name));
        let is_sure = given.is_some() || of_words.is_some() || said.is_some() || of_five;
        let (metric, problem) = scale::metric(rule, &mut ends, is_sure, name);
        concluded.notes.extend(problem);
        if of.scores.len() == 1 && of.count() > 1 {
            concluded
                .notes
                .push(format!("all scores of `{name}` are equal"));
        }
        concluded.sources.push(Source {
            source: name.clone(),
            metric,
            scale: ends,
            scale_found: given.is_none() && ends.is_some(),
            scores: of.count(),
            comments: of.comments,
        });
    }
    concluded
}

/// A sentence about scores that stand apart from all others and were kept.
fn still_apart(kept: &[(i64, u64)], ends: Option<Scale>, source: &str) -> Option<String> {
    let ends = ends?;
    let said: Vec<String> = kept
        .iter()
        .map(|(value, times)| (*value as f64 / 1e6, times))
        .filter(|(value, _)| (ends.low..=ends.high).contains(value))
        .map(|(value, times)| format!("`{value}` ({times} times)"))
        .collect();
    (!said.is_empty()).then(|| {
        format!(
            "in the scores of `{source}`, {} stands apart from all others and was kept as a score; if it means that there is no answer, empty those cells",
            said.join(" and ")
        )
    })
}
