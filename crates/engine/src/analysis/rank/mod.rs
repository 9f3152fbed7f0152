//! `throughline rank`: votes to an order. Pairs, rankings, or yes, no and pass, by which columns
//! are named.

mod agreement;
mod held;
mod marks;
mod pairs;
mod rankings;
mod words;

pub(crate) use held::{held_agreement, held_pairs};

use super::{entrusted, no_answer};
use crate::error::{EngineError, Result};
use std::collections::BTreeMap;
use std::path::PathBuf;
use throughline_disclosure::Entrusted;
use throughline_domain::analysis::Rank;
use throughline_domain::analysis::rank::{Items, PlacedItem};
use throughline_lake::Wanted;
use throughline_stats::NoAnswer;
use throughline_stats::votes::{Order, Shrinkage, wiki};

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct RankRequest {
    /// The file of votes.
    pub votes: PathBuf,
    /// Pairs: the column of the item chosen.
    pub winner: Option<String>,
    /// Pairs: the column of the other.
    pub loser: Option<String>,
    /// Pairs: the column that says which rows are ties, and where nobody could decide.
    pub tie: Option<String>,
    /// Pairs: the column that says how many votes a row stands for.
    pub count: Option<String>,
    /// Rankings, and yes, no and pass: the column of the item.
    pub item: Option<String>,
    /// Rankings: the column of the position, 1 the best.
    pub ranking: Option<String>,
    /// Yes, no and pass: the column of the vote.
    pub vote: Option<String>,
    /// Yes, no and pass: the column of the voter's group.
    pub group: Option<String>,
    /// The column of the voter.
    pub voter: Option<String>,
    /// The column that says which rows count.
    pub valid: Option<String>,
    /// Whether to take all rows although there is a column `Valid`.
    pub keep_invalid: bool,
    /// A file that lists the items.
    pub items: Option<PathBuf>,
    /// Its column of names.
    pub items_column: String,
    /// `auto`, `none`, `learnt`, or a standard deviation in log-odds.
    pub shrink: String,
    /// Resamples of voters.
    pub resamples: usize,
    /// Places that count as the top.
    pub top: usize,
    /// Whether the next pair is asked for.
    pub next_pair: bool,
    /// How much more than the average item one may be shown.
    pub most_shown: f64,
    /// Seed of everything random.
    pub seed: u64,
}

/// Most resamples.
const MOST_RESAMPLES: usize = 100_000;

/// Answers.
///
/// # Errors
/// For flags that don't go together, a file that can't be read, a column that isn't there, and
/// votes that have no order.
pub fn rank(request: &RankRequest) -> Result<Entrusted<Rank>> {
    if !(50..=MOST_RESAMPLES).contains(&request.resamples) {
        return Err(EngineError::Request {
            what: format!("`--resamples {}` can't be used", request.resamples),
            hint: "from 50 to 100000; 400 are enough for most purposes",
        });
    }
    let pairs = request.winner.is_some() || request.loser.is_some();
    let of = |flags: &[(&str, bool)]| -> Vec<String> {
        let given = flags.iter().filter(|(_, given)| *given);
        given.map(|(flag, _)| format!("`{flag}`")).collect()
    };
    let others = of(&[
        ("--item", request.item.is_some()),
        ("--ranking", request.ranking.is_some()),
        ("--vote", request.vote.is_some()),
        ("--group", request.group.is_some()),
    ]);
    let of_pairs = of(&[
        ("--tie", request.tie.is_some()),
        ("--count", request.count.is_some()),
        ("--next-pair", request.next_pair),
    ]);
    let unfit = |flags: Vec<String>, kind: &str| EngineError::NoAnswer {
        what: format!("{} doesn't go with {kind}", flags.join(", ")),
        hint: "`throughline help rank` shows which columns belong together".to_owned(),
    };
    if pairs {
        if !others.is_empty() {
            return Err(unfit(others, "pairs (`--winner`, `--loser`)"));
        }
        return pairs::rank(request).map(entrusted);
    }
    match (&request.item, &request.ranking, &request.vote) {
        (Some(item), Some(ranking), None) => {
            if request.group.is_some() || !of_pairs.is_empty() {
                let flags = [of_pairs, of(&[("--group", request.group.is_some())])].concat();
                return Err(unfit(flags, "rankings"));
            }
            rankings::rank(request, item, ranking).map(entrusted)
        }
        (Some(item), None, Some(vote)) => {
            if !of_pairs.is_empty() {
                return Err(unfit(of_pairs, "yes, no and pass"));
            }
            agreement::rank(request, item, vote).map(entrusted)
        }
        _ => Err(EngineError::Request {
            what: "these columns don't say what kind of votes they are".to_owned(),
            hint: "name `--winner` and `--loser` (pairs), or `--item`, `--ranking` and `--voter` \
                   (rankings), or `--item` and `--vote` (yes, no, pass)",
        }),
    }
}

/// The items under their numbers: those listed by a file, or those the votes name.
struct Names {
    names: Vec<String>,
    places: BTreeMap<String, u32>,
}

