//! What a reader must know: sentences, made from what is and what isn't there.

use std::collections::BTreeMap;
use throughline_domain::brief::{Note, NoteKind};

/// Pairs to be judged before scores are probabilities.
const PAIRS_NEEDED: usize = 100;
/// Comments under which problems are often mixed.
const FEW_COMMENTS: u64 = 1000;

/// What notes are made from.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Units in the main source.
    pub units: usize,
    /// The main source's scores are codes of the comments.
    pub coded: bool,
    /// The main source has scores.
    pub scored: bool,
    /// Problems found.
    pub pains: usize,
    /// Fixes found.
    pub levers: usize,
    /// Strong and some matches.
    pub matches: usize,
    /// Employees' answers were given.
    pub voice: bool,
    /// A chain was given.
    pub chain: bool,
    /// Fixes of which ease is known.
    pub eased: usize,
    /// Somebody voted on how simple a fix is.
    pub ease_asked: bool,
    /// Measures were given.
    pub measures: bool,
    /// Links between measures that could be estimated.
    pub links: usize,
    /// Pairs of measures whose periods can't be put in order.
    pub unread_links: usize,
    /// The feedback is dated.
    pub dated: bool,
    /// Scores without a date, in sources where other responses have one.
    pub undated: u64,
    /// Comments of all sources.
    pub comments: u64,
    /// Problems and fixes whose titles are topics' that customers everywhere speak of.
    pub named_by_topic: usize,
    /// Themes were corrected by a review.
    pub reviewed: bool,
    /// It is a round's one brief: there is no review of it and no file of corrections.
    pub of_a_round: bool,
    /// Pairs were judged and match scores are probabilities.
    pub calibrated: bool,
    /// Pairs of problems and fixes that are here.
    pub pairs: usize,
    /// Judged pairs of problems and fixes that are here.
    pub judged_pairs: usize,
    /// Judgements of what isn't here.
    pub judged_elsewhere: usize,
    /// Comments in other languages.
    pub languages: BTreeMap<String, u64>,
    /// Answers that name a person.
    pub about_a_person: u64,
    /// Of answers too few for fixes of their own: share that is likely to be on the problem they stand under.
    pub gathered: Option<f64>,
    /// Fewer than so many are no number to tell.
    pub minimum: u64,
    /// Fewer than ten units: ranks rest on chance among responses alone.
    pub unclustered: bool,
}

