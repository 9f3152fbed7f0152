//! Names of people without a title before them: common first names, alone or with what follows,
//! and pairs of capitalised words in the middle of a sentence.
//!
//! A list can't hold every name; `docs/LIMITATIONS.md` says so, and `--staff-names` masks a
//! company's own. Words that are names and words alike (Will, Mark, Grace, Rose) count where they do something
//! ("Grace was patient"), and otherwise not: that would take meaning away more often than a name.

use regex::{Captures, Regex};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Common first names of several countries, in lower case.
const FIRST_NAMES: &str = "pete dan phil jon kath stu trish josie millie evie dom aaron abdul abdullah abigail adam adrian agnes ahmed aisha alan alana albert alejandro alex \
alexander alexandra alfie ali alice alicia alison amanda amber amelia amir amy ana andre andrea andrew angela angus anita \
ann anna anne annie anthony antonio anya arjun arthur ashley barbara becky ben benjamin bernard beth bethany betty \
billy bob bobby brenda brian bridget bruce caitlin callum cameron carl carla carlos carmen carol caroline \
catherine cathy charlie charlotte chen chloe chris christian christina christine christopher ciara claire clare \
claudia colin connor craig cynthia daniel danielle danny darren dave david dawn dean deborah debbie declan deepak denise \
dennis derek diana diane diego dominic donald donna doris dorothy douglas duncan dylan eamon edward eileen elaine \
eleanor elena eliot elizabeth ella ellen ellie emily emma eoin eric erin esther ethan eva evan evelyn fatima fiona \
francesca francis frank fred freya gareth gary gavin gemma geoff george georgia gerald gillian giulia glenn gordon \
graham greg gwen hamza hannah harriet harry hasan hassan hazel heather helen helena henry hiroshi holly howard hugh \
ian ibrahim imran ines irene isaac isabel isabella isla ivan jack jackie jacob jaime jake james jamie jane janet janice \
jason javier jayne jean jeff jennifer jenny jeremy jessica jill jim jimmy joan joanna joanne joe joel johan john \
jonathan jordan jorge jose joseph josh joshua juan judith julia julian julie karen karl kate katherine kathleen kathy \
katie keith kelly ken kenneth kerry kevin khalid kieran kim kimberly kumar kyle lars laura lauren leah lee leila leo \
leonard lesley leslie lewis liam linda lisa liz lorraine louis louise lucas lucy luis luke lynn maeve malcolm \
manuel marco marcus margaret maria marie marina mario marion marta martha martin mary mateo matt matthew maureen max \
megan mehmet melanie melissa michael michelle miguel mike mohamed mohammad mohammed mohit moira molly monica muhammad \
nadia nancy naomi natalie natasha nathan neil niall nick nicola nicole nigel nina noah nora norman oliver olivia omar \
oscar owen pablo pamela patricia patrick paul paula pauline pedro peggy peter philip phoebe pierre piotr priya rachel \
rahul raj rajesh ralph raman ramesh ravi raymond rebecca rhys richard rita rob robert robin roger ronald rory rosemary \
rosie ross roy russell ruth ryan sally sam samantha samir samuel sandra sanjay sara sarah sasha scott sean \
sergio shane sharon shaun sheila shirley sian simon sinead siobhan sofia sonia sophia sophie stacey stan stella \
stephanie stephen steve steven stuart sue suresh susan suzanne sven sylvia tanya tara ted teresa terry theresa thomas \
tim timothy tina toby tom tony tracey tracy trevor ursula valerie vanessa vera veronica vicky victor victoria vijay \
vincent violet vivian walter wayne wendy wei william xavier yasmin yusuf yvonne zac zara zoe zoltan \
agnieszka anais andrzej anke beata benoit bjorn celine dorota elzbieta ewa florian francois frederic \
frederique genevieve goran gunther helene ines jakub jerome jurgen katarzyna krzysztof loic lukasz \
magdalena malgorzata mathieu matthias monika pawel piotr raphael remi renee rene sebastien soren stanislaw \
stephane thierry tomasz ulrich wolfgang zbigniew zofia";

static KNOWN: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut names: Vec<&str> = FIRST_NAMES.split_whitespace().collect();
    names.sort_unstable();
    names
});

/// A word, and one or two further capitalised ones (O'Brien, Al-Farsi, Müller).
static RUN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b\p{L}[\p{L}'’\-]*(?:[ \t]+\p{Lu}[\p{L}'’\-]+){0,2}")
        .unwrap_or_else(|error| unreachable!("{error}"))
});

/// Names that are words, with a capital, before what people do or are.
static DOING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:Grace|Mark|Will|Rose|Joy|Faith|Hope|Mo|Pat|Jo|Ray|Penny|Robin|Ruby|Lily|Ivy|Daisy|Sunny|Drew|Dale|Glen)((?:[ \t]+\p{Lu}[\p{L}'’\-]+)?)([ \t]+(?:was|is|has|had|who|helped|took|made|gave|kept|went|came|looked|answered|explained|dealt|sorted|served|said|told|did|does|always|never|really)\b)",
    )
    .unwrap_or_else(|error| unreachable!("{error}"))
});

/// First names that are also words or places: in lower case they count as these.
const ALSO_WORDS: [&str; 40] = [
    "amber", "carol", "chen", "clara", "dawn", "dean", "eden", "elena", "eva", "florence",
    "francis", "frank", "georgia", "gordon", "grant", "hazel", "heather", "holly", "ivan", "jack",
    "jean", "jordan", "josh", "kerry", "lars", "marina", "melanie", "millie", "norman", "olive",
    "phil", "ross", "shane", "shirley", "stan", "stella", "stuart", "tony", "victoria", "violet",
];
/// Letters from which a lower-case first name alone counts as one ("rob", "sue" and "max" don't).
const LETTERS: usize = 4;

/// Whether a first name is one in lower case, too.
fn is_name_in_lower_case(word: &str) -> bool {
    let bare = word.trim_end_matches("'s").trim_end_matches("’s");
    bare.chars().count() >= LETTERS && is_first_name(word) && !ALSO_WORDS.contains(&bare)
}

/// Whether a word is a common first name.
pub(crate) fn is_first_name(word: &str) -> bool {
    let bare = word
        .trim_end_matches("'s")
        .trim_end_matches("’s")
        .to_lowercase();
    // "José" stands on the list as "jose".
    let plain: String = bare.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let plain = plain.replace('ø', "o").replace('ł', "l").replace('æ', "ae");
    KNOWN.binary_search(&plain.as_str()).is_ok()
}

/// Replaces first names, with the surnames that follow them, by `[name]`. A first name counts if
/// it is capitalised, or if a capitalised word follows.
pub(crate) fn masked(text: &str) -> String {
    let text = DOING.replace_all(text, "[name]$2");
    RUN.replace_all(&text, |found: &Captures<'_>| {
        let words: Vec<&str> = found[0].split_whitespace().collect();
        let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
        match words.iter().position(|word| {
            is_first_name(word) && (capital(word) || words.len() > 1) || is_name_in_lower_case(word)
        }) {
            None => found[0].to_owned(),
            Some(at) => {
                let owner = words
                    .last()
                    .is_some_and(|word| word.ends_with("'s") || word.ends_with("’s"));
                let mut kept: Vec<&str> = words[..at].to_vec();
                kept.push(if owner { "[name]'s" } else { "[name]" });
                kept.join(" ")
            }
        }
    })
    .into_owned()
}
