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
    let means = [over(&|role| role[1]), over(&|role| role[2])];
    let product =
        |a: usize, b: usize| over(&|role| (role[1 + a] - means[a]) * (role[1 + b] - means[b]));
    let spread = product(0, 0) * product(1, 1);
    (spread > 1e-18).then(|| (product(0, 1) / spread.sqrt()).clamp(-1.0, 1.0))
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

    /// Three roles; numpy: `np.cov(e, c, aweights=w, ddof=0)`, scaled, with `w = [.5, .3, .2]`,
    /// `e = log(([6, 1, 1] + 8 * w) / 16 / w)`, `c = [.8, .2, 0]`.
    #[test]
    fn it_is_the_weighted_correlation() {
        let everyone = named(&[
            ("a", serving(50.0, &[("bill", 0.8)])),
            ("b", serving(30.0, &[("bill", 0.2), ("visit", 0.8)])),
            ("c", serving(20.0, &[("visit", 1.0)])),
        ]);
        let behind = named(&[("a", 6.0), ("b", 1.0), ("c", 1.0)]);
        let found = place(&named(&[("bill", 1.0)]), &behind, &everyone);
        assert!(
            found.is_some_and(|place| (place - 0.927_099_240_514_079).abs() < 1e-9),
            "{found:?}"
        );
    }

    #[test]
    fn two_roles_correlate_fully_however_many_speak() {
        let everyone = named(&[
            ("a", serving(2.0, &[("bill", 1.0)])),
            ("b", serving(98.0, &[("visit", 1.0)])),
        ]);
        let felt = named(&[("bill", 1.0)]);
        for people in [1.0, 20.0, 5_000.0] {
            let found = place(&felt, &named(&[("a", people)]), &everyone);
            assert!(
                found.is_some_and(|place| (place - 1.0).abs() < 1e-9),
                "{found:?}"
            );
        }
    }
}