/// The notes, in the order in which they matter.
pub fn notes(known: &Known) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut say = |kind, text: String| notes.push(Note { kind, text });
    use NoteKind::{CannotTell, Data, Reading, Withheld};
    if known.coded {
        say(CannotTell, "What the problems cost in customers' scores: the scores here were coded from the comments themselves, so they tell how bad a comment sounds, not what a problem does to the customer's verdict.".into());
    } else if !known.scored {
        say(CannotTell, "What the problems cost in customers' scores: no scores were found in this feedback. Problems are in order of how many name them.".into());
    }
    if known.pains > 0 && known.comments < FEW_COMMENTS {
        say(
            CannotTell,
            format!(
                "Exactly what belongs to a problem: in {} comments (fewer than {FEW_COMMENTS}) some problems hold more than one subject. Read the words before the titles.",
                known.comments
            ),
        );
    }
    if let Some(share) = known.gathered {
        say(
            CannotTell,
            format!(
                "Single fixes: employees' answers are too few to tell fixes apart, so ideas stand under the problem they are nearest to. Some {} in ten of them are likely to be on it: read the ideas before you decide.",
                (share * 10.0).round().clamp(1.0, 9.0)
            ),
        );
    }
    if known.units < 10 && known.scored {
        let n = known.units;
        let units = match n {
            0 => "no units are named in the feedback".to_owned(),
            1 => "there is only one unit in the feedback".to_owned(),
            n => format!("there are only {n} units in the feedback"),
        };
        say(
            CannotTell,
            format!(
                "How far chance alone could move these figures: {units}, and an interval needs ten."
            ),
        );
    }
    if !known.voice {
        say(
            CannotTell,
            "Which fix your own people would propose: no employees' answers were given.".into(),
        );
    } else if known.levers > 0 && known.matches == 0 && known.pains > 0 {
        say(CannotTell, "Which fix answers which problem: employees and customers speak of different things here, and no match is better than weak.".into());
    }
    if known.voice && known.eased < known.levers {
        let how = if known.of_a_round {
            "A vote before the brief would have told."
        } else {
            "A vote or a person's judgement in the themes file would tell."
        };
        say(
            CannotTell,
            match known.eased {
                0 if known.ease_asked => format!(
                    "How simple each fix is: on none of them as many people voted as may be told of. {how}"
                ),
                0 => format!("How simple each fix is: nobody was asked. {how}"),
                n => {
                    let others = known.levers - n;
                    let (others, are) = match others {
                        1 => ("one".to_owned(), "is"),
                        _ => (others.to_string(), "are"),
                    };
                    format!(
                        "How simple {others} of the {} fixes {are}: it is known of {n}. {how}",
                        known.levers
                    )
                }
            },
        );
    }
    say(
        CannotTell,
        if known.scored && !known.coded {
            "What a fix would gain: sizes tell how much lower scores are where a problem is named. That is an association; nobody knows yet how much of it a fix would remove.".into()
        } else {
            "What a fix would gain: how many name a problem doesn't tell how many would no longer name it.".into()
        },
    );
    if known.measures && known.links == 0 && known.unread_links == 0 {
        say(CannotTell, "Whether employees' or customers' figures move first: that needs numbers of both kinds from the same teams over at least three periods.".into());
    }
    if known.links > 0 {
        say(Reading, "Which number moves first is an order in time, not a cause: something else that moves one of them a period before the other looks the same.".into());
    }
    if known.unclustered {
        say(Reading, "With fewer than ten units, the ranges of ranks allow only for chance among responses, not for differences between units.".into());
    }
    if !known.reviewed {
        let remedy = if known.of_a_round {
            "An analyst can judge a sample of them in a brief made of the feedback alone."
        } else {
            "`throughline review` lets an analyst judge a sample; sizes are then corrected for them."
        };
        say(
            Reading,
            format!(
                "Problems were found by a program in customers' words, which makes mistakes. {remedy}"
            ),
        );
    }
    if known.voice && known.levers > 0 && !known.calibrated {
        let so_far = match known.judged_pairs {
            0 => String::new(),
            n => format!(" ({n} of these problems and fixes have been)"),
        };
        let become_so = if known.pairs < PAIRS_NEEDED {
            format!(
                "They can't become that here: it takes {PAIRS_NEEDED} judged pairs of a problem and a fix, and there are only {} to judge.",
                known.pairs
            )
        } else {
            format!(
                "These words become probabilities once {PAIRS_NEEDED} pairs have been judged{so_far}, unless the judgements call most pairs right, which random pairs never are."
            )
        };
        say(
            Reading,
            format!(
                "Strong, some and weak are a rule's words for how much the evidence agrees, not probabilities in your company. Strong takes more than words: that those behind the fix serve the step, or that teams that name it have more of the problem. {become_so}"
            ),
        );
    }
    if known.judged_elsewhere > 0 {
        let n = known.judged_elsewhere;
        say(
            Data,
            format!(
                "{n} of the review's judgements are of problems or fixes that aren't here, and were not used. If they are another company's, write this brief to a folder of its own."
            ),
        );
    }
    if !known.dated {
        say(
            Data,
            "The feedback carries no dates: no trends are shown.".into(),
        );
    }
    if known.voice && !known.chain {
        say(
            Data,
            "No chain of roles was given: matches rest on words and on units alone.".into(),
        );
    }
    if known.named_by_topic > 0 {
        let (are, them) = match known.named_by_topic {
            1 => ("1 title here is".to_owned(), "it"),
            n => (format!("{n} titles here are"), "them"),
        };
        let better = if known.of_a_round {
            ""
        } else {
            ", and give a better title in the themes file"
        };
        say(
            Reading,
            format!(
                "{are} not made of people's words but of a list of what customers of other companies complain of: people here tell {them} in words that few share. Read what they say before the title{better}."
            ),
        );
    }
    let mut say_of = |kind, n: u64, what: &str| {
        let n = if n < known.minimum {
            format!("Fewer than {}", known.minimum)
        } else {
            n.to_string()
        };
        say(kind, format!("{n} {what}"));
    };
    if known.undated > 0 {
        say_of(
            Data,
            known.undated,
            "scores have no date. Where customers stand is taken from the last twelve months on record, so these are left out.",
        );
    }
    for (at, (language, n)) in known.languages.iter().enumerate() {
        let others = if at == 0 {
            " Short comments in other languages may not be noticed."
        } else {
            ""
        };
        let what = format!(
            "comments are clearly in {language}; these are counted as responses and not read for problems.{others}"
        );
        say_of(Data, *n, &what);
    }
    if known.about_a_person > 0 {
        say_of(
            Withheld,
            known.about_a_person,
            "employees' answers are about a named person and not used here. The company's own channel for complaints is the place for them.",
        );
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_left_out_for_want_of_a_date_are_told() {
        let told = |undated| {
            let known = Known {
                undated,
                dated: true,
                minimum: 5,
                ..Known::default()
            };
            let notes = notes(&known).into_iter();
            notes
                .map(|note| note.text)
                .find(|text| text.contains("have no date."))
        };
        assert_eq!(told(0), None);
        assert!(told(4).is_some_and(|text| text.starts_with("Fewer than 5 scores have")));
        assert!(told(12).is_some_and(|text| text.starts_with("12 scores have no date")));
    }

    #[test]
    fn titles_that_are_no_words_of_people_are_told() {
        let told = |named_by_topic, of_a_round| {
            let known = Known {
                named_by_topic,
                of_a_round,
                ..Known::default()
            };
            let notes = notes(&known).into_iter();
            let of_titles = |note: &Note| note.text.contains("made of people's words");
            notes
                .filter(of_titles)
                .map(|note| note.text)
                .collect::<String>()
        };
        assert_eq!(told(0, false), "");
        assert!(told(1, false).starts_with("1 title here is not"));
        assert!(told(3, false).starts_with("3 titles here are not"));
        assert!(told(3, false).contains("themes file") && !told(3, true).contains("themes file"));
    }
}
