//! Units, roles and people of the drawn company. Which units and roles exist is fixed; sizes are
//! drawn. Answers come from `posts`: the people of one role in one unit.

use super::{Counts, cumulate, normal};
use crate::catalogue::Stage;
use crate::catalogue::company::{self, Kind, To};
use crate::rows::{ChainRow, RoleRow, UnitRow};
use rand_chacha::ChaCha8Rng;
use rand_distr::Distribution;

/// Number of regions.
pub(crate) const REGIONS: usize = company::REGIONS.len();

/// A unit that meets customers.
#[derive(Debug)]
pub(crate) struct Facing {
    /// Name in customer systems.
    pub name: String,
    /// Name in HR's systems.
    pub hr_name: String,
    /// Index of its region; none for those that serve all.
    pub region: Option<usize>,
    /// Steps of the journey with shares.
    pub stages: &'static [(Stage, f64)],
    /// Relative number of responses.
    pub volume: f64,
    /// Share of tickets among its feedback.
    pub tickets: f64,
}

/// The people of one role in one unit.
#[derive(Debug)]
pub(crate) struct Post {
    /// HR's name of the unit.
    pub unit: String,
    /// Index into `facing`, if it meets customers.
    pub facing: Option<usize>,
    /// Index into the catalogue's roles.
    pub role: usize,
    pub headcount: u32,
}

/// All units.
#[derive(Debug)]
pub(crate) struct Units {
    pub rows: Vec<UnitRow>,
    pub facing: Vec<Facing>,
    pub posts: Vec<Post>,
    /// Cumulated volume over pairs of unit and step.
    pub places_cumulated: Vec<f64>,
    /// The pairs: index of the unit, step.
    pub places: Vec<(usize, Stage)>,
}

impl Units {
    pub(crate) fn draw(counts: Counts, rng: &mut ChaCha8Rng) -> Self {
        let mut draft = Draft {
            rows: vec![row(company::NAME, "", None)],
            facing: Vec::new(),
            wanted: Vec::new(),
        };
        for (region, (name, tag, towns)) in company::REGIONS.iter().enumerate() {
            draft.rows.push(row(name, company::NAME, None));
            for town in towns {
                draft.facing(&company::SHOP, town, tag, Some(region), name, rng);
            }
            for kind in &company::REGIONAL {
                draft.facing(kind, name, tag, Some(region), name, rng);
            }
        }
        draft
            .rows
            .push(row("Central customer teams", company::NAME, None));
        for kind in &company::CENTRAL {
            draft.facing(kind, "", "", None, "Central customer teams", rng);
        }
        draft.rows.push(row("Back office", company::NAME, None));
        for (name, people, roles) in &company::BACK_OFFICE {
            draft.rows.push(row(name, "Back office", None));
            draft.people((*name).to_owned(), None, *people, roles, rng);
        }
        let headcounts = apportion(
            counts.employees,
            &draft
                .wanted
                .iter()
                .map(|(_, share)| *share)
                .collect::<Vec<_>>(),
        );
        let posts = draft
            .wanted
            .into_iter()
            .zip(headcounts)
            .map(|((post, _), headcount)| Post { headcount, ..post })
            .collect();
        let mut places = Vec::new();
        let mut volumes = Vec::new();
        for (unit, facing) in draft.facing.iter().enumerate() {
            for (stage, share) in facing.stages {
                places.push((unit, *stage));
                volumes.push(facing.volume * share);
            }
        }
        Self {
            rows: draft.rows,
            facing: draft.facing,
            posts,
            places_cumulated: cumulate(volumes),
            places,
        }
    }

    pub(crate) fn role_rows(&self) -> Vec<RoleRow> {
        self.posts
            .iter()
            .map(|post| RoleRow {
                role: company::ROLES[post.role].1,
                title: company::ROLES[post.role].2,
                unit: post.unit.clone(),
                headcount: post.headcount,
            })
            .collect()
    }

    /// People of the unit at `facing`.
    pub(crate) fn people_facing(&self, facing: usize) -> u32 {
        self.posts
            .iter()
            .filter(|post| post.facing == Some(facing))
            .map(|post| post.headcount)
            .sum()
    }
}

struct Draft {
    rows: Vec<UnitRow>,
    facing: Vec<Facing>,
    wanted: Vec<(Post, f64)>,
}

impl Draft {
    fn facing(
        &mut self,
        kind: &'static Kind,
        place: &str,
        tag: &str,
        region: Option<usize>,
        parent: &str,
        rng: &mut ChaCha8Rng,
    ) {
        let name = kind.name.replace("{}", place);
        let hr_name = kind
            .hr_name
            .map(|hr| hr.replace("{tag}", tag).replace("{}", place));
        self.rows.push(row(&name, parent, hr_name.as_deref()));
        let hr_name = hr_name.unwrap_or_else(|| name.clone());
        let unit = self.facing.len();
        self.facing.push(Facing {
            name,
            hr_name: hr_name.clone(),
            region,
            stages: kind.stages,
            volume: kind.volume * normal(0.0, 0.3).sample(rng).exp(),
            tickets: kind.tickets,
        });
        self.people(hr_name, Some(unit), kind.people, kind.roles, rng);
    }

