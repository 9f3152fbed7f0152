//! Joins parts, the likeliest pair first; what was joined is compared anew.

use super::group::{Group, Links};
use super::{Answer, Background, Link};

/// Log-odds from which two groups are joined: two fixes in one are worse for whoever decides than one fix
/// in two.
const JOINED: f64 = 1.0;
/// A fix that fewer people speak of goes to the likeliest other from these log-odds on: alone its evidence
/// is too thin to say what it answers.
const SMALL: usize = 15;
const SMALL_JOINED: f64 = -1.0;
/// Cosine of vectors under which two groups aren't about the same, whoever speaks of them; and for small
/// ones.
const SAME_SUBJECT: f64 = 0.3;
const SMALL_SAME_SUBJECT: f64 = 0.15;
/// … unless so many people speak of both.
const OF_BOTH: usize = 2;

/// The group of each answer, after joining; at least `floor` groups are left.
pub(super) fn labels(
    answers: &[Answer],
    links: &[Link],
    background: &Background,
    floor: usize,
) -> Vec<u32> {
    let parts = answers
        .iter()
        .map(|answer| answer.part + 1)
        .max()
        .unwrap_or(0) as usize;
    let mut of: Vec<Vec<&Answer>> = vec![Vec::new(); parts];
    for answer in answers {
        of[answer.part as usize].push(answer);
    }
    let mut joining = Joining {
        groups: of
            .iter()
            .enumerate()
            .map(|(part, answers)| {
                (!answers.is_empty()).then(|| Group::of(part, answers, background))
            })
            .collect(),
        between: between(answers, links, parts),
        background,
    };
    joining.join_likeliest(floor.max(1));
    joining.join_small(floor.max(1));
    let mut labels = vec![0; parts];
    for (number, group) in (0u32..).zip(joining.groups.iter().flatten()) {
        for part in &group.members {
            labels[*part] = number;
        }
    }
    answers
        .iter()
        .map(|answer| labels[answer.part as usize])
        .collect()
}

/// Weights of links between parts; within a part on the diagonal.
fn between(answers: &[Answer], links: &[Link], parts: usize) -> Vec<Vec<f64>> {
    let mut between = vec![vec![0.0; parts]; parts];
    for Link {
        answers: [one, other],
        weight,
    } in links
    {
        let (a, b) = (answers[*one].part as usize, answers[*other].part as usize);
        between[a][b] += weight;
        if a != b {
            between[b][a] += weight;
        }
    }
    between
}

struct Joining<'a> {
    /// Groups by number; none where it was joined to another.
    groups: Vec<Option<Group>>,
    between: Vec<Vec<f64>>,
    background: &'a Background,
}

impl Joining<'_> {
    fn left(&self) -> usize {
        self.groups.iter().flatten().count()
    }

    fn log_odds(&self, one: usize, other: usize, same_subject: f64) -> f64 {
        let (Some(a), Some(b)) = (&self.groups[one], &self.groups[other]) else {
            return f64::NEG_INFINITY;
        };
        let links = Links {
            between: self.between[one][other],
            within: [self.between[one][one], self.between[other][other]],
        };
        let meaning = a.meaning(b);
        if meaning < same_subject && a.people.intersection(&b.people).count() < OF_BOTH {
            return f64::NEG_INFINITY;
        }
        a.log_odds(b, meaning, &links, self.background)
    }

    fn join(&mut self, low: usize, high: usize) {
        if let (Some(other), Some(group)) = (self.groups[high].take(), self.groups[low].as_mut()) {
            group.join(other, self.background);
        }
        let moved = std::mem::take(&mut self.between[high]);
        for (at, weight) in moved.iter().enumerate() {
            if at != low && at != high {
                self.between[low][at] += weight;
                // Empty where it was joined to another.
                if let Some(back) = self.between[at].get_mut(low) {
                    *back += weight;
                }
            }
        }
        self.between[low][low] += moved[low] + moved[high];
    }

    fn join_likeliest(&mut self, floor: usize) {
        let count = self.groups.len();
        let mut odds: Vec<Vec<f64>> = (0..count)
            .map(|high| {
                let to = |low: usize| self.log_odds(low, high, SAME_SUBJECT);
                (0..high).map(to).collect()
            })
            .collect();
        while self.left() > floor {
            let Some((low, high)) = likeliest(&odds) else {
                break;
            };
            self.join(low, high);
            for at in 0..count {
                if at != low {
                    let (low, high) = (at.min(low), at.max(low));
                    odds[high][low] = self.log_odds(low, high, SAME_SUBJECT);
                }
                if at != high {
                    odds[at.max(high)][at.min(high)] = f64::NEG_INFINITY;
                }
            }
        }
    }

    /// Each small group in turn, the smallest first.
    fn join_small(&mut self, floor: usize) {
        let people = |group: &Option<Group>| group.as_ref().map_or(0, |group| group.people.len());
        let mut small: Vec<usize> = (0..self.groups.len())
            .filter(|at| (1..SMALL).contains(&people(&self.groups[*at])))
            .collect();
        small.sort_by_key(|at| people(&self.groups[*at]));
        for one in small {
            // It may have grown meanwhile.
            if self.left() <= floor || people(&self.groups[one]) >= SMALL {
                continue;
            }
            let to = (0..self.groups.len())
                .filter(|other| *other != one)
                .map(|other| (self.log_odds(one, other, SMALL_SAME_SUBJECT), other))
                .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
            if let Some((odds, other)) = to
                && odds > SMALL_JOINED
            {
                self.join(other, one);
            }
        }
    }
}

/// The pair with the highest odds, if they are high enough; the first of equal ones.
fn likeliest(odds: &[Vec<f64>]) -> Option<(usize, usize)> {
    let mut found = (JOINED, None);
    for (high, row) in odds.iter().enumerate() {
        for (low, odds) in row.iter().enumerate() {
            if *odds > found.0 {
                found = (*odds, Some((low, high)));
            }
        }
    }
    found.1
}
