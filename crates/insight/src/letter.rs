//! What a letter says, without how it begins and ends: "Hello," and "Kind regards, Ann" stand in every ticket
//! of a help desk and would be its largest theme.

use regex::Regex;
use std::sync::LazyLock;

/// Bytes of a signature, at most: what follows is more than one.
const SIGNATURE: usize = 300;

fn compiled(pattern: &str) -> Regex {
    // The patterns are constants of this file; a test uses each of them.
    Regex::new(pattern).unwrap_or_else(|error| unreachable!("{error}"))
}

/// A first line that only greets.
static GREETING: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"^(?i:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|to whom it may concern)\b[^\n.?!]{0,40}[,.!]?[ \t]*\r?\n",
    )
});

/// A line that only ends a letter; what follows is who wrote it.
static ENDING: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?im)^[ \t>]*(?:(?:with )?(?:my |our )?(?:kind(?:est)?|best|warm(?:est)?|many)?[ ]?(?:regards|wishes)|yours(?: sincerely| faithfully| truly)?|sincerely|many thanks|thanks(?: again| in advance)?|thank you|cheers|sent from my [^\n]{1,30})[ \t]*[,.!]?[ \t]*\r?$",
    )
});

/// The text between greeting and signature. Only of several lines: "Thank you" alone is what somebody says.
pub(crate) fn body(text: &str) -> &str {
    if !text.contains('\n') {
        return text;
    }
    let begun = GREETING
        .find(text)
        .map_or(text, |found| &text[found.end()..]);
    let near_the_end = |at: usize| begun.len() - at <= SIGNATURE;
    let end = ENDING
        .find_iter(begun)
        .map(|found| found.start())
        .find(|at| near_the_end(*at));
    let body = begun[..end.unwrap_or(begun.len())].trim();
    if body.is_empty() { text } else { body }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greeting_and_signature_are_no_part_of_what_is_said() {
        for (text, expected) in [
            (
                "Hello,\n\nThe bill is wrong.\nAgain.\n\nKind regards,\nAnn Smith\nTel 0113 496 0000",
                "The bill is wrong.\nAgain.",
            ),
            (
                "Dear Sir or Madam\nno refund yet\nYours sincerely\nA",
                "no refund yet",
            ),
            ("it broke\nSent from my phone", "it broke"),
            ("Good morning\nwhere is it?\nThanks", "where is it?"),
            ("Hello, the bill is wrong", "Hello, the bill is wrong"),
            ("Thank you", "Thank you"),
            ("Hello\nThanks", "Hello\nThanks"),
            (
                "slow\ncheap regards for customers\nrude",
                "slow\ncheap regards for customers\nrude",
            ),
        ] {
            assert_eq!(body(text), expected);
        }
    }
}
