//! What an employees' question asks for: an idea, a block or a commitment, told from its words.
//!
//! Word lists, not a model: a question that they don't know is left out and said, and the user can
//! map its column.

use super::plain_name;
use throughline_domain::facts::Question;
use throughline_domain::metric::Scale;

/// The kind of a question, by the contract's word or by its wording.
pub(crate) fn question_of(text: &str) -> Option<Question> {
    match plain_name(text).as_str() {
        "idea" | "ideas" | "suggestion" | "suggestions" | "improvement" | "improvements"
        | "improve" => {
            return Some(Question::Idea);
        }
        "block" | "blocks" | "blocker" | "blockers" | "barrier" | "barriers" | "obstacle"
        | "obstacles" => {
            return Some(Question::Block);
        }
        "commitment" | "committed" => return Some(Question::Commitment),
        _ => {}
    }
    let text = text.to_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| text.contains(part));
    // "What stops us from improving?" asks for blocks: they are looked for before ideas.
    if has(&["committed", "commitment"]) {
        Some(Question::Commitment)
    } else if has(&[
        "block",
        "in the way",
        "in your way",
        "stops you",
        "stop you",
        "prevent",
        "hinder",
        "hold you back",
        "holds you back",
        "barrier",
        "obstacle",
        "frustrat",
        "get in the way",
        "slows you",
        "slow you down",
        "makes it hard",
        "difficult",
    ]) {
        Some(Question::Block)
    } else if has(&[
        "improve",
        "idea",
        "suggest",
        "simple change",
        "simplest",
        "could we do",
        "would you change",
        "should we change",
        "would help",
        "do better",
        "do differently",
        "one thing",
    ]) {
        Some(Question::Idea)
    } else {
        None
    }
}

/// Whether a survey's heading asks customers for a score ("How likely are you to recommend us?").
pub(crate) fn asks_customers_for_a_score(heading: &str) -> bool {
    let text = heading.to_lowercase();
    let asks = [
        "how likely",
        "how satisfied",
        "how would you rate",
        "how easy was it",
        "please rate",
    ];
    // "How satisfied are you with how we handled your problem?" asks for a verdict, whatever else it speaks of.
    let verdict = ["how satisfied", "rate", "recommend"];
    asks.iter().any(|part| text.contains(part))
        && !text.contains("why")
        && (verdict.iter().any(|part| text.contains(part)) || !asks_for_something_else(heading))
}

/// The scale that a heading states: `on a scale of 1 to 5`, `(0-10)`, `1 = not at all, 5 = extremely`.
pub(crate) fn scale_in(heading: &str) -> Option<Scale> {
    const TOPS: [f64; 6] = [4.0, 5.0, 6.0, 7.0, 10.0, 100.0];
    let letters: Vec<char> = heading.to_lowercase().chars().collect();
    // Numbers, and what stands between each and the one before it.
    let mut found: Vec<(f64, String)> = Vec::new();
    let (mut at, mut end) = (0, 0);
    while at < letters.len() {
        let start = at;
        while at < letters.len() && letters[at].is_ascii_digit() {
            at += 1;
        }
        if at == start {
            at += 1;
            continue;
        }
        let glued = |place: Option<usize>| {
            place
                .and_then(|place| letters.get(place))
                .is_some_and(|letter| letter.is_alphanumeric())
        };
        if glued(start.checked_sub(1)) || glued(Some(at)) {
            return None;
        }
        let number: String = letters[start..at].iter().collect();
        let between: String = letters[end..start].iter().collect();
        found.push((number.parse().ok()?, between));
        end = at;
    }
    let [(low, _), (high, between)] = &found[..] else {
        return None;
    };
    let joined = matches!(between.trim(), "to" | "-" | "–" | ".." | "through" | "and");
    let said = between.contains(['=', ':']) && heading.matches(['=', ':']).count() >= 2;
    let is_scale = (joined || said) && (*low == 0.0 || *low == 1.0) && TOPS.contains(high);
    is_scale.then_some(Scale {
        low: *low,
        high: *high,
    })
}

