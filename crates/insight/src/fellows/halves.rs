//! Takes apart what holds two fixes after all.
//!
//! Parts are joined one by one, and what was joined early is never looked at again: "different bill dates"
//! and "check a bill before it goes out" are given by the same people in much the same words. So every fix is
//! halved in several ways, by what is said, by each role and by each problem of customers; its answers then
//! go to the half they belong to. Where the halves differ more than halves of one fix do, they are two.

use super::belong::{strengths, strongest};
use super::group::{Group, Links};
use super::{Answer, Background, DRAWING, Link};
use crate::theme::dot;
use std::collections::{BTreeMap, BTreeSet};

/// Constant; then cosine of words, log Bayes factor of roles, log ratio of people, likeness between over
/// likeness within (vectors, words), log of how far they speak of the same problems, how much stronger answers
/// are drawn by their own half, logs of all answers and of those in the smaller half.
const WEIGHTS: [f64; 10] = [
    4.09, -3.85, -0.32, -0.14, -4.44, -1.12, -2.34, -0.13, -0.50, 0.87,
];
/// Log-odds from which halves are two fixes.
const TWO: f64 = 0.0;
/// Roles, and problems, that a fix is halved by.
const WAYS: usize = 5;
/// Times that answers go to the half they belong to.
const ROUNDS: usize = 8;
/// Say of words beside vectors in what is said.
const WORDS: f64 = 0.3;

/// Gives the answers of a second fix in a fix a label of their own.
pub(super) fn take_apart(
    answers: &[Answer],
    links: &[Link],
    background: &Background,
    labels: &mut [u32],
) {
    let mut waiting: Vec<u32> = labels
        .iter()
        .copied()
        .collect::<BTreeSet<u32>>()
        .into_iter()
        .collect();
    let mut next = waiting.last().map_or(0, |label| label + 1);
    while let Some(label) = waiting.pop() {
        let its: Vec<usize> = (0..labels.len())
            .filter(|at| labels[*at] == label)
            .collect();
        let Some(halves) = Fix::of(&its, answers, links).two(background) else {
            continue;
        };
        for (at, half) in its.into_iter().zip(halves) {
            if half == 1 {
                labels[at] = next;
            }
        }
        waiting.extend([label, next]);
        next += 1;
    }
}

/// The half of each answer, 0 or 1.
type Halves = Vec<usize>;

/// The answers of one fix and the links among them.
struct Fix<'a> {
    answers: Vec<&'a Answer>,
    links: Vec<Link>,
}

impl<'a> Fix<'a> {
    fn of(its: &[usize], answers: &'a [Answer], links: &[Link]) -> Self {
        let place: BTreeMap<usize, usize> = its.iter().copied().zip(0..).collect();
        let inside = |link: &Link| {
            let [one, other] = link.answers;
            Some(Link {
                answers: [*place.get(&one)?, *place.get(&other)?],
                weight: link.weight,
            })
        };
        Self {
            answers: its.iter().map(|at| &answers[*at]).collect(),
            links: links.iter().filter_map(inside).collect(),
        }
    }

    /// Its halves, if they are two fixes.
    fn two(&self, background: &Background) -> Option<Halves> {
        if self.people(|_| true) < 2 * DRAWING {
            return None;
        }
        let mut seen: BTreeSet<Halves> = BTreeSet::new();
        let mut best: Option<(f64, Halves)> = None;
        for first in self.first_halves(background) {
            let Some(halves) = self.settled(first, background) else {
                continue;
            };
            if !seen.insert(halves.clone()) {
                continue;
            }
            let odds = self.log_odds(&halves, background);
            if odds > best.as_ref().map_or(TWO, |best| best.0) {
                best = Some((odds, halves));
            }
        }
        best.map(|(_, halves)| halves)
    }

    fn people(&self, of: impl Fn(usize) -> bool) -> usize {
        let people: BTreeSet<u32> = (0..self.answers.len())
            .filter(|at| of(*at))
            .map(|at| self.answers[at].person)
            .collect();
        people.len()
    }

