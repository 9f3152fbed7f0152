//! Letters that a program read wrongly and wrote down so: `doesnâ€™t`, `caf√©`.
//!
//! A file in UTF-8 that was opened as Windows-1252 or Mac Roman and saved again holds two or three strange
//! letters for each that isn't ASCII. Undoing it is safe where all letters beside one another, brought back to
//! bytes, are UTF-8 of signs that people write; everything else stays as it stands.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use std::borrow::Cow;

/// What the first byte of such a letter was read as: of `’`, `é`, `£` and emoji, by each of the programs.
const FIRST: [char; 8] = ['â', 'Ã', 'Â', 'ð', '‚', '√', '¬', '\u{f8ff}'];

/// The text with wrongly read letters mended.
pub(crate) fn mended(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(FIRST) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut copied = 0;
    let mut rest = 0;
    while let Some(start) = text[rest..].find(|c: char| !c.is_ascii()) {
        let start = rest + start;
        let run = &text[start..];
        let run = &run[..run.find(|c: char| c.is_ascii()).unwrap_or(run.len())];
        rest = start + run.len();
        let read = [WINDOWS_1252, MACINTOSH]
            .into_iter()
            .find_map(|encoding| read_again(run, encoding));
        if let Some(letters) = read {
            out.push_str(&text[copied..start]);
            out.push_str(&letters);
            copied = rest;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// The letters that a program took for those of a run, if it did.
fn read_again(run: &str, encoding: &'static Encoding) -> Option<String> {
    let (bytes, _, unmappable) = encoding.encode(run);
    if unmappable {
        return None;
    }
    let letters = String::from_utf8(bytes.into_owned()).ok()?;
    letters.chars().all(is_written).then_some(letters)
}

/// Whether people write it in a comment: letters of western Europe, quotation marks, dashes, currencies, emoji.
fn is_written(sign: char) -> bool {
    matches!(sign, '\u{a0}'..='\u{17f}' | '\u{2010}'..='\u{2026}' | '\u{20ac}' | '\u{2122}' | '\u{2190}'..='\u{27bf}')
        || matches!(sign, '\u{fe0f}' | '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// UTF-8 as a program reads it that takes it for another encoding.
    fn misread(text: &str, encoding: &'static Encoding) -> String {
        let (read, _) = encoding.decode_without_bom_handling(text.as_bytes());
        read.into_owned()
    }

    #[test]
    fn letters_read_wrongly_are_mended() {
        for text in [
            "management doesn’t address it",
            "“Fine” – but £5 for a café … and ½ an hour",
            "naïve, Zoë, François, Škoda, 20 €",
            "thanks 👍",
        ] {
            for encoding in [WINDOWS_1252, MACINTOSH] {
                assert_eq!(mended(&misread(text, encoding)), text);
            }
        }
        assert_eq!(mended("doesn‚Äôt, doesnâ€™t"), "doesn’t, doesn’t");
    }

    #[test]
    fn what_people_wrote_stays() {
        for text in [
            "plain words",
            "doesn’t, café, £5, Âge, âme, SÃO PAULO, ÇA VA",
            "« CAFÉ »: «CAFÉ»",
            "3 × √2 ≈ 4",
            "«MAÇÃ» ‚Zitat‘",
            "日本語 ünïcödé",
        ] {
            assert!(matches!(mended(text), Cow::Borrowed(_)), "{text}");
        }
    }
}