/// Whether a question is about what customers do or put up with: how often, how much, whether they leave. More of it
/// isn't better.
pub(crate) fn asks_for_something_else(heading: &str) -> bool {
    const ABOUT: [&str; 13] = [
        "how often",
        "how many",
        "how much",
        "how long",
        "how frequently",
        "leave us",
        "cancel",
        "switch",
        "be at home",
        "problem",
        "effort",
        "difficult",
        "frequen",
    ];
    let text = heading.to_lowercase();
    ABOUT.iter().any(|part| text.contains(part))
}

/// Whether a survey's heading asks customers for words ("Why did you give this score?").
pub(crate) fn asks_customers_for_words(heading: &str) -> bool {
    const ASKS: [&str; 12] = [
        "why did you",
        "reason for your",
        "main reason",
        "what could we",
        "how could we",
        "how can we",
        "what can we",
        "tell us",
        "anything else",
        "what did you",
        "in your own words",
        "any other comments",
    ];
    let text = heading.to_lowercase();
    ASKS.iter().any(|part| text.contains(part))
}

/// Whether a heading asks for an answer in words. "Which office block do you work in?", "To what extent can you
/// improve things?" and "My manager hears my ideas" don't.
pub(crate) fn asks_for_words(heading: &str, question: Question) -> bool {
    const OF_FACTS: [&str; 12] = [
        "which", "where", "who", "when", "how", "to", "on", "do", "does", "are", "have", "rate",
    ];
    let first = plain_name(heading.split_whitespace().next().unwrap_or_default());
    let asks = heading.trim_end().ends_with('?')
        || ["what", "if", "name", "tell", "describe", "please", "your"].contains(&first.as_str());
    question == Question::Commitment || (asks && !OF_FACTS.contains(&first.as_str()))
}

/// Words of headings whose sentences aren't customers'.
const OF_OTHERS: [&str; 19] = [
    "internal",
    "agent",
    "agents",
    "staff",
    "employee",
    "manager",
    "managers",
    "reply",
    "resolution",
    "action",
    "actions",
    "cause",
    "summary",
    "work",
    "address",
    "description",
    "notes",
    "handler",
    "owner",
];

/// Whether a heading speaks of somebody else than customers.
pub(crate) fn is_of_others(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    let mut words = lower.split(|letter: char| !letter.is_alphanumeric());
    words.any(|word| OF_OTHERS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customers_are_asked_for_scores_and_words() {
        for (heading, score, words) in [
            ("How likely are you to recommend us (0-10)", true, false),
            ("How satisfied were you with your visit?", true, false),
            ("Why did you give this score?", false, true),
            ("What is the main reason for your score?", false, true),
            (
                "Is there anything else you would like to tell us?",
                false,
                true,
            ),
            (
                "How satisfied are you with how we handled your problem?",
                true,
                false,
            ),
            ("How likely are you to leave us next year?", false, false),
            ("How likely are you to be at home?", false, false),
            ("How did you hear about us?", false, false),
            ("How long have you been with us?", false, false),
        ] {
            assert_eq!(asks_customers_for_a_score(heading), score, "{heading}");
            assert_eq!(asks_customers_for_words(heading), words, "{heading}");
        }
    }

    #[test]
    fn scales_are_told_by_the_words_of_a_heading() {
        for (heading, expected) in [
            (
                "On a scale of 1 to 5, how likely are you to recommend us?",
                Some((1.0, 5.0)),
            ),
            (
                "How likely are you to recommend us? (1 = not at all, 5 = extremely)",
                Some((1.0, 5.0)),
            ),
            ("NPS (0-10)", Some((0.0, 10.0))),
            ("How satisfied are you (1–7)?", Some((1.0, 7.0))),
            ("Q1-5", None),
            ("Rating 2026", None),
            ("How likely are you to come back in 1 or 2 years?", None),
            ("How satisfied were you?", None),
        ] {
            let found = scale_in(heading).map(|scale| (scale.low, scale.high));
            assert_eq!(found, expected, "{heading}");
        }
    }

    #[test]
    fn questions_are_told_by_their_words() {
        let check = |text, expected| assert_eq!(question_of(text), expected, "{text}");
        check("idea", Some(Question::Idea));
        check(
            "What simple change here would help our customers?",
            Some(Question::Idea),
        );
        check("What blocks your part?", Some(Question::Block));
        check(
            "What stands in the way of improving it?",
            Some(Question::Block),
        );
        check(
            "How committed is your team to deciding by customers' outcomes?",
            Some(Question::Commitment),
        );
        check("How long have you worked here?", None);
    }
}
