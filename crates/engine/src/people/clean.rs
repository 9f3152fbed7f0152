//! What single cells of people mean: ids, addresses, names, languages, statuses.

/// Longest name of a unit or a role, in characters.
pub(super) const LONGEST_NAME: usize = 200;
/// Longest id, in characters.
const LONGEST_ID: usize = 100;
/// Longest address, in characters.
const LONGEST_ADDRESS: usize = 254;

/// A name without what can't be seen.
pub(super) struct Cleaned {
    pub text: String,
    /// Whether something was taken out.
    pub changed: bool,
}

/// Takes out controls, zero-width characters and those that turn the direction of writing, and folds
/// white space: two names that look the same are the same. Joiners stay where scripts and pictures
/// need them.
pub(super) fn cleaned(text: &str) -> Cleaned {
    let letters: Vec<char> = text.chars().collect();
    let joins = |at: usize| {
        let beside = |letter: Option<&char>| letter.is_some_and(|letter| !letter.is_ascii());
        at > 0 && beside(letters.get(at - 1)) && beside(letters.get(at + 1))
    };
    let mut kept = String::with_capacity(text.len());
    let mut changed = false;
    for (at, &letter) in letters.iter().enumerate() {
        let hidden = match letter {
            '\u{200c}' | '\u{200d}' => !joins(at),
            '\t' | '\n' | '\r' => false,
            _ => is_hidden(letter),
        };
        if hidden {
            changed = true;
        } else {
            kept.push(letter);
        }
    }
    let words: Vec<&str> = kept.split_whitespace().collect();
    Cleaned {
        text: words.join(" "),
        changed,
    }
}

fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{2064}'
                | '\u{2066}'..='\u{206f}'
                | '\u{feff}'
        )
}

/// An id as it is written.
pub(super) fn id(cell: &str) -> Result<String, &'static str> {
    let text = cell.trim();
    if text.is_empty() {
        Err("the person has no id")
    } else if text.chars().count() > LONGEST_ID {
        Err("the id is longer than 100 characters")
    } else if text.chars().any(is_hidden) {
        Err("the id holds characters that can't be seen")
    } else {
        Ok(text.to_owned())
    }
}

/// An address in lower case, if there is one.
pub(super) fn address(cell: &str) -> Result<Option<String>, &'static str> {
    let text = cell.trim();
    if text.is_empty() || matches!(text, "-" | "--") || text.eq_ignore_ascii_case("n/a") {
        return Ok(None);
    }
    let odd = |letter: char| {
        letter.is_whitespace() || is_hidden(letter) || "<>()[],;:\"\\".contains(letter)
    };
    let parts = text.split_once('@').filter(|(local, domain)| {
        let dots = !domain.starts_with('.') && !domain.ends_with('.') && !domain.contains("..");
        !local.is_empty() && domain.contains('.') && dots && !domain.contains('@')
    });
    if parts.is_none() || text.chars().any(odd) || text.chars().count() > LONGEST_ADDRESS {
        return Err("this is no e-mail address");
    }
    Ok(Some(text.to_lowercase()))
}

/// Whether a person with this status works here.
pub(super) fn status(cell: &str) -> Result<bool, &'static str> {
    let plain: String = cell
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    match plain.as_str() {
        "" | "active" | "a" | "yes" | "y" | "true" | "1" | "current" | "employed" | "regular"
        | "fulltime" | "parttime" | "permanent" | "temporary" | "contract" | "probation"
        | "onprobation" | "onleave" | "leave" | "leaveofabsence" | "paidleave" | "unpaidleave"
        | "parentalleave" | "maternityleave" | "sickleave" | "activeonleave" | "activo"
        | "activa" | "aktiv" | "actif" | "vigente" => Ok(true),
        "inactive" | "i" | "no" | "n" | "false" | "0" | "terminated" | "t" | "left" | "leaver"
        | "resigned" | "retired" | "former" | "formeremployee" | "ex" | "dismissed"
        | "deceased" | "withdrawn" | "ended" | "separated" | "inactivo" | "inactiva"
        | "inaktiv" | "inactif" | "baja" => Ok(false),
        _ => Err("this status is neither active nor inactive"),
    }
}

