//! What a customer's comment says: a problem, praise, nothing.
//!
//! Decided from the words alone, never from the score beside them: a score that helped to decide what a comment
//! names would be found again as points lost. How much praise there is differs by channel: nobody praises in
//! support tickets, and what a classifier takes for praise there is mostly its error. So how rare praise is in a
//! channel is learnt from its comments, and what is rarer must be said more clearly.

use crate::idioms;
use crate::kind::Kinds;
use crate::letter::body;
use rayon::prelude::*;
use throughline_text::empty::says_nothing;

/// What a customer's text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing: "n/a", "none", punctuation.
    Nothing,
    /// Something to praise.
    Praise,
    /// A problem, a wish, a question, or anything that isn't clearly praise.
    Problem,
}

/// Probability of praise from which a text is taken as praise. Above one half: a problem taken
/// for praise is lost to the brief, praise taken for a problem is seen by its reader. (Of patients' comments
/// that people coded, 3% of complaints are then lost and 23% of the praise is wholly read as a problem:
/// `examples/kinds.rs`.)
const PRAISE: f64 = 0.65;
/// Problems that stand against one praise, where nothing is known of a text, beside what the examples hold (nearly as
/// many of each): what customers write down is mostly problems.
const PROBLEMS_TO_ONE: f64 = 3.0;
/// Comments that what is usual counts as where a channel's own share of praise is learnt.
const USUAL: f64 = 100.0;
/// The smallest share taken to be learnt: what the classifier says is too rough to tell one in fifty from none.
const RAREST: f64 = 0.02;
/// The largest, where no scores tell praise that was read as a problem: even. Where half of the comments praise, a
/// problem is else made of misread praise as often as not; past even too many complaints are lost. (Of the patients'
/// comments, read without their codes, 23% of the praise is wholly read as a problem at three to one, and 4% of the
/// complaints are lost; 11% and 9% at even, 7% and 13% at one to two.)
const COMMONEST: f64 = 0.5;
/// How clearly a clause must say something to leave what the whole comment says.
const CLEARLY: f64 = 0.70;
/// Probability of praise of a text that praises by a phrase.
const BY_PHRASE: f64 = 0.95;
/// When the share is learnt well enough, and how often it is looked at again at most.
const CLOSE: f64 = 1e-9;
const ROUNDS: usize = 1_000;

/// Whether a text asks something ("how do I", "why didn't they", "is there"): then it isn't praise, whatever its
/// words.
fn asks(text: &str) -> bool {
    const HOW: [&str; 7] = ["how", "why", "what", "when", "where", "which", "who"];
    const VERBS: [&str; 16] = [
        "can", "could", "do", "does", "did", "is", "are", "was", "were", "will", "would", "should",
        "may", "has", "have", "had",
    ];
    const WHOM: [&str; 17] = [
        "i", "you", "we", "they", "it", "he", "she", "this", "that", "these", "there", "the", "my",
        "our", "your", "anyone", "somebody",
    ];
    let mut words = text.split_whitespace().map(str::to_lowercase);
    let (first, second) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let is = |word: &str, list: &[&str]| list.contains(&word);
    // "Why didn't", "why cant".
    let plain = second.replace(['\'', '’'], "");
    let denied = plain.strip_suffix("nt");
    let denies = denied.is_some_and(|verb| is(verb, &VERBS) || is(verb, &["ca", "wo"]));
    text.trim_end().ends_with('?')
        || is(&first, &HOW) && (is(&second, &VERBS) || denies)
        || first == "how" && second == "to"
        || is(&first, &VERBS) && is(&second, &WHOM)
}

/// Whether a text can't be praise, whatever its words.
fn is_no_praise(text: &str) -> bool {
    asks(text) || idioms::refuses(text) || idioms::wishes(text) || idioms::displeases(text)
}

/// Odds of praise that a text's own words speak for.
fn odds(even: f64) -> f64 {
    let even = even.clamp(1e-6, 1.0 - 1e-6);
    even / (1.0 - even)
}

/// What tells customers' praise from problems in one channel.
#[derive(Clone, Copy)]
pub struct Tones {
    kinds: &'static Kinds,
    problems_to_one: f64,
}

impl Default for Tones {
    /// Where nothing is known of the channel.
    fn default() -> Self {
        Self {
            kinds: Kinds::shipped(),
            problems_to_one: PROBLEMS_TO_ONE,
        }
    }
}

