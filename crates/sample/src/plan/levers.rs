//! Which fixes employees speak of, how simple each is, and who speaks of which.
//!
//! All fixes of the catalogue that answer an active problem, and six of those that answer none.
//! People speak of what they see: most of a fix's support comes from roles that meet its cause or
//! serve its step, and, for blocks above all, from units where customers name the problem more.

use super::pains::Pains;
use super::units::{Units, closeness};
use super::{cumulate, normal};
use crate::catalogue::{self, Lever, company};
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Beta, Distribution};

/// Fixes drawn that answer no problem.
const UNASKED: usize = 6;

/// A fix that people speak of.
#[derive(Debug)]
pub(crate) struct DrawnLever {
    pub entry: &'static Lever,
    /// Indices of the active problems it answers.
    pub answers: Vec<usize>,
    /// 0 hard to 1 simple.
    pub ease: f64,
}

/// All fixes and who speaks of them.
#[derive(Debug)]
pub(crate) struct Levers {
    pub drawn: Vec<DrawnLever>,
    /// Cumulated weights of fixes in ideas, by post.
    pub ideas: Vec<Vec<f64>>,
    /// Cumulated weights of fixes in blocks, by post.
    pub blocks: Vec<Vec<f64>>,
    /// Cumulated weights of needs.
    pub needs: Vec<f64>,
}

impl std::fmt::Debug for Lever {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key)
    }
}

impl Levers {
    pub(crate) fn draw(units: &Units, pains: &Pains, rng: &mut ChaCha8Rng) -> Self {
        let eases = Beta::new(1.8, 1.8).expect("constants");
        let drawn: Vec<DrawnLever> = choose(pains, rng)
            .into_iter()
            .map(|(entry, answers)| DrawnLever {
                entry,
                answers,
                ease: eases.sample(rng),
            })
            .collect();
        let spread = normal(0.0, 0.6);
        let popularity: Vec<f64> = drawn.iter().map(|_| spread.sample(rng).exp()).collect();
        let weights = |post: &super::units::Post, unit_power: f64| {
            let role = company::ROLES[post.role].0;
            cumulate(drawn.iter().zip(&popularity).map(|(lever, popular)| {
                popular
                    * affinity(lever, role, pains)
                    * local(lever, post.facing, pains, unit_power)
            }))
        };
        let ideas = units.posts.iter().map(|post| weights(post, 0.6)).collect();
        let blocks = units.posts.iter().map(|post| weights(post, 1.3)).collect();
        let need_spread = normal(0.0, 0.5);
        let needs = cumulate(catalogue::needs().map(|_| need_spread.sample(rng).exp()));
        Self {
            drawn,
            ideas,
            blocks,
            needs,
        }
    }
}

fn choose(pains: &Pains, rng: &mut ChaCha8Rng) -> Vec<(&'static Lever, Vec<usize>)> {
    let mut chosen: Vec<(usize, &'static Lever, Vec<usize>)> = Vec::new();
    let mut unasked = Vec::new();
    for (place, lever) in catalogue::levers().enumerate() {
        let answers: Vec<usize> = pains
            .drawn
            .iter()
            .enumerate()
            .filter(|(_, pain)| lever.answers.contains(&pain.entry.key))
            .map(|(index, _)| index)
            .collect();
        if lever.answers.is_empty() {
            unasked.push((place, lever, answers));
        } else if !answers.is_empty() {
            chosen.push((place, lever, answers));
        }
    }
    unasked.shuffle(rng);
    chosen.extend(unasked.into_iter().take(UNASKED));
    chosen.sort_by_key(|(place, _, _)| *place);
    chosen
        .into_iter()
        .map(|(_, lever, answers)| (lever, answers))
        .collect()
}

/// How likely a role is to see the fix.
fn affinity(lever: &DrawnLever, role: &str, pains: &Pains) -> f64 {
    if lever.entry.roles.contains(&role) {
        return 1.0;
    }
    let nearest = lever
        .answers
        .iter()
        .map(|pain| closeness(role, pains.drawn[*pain].entry.stage))
        .fold(0.0, f64::max);
    0.002 + 0.25 * nearest
}

/// How much more likely where the unit's customers name the problem more.
fn local(lever: &DrawnLever, facing: Option<usize>, pains: &Pains, power: f64) -> f64 {
    let Some(unit) = facing else { return 1.0 };
    let worst = lever
        .answers
        .iter()
        .map(|pain| pains.unit_logs[unit][*pain])
        .fold(f64::NEG_INFINITY, f64::max);
    if worst.is_finite() {
        (power * worst).exp()
    } else {
        1.0
    }
}
