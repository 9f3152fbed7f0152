//! Compiled wordings of one bank or of both, ready to draw from.

use crate::catalogue::{Family, Wordings};
use crate::grammar::{Slots, Template};
use crate::plan::Bank;
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt};

/// Families of one thing, compiled.
#[derive(Debug)]
pub(crate) struct Phrases {
    families: Vec<Vec<Template>>,
}

impl Phrases {
    /// Compiles the families of `bank`, or of both.
    pub(crate) fn compile(words: &Wordings, bank: Option<Bank>) -> Self {
        let making: &[Family] = match bank {
            Some(Bank::HeldOut | Bank::FreeHeldOut) => &[],
            _ => words.making,
        };
        let held_out: &[Family] = match bank {
            Some(Bank::Making | Bank::FreeMaking) => &[],
            _ => words.held_out,
        };
        Self {
            families: making
                .iter()
                .chain(held_out)
                .map(|family| {
                    family
                        .iter()
                        .map(|source| Template::compile(source))
                        .collect()
                })
                .collect(),
        }
    }

    /// Compiles lines that each stand for a family of their own.
    pub(crate) fn of_lines(lines: Vec<&'static str>) -> Self {
        Self {
            families: lines
                .into_iter()
                .map(|line| vec![Template::compile(line)])
                .collect(),
        }
    }

    /// Appends one way of saying it: a family, then one of its templates. Returns the family.
    pub(crate) fn write(&self, slots: &Slots, rng: &mut impl Rng, out: &mut String) -> usize {
        let family = rng.random_range(0..self.families.len());
        self.write_family(family, slots, rng, out);
        family
    }

    /// Appends another way of saying it, of any family but `said`; the same if there is no other.
    pub(crate) fn write_again(
        &self,
        said: usize,
        slots: &Slots,
        rng: &mut impl Rng,
        out: &mut String,
    ) {
        let n = self.families.len();
        let step = if n > 1 { rng.random_range(1..n) } else { 0 };
        self.write_family((said + step) % n, slots, rng, out);
    }

    fn write_family(&self, family: usize, slots: &Slots, rng: &mut impl Rng, out: &mut String) {
        let templates = &self.families[family];
        templates[rng.random_range(0..templates.len())].write(slots, rng, out);
    }
}

/// Appends one of some joints.
pub(crate) fn join(joints: &[&str], rng: &mut impl Rng, out: &mut String) {
    out.push_str(joints.choose(rng).copied().unwrap_or(". "));
}

/// Mends what joining leaves behind: double spaces, spaces before stops, doubled stops, ends.
pub(crate) fn tidy(text: &mut String) {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.trim().chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        if c == ' ' && matches!(next, Some(' ' | ',' | '.' | '?' | '!' | ';')) {
            continue;
        }
        let last = out.chars().next_back();
        let after_stop = matches!(last, Some('?' | '!' | ','));
        if matches!(c, '.' | ',' | ';') && after_stop && !(c == '.' && next == Some('.')) {
            // `why?, also` and `why?. Also`: the stronger mark stays; a comma gives way.
            if last == Some(',') && c != ',' {
                out.pop();
                out.push(c);
            }
            continue;
        }
        out.push(c);
    }
    while out.ends_with([',', ' ', ';']) {
        out.pop();
    }
    mend_articles(&mut out);
    *text = out;
}

/// `a answer` becomes `an answer`; templates put nouns behind one article.
fn mend_articles(text: &mut String) {
    let mut from = 0;
    while let Some(found) = text[from..].find("a ") {
        let at = from + found;
        let alone = at == 0 || text[..at].ends_with([' ', '(']);
        let next = &text[at + 2..];
        let vowel = next.starts_with(['a', 'e', 'i', 'o']);
        let said_otherwise = ["one", "once"].iter().any(|word| next.starts_with(word));
        if alone && vowel && !said_otherwise && next.len() > 2 {
            text.insert(at + 1, 'n');
        }
        from = at + 2;
    }
}

/// Words of a text, by spaces.
pub(crate) fn words(text: &str) -> usize {
    text.split_ascii_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut text = text.to_owned();
        tidy(&mut text);
        assert_eq!(text, expected);
    }

    #[test]
    fn joins_are_mended() {
        check("a  b , c ", "a b, c");
        check("why ?. Also this", "why? Also this");
        check("well?, not ideal", "well? not ideal");
        check("first,. then", "first. then");
        check("so... yes", "so... yes");
        check("no :( really", "no :( really");
        check("gone ,", "gone");
        check("a answer, a one off, a ear", "an answer, a one off, an ear");
    }
}