impl Tones {
    /// Those of a channel in which customers wrote these comments: the share of praise is the likeliest one, what is
    /// usual counting as a hundred comments (expectation maximisation of the prior alone: Saerens, Latinne &
    /// Decaestecker 2002, doi:10.1162/089976602753284446). Praise may be found to be rarer than is usual, down to one
    /// in fifty. Commoner it may be, up to even, where the comments have no scores: with them a theme of misread praise
    /// is told by its better scores, and the classifier calls more of long letters praise than there is.
    pub fn of(comments: &[&str], scored: bool) -> Self {
        let usual = Self::default();
        // Odds of praise by a text's own words; `None` for set phrases, which are praise in any channel.
        let heard: Vec<Option<f64>> = comments
            .par_iter()
            .map(|text| body(text))
            .filter(|text| !says_nothing(text) && !is_no_praise(text))
            .map(|text| (!idioms::praises(text)).then(|| odds(usual.kinds.even_praise(text))))
            .collect();
        let ratios: Vec<f64> = heard.iter().copied().flatten().collect();
        Self {
            problems_to_one: problems_to_one(&ratios, heard.len() - ratios.len(), scored),
            ..usual
        }
    }

    /// Problems that stand against one praise before a word is read.
    pub fn problems_to_one(&self) -> f64 {
        self.problems_to_one
    }

    /// Probability that a text is praise.
    pub fn praise(&self, text: &str) -> f64 {
        self.praise_of(self.kinds.even_praise(text), text)
    }

    /// The same, where its probability is `even` with problems and praise as likely beforehand.
    fn praise_of(&self, even: f64, text: &str) -> f64 {
        let own = even / (even + self.problems_to_one * (1.0 - even));
        if idioms::praises(text) {
            own.max(BY_PHRASE)
        } else {
            own
        }
    }

    /// Whether a text is rather praise than not.
    pub fn leans_to_praise(&self, text: &str) -> bool {
        !is_no_praise(text) && self.praise(text) >= 0.5
    }

    /// Whether a text sounds like praise, problems and praise being as likely beforehand: not what to show of a
    /// problem where there is something else.
    pub fn sounds_like_praise(&self, text: &str) -> bool {
        !is_no_praise(text) && (idioms::praises(text) || self.kinds.even_praise(text) >= 0.5)
    }

    /// What a text says.
    pub(crate) fn tone(&self, text: &str) -> Tone {
        if says_nothing(text) {
            Tone::Nothing
        } else if !is_no_praise(text) && self.praise(text) >= PRAISE {
            Tone::Praise
        } else {
            Tone::Problem
        }
    }

    /// What a clause of a comment says by itself; `None` where it is too even to say anything. It is praise as the
    /// channel has it, and a problem as anywhere: a channel in which praise is rare makes no clause clearer.
    pub(crate) fn clause(&self, clause: &str) -> Option<Tone> {
        let even = self.kinds.even_praise(clause);
        let anywhere = Self {
            problems_to_one: PROBLEMS_TO_ONE,
            ..*self
        };
        if self.praise_of(even, clause) >= CLEARLY && !is_no_praise(clause) {
            Some(Tone::Praise)
        } else if anywhere.praise_of(even, clause) <= 1.0 - CLEARLY {
            Some(Tone::Problem)
        } else {
            None
        }
    }
}

