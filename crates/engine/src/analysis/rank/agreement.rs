//! Yes, no and pass.

use super::{Names, RankRequest, marks, words};
use crate::error::Result;
use throughline_domain::analysis::rank::{AgreedItem, GroupAgreement, Items, Model, Rank};
use throughline_lake::Wanted;
use throughline_lake::extract::LabelAt;
use throughline_stats::answer::Answer;
use throughline_stats::votes::agreement::{Agreement, Ballot, Say, agreement};

type Ends = (Option<f64>, Option<f64>, Option<f64>);

pub(super) fn rank(request: &RankRequest, item: &str, vote: &str) -> Result<Rank> {
    let mut wanted = Wanted::new(&request.votes);
    let (item, vote) = (wanted.label("--item", item), wanted.label("--vote", vote));
    let voter = request.voter.as_ref();
    let voter = voter.map(|name| wanted.label("--voter", name));
    let group = request.group.as_ref();
    let group = group.map(|name| wanted.label("--group", name));
    let extract = wanted.read()?;
    let (items, votes) = (extract.labels(item), extract.labels(vote));
    let labels = |at: Option<LabelAt>| at.map(|at| extract.labels(at));
    let (voters, groups) = (labels(voter), labels(group));
    let names = Names::of(request, items.names.iter())?;
    let numbers = names.numbers(&items.names);
    let says: Vec<Option<i8>> = votes.names.iter().map(|name| marks::say(name)).collect();
    let only_bits = says.iter().all(|say| say.is_some_and(|say| say >= 0))
        && votes.names.iter().all(|name| name == "0" || name == "1");
    let (mut ballots, mut missing, mut unlisted) = (Vec::new(), 0u64, 0u64);
    for row in 0..extract.rows() {
        let (Some(code), Some(word)) = (items.codes[row], votes.codes[row]) else {
            missing += 1;
            continue;
        };
        let word = word as usize;
        if only_bits && votes.names.len() == 2 {
            let what = "a column of `0` and `1` alone may mean no and yes, or pass and yes";
            let hint = "write yes, no and pass, or 1, -1 and 0";
            return Err(extract.complaint(row, &votes.name, what, hint).into());
        }
        let Some(say) = says[word] else {
            let what = format!("`{}` is neither yes, no nor pass", votes.names[word]);
            let hint = "write yes, no and pass, or 1, -1 and 0";
            return Err(extract.complaint(row, &votes.name, &what, hint).into());
        };
        let Some(number) = numbers[code as usize] else {
            unlisted += 1;
            continue;
        };
        ballots.push(Ballot {
            item: number,
            voter: voters.and_then(|voters| voters.codes[row]),
            group: groups.and_then(|groups| groups.codes[row]),
            say: match say {
                1 => Say::Yes,
                -1 => Say::No,
                _ => Say::Pass,
            },
        });
    }
    let group_names: &[String] = groups.map_or(&[], |groups| &groups.names);
    let found = agreement(names.names.len(), group_names.len(), &ballots, request.seed)
        .map_err(|reason| words::error(&reason, &names.names))?;
    let mut warnings = extract.notes().to_vec();
    let of = extract.rows();
    for (n, what) in [
        (missing, "were left out because the item or vote is missing"),
        (
            unlisted,
            "are about an item that `--items` doesn't list and were left out",
        ),
    ] {
        if n > 0 {
            warnings.push(format!("{n} of {of} rows {what}"));
        }
    }
    if voters.is_none() {
        warnings.push(
            "no `--voter` was named, so every row counts as another person's, repeats too"
                .to_owned(),
        );
    }
    let n_voters = match voters {
        Some(voters) => voters.names.len() as u64,
        None => ballots.len() as u64,
    };
    Ok(Rank {
        model: Model::Agreement,
        items: Items::Agreed(in_order(&names.names, group_names, &found)),
        n_votes: ballots.len() as u64,
        n_voters,
        has_voters: voters.is_some(),
        n_cannot_decide: 0,
        apart: Vec::new(),
        next_pair: None,
        warnings,
    })
}

/// Best first: by agreement across groups where groups were named, else by the lower end of the
/// interval of the share of yes, so that one yes alone isn't the best of all.
pub(super) fn in_order(
    names: &[String],
    groups: &[String],
    found: &[Agreement],
) -> Vec<AgreedItem> {
    let mut items: Vec<AgreedItem> = names
        .iter()
        .zip(found)
        .map(|(name, found)| agreed(name, groups, found))
        .collect();
    let by = |item: &AgreedItem| {
        if groups.len() > 1 {
            item.across
        } else {
            item.low
        }
    };
    // Items without a figure last; among equals by name.
    items.sort_by(|a, b| {
        let key = |item: &AgreedItem| by(item).unwrap_or(-1.0);
        key(b).total_cmp(&key(a)).then_with(|| a.item.cmp(&b.item))
    });
    for (index, item) in items.iter_mut().enumerate() {
        item.place = by(item).map(|_| index + 1);
    }
    items
}

fn agreed(name: &str, groups: &[String], found: &Agreement) -> AgreedItem {
    let (score, low, high) = figures(found.share.as_ref().ok());
    let (across, across_low, across_high) = figures(found.across.as_ref().ok());
    let reason = match (&found.share, &found.across) {
        (Err(reason), _) => Some(words::why(reason)),
        (_, Err(reason)) if groups.len() > 1 => Some(words::why(reason)),
        _ => None,
    };
    AgreedItem {
        item: name.to_owned(),
        place: None,
        yes: found.rows.yes,
        no: found.rows.no,
        pass: found.rows.pass,
        voters: found.voters.yes + found.voters.no,
        score,
        low,
        high,
        across,
        across_low,
        across_high,
        no_interval: reason,
        groups: groups
            .iter()
            .zip(&found.groups)
            .map(|(group, (counts, share))| {
                let (score, low, high) = figures(share.as_ref().ok());
                GroupAgreement {
                    group: group.clone(),
                    yes: counts.yes,
                    no: counts.no,
                    pass: counts.pass,
                    score,
                    low,
                    high,
                }
            })
            .collect(),
    }
}

fn figures(answer: Option<&Answer>) -> Ends {
    let ends = answer.and_then(Answer::ends);
    (
        answer.map(|answer| answer.value),
        ends.map(|ends| ends.0),
        ends.map(|ends| ends.1),
    )
}
