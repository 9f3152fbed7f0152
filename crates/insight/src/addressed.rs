//! Which of the customers' problems each answer speaks of, where answers are too few to make fixes of their own.
//!
//! A hundred answers worded freely share few words: cut into groups by what they say, they fall into heaps of chance,
//! and no group is large enough for its words to be shown. What customers say is known better. Each answer then goes
//! to the problem it is nearest to, by meaning, by what is known of such pairs from other companies (`matches::bridge`)
//! and by the topics both speak of (`text::topics`), half as much by those of the answers worded like it; an answer that
//! is near to none goes to none.

use crate::matches::{known_with, without_common};
use crate::theme::{Theme, dot};
use throughline_text::topics::leaning;

/// Problems from which answers can speak of different ones.
const SEVERAL: usize = 4;
/// Nearness under which an answer speaks of no problem.
const NEAR: f64 = 0.15;
/// Weight of topics beside the cosine of meanings, and of other answers' nearness beside an answer's own.
const TOPICS: f64 = 1.0;
const OTHERS: f64 = 0.5;
/// Constant and slopes of the chance that an answer speaks of its problem, on how near it is and how much nearer than
/// to the next: a logistic fit on three made-up companies of 120 such answers, and on twelve samples of 80 and 160 with
/// wordings for the making, both weighing alike (`bench/matching/addressed.py`).
const CHANCE: [f64; 3] = [-1.68, 1.15, 2.34];

/// An answer as problems are compared with it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its vector, what is common to all answers taken out; unit length.
    pub vector: Vec<f32>,
    /// Its log-odds of topics.
    pub odds: Vec<f32>,
}

/// What an answer speaks of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spoken {
    /// The problem's number.
    pub problem: usize,
    /// How near the answer is to it.
    pub near: f64,
    /// The chance that it does speak of it.
    pub chance: f64,
}

/// How near each answer is to each problem that isn't hidden, by meaning, by what is known of such pairs and by topics;
/// with the problems' numbers. `None` where there are too few to choose from.
pub fn near(answers: &[Answer], problems: &[Theme]) -> Option<(Vec<usize>, Vec<Vec<f64>>)> {
    let open: Vec<usize> = (0..problems.len())
        .filter(|at| !problems[*at].hidden)
        .collect();
    if open.len() < SEVERAL {
        return None;
    }
    let mut centres = without_common(open.iter().map(|at| &problems[*at].centre));
    for centre in &mut centres {
        let known = known_with(centre);
        centre.iter_mut().zip(known).for_each(|(x, k)| *x += k);
    }
    let topics = without_common(open.iter().map(|at| &problems[*at].profile));
    let told = leanings(answers);
    let near = answers
        .iter()
        .zip(&told)
        .map(|(answer, told)| {
            let near = |(centre, topics): (&Vec<f32>, &Vec<f32>)| {
                f64::from(dot(centre, &answer.vector)) + TOPICS * f64::from(dot(topics, told))
            };
            centres.iter().zip(&topics).map(near).collect()
        })
        .collect();
    Some((open, near))
}

/// How far each answer leans to each topic, what is common to all taken out, of length 1.
pub fn leanings(answers: &[Answer]) -> Vec<Vec<f32>> {
    let told: Vec<Vec<f32>> = answers.iter().map(|one| leaning(&one.odds)).collect();
    without_common(told.iter())
}

