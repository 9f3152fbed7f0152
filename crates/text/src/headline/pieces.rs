//! The parts of a sentence that marks set apart.

/// Pieces between stops, commas, colons, dashes and brackets.
pub(super) fn pieces(sentence: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut letters = sentence.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map_or(' ', |(_, next)| *next);
        let ends = match letter {
            '.' | ',' | ':' => after.is_whitespace(),
            ';' | '!' | '?' | '(' | ')' | '"' | '“' | '”' | '…' | '—' | '–' | '\n' | '|' | '*' => {
                true
            }
            '-' => before.is_whitespace() && after.is_whitespace(),
            _ => false,
        };
        if ends {
            found.push(&sentence[start..at]);
            start = at + letter.len_utf8();
        }
        before = letter;
    }
    found.push(&sentence[start..]);
    found
        .into_iter()
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect()
}

/// What follows a piece of a sentence.
pub(super) fn rest_after<'a>(sentence: &'a str, piece: &str) -> &'a str {
    let end = piece.as_ptr() as usize - sentence.as_ptr() as usize + piece.len();
    &sentence[end..]
}
