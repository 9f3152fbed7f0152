//! How people really type: capitals that are missing or shouted, full stops forgotten, apostrophes
//! left out or curled, letters swapped, words misspelt in the usual ways. Works on the finished
//! text in place; it never changes which words were meant.

use rand::{Rng, RngExt};

/// Shares of sloppy writing, 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sloppiness {
    /// Everything in lower case.
    pub lower: f64,
    /// Everything in capitals.
    pub shouted: f64,
    /// No full stop at the end.
    pub unstopped: f64,
    /// Apostrophes left out.
    pub no_apostrophes: f64,
    /// Apostrophes curled by a phone.
    pub curled: f64,
    /// One or two letters wrong.
    pub slips: f64,
    /// The usual misspellings, wherever they can happen.
    pub misspelt: f64,
}

/// Customers, mostly on phones.
pub(crate) const CUSTOMERS: Sloppiness = Sloppiness {
    lower: 0.13,
    shouted: 0.008,
    unstopped: 0.45,
    no_apostrophes: 0.16,
    curled: 0.10,
    slips: 0.15,
    misspelt: 0.10,
};

/// Employees, a little tidier.
pub(crate) const STAFF: Sloppiness = Sloppiness {
    lower: 0.16,
    shouted: 0.004,
    unstopped: 0.55,
    no_apostrophes: 0.12,
    curled: 0.08,
    slips: 0.13,
    misspelt: 0.06,
};

/// Right and usual wrong, tried in this order.
const MISSPELLINGS: &[(&str, &str)] = &[
    ("appointment", "appoitment"),
    ("definitely", "definately"),
    ("receive", "recieve"),
    ("separate", "seperate"),
    ("because", "cos"),
    ("really", "realy"),
    ("engineer", "enginer"),
    ("a lot", "alot"),
    ("tomorrow", "tommorow"),
    ("their ", "there "),
    ("you're", "your"),
    ("could have", "could of"),
    ("addresses", "adresses"),
    ("address", "adress"),
    ("different", "diffrent"),
    ("until", "untill"),
    ("customers", "custmers"),
    ("weeks", "wks"),
    ("please", "pls"),
    ("minutes", "mins"),
    ("too ", "to "),
    (" and ", " & "),
    ("people", "poeple"),
    ("business", "buisness"),
    ("which", "wich"),
    ("password", "pasword"),
    ("promised", "promissed"),
    ("complaint", "complant"),
];

/// Puts capitals at the starts of sentences and on `I`.
pub(crate) fn capitalise(text: &mut String) {
    let (mut start, mut ended) = (true, false);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if start && c.is_alphanumeric() {
            out.extend(c.to_uppercase());
            start = false;
        } else {
            out.push(c);
        }
        match c {
            '.' | '!' | '?' => ended = true,
            _ if c.is_whitespace() => start |= ended,
            _ => (start, ended) = (false, false),
        }
    }
    *text = out;
}

/// Writes `text` as this person would have typed it.
pub(crate) fn type_it(text: &mut String, how: Sloppiness, rng: &mut impl Rng) {
    if rng.random_bool(how.lower) {
        text.make_ascii_lowercase();
    } else {
        capitalise(text);
        if rng.random_bool(how.shouted) {
            text.make_ascii_uppercase();
        }
    }
    if !rng.random_bool(how.unstopped)
        && text.ends_with(|c: char| c.is_alphanumeric())
        && text.contains(' ')
    {
        text.push('.');
    }
    if rng.random_bool(how.misspelt) {
        misspell(text);
    }
    if rng.random_bool(how.no_apostrophes) {
        text.retain(|c| c != '\'');
    } else if rng.random_bool(how.curled) {
        *text = text.replace('\'', "\u{2019}");
    }
    if rng.random_bool(how.slips) {
        for _ in 0..1 + u32::from(rng.random_bool(0.3)) {
            slip(text, rng);
        }
    }
}

/// At most two of the usual misspellings.
fn misspell(text: &mut String) {
    let mut left = 2;
    for (right, wrong) in MISSPELLINGS {
        if left > 0
            && let Some(at) = text.find(right)
        {
            text.replace_range(at..at + right.len(), wrong);
            left -= 1;
        }
    }
}

/// One letter swapped with its neighbour, dropped or doubled, inside a word of four or more.
fn slip(text: &mut String, rng: &mut impl Rng) {
    let bytes = text.as_bytes();
    if bytes.len() < 8 {
        return;
    }
    for _ in 0..6 {
        let at = rng.random_range(1..bytes.len() - 2);
        let plain = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_lowercase);
        if !(plain(at - 1)
            && plain(at)
            && plain(at + 1)
            && (plain(at + 2) || at >= 2 && plain(at - 2)))
        {
            continue;
        }
        let letter = char::from(bytes[at]);
        match rng.random_range(0..4) {
            0 => {
                text.remove(at);
            }
            1 => text.insert(at, letter),
            _ => {
                text.remove(at);
                text.insert(at + 1, letter);
            }
        }
        return;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn sentences_start_with_capitals() {
        let mut text = "no. why? i don't know! £5 off... well".to_owned();
        capitalise(&mut text);
        assert_eq!(text, "No. Why? I don't know! £5 off... Well");
    }

    #[test]
    fn slips_keep_words_apart_and_lengths_near() {
        let mut rng = ChaCha8Rng::seed_from_u64(5);
        let source = "nobody turned up and I waited in all day, café or not";
        let mut changed = 0;
        for _ in 0..500 {
            let mut text = source.to_owned();
            slip(&mut text, &mut rng);
            changed += usize::from(text != source);
            assert_eq!(text.split(' ').count(), source.split(' ').count());
            assert!(text.len().abs_diff(source.len()) <= 1);
        }
        assert!(changed > 300, "{changed} of 500 changed");
    }

    #[test]
    fn misspelling_is_bounded() {
        let mut text = "please separate the address because people receive a lot".to_owned();
        misspell(&mut text);
        assert_eq!(
            text,
            "please seperate the address because people recieve a lot"
        );
    }
}