    /// Ways to halve it: by what is said, by each role, by each problem.
    fn first_halves(&self, background: &Background) -> Vec<Halves> {
        let nearest: Vec<Option<usize>> = self
            .answers
            .iter()
            .map(|answer| strongest(&background.near(&answer.near, 1.0)))
            .collect();
        let roles: Vec<Option<usize>> = self
            .answers
            .iter()
            .map(|answer| answer.role.map(|role| role as usize))
            .collect();
        let mut ways = vec![self.by_what_is_said()];
        for by in [roles, nearest] {
            let mut times: BTreeMap<usize, usize> = BTreeMap::new();
            for value in by.iter().flatten() {
                *times.entry(*value).or_default() += 1;
            }
            let mut common: Vec<(usize, usize)> = times.into_iter().collect();
            common.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
            ways.extend(common.into_iter().take(WAYS).map(|(value, _)| {
                by.iter()
                    .map(|one| usize::from(*one == Some(value)))
                    .collect()
            }));
        }
        ways
    }

    /// Those more like the answer that is least like the middle one than like that one.
    fn by_what_is_said(&self) -> Halves {
        let like = |said: &Said| -> Vec<f64> {
            let answers = self.answers.iter();
            answers.map(|answer| said.like(answer)).collect()
        };
        let alone = |at: Option<usize>| Said::of(at.map(|at| self.answers[at]));
        let middle = strongest(&like(&Said::of(self.answers.iter().copied())));
        let to_middle = like(&alone(middle));
        let unlike: Vec<f64> = to_middle.iter().map(|x| -x).collect();
        let to_least = like(&alone(strongest(&unlike)));
        let pairs = to_least.iter().zip(&to_middle);
        pairs.map(|(x, y)| usize::from(x > y)).collect()
    }

    /// Each answer in the half it belongs to, the first answer's first; `None` where a half is left with too
    /// few people.
    fn settled(&self, mut halves: Halves, background: &Background) -> Option<Halves> {
        for _ in 0..ROUNDS {
            let next: Halves = self
                .drawn(&halves, background)
                .iter()
                .map(|strengths| strongest(strengths).unwrap_or(0))
                .collect();
            let is_settled = next == halves;
            halves = next;
            if is_settled || halves.iter().all(|half| *half == halves[0]) {
                break;
            }
        }
        let first = halves.first().copied().unwrap_or(0);
        halves.iter_mut().for_each(|half| *half ^= first);
        let enough = |half: usize| self.people(|at| halves[at] == half) >= DRAWING;
        (enough(0) && enough(1)).then_some(halves)
    }

    fn drawn(&self, halves: &[usize], background: &Background) -> Vec<Vec<f64>> {
        let own: Vec<Option<usize>> = halves.iter().copied().map(Some).collect();
        strengths(&self.answers, &self.links, &background.roles, &own, 2)
    }

    /// Log-odds that the halves are two fixes.
    fn log_odds(&self, halves: &[usize], background: &Background) -> f64 {
        let group = |half: usize| {
            let its = self.answers.iter().zip(halves);
            let its: Vec<&Answer> = its
                .filter(|(_, of)| **of == half)
                .map(|(answer, _)| *answer)
                .collect();
            Group::of(half, &its, background)
        };
        let (one, other) = (group(0), group(1));
        let mut links = Links {
            between: 0.0,
            within: [0.0; 2],
        };
        for Link { answers, weight } in &self.links {
            let [a, b] = answers.map(|at| halves[at]);
            if a == b {
                links.within[a] += weight;
            } else {
                links.between += weight;
            }
        }
        let found = one.compared(&other, one.meaning(&other), &links, background);
        let all = halves.len() as f64;
        let second = halves.iter().filter(|half| **half == 1).count() as f64;
        let margins = self.drawn(halves, background);
        let margin: f64 = margins.iter().map(|to| (to[0] - to[1]).abs()).sum();
        let evidence = [
            found.words,
            found.roles,
            found.people,
            found.ratios[0],
            found.ratios[1],
            found.problems,
            margin / all,
            all.ln(),
            second.min(all - second).ln(),
        ];
        let weighted = evidence.iter().zip(&WEIGHTS[1..]).map(|(x, w)| x * w);
        WEIGHTS[0] + weighted.sum::<f64>()
    }
}

/// What some answers say in all.
#[derive(Default)]
struct Said {
    vector: Vec<f32>,
    words: BTreeMap<u32, f64>,
}