/// Languages by the names that exports write.
#[rustfmt::skip]
const LANGUAGES: [(&str, &[&str]); 31] = [
    ("ar", &["arabic", "العربية"]), ("bg", &["bulgarian"]), ("bn", &["bengali"]),
    ("cs", &["czech"]), ("da", &["danish"]), ("de", &["german", "deutsch"]),
    ("el", &["greek"]), ("en", &["english"]), ("es", &["spanish", "español", "espanol", "castellano"]),
    ("et", &["estonian"]), ("fi", &["finnish"]), ("fr", &["french", "français", "francais"]),
    ("he", &["hebrew"]), ("hi", &["hindi"]), ("hr", &["croatian"]), ("hu", &["hungarian"]),
    ("id", &["indonesian"]), ("it", &["italian", "italiano"]), ("ja", &["japanese"]),
    ("ko", &["korean"]), ("nb", &["norwegian"]), ("nl", &["dutch", "nederlands"]),
    ("pl", &["polish", "polski"]), ("pt", &["portuguese", "português", "portugues"]),
    ("ro", &["romanian"]), ("ru", &["russian"]), ("sv", &["swedish"]), ("tr", &["turkish"]),
    ("uk", &["ukrainian"]), ("vi", &["vietnamese"]), ("zh", &["chinese", "mandarin", "中文"]),
];

/// A language's tag: of a tag (`en_US`), or of a name.
pub(super) fn language(cell: &str) -> Option<String> {
    let text = cell.trim().to_lowercase().replace('_', "-");
    let tag = text.split(['.', ' ', '(']).next().unwrap_or_default();
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let is_tag = matches!(first.len(), 2 | 3)
        && first.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    if is_tag {
        return Some(tag.to_owned());
    }
    let named = |(_, names): &&(&str, &[&str])| names.iter().any(|name| tag.starts_with(name));
    LANGUAGES
        .iter()
        .find(named)
        .map(|(tag, _)| (*tag).to_owned())
}

#[cfg(test)]
mod tests {
    use super::{address, cleaned, id, language, status};

    #[test]
    fn names_that_look_the_same_are_the_same() {
        let check = |text: &str, expected: &str, changed: bool| {
            let made = cleaned(text);
            assert_eq!(
                (made.text.as_str(), made.changed),
                (expected, changed),
                "{text:?}"
            );
        };
        check("  North \t 1 ", "North 1", false);
        check("Sa\u{200b}les", "Sales", true);
        check("\u{202e}selaS", "selaS", true);
        check("Sales\u{feff}", "Sales", true);
        check("A\u{200d}B", "AB", true);
        check(
            "Kitchen \u{1f468}\u{200d}\u{1f373}",
            "Kitchen \u{1f468}\u{200d}\u{1f373}",
            false,
        );
        check("می\u{200c}شود", "می\u{200c}شود", false);
        check("\u{0}\u{7}", "", true);
    }

    #[test]
    fn addresses_are_taken_or_refused() {
        let check = |text: &str, expected: Result<Option<&str>, ()>| {
            let expected = expected.map(|address| address.map(str::to_owned));
            assert_eq!(address(text).map_err(|_| ()), expected, "{text:?}");
        };
        check(" Ada@Example.org ", Ok(Some("ada@example.org")));
        check("", Ok(None));
        check("N/A", Ok(None));
        check("ada@example", Err(()));
        check("ada at example.org", Err(()));
        check("Ada <ada@example.org>", Err(()));
        check("a@b@c.org", Err(()));
        check("a\u{200b}@example.org", Err(()));
        check("a@example..org", Err(()));
    }

    #[test]
    fn ids_statuses_and_languages() {
        assert!(id(" ").is_err() && id("1\u{200b}2").is_err() && id(&"9".repeat(101)).is_err());
        assert_eq!(id(" 007 "), Ok("007".to_owned()));
        assert_eq!(status("On Leave"), Ok(true));
        assert_eq!(status("Terminated"), Ok(false));
        assert!(status("perhaps").is_err());
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(language(text).as_deref(), expected, "{text}");
        };
        check("en_US", Some("en-us"));
        check("EN", Some("en"));
        check("Spanish", Some("es"));
        check("English (US)", Some("en"));
        check("zh-Hant-TW", Some("zh-hant-tw"));
        check("pt_BR.UTF-8", Some("pt-br"));
        check("Klingonese", None);
        check("", None);
    }
}
