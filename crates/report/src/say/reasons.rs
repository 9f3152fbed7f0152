//! Why a figure is missing, for a reader: the domain's words with readers' nouns and plurals.

use super::numbers::plural;
use throughline_domain::estimate::Reason;

/// The reason, without a full stop and without a capital.
pub(crate) fn why(reason: &Reason) -> String {
    let few = |n: usize, one: &str, many: &str| match n {
        0 => format!("no {many}"),
        n => format!("only {}", plural(n as u64, one, many)),
    };
    match reason {
        Reason::TooFewUnits { n, needed } => {
            format!(
                "{} in the data; an interval needs {needed}",
                few(*n, "team", "teams")
            )
        }
        Reason::TooFewResponses { n, needed } => {
            format!("{}; {needed} are needed", few(*n, "response", "responses"))
        }
        Reason::TooFewPeriods { n, needed } => {
            format!(
                "{}; a trend needs {needed}",
                few(*n, "dated period", "dated periods")
            )
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_have_their_plurals_and_readers_nouns() {
        for (reason, expected) in [
            (
                Reason::TooFewUnits { n: 1, needed: 10 },
                "only 1 team in the data; an interval needs 10",
            ),
            (
                Reason::TooFewResponses { n: 1, needed: 30 },
                "only 1 response; 30 are needed",
            ),
            (
                Reason::TooFewPeriods { n: 0, needed: 13 },
                "no dated periods; a trend needs 13",
            ),
            (
                Reason::SortedWrong {
                    right: 0,
                    judged: 6,
                },
                "a person judged 6 of its comments, and none names it: rename, merge or hide it in the themes file",
            ),
            (
                Reason::TooFewFixes { n: 0, needed: 10 },
                "no fix has both votes that tell more than chance and a problem of known size to answer; 10 are needed",
            ),
            (Reason::NotAsked, "not asked"),
        ] {
            assert_eq!(why(&reason), expected);
        }
    }
}