    fn people(
        &mut self,
        unit: String,
        facing: Option<usize>,
        people: f64,
        roles: &[(&str, f64)],
        rng: &mut ChaCha8Rng,
    ) {
        let people = people * normal(0.0, 0.15).sample(rng).exp();
        for (role, share) in roles {
            let post = Post {
                unit: unit.clone(),
                facing,
                role: role_index(role),
                headcount: 0,
            };
            self.wanted.push((post, people * share));
        }
    }
}

fn row(unit: &str, parent: &str, also_called: Option<&str>) -> UnitRow {
    UnitRow {
        unit: unit.to_owned(),
        parent: parent.to_owned(),
        also_called: also_called.unwrap_or_default().to_owned(),
    }
}

/// Place of a role in the catalogue; a test asks that every key is there.
pub(crate) fn role_index(key: &str) -> usize {
    company::ROLES
        .iter()
        .position(|(role, _, _)| *role == key)
        .unwrap_or(0)
}

/// Whole numbers, at least one each, in proportion to `wanted` and with the given sum where that
/// leaves room: largest remainders, ties by place.
fn apportion(total: u32, wanted: &[f64]) -> Vec<u32> {
    let sum: f64 = wanted.iter().sum();
    let room = f64::from(total) - wanted.len() as f64;
    let exact: Vec<f64> = wanted.iter().map(|w| room.max(0.0) * w / sum).collect();
    let mut counts: Vec<u32> = exact.iter().map(|e| 1 + *e as u32).collect();
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| {
        exact[b]
            .fract()
            .total_cmp(&exact[a].fract())
            .then(a.cmp(&b))
    });
    let left = total.saturating_sub(counts.iter().sum());
    for &place in order.iter().take(left as usize) {
        counts[place] += 1;
    }
    counts
}

pub(crate) fn chain() -> Vec<ChainRow> {
    company::CHAIN
        .iter()
        .map(|(from, to, weight)| ChainRow {
            from: company::ROLES[role_index(from)].1,
            to: match to {
                To::Role(role) => company::ROLES[role_index(role)].1,
                To::Stage(stage) => stage.in_chain(),
            },
            weight: *weight,
        })
        .collect()
}

/// How near a role's work is to a step, 0 to 1: its direct share, and what goes through others at
/// six tenths a step.
pub(crate) fn closeness(role: &str, stage: Stage) -> f64 {
    let edges = company::CHAIN.iter().filter(|(from, _, _)| *from == role);
    let total: f64 = edges.clone().map(|(_, _, weight)| weight).sum();
    edges
        .map(|(_, to, weight)| {
            let near = match to {
                To::Stage(at) => f64::from(u8::from(*at == stage)),
                To::Role(next) => 0.6 * closeness(next, stage),
            };
            weight / total * near
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_shared_out_exactly() {
        assert_eq!(apportion(10, &[1.0, 1.0, 2.0]), [3, 3, 4]);
        assert_eq!(apportion(2, &[1.0, 1.0, 1.0]), [1, 1, 1]);
        assert_eq!(apportion(1_200, &[3.0; 7]).iter().sum::<u32>(), 1_200);
    }

    #[test]
    fn closeness_fades_along_the_chain() {
        assert!((closeness("installer", Stage::Installation) - 0.8).abs() < 1e-12);
        let dispatcher = closeness("dispatcher", Stage::Installation);
        assert!((dispatcher - 0.6 * (0.5 * 0.8 + 0.25 * 0.6)).abs() < 1e-12);
        assert!(closeness("buyer", Stage::Installation) < dispatcher);
        assert_eq!(closeness("records_keeper", Stage::Billing), 0.0);
    }

    #[test]
    fn every_role_named_exists() {
        let known = |key: &str| company::ROLES.iter().any(|(role, _, _)| *role == key);
        for (from, to, _) in company::CHAIN {
            assert!(known(from), "{from}");
            if let To::Role(role) = to {
                assert!(known(role), "{role}");
            }
        }
        for lever in crate::catalogue::levers() {
            assert!(lever.roles.iter().all(|role| known(role)), "{}", lever.key);
        }
        let kinds = company::REGIONAL.iter().chain(&company::CENTRAL);
        let facing = kinds.chain([&company::SHOP]).flat_map(|kind| kind.roles);
        let back = company::BACK_OFFICE.iter().flat_map(|unit| unit.2);
        for (role, _) in facing.chain(back) {
            assert!(known(role), "{role}");
        }
    }
}