impl Names {
    fn of<'a>(request: &RankRequest, named: impl Iterator<Item = &'a String>) -> Result<Self> {
        let mut places: BTreeMap<String, u32> = BTreeMap::new();
        if let Some(path) = &request.items {
            let mut wanted = Wanted::new(path);
            let at = wanted.label("--items-column", &request.items_column);
            let extract = wanted.read()?;
            let labels = extract.labels(at);
            places.extend(labels.names.iter().map(|name| (name.clone(), 0)));
            if places.is_empty() {
                return Err(no_answer(
                    format!("`{}` lists no items", path.display()),
                    "name the column of their names with `--items-column`",
                ));
            }
        } else {
            places.extend(named.map(|name| (name.clone(), 0)));
        }
        Ok(Self::listed(places.keys()))
    }

    fn listed<'a>(names: impl IntoIterator<Item = &'a String>) -> Self {
        let mut names: Vec<String> = names.into_iter().cloned().collect();
        names.sort_unstable();
        names.dedup();
        let places = names.iter().cloned().zip(0..).collect();
        Self { names, places }
    }

    /// A number for each of a column's labels; `None` for those that aren't listed.
    fn numbers(&self, labels: &[String]) -> Vec<Option<u32>> {
        labels
            .iter()
            .map(|name| self.places.get(name).copied())
            .collect()
    }
}

fn shrinkage(text: &str) -> Result<Shrinkage> {
    match text {
        "auto" => return Ok(Shrinkage::WhenNeeded),
        "none" => return Ok(Shrinkage::None),
        "learnt" | "learned" => return Ok(Shrinkage::Learnt),
        _ => {}
    }
    match text.parse::<f64>() {
        Ok(sd) if (1e-3..=1e3).contains(&sd) => Ok(Shrinkage::Sd(sd)),
        _ => Err(EngineError::Request {
            what: format!("`--shrink {text}` can't be read"),
            hint: "auto, none, learnt, or the standard deviation of strengths in log-odds, from \
                   0.001 to 1000",
        }),
    }
}

/// The items of an order, best first; those without a score last, by name.
fn placed(names: &Names, order: &Order, tallies: &[[f64; 3]]) -> Items {
    let mut items: Vec<PlacedItem> = names
        .names
        .iter()
        .zip(&order.placed)
        .zip(tallies)
        .map(|((name, placed), &[wins, losses, ties])| {
            let blank = PlacedItem {
                item: name.clone(),
                place: None,
                wins,
                losses,
                ties,
                score: None,
                low: None,
                high: None,
                no_interval: None,
                chance: None,
                chance_low: None,
                chance_high: None,
                rank_low: None,
                rank_high: None,
                top: None,
                tier: None,
                wiki_score: wiki::score(wins, losses),
                voters: 0,
            };
            match placed {
                Err(reason) => PlacedItem {
                    no_interval: Some(words::why(reason)),
                    ..blank
                },
                Ok(placed) => {
                    let ends = placed.log_odds.ends();
                    let chance = placed.chance.ends();
                    let rank = placed.rank.as_ref().ok();
                    PlacedItem {
                        place: Some(placed.place),
                        score: Some(placed.log_odds.value),
                        low: ends.map(|ends| ends.0),
                        high: ends.map(|ends| ends.1),
                        no_interval: placed.log_odds.spread.as_ref().err().map(words::why),
                        chance: Some(placed.chance.value),
                        chance_low: chance.map(|ends| ends.0),
                        chance_high: chance.map(|ends| ends.1),
                        rank_low: rank.map(|rank| rank.low),
                        rank_high: rank.map(|rank| rank.high),
                        top: rank.map(|rank| rank.top),
                        tier: rank.map(|rank| rank.group + 1),
                        voters: placed.log_odds.n,
                        ..blank
                    }
                }
            }
        })
        .collect();
    items.sort_by_key(|item| item.place.unwrap_or(usize::MAX));
    Items::Placed(items)
}

/// What holds for any fit of strengths.
fn fit_warnings(order: &Order, has_voters: bool, warnings: &mut Vec<String>) {
    let never = order
        .placed
        .iter()
        .filter(|placed| matches!(placed, Err(NoAnswer::NeverCompared)))
        .count();
    if never > 0 {
        warnings.push(format!(
            "{never} of the items were never compared and have no score"
        ));
    }
    if order.strength.groups.len() > 1 {
        warnings.push(format!(
            "votes don't order the items both ways everywhere: they fall into {} groups apart, so \
             strengths had to be shrunken towards the average item; ask for pairs across the groups",
            order.strength.groups.len()
        ));
    }
    if !has_voters {
        warnings.push(
            "no `--voter` was named, so every row counts as another person's: where people cast \
             many votes, the intervals are too narrow"
                .to_owned(),
        );
    }
}

/// The groups apart, by name.
fn apart(names: &Names, order: &Order) -> Vec<Vec<String>> {
    let name = |&item: &usize| names.names[item].clone();
    let groups = order.strength.groups.iter();
    groups
        .map(|group| group.iter().map(name).collect())
        .collect()
}
