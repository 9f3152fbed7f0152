//! Words in cells that say what a vote was: yes and no, ties, and where nobody could decide.

/// What a cell of the column of ties says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    /// One was chosen.
    Chosen,
    /// Both were held equal.
    Equal,
    /// Nobody could decide: no vote.
    Undecided,
}

fn plain(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|letter| letter.is_alphanumeric() || "+-".contains(*letter));
    kept.flat_map(char::to_lowercase).collect()
}

/// Reads a cell of the column of ties.
pub(super) fn tie(text: &str) -> Option<Tie> {
    Some(match plain(text).as_str() {
        "" | "0" | "false" | "f" | "no" | "n" | "win" | "won" | "winner" | "chosen" | "choice" => {
            Tie::Chosen
        }
        "1" | "true" | "t" | "yes" | "y" | "tie" | "tied" | "draw" | "equal" | "both" | "same" => {
            Tie::Equal
        }
        "cantdecide" | "cannotdecide" | "undecided" | "skip" | "skipped" | "pass" | "unsure"
        | "dontknow" | "neither" => Tie::Undecided,
        _ => return None,
    })
}

/// Reads a cell that says whether a row counts.
pub(super) fn truth(text: &str) -> Option<bool> {
    Some(match plain(text).as_str() {
        "1" | "true" | "t" | "yes" | "y" | "valid" => true,
        "0" | "false" | "f" | "no" | "n" | "invalid" => false,
        _ => return None,
    })
}

/// Reads a vote: for (1), against (-1) or neither (0).
pub(super) fn say(text: &str) -> Option<i8> {
    Some(match plain(text).as_str() {
        "1" | "+1" | "yes" | "y" | "agree" | "for" | "true" | "up" => 1,
        "-1" | "no" | "n" | "disagree" | "against" | "false" | "down" => -1,
        "0" | "pass" | "passed" | "skip" | "unsure" | "neutral" | "dontknow" => 0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_votes() {
        assert_eq!(tie("Can't decide"), Some(Tie::Undecided));
        assert_eq!(tie("TRUE"), Some(Tie::Equal));
        assert_eq!(tie("0"), Some(Tie::Chosen));
        assert_eq!(tie("perhaps"), None);
        assert_eq!(
            (say("-1"), say("Agree"), say("pass")),
            (Some(-1), Some(1), Some(0))
        );
        assert_eq!(say("2"), None);
        assert_eq!((truth("FALSE"), truth("maybe")), (Some(false), None));
    }
}
