//! Customers' words: clauses from the catalogue, joined as people join them, with an opener or an
//! ending now and then, and typed as people type.

use crate::catalogue::wordings::{self, Says};
use crate::catalogue::{self, remarks};
use crate::grammar::{Slots, Template};
use crate::noise::{CUSTOMERS, type_it};
use crate::phrases::{Phrases, join, tidy, words};
use crate::plan::Plan;
use crate::signals::{Response, Said, mood};
use rand::{Rng, RngExt};

/// Most words in a comment that names a problem.
const MOST_WORDS: usize = 40;
/// Fewest.
const FEWEST_WORDS: usize = 4;

/// All wordings of customers, compiled.
pub(crate) struct Comments {
    slots: Slots,
    pains: Vec<Phrases>,
    praise: Vec<Phrases>,
    empty: Phrases,
    vague: Phrases,
    aside: Phrases,
    request: Phrases,
    other_language: Phrases,
    openers: [Template; 3],
    endings: [Template; 3],
    traces: Template,
}

impl Comments {
    pub(crate) fn compile(plan: &Plan) -> Self {
        let phrases = |words| Phrases::compile(words, plan.bank);
        Self {
            slots: Slots::compile(),
            pains: plan
                .pains
                .drawn
                .iter()
                .map(|p| Phrases::of_lines(wordings::of(p.entry.key, Says::Pain, plan.bank)))
                .collect(),
            praise: catalogue::praise()
                .iter()
                .map(|p| phrases(&p.words))
                .collect(),
            empty: phrases(&remarks::EMPTY),
            vague: phrases(&remarks::VAGUE),
            aside: phrases(&remarks::ASIDE),
            request: phrases(&remarks::REQUEST),
            other_language: phrases(&remarks::OTHER_LANGUAGE),
            openers: remarks::OPENERS.map(Template::compile),
            endings: remarks::ENDINGS.map(Template::compile),
            traces: Template::compile(remarks::TRACES),
        }
    }

    /// Writes what one comment box holds over `out`; nothing for silence.
    pub(crate) fn write(
        &self,
        said: Said,
        pains: &[u8],
        response: &Response,
        rng: &mut impl Rng,
        out: &mut String,
    ) {
        out.clear();
        let phrases = match said {
            Said::Silent => return,
            Said::Empty => &self.empty,
            Said::Vague => &self.vague,
            Said::Aside => &self.aside,
            Said::Request => &self.request,
            Said::OtherLanguage => &self.other_language,
            Said::Praise(index) => &self.praise[usize::from(index)],
            Said::Pains { praise } => {
                let mood = mood(response.source, response.score);
                self.write_pains(pains, praise, mood, rng, out);
                if rng.random_bool(0.005) {
                    self.traces.write(&self.slots, rng, out);
                }
                tidy(out);
                type_it(out, CUSTOMERS, rng);
                return;
            }
        };
        phrases.write(&self.slots, rng, out);
        if matches!(said, Said::Praise(_)) && rng.random_bool(0.3) {
            join(remarks::PRAISE_JOINS, rng, out);
            self.praise[0].write(&self.slots, rng, out);
        }
        if said == Said::OtherLanguage {
            return;
        }
        tidy(out);
        type_it(out, CUSTOMERS, rng);
    }

    fn write_pains(
        &self,
        pains: &[u8],
        praise: Option<u8>,
        mood: usize,
        rng: &mut impl Rng,
        out: &mut String,
    ) {
        for attempt in 0..40 {
            out.clear();
            self.write_once(pains, praise, mood, attempt < 6, rng, out);
            if (FEWEST_WORDS..=MOST_WORDS).contains(&words(out)) {
                return;
            }
        }
    }

    fn write_once(
        &self,
        pains: &[u8],
        praise: Option<u8>,
        mood: usize,
        adorned: bool,
        rng: &mut impl Rng,
        out: &mut String,
    ) {
        let praise = praise.map(|index| &self.praise[usize::from(index)]);
        let praise_first = rng.random_bool(0.55);
        if let Some(praise) = praise.filter(|_| praise_first) {
            praise.write(&self.slots, rng, out);
            join(remarks::BUT_JOINS, rng, out);
        } else if adorned && praise.is_none() && rng.random_bool(0.2) {
            self.openers[mood].write(&self.slots, rng, out);
        }
        let backwards = rng.random_bool(0.5);
        for place in 0..pains.len() {
            let pain = pains[if backwards {
                pains.len() - 1 - place
            } else {
                place
            }];
            if place > 0 {
                join(remarks::JOINS, rng, out);
            }
            let phrases = &self.pains[usize::from(pain)];
            let said = phrases.write(&self.slots, rng, out);
            // People who are cross say it twice; those with much to say are briefer on each.
            let twice = if pains.len() == 1 { 0.4 } else { 0.1 };
            if rng.random_bool(twice) {
                join(remarks::MORE_JOINS, rng, out);
                phrases.write_again(said, &self.slots, rng, out);
            }
        }
        if let Some(praise) = praise.filter(|_| !praise_first) {
            join(remarks::THOUGH_JOINS, rng, out);
            praise.write(&self.slots, rng, out);
        } else if adorned && rng.random_bool(0.18) {
            self.endings[mood].write(&self.slots, rng, out);
        }
    }
}
