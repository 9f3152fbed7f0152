//! The chain: which roles serve which steps of the journey, directly or through other roles.
//!
//! Pure graph work on named places. Cycles among roles are refused by the import, and are
//! harmless here: ways are shortest ways, and reach is a fixed number of steps.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use throughline_domain::brief::RoleWay;
use throughline_domain::facts::{Edge, Place, Role};

/// How much of a role's work is credited to a place one further step away.
const FADE: f64 = 0.5;
/// Steps after which credit is too faint to matter.
const MOST_STEPS: usize = 8;

/// Roles on a way to the customer, at most: longer ones tell nobody anything.
const LONGEST_WAY: usize = 50;

/// The chain, ready to be asked.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    to: BTreeMap<String, Vec<(Place, f64)>>,
    titles: BTreeMap<String, Option<String>>,
}

impl Chain {
    /// Reads edges and roles. Roles that only an edge names are known too.
    pub fn new(edges: &[Edge], roles: &[Role]) -> Self {
        let mut chain = Self::default();
        for role in roles {
            chain.titles.insert(role.role.clone(), role.title.clone());
        }
        for edge in edges {
            chain.titles.entry(edge.from.clone()).or_default();
            if let Place::Role(role) = &edge.to {
                chain.titles.entry(role.clone()).or_default();
            }
            chain
                .to
                .entry(edge.from.clone())
                .or_default()
                .push((edge.to.clone(), edge.weight));
        }
        for places in chain.to.values_mut() {
            places.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        }
        chain
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.to.is_empty()
    }

    /// All roles, by name.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.titles.keys().map(String::as_str)
    }

    /// Steps that a role serves, each once.
    pub fn stages(&self) -> BTreeSet<&str> {
        let places = self.to.values().flatten();
        let stages = places.filter_map(|(place, _)| match place {
            Place::Stage(stage) => Some(stage.as_str()),
            Place::Role(_) => None,
        });
        stages.collect()
    }

    /// Roles that serve a step directly, by name.
    pub fn served_by(&self, stage: &str) -> Vec<String> {
        let serves = |places: &Vec<(Place, f64)>| {
            places
                .iter()
                .any(|(place, _)| *place == Place::Stage(stage.to_owned()))
        };
        self.to
            .iter()
            .filter(|(_, places)| serves(places))
            .map(|(role, _)| role.clone())
            .collect()
    }

    /// A role's shortest way to the customer (ties: the heavier edge, then the name), of at most
    /// `LONGEST_WAY` roles.
    pub fn way(&self, role: &str) -> RoleWay {
        let way = self.shortest(role);
        RoleWay {
            role: role.to_owned(),
            title: self.titles.get(role).cloned().flatten(),
            // role, role, …, step: two entries are no step in between.
            steps: way.as_ref().map(|way| way.len() as u32 - 2),
            way: way.unwrap_or_default(),
            reaches: self.reach(role).into_keys().collect(),
        }
    }

    fn shortest(&self, role: &str) -> Option<Vec<String>> {
        // Who was first come from, and how many roles are before it.
        let mut before: BTreeMap<&str, (&str, usize)> = BTreeMap::from([(role, ("", 0))]);
        let mut queue = VecDeque::from([role]);
        while let Some(at) = queue.pop_front() {
            let Some(places) = self.to.get(at) else {
                continue;
            };
            let far = before.get(at).map_or(0, |(_, far)| *far);
            for (place, _) in places {
                if let Place::Stage(stage) = place {
                    let mut way = vec![stage.clone()];
                    let mut role = at;
                    while let Some((from, _)) = before.get(role) {
                        way.push(role.to_owned());
                        role = from;
                    }
                    way.reverse();
                    return Some(way);
                }
            }
            for (place, _) in places {
                if let Place::Role(next) = place
                    && far + 1 < LONGEST_WAY
                    && !before.contains_key(next.as_str())
                {
                    before.insert(next, (at, far + 1));
                    queue.push_back(next);
                }
            }
        }
        None
    }

    /// Steps of the journey that a role's work reaches, each with a credit of at most 1:
    /// 1 served directly with all of its work, halved with every role in between.
    pub fn reach(&self, role: &str) -> BTreeMap<String, f64> {
        let mut reached: BTreeMap<String, f64> = BTreeMap::new();
        let mut at: BTreeMap<String, f64> = BTreeMap::from([(role.to_owned(), 1.0)]);
        for _ in 0..MOST_STEPS {
            let mut next: BTreeMap<String, f64> = BTreeMap::new();
            for (role, credit) in &at {
                let Some(places) = self.to.get(role) else {
                    continue;
                };
                let total: f64 = places.iter().map(|(_, weight)| weight.max(0.0)).sum();
                if total <= 0.0 {
                    continue;
                }
                for (place, weight) in places {
                    let share = credit * weight.max(0.0) / total;
                    match place {
                        Place::Stage(stage) => *reached.entry(stage.clone()).or_default() += share,
                        Place::Role(role) => *next.entry(role.clone()).or_default() += share * FADE,
                    }
                }
            }
            if next.is_empty() {
                break;
            }
            at = next;
        }
        reached
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(edges: &[(&str, &str)]) -> Chain {
        let edges: Vec<Edge> = edges
            .iter()
            .map(|(from, to)| Edge {
                from: (*from).into(),
                to: to.strip_prefix("stage:").map_or_else(
                    || Place::Role((*to).into()),
                    |stage| Place::Stage(stage.into()),
                ),
                weight: 1.0,
            })
            .collect();
        Chain::new(&edges, &[])
    }

    fn check(edges: &[(&str, &str)], role: &str, way: &[&str], steps: Option<u32>) {
        let found = chain(edges).way(role);
        assert_eq!(found.way, way);
        assert_eq!(found.steps, steps);
    }

    #[test]
    fn the_shortest_way_is_found() {
        let edges = [
            ("planner", "dispatcher"),
            ("dispatcher", "installer"),
            ("installer", "stage:installation"),
            ("planner", "installer"),
        ];
        check(&edges, "installer", &["installer", "installation"], Some(0));
        check(
            &edges,
            "planner",
            &["planner", "installer", "installation"],
            Some(1),
        );
        check(&edges, "nobody", &[], None);
    }

    #[test]
    fn a_circle_without_customers_ends() {
        check(&[("a", "b"), ("b", "a")], "a", &[], None);
        assert!(chain(&[("a", "b"), ("b", "a")]).reach("a").is_empty());
    }

    #[test]
    fn a_way_of_thousands_of_roles_is_none() {
        let name = |at: usize| format!("r{at}");
        let mut edges: Vec<Edge> = (0..3_000)
            .map(|at| Edge {
                from: name(at),
                to: Place::Role(name(at + 1)),
                weight: 1.0,
            })
            .collect();
        edges.push(Edge {
            from: name(3_000),
            to: Place::Stage("x".to_owned()),
            weight: 1.0,
        });
        let chain = Chain::new(&edges, &[]);
        assert_eq!(chain.way("r0").steps, None);
        assert_eq!(chain.way("r2960").steps, Some(40));
        assert_eq!(chain.way("r2960").way.len(), 42);
    }

    #[test]
    fn credit_fades_with_every_role_in_between() {
        let edges = [("a", "b"), ("b", "stage:x"), ("b", "stage:y")];
        let reach = chain(&edges).reach("a");
        assert_eq!(reach["x"], 0.25);
        assert_eq!(chain(&edges).reach("b")["x"], 0.5);
    }
}
