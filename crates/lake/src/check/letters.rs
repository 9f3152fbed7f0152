//! Letters that a program read wrongly and wrote down so: `doesnâ€™t`, `caf√©`.
//!
//! A file in UTF-8 that was opened as Windows-1252 or Mac Roman and saved again holds two or three strange
//! letters for each that isn't ASCII. Undoing it is safe where all letters beside one another, brought back to
//! bytes, are UTF-8 of signs that people write, and nobody would write them so: a capital and a mark of
//! punctuation ("DE MANHÃ…") is undone only beside others that are certain. Everything else stays as it stands.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use std::borrow::Cow;

/// What the first byte of such a letter was read as: of `’`, `é`, `£` and emoji, by each of the programs.
const FIRST: [char; 8] = [
    '\u{e2}', '\u{c3}', '\u{c2}', '\u{f0}', '\u{201a}', '\u{221a}', '\u{ac}', '\u{f8ff}',
];
/// The same of letters of central Europe (`Š`, `ą`), undone beside others alone.
const RARE: [char; 4] = ['\u{c4}', '\u{c5}', '\u{192}', '\u{2248}'];
/// Readings of readings that are undone.
const TIMES: usize = 3;

/// The text with wrongly read letters mended.
pub(crate) fn mended(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..TIMES {
        match once(&text) {
            Some(mended) => text = Cow::Owned(mended),
            None => break,
        }
    }
    text
}

/// What one reading made of the text, if anything.
fn once(text: &str) -> Option<String> {
    if text.is_ascii() || !text.contains(FIRST) {
        return None;
    }
    let runs: Vec<(usize, &str, String)> = runs(text)
        .filter(|(_, run)| run.starts_with(FIRST) || run.starts_with(RARE))
        .filter_map(|(at, run)| {
            let letters = [WINDOWS_1252, MACINTOSH]
                .into_iter()
                .find_map(|encoding| read_again(run, encoding))?;
            Some((at, run, letters))
        })
        .collect();
    if !runs.iter().any(|(_, run, _)| is_certain(run)) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (at, run, letters) in runs {
        out.push_str(&text[copied..at]);
        out.push_str(&letters);
        copied = at + run.len();
    }
    out.push_str(&text[copied..]);
    Some(out)
}

/// Letters beside one another that aren't ASCII, and where they begin.
fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(|c: char| !c.is_ascii())?;
        let run = &text[start..];
        let run = &run[..run.find(|c: char| c.is_ascii()).unwrap_or(run.len())];
        rest = start + run.len();
        Some((start, run))
    })
}

/// Whether nobody would write a run so: three signs or more, or two of which the second is a mark that stands for
/// no punctuation (`Ã©`, `Â£`, `√©`).
fn is_certain(run: &str) -> bool {
    if !run.starts_with(FIRST) {
        return false;
    }
    let mut signs = run.chars();
    match (signs.next(), signs.next(), signs.next()) {
        (Some(_), Some(_), Some(_)) => true,
        (Some(_), Some(second), None) => {
            matches!(second, '\u{a1}'..='\u{bf}') && !matches!(second, '\u{ab}' | '\u{bb}')
        }
        _ => false,
    }
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
        // Read wrongly twice; and, beside what is certain, what might be somebody's own.
        let twice = misread(&misread("doesn’t", WINDOWS_1252), WINDOWS_1252);
        assert_eq!(mended(&twice), "doesn’t");
        assert_eq!(mended("Ã…ngstrÃ¶m"), "Ångström");
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
            "DE MANHÃ… SATÃ™ LÃ–",
            "paid ≈£50 at the château",
            "√π and √∞",
            "«GRÅ… ‚ja‘»",
        ] {
            assert!(matches!(mended(text), Cow::Borrowed(_)), "{text}");
        }
    }
}