/// The problem each answer speaks of; `None` where there are too few problems to choose from.
pub fn addressed(answers: &[Answer], problems: &[Theme]) -> Option<Vec<Option<Spoken>>> {
    let (open, alone) = near(answers, problems)?;
    let spoken = |at: usize| {
        let mut near = alone[at].clone();
        let (mut sums, mut all) = (vec![0.0; near.len()], 0.0);
        for (other, one) in answers.iter().enumerate().filter(|(other, _)| *other != at) {
            let alike = f64::from(dot(&one.vector, &answers[at].vector))
                .max(0.0)
                .powi(3);
            all += alike;
            sums.iter_mut()
                .zip(&alone[other])
                .for_each(|(sum, x)| *sum += alike * x);
        }
        if all > 0.0 {
            near.iter_mut()
                .zip(&sums)
                .for_each(|(x, sum)| *x += OTHERS * sum / all);
        }
        let mut order: Vec<usize> = (0..near.len()).collect();
        order.sort_by(|a, b| near[*b].total_cmp(&near[*a]).then(a.cmp(b)));
        let (best, next) = (near[order[0]], near[order[1]]);
        (best >= NEAR).then(|| Spoken {
            problem: open[order[0]],
            near: best,
            chance: chance(best, next),
        })
    };
    Some((0..answers.len()).map(spoken).collect())
}

/// The chance that an answer speaks of the problem it is nearest to, by how near it is to that and to the next.
fn chance(best: f64, next: f64) -> f64 {
    let [constant, by_near, by_lead] = CHANCE;
    let odds = constant + by_near * best + by_lead * (best - next);
    1.0 / (1.0 + (-odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_are_those_of_the_fit() {
        // scikit-learn's model of `bench/matching/addressed.py`, coefficients rounded to hundredths: 1 over 1 + exp(1.68 -
        // 1.15 * .5 - 2.34 * .2).
        assert!((chance(0.5, 0.3) - 0.3459).abs() < 1e-4);
        assert!(chance(1.2, 0.2) > 0.85 && chance(0.2, 0.2) < 0.2);
    }

    fn axis(at: usize, length: f32) -> Vec<f32> {
        (0..256)
            .map(|x| if x == at { length } else { 0.0 })
            .collect()
    }

    fn problem(at: usize) -> Theme {
        let found = crate::theme::Found {
            title: format!("Problem {at}"),
            centre: axis(at, 1.0),
            profile: (0..4)
                .map(|topic| if topic == at { 0.5 } else { 0.0 })
                .collect(),
            ..Default::default()
        };
        crate::theme::corrected("p", vec![found], &[], &|_| vec![0.0; 2])
            .themes
            .remove(0)
    }

    fn answer(at: usize, topic: usize) -> Answer {
        Answer {
            vector: axis(at, 1.0),
            odds: (0..4).map(|t| if t == topic { 9.0 } else { 0.0 }).collect(),
        }
    }

    #[test]
    fn answers_go_to_the_problem_they_are_nearest_to() {
        let mut problems: Vec<Theme> = (0..5).map(problem).collect();
        let answers: Vec<Answer> = (0..4).map(|at| answer(at, at)).collect();
        let of = |problems: &[Theme]| -> Vec<Option<usize>> {
            let found = addressed(&answers, problems).unwrap_or_default();
            found.iter().map(|one| one.map(|one| one.problem)).collect()
        };
        assert_eq!(of(&problems), [Some(0), Some(1), Some(2), Some(3)]);
        // What a person has hidden heads no ideas.
        problems[1].hidden = true;
        assert_ne!(of(&problems)[1], Some(1));
        // Of three nothing is told.
        assert!(addressed(&answers, &problems[2..]).is_none());
    }

    #[test]
    fn topics_tell_where_meanings_do_not_and_what_is_near_to_nothing_is_left() {
        let problems: Vec<Theme> = (0..4).map(problem).collect();
        let of = |one: Answer| addressed(&[one], &problems).and_then(|found| found[0]);
        assert_eq!(of(answer(9, 2)).map(|one| one.problem), Some(2));
        let clear = of(answer(2, 2)).map_or(0.0, |one| one.chance);
        let less = of(answer(9, 2)).map_or(1.0, |one| one.chance);
        assert!(less < clear, "{less} {clear}");
        let none = Answer {
            vector: vec![0.0; 256],
            odds: vec![0.0; 4],
        };
        assert_eq!(of(none), None);
    }
}
