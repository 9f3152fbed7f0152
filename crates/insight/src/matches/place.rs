//! Whether those behind a fix serve the step where a problem is felt.

use std::collections::BTreeMap;

/// How firmly a fix's roles are expected to be those of all who answered: in people.
const FIRMNESS: f64 = 8.0;

/// A role among all who answered.
#[derive(Clone, Debug, Default)]
pub struct Serving {
    /// People of the role who answered.
    pub people: f64,
    /// The steps of the journey that it reaches, with credit.
    pub reach: BTreeMap<String, f64>,
}

/// How far the roles that speak of a fix more than usual are those that serve the steps where a problem is
/// felt, and the others those that don't: the correlation over roles, each weighing as many as answered, of
/// the log of how much more often than usual its people are behind the fix (drawn to the usual) with its
/// credit at these steps. -1 to 1; `None` where it can't be told.
pub fn place(
    stages: &BTreeMap<String, f64>,
    behind: &BTreeMap<String, f64>,
    everyone: &BTreeMap<String, Serving>,
) -> Option<f64> {
    let all: f64 = everyone.values().map(|role| role.people).sum();
    let known = |(role, people): (&String, &f64)| everyone.contains_key(role).then_some(*people);
    let theirs: f64 = behind.iter().filter_map(known).sum();
    if stages.is_empty() || theirs <= 0.0 || all <= 0.0 {
        return None;
    }
    let roles: Vec<[f64; 3]> = everyone
        .iter()
        .filter(|(_, role)| role.people > 0.0)
        .map(|(name, role)| {
            let usual = role.people / all;
            let seen = behind.get(name).copied().unwrap_or(0.0) + FIRMNESS * usual;
            let excess = (seen / (theirs + FIRMNESS) / usual).ln();
            let at =
                |(stage, share): (&String, &f64)| share * role.reach.get(stage).unwrap_or(&0.0);
            [usual, excess, stages.iter().map(at).sum()]
        })
        .collect();
    let over = |of: &dyn Fn(&[f64; 3]) -> f64| -> f64 {
        roles.iter().map(|role| role[0] * of(role)).sum()
    };
    let mean = over(&|role| role[2]);
    let spread = over(&|role| (role[2] - mean).powi(2)) * over(&|role| role[1].powi(2));
    let together = over(&|role| role[1] * (role[2] - mean));
    (spread > 1e-18).then(|| (together / spread.sqrt()).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named<T: Clone>(parts: &[(&str, T)]) -> BTreeMap<String, T> {
        let own = |(name, value): &(&str, T)| ((*name).to_owned(), value.clone());
        parts.iter().map(own).collect()
    }

    fn serving(people: f64, reach: &[(&str, f64)]) -> Serving {
        Serving {
            people,
            reach: named(reach),
        }
    }

    #[test]
    fn people_who_serve_the_step_speak_for_the_pair() {
        let everyone = named(&[
            ("biller", serving(20.0, &[("bill", 1.0)])),
            ("fitter", serving(20.0, &[("visit", 1.0)])),
            ("planner", serving(20.0, &[("visit", 0.5)])),
        ]);
        let felt = named(&[("bill", 1.0)]);
        let of = |behind: &[(&str, f64)]| place(&felt, &named(behind), &everyone);
        assert!(of(&[("biller", 10.0)]).is_some_and(|place| place > 0.9));
        assert!(of(&[("fitter", 10.0)]).is_some_and(|place| place < -0.4));
        // As usual.
        let even = of(&[("biller", 3.0), ("fitter", 3.0), ("planner", 3.0)]);
        assert_eq!(even, None);
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[("stranger", 3.0)]), None);
        assert_eq!(
            place(&BTreeMap::new(), &named(&[("biller", 1.0)]), &everyone),
            None
        );
    }

    #[test]
    fn it_is_the_correlation_of_the_formula() {
        let everyone = named(&[
            ("a", serving(30.0, &[("bill", 0.8)])),
            ("b", serving(10.0, &[("bill", 0.2), ("visit", 0.8)])),
        ]);
        // Usual .75 and .25; of four people two each, drawn to the usual by eight: 8 and 4 of 12.
        let found = place(
            &named(&[("bill", 1.0)]),
            &named(&[("a", 2.0), ("b", 2.0)]),
            &everyone,
        );
        let (a, b) = ((8.0f64 / 12.0 / 0.75).ln(), (4.0f64 / 12.0 / 0.25).ln());
        let mean = 0.75 * 0.8 + 0.25 * 0.2;
        let together = 0.75 * a * (0.8 - mean) + 0.25 * b * (0.2 - mean);
        let spread = (0.75 * a * a + 0.25 * b * b)
            * (0.75 * (0.8f64 - mean).powi(2) + 0.25 * (0.2f64 - mean).powi(2));
        assert!(found.is_some_and(|place| (place - together / spread.sqrt()).abs() < 1e-12));
    }
}
