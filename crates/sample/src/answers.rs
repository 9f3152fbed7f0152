//! Employees' words: an idea, what blocks them, what they need for themselves, or none of these.

use crate::catalogue::wordings::{self, Says};
use crate::catalogue::{self, remarks};
use crate::grammar::{Slots, Template};
use crate::noise::{STAFF, type_it};
use crate::phrases::{Phrases, join, tidy};
use crate::plan::Plan;
use rand::{Rng, RngExt};

/// What an answer is about: indices into the drawn fixes or the needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    Lever(usize),
    Need(usize),
    Empty,
    Aside,
    Person,
}

/// Which of the two questions is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Idea,
    Block,
}

/// Wordings for both questions.
struct Both {
    idea: Phrases,
    block: Phrases,
}

/// All wordings of employees, compiled.
pub(crate) struct Answers {
    slots: Slots,
    levers: Vec<Both>,
    needs: Vec<Both>,
    empty: Phrases,
    aside: Phrases,
    person: Phrases,
    idea_openers: Template,
    block_openers: Template,
    idea_endings: Template,
    block_endings: Template,
}

impl Answers {
    pub(crate) fn compile(plan: &Plan) -> Self {
        let phrases = |words| Phrases::compile(words, plan.bank);
        Self {
            slots: Slots::compile(),
            levers: plan
                .levers
                .drawn
                .iter()
                .map(|lever| Both {
                    idea: Phrases::of_lines(wordings::of(lever.entry.key, Says::Idea, plan.bank)),
                    block: Phrases::of_lines(wordings::of(lever.entry.key, Says::Block, plan.bank)),
                })
                .collect(),
            needs: catalogue::needs()
                .map(|need| {
                    let say = |says, families| match wordings::of(need.key, says, plan.bank) {
                        none if none.is_empty() => phrases(families),
                        lines => Phrases::of_lines(lines),
                    };
                    Both {
                        idea: say(Says::Idea, &need.idea),
                        block: say(Says::Block, &need.block),
                    }
                })
                .collect(),
            empty: phrases(&remarks::EMPTY),
            aside: phrases(&remarks::STAFF_ASIDE),
            person: phrases(&remarks::ABOUT_A_PERSON),
            idea_openers: Template::compile(remarks::IDEA_OPENERS),
            block_openers: Template::compile(remarks::BLOCK_OPENERS),
            idea_endings: Template::compile(remarks::IDEA_ENDINGS),
            block_endings: Template::compile(remarks::BLOCK_ENDINGS),
        }
    }

    /// Writes an answer over `out`.
    pub(crate) fn write(&self, about: About, asked: Asked, rng: &mut impl Rng, out: &mut String) {
        out.clear();
        let plain = match about {
            About::Empty => &self.empty,
            About::Aside => &self.aside,
            About::Person => &self.person,
            About::Lever(index) => return self.write_meant(&self.levers[index], asked, rng, out),
            About::Need(index) => return self.write_meant(&self.needs[index], asked, rng, out),
        };
        plain.write(&self.slots, rng, out);
        tidy(out);
        type_it(out, STAFF, rng);
    }

    /// An idea or a block, perhaps said twice, or with the other as its reason or its remedy.
    fn write_meant(&self, both: &Both, asked: Asked, rng: &mut impl Rng, out: &mut String) {
        let (openers, endings) = match asked {
            Asked::Idea => (&self.idea_openers, &self.idea_endings),
            Asked::Block => (&self.block_openers, &self.block_endings),
        };
        if rng.random_bool(0.12) {
            openers.write(&self.slots, rng, out);
        }
        let said = both.of(asked).write(&self.slots, rng, out);
        match rng.random_range(0..100) {
            0..15 => {
                join(remarks::MORE_JOINS, rng, out);
                both.of(asked).write_again(said, &self.slots, rng, out);
            }
            15..30 if asked == Asked::Idea => {
                join(remarks::NOW_JOINS, rng, out);
                both.block.write(&self.slots, rng, out);
            }
            15..27 => {
                join(remarks::SO_JOINS, rng, out);
                both.idea.write(&self.slots, rng, out);
            }
            _ => {}
        }
        if rng.random_bool(0.1) {
            endings.write(&self.slots, rng, out);
        }
        tidy(out);
        type_it(out, STAFF, rng);
    }
}

impl Both {
    fn of(&self, asked: Asked) -> &Phrases {
        match asked {
            Asked::Idea => &self.idea,
            Asked::Block => &self.block,
        }
    }
}