impl Said {
    fn of<'a>(answers: impl IntoIterator<Item = &'a Answer>) -> Self {
        let mut said = Self::default();
        for answer in answers {
            said.vector.resize(answer.vector.len(), 0.0);
            for (sum, x) in said.vector.iter_mut().zip(&answer.vector) {
                *sum += x;
            }
            for (word, weight) in &answer.words {
                *said.words.entry(*word).or_default() += f64::from(*weight);
            }
        }
        said
    }

    /// How like an answer is to it.
    fn like(&self, answer: &Answer) -> f64 {
        let words = answer.words.iter();
        let shared =
            words.filter_map(|(word, weight)| Some(f64::from(*weight) * self.words.get(word)?));
        f64::from(dot(&self.vector, &answer.vector)) + WORDS * shared.sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fellows::links;

    const WIDTH: usize = 100;

    /// So many answers, each by a new person, of one direction, word and role, and each with what only it says.
    fn answers(of: &[(usize, [f32; 4], u32, u32)]) -> Vec<Answer> {
        let mut answers: Vec<Answer> = Vec::new();
        for (count, direction, word, role) in of {
            let length = direction.iter().map(|x| x * x).sum::<f32>().sqrt();
            for _ in 0..*count {
                let person = answers.len();
                let mut vector: Vec<f32> = direction.iter().map(|x| 0.65 * x / length).collect();
                vector.resize(WIDTH, 0.0);
                vector[4 + person] = 0.76;
                answers.push(Answer {
                    vector,
                    words: vec![(0, 0.3), (*word, 0.4), (10 + person as u32, 0.866)],
                    role: Some(*role),
                    person: person as u32,
                    part: 0,
                    ..Answer::default()
                });
            }
        }
        answers
    }

    fn fixes(answers: &[Answer]) -> usize {
        let background = Background::new(vec![3.0, 3.0, 2.0], answers);
        let mut labels = vec![3; answers.len()];
        take_apart(answers, &links(answers), &background, &mut labels);
        labels.into_iter().collect::<BTreeSet<u32>>().len()
    }

    const ONE: [f32; 4] = [1.0, 0.0, 0.0, 0.0];
    const NEAR: [f32; 4] = [0.8, 0.6, 0.0, 0.0];
    const FAR: [f32; 4] = [0.2, 1.0, 0.0, 0.0];

    #[test]
    fn what_other_people_say_in_other_words_is_a_second_fix() {
        assert_eq!(fixes(&answers(&[(20, ONE, 1, 0), (20, FAR, 2, 1)])), 2);
        // The same people's related words are not.
        let same = [(20, ONE, 1, 0), (20, NEAR, 1, 0)];
        assert_eq!(fixes(&answers(&same)), 1);
        assert_eq!(fixes(&answers(&[(40, ONE, 1, 0)])), 1);
    }

    #[test]
    fn nothing_is_taken_apart_that_leaves_too_few_people() {
        let of = |n| answers(&[(20, ONE, 1, 0), (n, FAR, 2, 1)]);
        assert_eq!(fixes(&of(DRAWING - 1)), 1);
        // Two people however often they say it.
        let mut often = of(20);
        for (at, answer) in often.iter_mut().enumerate().skip(20) {
            answer.person = 20 + at as u32 % 2;
        }
        assert_eq!(fixes(&often), 1);
    }

    #[test]
    fn three_in_one_become_three() {
        let third = [0.0, 0.2, 1.0, 0.0];
        let of = [(20, ONE, 1, 0), (20, FAR, 2, 1), (20, third, 3, 2)];
        assert_eq!(fixes(&answers(&of)), 3);
    }

    #[test]
    fn answers_to_different_problems_are_two_fixes() {
        // Related, of the same people, in other words.
        let mut of = answers(&[(12, ONE, 1, 0), (12, FAR, 2, 0)]);
        let without = fixes(&of);
        for (at, answer) in of.iter_mut().enumerate() {
            let near = |problem: usize| f64::from(u8::from(at / 12 == problem));
            answer.near = (0..4).map(near).collect();
        }
        assert_eq!((without, fixes(&of)), (1, 2));
    }
}
