//! The chain as it stands: how a role's work reaches customers.

use crate::entity::{edge, role};
use crate::error::Result;
use crate::ledger::Ledger;
use sea_orm::EntityTrait;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::Arc;
use uuid::Uuid;

/// Roles by id with the names to show, and who hands what to whom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chain {
    roles: BTreeMap<Uuid, String>,
    to_roles: HashMap<Uuid, Vec<(f64, Uuid)>>,
    to_stages: HashMap<Uuid, Vec<(f64, String)>>,
}

/// Steps that are followed at most: a chain may go round in circles.
const STEPS: usize = 8;

impl Chain {
    /// The name of a role.
    pub fn role(&self, id: Uuid) -> Option<&str> {
        self.roles.get(&id).map(String::as_str)
    }

    /// All roles: id and name, by name.
    pub fn roles(&self) -> Vec<(Uuid, &str)> {
        let mut roles: Vec<_> = self
            .roles
            .iter()
            .map(|(id, name)| (*id, name.as_str()))
            .collect();
        roles.sort_by(|one, other| one.1.cmp(other.1));
        roles
    }

    /// All steps of customers' journey that somebody's work reaches.
    pub fn stages(&self) -> Vec<&str> {
        let stages: BTreeSet<&str> = self
            .to_stages
            .values()
            .flatten()
            .map(|(_, stage)| stage.as_str())
            .collect();
        stages.into_iter().collect()
    }

    /// Up to `most` ways from a role to customers, the shortest first, the strongest first among
    /// them: names of roles after this one, then the step of the journey.
    pub fn paths(&self, from: Uuid, most: usize) -> Vec<Vec<String>> {
        let mut found: Vec<Vec<String>> = Vec::new();
        let mut queue = VecDeque::from([(from, Vec::<String>::new())]);
        let mut seen = BTreeSet::from([from]);
        while let Some((at, path)) = queue.pop_front() {
            for (_, stage) in self.to_stages.get(&at).into_iter().flatten() {
                if found.len() < most {
                    found.push(path.iter().chain([stage]).cloned().collect());
                }
            }
            if path.len() == STEPS {
                continue;
            }
            for (_, next) in self.to_roles.get(&at).into_iter().flatten() {
                if let Some(name) = self.role(*next)
                    && seen.insert(*next)
                {
                    let path = path.iter().cloned().chain([name.to_owned()]).collect();
                    queue.push_back((*next, path));
                }
            }
        }
        found
    }
}

/// The chain, for a respondent's page: it may be a second old.
///
/// # Errors
/// As [`read`].
pub async fn kept(ledger: &Ledger) -> Result<Arc<Chain>> {
    let writes = ledger.writer().writes();
    ledger.kept().chain.get((), writes, read(ledger)).await
}

/// Reads it.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn read(ledger: &Ledger) -> Result<Chain> {
    let mut chain = Chain::default();
    for role in role::Entity::find().all(ledger.reading()).await? {
        chain.roles.insert(role.id, role.title.unwrap_or(role.name));
    }
    for edge in edge::Entity::find().all(ledger.reading()).await? {
        if let Some(to) = edge.to_role {
            let all = chain.to_roles.entry(edge.from_role).or_default();
            all.push((edge.weight, to));
        }
        if let Some(stage) = edge.to_stage {
            let all = chain.to_stages.entry(edge.from_role).or_default();
            all.push((edge.weight, stage));
        }
    }
    for all in chain.to_roles.values_mut() {
        all.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    }
    for all in chain.to_stages.values_mut() {
        all.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    }
    Ok(chain)
}
