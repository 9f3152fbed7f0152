//! How work reaches customers: steps of the journey with their problems, roles with their ways.

use crate::chain::Chain;
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::brief::{Candidate, ChainPicture, Pain, StagePicture};

/// The picture; `None` without a chain. `answering` are the roles that answered and may be named: one that the
/// chain doesn't know has no way either.
pub fn picture<'a>(
    chain: &Chain,
    answering: impl Iterator<Item = &'a str>,
    pains: &[Pain<Candidate>],
) -> Option<ChainPicture> {
    if chain.is_empty() {
        return None;
    }
    let roles: Vec<_> = chain.roles().map(|role| chain.way(role)).collect();
    let mut stages: BTreeMap<String, BTreeMap<&str, u64>> = BTreeMap::new();
    for role in &roles {
        for stage in &role.reaches {
            stages.entry(stage.clone()).or_default();
        }
    }
    for pain in pains {
        for share in &pain.stages {
            *stages
                .entry(share.name.clone())
                .or_default()
                .entry(&pain.id)
                .or_default() += share.n;
        }
    }
    let total: u64 = stages.values().flat_map(BTreeMap::values).sum();
    let mut pictures: Vec<StagePicture> = stages
        .into_iter()
        .map(|(stage, counts)| {
            let n: u64 = counts.values().sum();
            let mut pains: Vec<(u64, &str)> = counts.into_iter().map(|(id, n)| (n, id)).collect();
            pains.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
            // A problem belongs to a step if a fair part of what is said there is about it.
            pains.retain(|(count, _)| *count * 20 >= n);
            StagePicture {
                share: if total == 0 {
                    0.0
                } else {
                    n as f64 / total as f64
                },
                pains: pains.into_iter().map(|(_, id)| id.to_owned()).collect(),
                served_by: chain.served_by(&stage),
                stage,
            }
        })
        .collect();
    pictures.sort_by(|a, b| {
        b.share
            .total_cmp(&a.share)
            .then_with(|| a.stage.cmp(&b.stage))
    });
    let mut unconnected: BTreeSet<String> = roles
        .iter()
        .filter(|role| role.way.is_empty())
        .map(|role| role.role.clone())
        .collect();
    let known: BTreeSet<&str> = chain.roles().collect();
    unconnected.extend(
        answering
            .filter(|role| !known.contains(role))
            .map(str::to_owned),
    );
    Some(ChainPicture {
        stages: pictures,
        roles,
        unconnected: unconnected.into_iter().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_domain::facts::{Edge, Place};

    #[test]
    fn a_role_that_answered_and_is_not_in_the_chain_has_no_way() {
        let edges = [Edge {
            from: "teller".to_owned(),
            to: Place::Stage("visit".to_owned()),
            weight: 1.0,
        }];
        let chain = Chain::new(&edges, &[]);
        let found = picture(&chain, ["teller", "payroll clerk"].into_iter(), &[]);
        assert_eq!(
            found.map(|found| found.unconnected),
            Some(vec!["payroll clerk".to_owned()])
        );
        assert!(picture(&Chain::default(), ["teller"].into_iter(), &[]).is_none());
    }
}
