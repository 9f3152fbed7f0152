//! `throughline rank`, for people.

use super::Reading;
use super::numbers::{NONE, ends, fixed, maybe, percent, percent_ends};
use super::table::{Side, Table, printable, wrapped};
use crate::chart::{IntervalRow, Words, intervals};
use crate::say::plural;
use throughline_domain::analysis::Rank;
use throughline_domain::analysis::rank::{AgreedItem, Items, Model, PlacedItem};

impl Reading for Rank {
    fn table(&self, width: usize) -> String {
        let mut text = wrapped("", &head(self), width);
        text.push('\n');
        text.push_str(&match &self.items {
            Items::Placed(items) => placed(items).text(width),
            Items::Agreed(items) => agreed(items).text(width),
        });
        for (head, paragraph) in below(self) {
            text.push('\n');
            text.push_str(&wrapped(head, &paragraph, width));
        }
        text
    }

    fn explained(&self) -> String {
        match &self.model {
            Model::Pairs {
                prior_sd,
                ease_of_ties,
                resamples,
            } => format!(
                "{} {} {} {WIKI}\n\n{}",
                if ease_of_ties.is_some() {
                    DAVIDSON
                } else {
                    BRADLEY_TERRY
                },
                shrunken(*prior_sd),
                spread(*resamples),
                PAIRS_DOUBT
            ),
            Model::Rankings {
                prior_sd,
                resamples,
            } => format!(
                "{LUCE} {} {}\n\n{PAIRS_DOUBT}",
                shrunken(*prior_sd),
                spread(*resamples)
            ),
            Model::Agreement => AGREEMENT.to_owned(),
        }
    }

    fn picture(&self) -> Option<String> {
        let (rows, axis, title): (Vec<IntervalRow>, _, _) = match &self.items {
            Items::Placed(items) => (
                items.iter().filter_map(placed_row).collect(),
                "% chance of being chosen over an average item, with its 95% interval",
                "The order of the items",
            ),
            Items::Agreed(items) => (
                items.iter().filter_map(agreed_row).collect(),
                "% who agree, with the 95% interval",
                "Agreement with the items",
            ),
        };
        let said: Vec<String> = rows
            .iter()
            .map(|row| format!("{}: {}", row.label, row.note))
            .collect();
        let description = format!("{}. A hollow dot has no interval.", said.join("; "));
        let words = Words {
            id: "rank",
            title,
            description: &description,
        };
        intervals(&rows, axis, false, &words)
    }

    fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

const BRADLEY_TERRY: &str = "Each item has a strength; an item is chosen over another with a \
    probability that depends on the difference of their strengths alone (Bradley & Terry 1952, \
    Biometrika 39:324-345). So it counts whom an item won against, not only how often. The score is \
    that strength in log-odds: the average item has 0, and an item 1 above another is chosen over \
    it with odds of 2.7 to 1.";
const DAVIDSON: &str = "Each item has a strength; which of two is chosen, or that they are held \
    equal, depends on the difference of their strengths and on how easily voters call a tie \
    (Davidson 1970, JASA 65:317-328; without ties Bradley & Terry 1952). The score is that strength \
    in log-odds: the average item has 0.";
const LUCE: &str = "Each item has a strength; each place of a ranking goes to one of the items \
    left, with chances in proportion to the exponential of the strengths (Luce 1959; Plackett 1975, \
    Applied Statistics 24:193-202). The score is that strength in log-odds: the average item has 0.";
const WIKI: &str = "The wiki score is 100 (wins + 1) / (wins + losses + 2), as wiki surveys publish \
    it: a description that takes no account of whom an item met.";
const PAIRS_DOUBT: &str = "Don't believe it when voters chose which pairs to answer, when those who \
    voted aren't those whose choice matters, or when the items go in circles for a reason (each \
    beats the next on another count). Two items whose intervals overlap widely aren't in any order. \
    That an item is preferred doesn't say that it would work.";
const AGREEMENT: &str = "The share of yes among those who took a side, yes or no; a pass is no side. \
    Each voter counts once an item, with the last vote; the counts of yes, no and pass are of all \
    rows. Intervals are Wilson's (1927, JASA 22:209-212); without groups the order is by their \
    lower ends, so that one yes alone isn't the best of all. Agreement across groups is the geometric \
    mean over the groups named of (yes + 1) / (yes + no + 2), so that an item which every group backs \
    rises above one that a large group loves and a small one rejects (the product is the \
    group-informed consensus of Small and others 2021); its interval is the middle 95% of 1,000 \
    draws of the groups' shares under a flat prior.\n\n\
    Don't believe it when few saw an item, when those who voted aren't those whose view matters, or \
    when groups were chosen after looking at the votes.";

fn shrunken(prior_sd: Option<f64>) -> String {
    match prior_sd {
        None => "Strengths are of maximum likelihood, fitted by Newton's method; that exists \
                 because votes order every two groups of items both ways (Ford 1957)."
            .to_owned(),
        Some(sd) => format!(
            "Strengths are drawn towards the average item by a normal prior with standard \
             deviation {}, the more the fewer votes an item has.",
            fixed(sd, 2)
        ),
    }
}

fn spread(resamples: usize) -> String {
    format!(
        "Intervals come from {resamples} resamples of the voters, each with one weight for all of \
         a voter's votes (the Bayesian bootstrap, Rubin 1981), with the quantile of t for as many \
         voters as the item's own are worth."
    )
}

fn head(rank: &Rank) -> String {
    let items = plural(rank.items.len() as u64, "item", "items");
    let rows = plural(rank.n_votes, "row", "rows");
    let voters = if rank.has_voters {
        format!(" of {}", plural(rank.n_voters, "voter", "voters"))
    } else {
        String::new()
    };
    let how = match &rank.model {
        Model::Pairs { ease_of_ties, .. } if ease_of_ties.is_some() => {
            "strengths from pairs with ties (Davidson)"
        }
        Model::Pairs { .. } => "strengths from pairs (Bradley-Terry)",
        Model::Rankings { .. } => "strengths from rankings (Plackett-Luce)",
        Model::Agreement => "agreement",
    };
    let shrunk = match rank.model {
        Model::Pairs { prior_sd, .. } | Model::Rankings { prior_sd, .. } if prior_sd.is_some() => {
            ", shrunken towards the average"
        }
        _ => "",
    };
    format!("{items}, {rows}{voters}: {how}{shrunk}.")
}

fn whole(value: f64) -> String {
    fixed(value, if value.fract() == 0.0 { 0 } else { 1 })
}

fn place(place: Option<usize>) -> String {
    place.map_or_else(|| NONE.to_owned(), |place| place.to_string())
}

fn placed(items: &[PlacedItem]) -> Table {
    let ties = items.iter().any(|item| item.ties > 0.0);
    let mut columns = vec![
        ("", Side::Right),
        ("item", Side::Left),
        ("score", Side::Right),
        ("95% interval", Side::Right),
        ("beats average", Side::Right),
        ("may be", Side::Right),
        ("tier", Side::Right),
        ("wins", Side::Right),
        ("losses", Side::Right),
    ];
    if ties {
        columns.push(("ties", Side::Right));
    }
    columns.push(("wiki", Side::Right));
    let mut table = Table::new(&columns);
    for item in items {
        let may_be = match (item.rank_low, item.rank_high) {
            (Some(low), Some(high)) if low == high => low.to_string(),
            (Some(low), Some(high)) => format!("{low} to {high}"),
            _ => NONE.to_owned(),
        };
        let mut cells = vec![
            place(item.place),
            item.item.clone(),
            maybe(item.score, 2),
            ends(item.low, item.high, 2),
            item.chance.map_or_else(|| NONE.to_owned(), percent),
            may_be,
            place(item.tier),
            whole(item.wins),
            whole(item.losses),
        ];
        if ties {
            cells.push(whole(item.ties));
        }
        cells.push(fixed(item.wiki_score, 1));
        table.row(cells);
    }
    table
}

fn agreed(items: &[AgreedItem]) -> Table {
    let groups = items.first().map_or(&[][..], |item| &item.groups);
    let mut columns = vec![
        ("", Side::Right),
        ("item", Side::Left),
        ("agree", Side::Right),
        ("95% interval", Side::Right),
    ];
    if groups.len() > 1 {
        columns.push(("across groups", Side::Right));
        columns.push(("95% interval", Side::Right));
    }
    let names: Vec<String> = groups.iter().map(|of| printable(&of.group)).collect();
    columns.extend(names.iter().map(|name| (name.as_str(), Side::Right)));
    columns.extend([
        ("yes", Side::Right),
        ("no", Side::Right),
        ("pass", Side::Right),
    ]);
    let mut table = Table::new(&columns);
    let share = |share: Option<f64>| share.map_or_else(|| NONE.to_owned(), percent);
    for item in items {
        let mut cells = vec![
            place(item.place),
            item.item.clone(),
            share(item.score),
            percent_ends(item.low, item.high),
        ];
        if groups.len() > 1 {
            cells.push(share(item.across));
            cells.push(percent_ends(item.across_low, item.across_high));
        }
        cells.extend(item.groups.iter().map(|group| share(group.score)));
        cells.extend([item.yes, item.no, item.pass].map(|n| n.to_string()));
        table.row(cells);
    }
    table
}

/// What stands below the table: the next pair, groups apart, missing intervals.
fn below(rank: &Rank) -> Vec<(&'static str, String)> {
    /// Groups and names that are written out.
    const NAMED: usize = 8;
    let mut text = Vec::new();
    if let Some(next) = &rank.next_pair {
        text.push((
            "ask next: ",
            format!("{} or {}?", printable(&next.first), printable(&next.second)),
        ));
    }
    if rank.apart.len() > 1 {
        for (at, group) in rank.apart.iter().take(NAMED).enumerate() {
            let mut names: Vec<String> = group.iter().take(NAMED).map(|n| printable(n)).collect();
            if group.len() > NAMED {
                names.push(format!("{} more", group.len() - NAMED));
            }
            let head = if at == 0 {
                "groups apart: "
            } else {
                "              "
            };
            text.push((head, names.join(", ")));
        }
    }
    let mut reasons: Vec<(&String, Vec<&str>)> = Vec::new();
    let missing: Vec<(&String, &String)> = match &rank.items {
        Items::Placed(items) => items
            .iter()
            .filter_map(|item| Some((item.no_interval.as_ref()?, &item.item)))
            .collect(),
        Items::Agreed(items) => items
            .iter()
            .filter_map(|item| Some((item.no_interval.as_ref()?, &item.item)))
            .collect(),
    };
    for (reason, item) in missing {
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, items)) => items.push(item),
            None => reasons.push((reason, vec![item])),
        }
    }
    for (reason, items) in reasons {
        let more = items.len().saturating_sub(NAMED);
        let named = items[..items.len() - more].join(", ");
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        text.push(("no interval: ", format!("{named}{more} ({reason})")));
    }
    text
}

fn placed_row(item: &PlacedItem) -> Option<IntervalRow> {
    let chance = item.chance?;
    Some(IntervalRow {
        label: printable(&item.item),
        value: 100.0 * chance,
        ends: item
            .chance_low
            .zip(item.chance_high)
            .map(|(low, high)| (100.0 * low, 100.0 * high)),
        note: match (item.rank_low, item.rank_high) {
            (Some(low), Some(high)) if low < high => {
                format!("{}, place {low} to {high}", percent(chance))
            }
            _ => percent(chance),
        },
    })
}

fn agreed_row(item: &AgreedItem) -> Option<IntervalRow> {
    let across = item.across.filter(|_| item.groups.len() > 1);
    let (value, low, high) = match across {
        Some(across) => (across, item.across_low, item.across_high),
        None => (item.score?, item.low, item.high),
    };
    Some(IntervalRow {
        label: printable(&item.item),
        value: 100.0 * value,
        ends: low.zip(high).map(|(low, high)| (100.0 * low, 100.0 * high)),
        note: percent(value),
    })
}
