//! What one employee sends.

use crate::words::Words;

/// One employee's answer to a round. Nothing in it says who, when or in which language.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// What simple change here would help our customers?
    pub idea: Option<Words>,
    /// What stands in the way?
    pub block: Option<Words>,
    /// How committed is your team to deciding by customers' outcomes? 1 to 5.
    pub commitment: Option<u8>,
    /// Would you recommend this company as a place to work? 0 to 10; off unless a round asks it.
    pub enps: Option<u8>,
    /// Whether the words may be quoted (after somebody has read them).
    pub may_quote: bool,
}

impl Answer {
    /// Longest text that is taken, in characters; the page says so before.
    pub const LONGEST: usize = 2_000;
    /// Ends of the commitment scale.
    pub const COMMITMENT: (u8, u8) = (1, 5);

    /// Whether nothing was said at all.
    pub fn is_empty(&self) -> bool {
        let none = |words: &Option<Words>| words.as_ref().is_none_or(Words::is_empty);
        none(&self.idea) && none(&self.block) && self.commitment.is_none() && self.enps.is_none()
    }
}

/// A text as it is kept: no invisible characters that hide or turn round what is written (of those
/// of no width, only the two that scripts and emoji are joined with stay), lines ended one way, no
/// space around it.
pub fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = |letter: &char| match *letter {
        '\n' | '\t' | '\u{200c}' | '\u{200d}' => true,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => false,
        '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' => false,
        '\u{e0000}'..='\u{e001f}' => false,
        other => !other.is_control(),
    };
    text.chars()
        .filter(kept)
        .collect::<String>()
        .trim_matches(|letter: char| {
            letter.is_whitespace() || matches!(letter, '\u{200c}' | '\u{200d}')
        })
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_is_written_is_what_is_seen() {
        for (text, expected) in [
            ("  shorter\r\nforms\t ", "shorter\nforms"),
            ("a\u{200b}b\u{feff}c\0d\u{7}", "abcd"),
            ("\u{202e}desrever\u{202c}", "desrever"),
            ("\u{200b}\u{200d} \u{2060}", ""),
            (
                "👩\u{200d}🔧 می\u{200c}خواهم",
                "👩\u{200d}🔧 می\u{200c}خواهم",
            ),
            ("<b>&amp;</b>", "<b>&amp;</b>"),
        ] {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }
}
