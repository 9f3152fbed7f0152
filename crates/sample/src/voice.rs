//! Employees' answers, sheet by sheet. A sheet is one person in one round: an idea, what blocks
//! the work, and how committed the team is, as far as they were answered. About half of the texts
//! are about work itself; the rest mostly propose or miss a fix that this role in this unit would
//! see.

use crate::answers::{About, Answers, Asked};
use crate::catalogue;
use crate::dates;
use crate::plan::{Plan, Stream, normal, pick, stream};
use crate::rows::{VoiceKind, VoiceRow, VoiceTruth};
use crate::signals::numbered;
use rand::seq::SliceRandom;
use rand::{Rng, RngExt};
use rand_distr::Distribution;
use throughline_domain::facts::Question;

/// Rounds: name, year, month, first day. A small company holds the last two.
const ROUNDS: [(&str, u32, u32, u32); 4] = [
    ("2025 spring", 2025, 3, 10),
    ("2025 autumn", 2025, 9, 8),
    ("2026 spring", 2026, 3, 9),
    ("2026 autumn", 2026, 9, 7),
];

impl Plan {
    /// Streams the voice file: each row with its truth. Stops at the callback's first error and
    /// returns it.
    pub fn voice<E>(
        &self,
        mut each: impl FnMut(&VoiceRow<'_>, &VoiceTruth<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let answers = Answers::compile(self);
        let facts = &mut stream(self.seed, Stream::Voice);
        let words = &mut stream(self.seed, Stream::Answers);
        let mut people: Vec<usize> = (0..self.units.posts.len())
            .flat_map(|post| std::iter::repeat_n(post, self.units.posts[post].headcount as usize))
            .collect();
        let rounds = if self.counts.answers > 10_000 {
            &ROUNDS[..]
        } else {
            &ROUNDS[2..]
        };
        let total = self.counts.answers;
        let (mut row, mut sheet) = (0, 0);
        let mut text = Text::default();
        for (index, (round, year, month, first_day)) in rounds.iter().enumerate() {
            let until = total * (index as u32 + 1) / rounds.len() as u32;
            people.shuffle(facts);
            let mut next = people.iter().cycle();
            while row < until {
                let Some(post) = next.next().copied() else {
                    break;
                };
                sheet += 1;
                numbered('A', sheet, &mut text.respondent);
                let day = first_day + facts.random_range(0..14_u32).min(facts.random_range(0..14));
                dates::write_date(*year, *month, day, &mut text.at);
                for (question, about) in self.sheet(post, facts) {
                    if row >= until {
                        break;
                    }
                    row += 1;
                    numbered('V', row, &mut text.id);
                    let rating = match about {
                        Filled::Text(about, asked) => {
                            answers.write(about, asked, words, &mut text.words);
                            None
                        }
                        Filled::Rating(rating) => Some(rating),
                    };
                    let (kind, key) = self.kind(about);
                    let voice = VoiceRow {
                        id: &text.id,
                        respondent: &text.respondent,
                        at: &text.at,
                        round,
                        unit: &self.units.posts[post].unit,
                        role: catalogue::company::ROLES[self.units.posts[post].role].1,
                        question: question.name(),
                        text: rating.is_none().then_some(text.words.as_str()),
                        rating,
                    };
                    let truth = VoiceTruth {
                        id: &text.id,
                        kind,
                        key,
                    };
                    each(&voice, &truth)?;
                }
            }
        }
        Ok(())
    }

    /// What one person fills in: at least the idea.
    fn sheet(&self, post: usize, rng: &mut impl Rng) -> Vec<(Question, Filled)> {
        let mut filled = Vec::with_capacity(3);
        let idea = self.about(&self.levers.ideas[post], rng);
        filled.push((Question::Idea, Filled::Text(idea, Asked::Idea)));
        if rng.random_bool(0.75) {
            // Many name as their block what they have just proposed to change.
            let same = matches!(idea, About::Lever(_)) && rng.random_bool(0.35);
            let block = if same {
                idea
            } else {
                self.about(&self.levers.blocks[post], rng)
            };
            filled.push((Question::Block, Filled::Text(block, Asked::Block)));
        }
        if rng.random_bool(0.85) {
            let level = self.units.posts[post]
                .facing
                .map_or(0.0, |unit| self.links.levels[unit][0]);
            let rating = normal(6.7 + 0.5 * level, 1.9).sample(rng);
            let rating = rating.round().clamp(0.0, 10.0) as u8;
            filled.push((Question::Commitment, Filled::Rating(rating)));
        }
        filled
    }

    fn about(&self, levers: &[f64], rng: &mut impl Rng) -> About {
        match rng.random::<f64>() {
            r if r < 0.53 => About::Need(pick(&self.levers.needs, rng)),
            r if r < 0.585 => About::Empty,
            r if r < 0.615 => About::Aside,
            r if r < 0.62 => About::Person,
            _ => About::Lever(pick(levers, rng)),
        }
    }

    fn kind(&self, filled: Filled) -> (VoiceKind, &'static str) {
        match filled {
            Filled::Text(About::Lever(index), _) => {
                (VoiceKind::Lever, self.levers.drawn[index].entry.key)
            }
            Filled::Text(About::Need(index), _) => {
                let need = catalogue::needs().nth(index);
                (VoiceKind::Need, need.map_or("", |need| need.key))
            }
            Filled::Text(About::Empty, _) => (VoiceKind::None, "empty"),
            Filled::Text(About::Aside, _) => (VoiceKind::None, "aside"),
            Filled::Text(About::Person, _) => (VoiceKind::None, "person"),
            Filled::Rating(_) => (VoiceKind::None, "rating"),
        }
    }
}

/// What stands in one row.
#[derive(Clone, Copy)]
enum Filled {
    Text(About, Asked),
    Rating(u8),
}

/// Buffers that rows borrow from.
#[derive(Default)]
struct Text {
    id: String,
    respondent: String,
    at: String,
    words: String,
}