/// Problems that stand against one praise, by each text's odds of praise where both are as likely beforehand, and how
/// many praise by a set phrase.
fn problems_to_one(ratios: &[f64], by_phrase: usize, scored: bool) -> f64 {
    let usual = 1.0 / (1.0 + PROBLEMS_TO_ONE);
    let all = (ratios.len() + by_phrase) as f64 + USUAL;
    let known = usual * USUAL + BY_PHRASE * by_phrase as f64;
    let mut share = usual;
    for _ in 0..ROUNDS {
        let praise = |ratio: &f64| share * ratio / (share * ratio + 1.0 - share);
        let next = (known + ratios.iter().map(praise).sum::<f64>()) / all;
        let is_close = (next - share).abs() < CLOSE;
        share = next;
        if is_close {
            break;
        }
    }
    let share = share.clamp(RAREST, if scored { usual } else { COMMONEST });
    (1.0 - share) / share
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comment::parts;

    #[test]
    fn praise_that_begins_like_a_question_is_praise() {
        let tones = Tones::default();
        for text in [
            "Would recommend you to my friends.",
            "What a lovely helpful team",
            "What excellent staff, all so helpful",
            "Will definitely use you again",
        ] {
            assert_eq!(tones.tone(text), Tone::Praise, "{text}");
        }
        for text in [
            "Can you thank them, when will it be so good again",
            "why was everyone so lovely to me",
            "Why didn't the lovely team call",
            "why cant you be lovely",
            "Is there a lovely helpful team here?",
        ] {
            assert_eq!(tones.tone(text), Tone::Problem, "{text}");
        }
    }

    /// Reference: `tools/reference/praise_share.py` (scipy 1.17.1), which maximises without derivatives: good to
    /// about the root of a double's precision.
    #[test]
    fn the_share_of_praise_is_the_likeliest() {
        let ratios: Vec<f64> = (0..400)
            .map(|at| (f64::from(at % 40) / 4.0 - 7.0).exp())
            .collect();
        assert!((problems_to_one(&ratios, 0, true) - 4.727_646).abs() < 1e-5);
        assert!((problems_to_one(&ratios, 0, false) - 4.727_646).abs() < 1e-5);
        // Half of the ratios, so that praise is rarer than usual with set phrases, too.
        assert!((problems_to_one(&ratios[..20], 3, true) - 3.394_895).abs() < 1e-5);
    }

    #[test]
    fn few_comments_change_little_and_much_praise_nothing_where_there_are_scores() {
        let rare = (1.0 - RAREST) / RAREST;
        let with_scores = |ratios: &[f64], by_phrase| problems_to_one(ratios, by_phrase, true);
        assert!(with_scores(&[0.05; 10], 0) < 3.5);
        assert!((with_scores(&vec![0.05; 100_000], 0) - rare).abs() < 1e-9);
        // Phrases say that there is praise, however little else does.
        let with_phrases = with_scores(&vec![0.05; 10_000], 1_000);
        assert!((8.0..12.0).contains(&with_phrases), "{with_phrases}");
        assert!((with_scores(&vec![20.0; 10_000], 0) - PROBLEMS_TO_ONE).abs() < 1e-9);
        assert!((with_scores(&[], 0) - PROBLEMS_TO_ONE).abs() < 1e-9);
    }

    #[test]
    fn where_half_praise_and_nobody_gives_a_score_praise_needs_less() {
        let without = |ratios: &[f64], by_phrase| problems_to_one(ratios, by_phrase, false);
        assert!((without(&vec![20.0; 10_000], 0) - 1.0).abs() < 1e-9);
        assert!((without(&[], 1_000) - 1.0).abs() < 1e-9);
        assert!((without(&[20.0; 10], 0) - 2.2).abs() < 0.1);
        assert!((without(&[], 0) - PROBLEMS_TO_ONE).abs() < 1e-9);
        let half: Vec<&str> = [
            "A lovely helpful team, thank you all so much",
            "My booking was lost",
            "Very friendly and quick, could not be better",
            "The invoice is wrong again",
        ]
        .into_iter()
        .cycle()
        .take(400)
        .collect();
        let (scored, not) = (Tones::of(&half, true), Tones::of(&half, false));
        assert!((scored.problems_to_one() - PROBLEMS_TO_ONE).abs() < 1e-9);
        assert!(
            (1.0..1.3).contains(&not.problems_to_one()),
            "{}",
            not.problems_to_one()
        );
        let faint = "A clean room";
        assert_eq!(
            scored.tone(faint),
            Tone::Problem,
            "{}",
            scored.praise(faint)
        );
        assert_eq!(not.tone(faint), Tone::Praise, "{}", not.praise(faint));
    }

    #[test]
    fn where_nobody_praises_faint_praise_is_a_problem() {
        let faint = "My parcel got stolen!";
        let usual = Tones::default();
        let tickets: Vec<&str> = [
            "I can't log in to the app",
            "My booking was lost",
            "The invoice is wrong again",
            "Your engineer missed the appointment",
        ]
        .into_iter()
        .cycle()
        .take(4_000)
        .collect();
        let tickets = Tones::of(&tickets, true);
        assert_eq!(usual.tone(faint), Tone::Praise, "{}", usual.praise(faint));
        assert_eq!(
            tickets.tone(faint),
            Tone::Problem,
            "{}",
            tickets.praise(faint)
        );
        for clear in [
            "Would recommend you to my friends.",
            "A lovely helpful team, thank you all so much",
        ] {
            assert_eq!(tickets.tone(clear), Tone::Praise, "{clear}");
        }
        // No clause of it is a problem because praise is rare.
        let warm = "Lovely helpful team, thank you all so much. We came on a Monday.";
        assert_eq!(parts(&tickets, warm), parts(&usual, warm));
    }
}
