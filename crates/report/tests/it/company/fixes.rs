//! Proposed fixes of the made-up insurer and their matches.

use super::{known, says, strings};
use throughline_domain::Figure;
use throughline_domain::brief::{
    Candidate, Ease, EaseFrom, Impact, Lever, LeverPain, Match, Rank, Strength, Support, VotedBy,
};
use throughline_domain::estimate::Reason;

struct Fix {
    id: &'static str,
    title: &'static str,
    words: &'static [&'static str],
    people: u64,
    units: u64,
    roles: &'static [&'static str],
    in_play: Figure,
    ease: Option<(f64, f64, f64)>,
    impact: Option<(f64, f64, f64)>,
    rank: Option<(u32, u32, u32, f64)>,
    pains: &'static [(&'static str, Strength, bool)],
    overlaps: &'static [&'static str],
    first_step: &'static str,
    quotes: &'static [&'static str],
}

fn lever(fix: Fix) -> Lever<Candidate> {
    let people = fix.people;
    Lever {
        id: fix.id.into(),
        title: fix.title.into(),
        words: strings(fix.words),
        support: Support {
            people,
            ideas: people * 2 / 3,
            blocks: people / 2,
            units: fix.units,
            roles: fix.roles.len() as u64 + 2,
            unit_names: strings(&["Claims Riverside", "Call centre West", "Branch Holm"]),
            role_names: strings(fix.roles),
            steps_from_customer: vec![(0, people * 3 / 5), (1, people / 5), (2, people / 6)],
        },
        in_play_points: fix.in_play,
        in_play_share: match fix.pains.len() {
            0 => Figure::Unknown(Reason::NoMatch),
            n => {
                let share = 0.06 * n as f64 + people as f64 / 5_000.0;
                known(share, share - 0.01, share + 0.01, 31_204)
            }
        },
        overlaps: strings(fix.overlaps),
        alike: match fix.id {
            "f-claim-notes" => strings(&["f-progress-text"]),
            "f-progress-text" => strings(&["f-claim-notes"]),
            _ => Vec::new(),
        },
        ease: match fix.ease {
            Some((value, low, high)) => Ease {
                figure: known(value, low, high, 212),
                from: EaseFrom::Votes,
            },
            None => Ease {
                figure: Figure::Unknown(Reason::NotAsked),
                from: EaseFrom::NotAsked,
            },
        },
        impact: match fix.impact {
            Some((value, low, high)) => Impact {
                figure: known(value, low, high, 118),
                by: VotedBy::Pairs,
            },
            None => Impact {
                figure: Figure::Unknown(Reason::NotAsked),
                by: VotedBy::NotAsked,
            },
        },
        rank: fix.rank.map(|(place, low, high, top5_probability)| Rank {
            place,
            low,
            high,
            top5_probability,
        }),
        pains: fix
            .pains
            .iter()
            .map(|(id, strength, shared)| LeverPain {
                id: (*id).to_owned(),
                strength: *strength,
                shared: *shared,
            })
            .collect(),
        first_step: Some(says(&format!("{}-first", fix.id), "Claims", fix.first_step)),
        quotes: fix
            .quotes
            .iter()
            .enumerate()
            .map(|(at, words)| says(&format!("{}-{at}", fix.id), "Claims Riverside", words))
            .collect(),
        owner: None,
        titled_by_hand: false,
        named_after: None,
    }
}

pub fn levers() -> Vec<Lever<Candidate>> {
    use Strength::{Some as Fair, Strong, Weak};
    let mut levers = vec![
        lever(Fix {
            id: "f-claim-notes",
            title: "one set of claim notes that everyone can see",
            words: &["notes", "system", "see", "history", "shared"],
            people: 118,
            units: 14,
            roles: &["Claims handler", "Call agent", "Branch adviser"],
            in_play: known(5.86, 4.31, 7.41, 31_204),
            ease: Some((0.64, 0.57, 0.71)),
            impact: Some((0.58, 0.49, 0.66)),
            rank: Some((1, 1, 3, 0.992)),
            pains: &[
                ("p-explain-again", Strong, true),
                ("p-claim-news", Fair, true),
            ],
            overlaps: &["f-progress-text", "f-finish-case"],
            first_step: "Give the call centre read access to the claims notes. It is one tick box and would save us half the transfers.",
            quotes: &[
                "I type the same thing into three screens and the branch still can't see it.",
                "Customers read their own e-mails to us because our notes stop at the team's door.",
                "We keep a paper book because the system drops notes after thirty days.",
            ],
        }),
        lever(Fix {
            id: "f-call-back",
            title: "offer to call back instead of holding",
            words: &["call back", "queue", "hold", "ring back"],
            people: 86,
            units: 9,
            roles: &["Call agent", "Team leader"],
            in_play: known(4.43, 3.42, 5.44, 31_204),
            ease: Some((0.71, 0.64, 0.78)),
            impact: Some((0.74, 0.66, 0.81)),
            rank: Some((2, 1, 4, 0.978)),
            pains: &[("p-waiting-phone", Strong, false)],
            overlaps: &[],
            first_step: "The phone system can already do it, it was switched off in the last update. Try it on Monday mornings.",
            quotes: &[
                "People shout at us for the wait before they say why they rang.",
                "Monday is always the worst and we all know it by Friday.",
            ],
        }),
        lever(Fix {
            id: "f-progress-text",
            title: "send a text at each step of a claim",
            words: &["text", "update", "message", "progress"],
            people: 64,
            units: 11,
            roles: &["Claims handler", "Call agent"],
            in_play: known(3.29, 2.18, 4.40, 31_204),
            ease: Some((0.78, 0.71, 0.85)),
            impact: Some((0.45, 0.36, 0.54)),
            rank: Some((3, 1, 5, 0.941)),
            pains: &[
                ("p-claim-news", Strong, true),
                ("p-waiting-phone", Weak, false),
            ],
            overlaps: &["f-claim-notes"],
            first_step: "Begin with two texts: we have your claim, and the surveyor is booked for this day.",
            quotes: &["Half of our calls are people asking where their claim is."],
        }),
        lever(Fix {
            id: "f-finish-case",
            title: "let whoever takes the call finish the case",
            words: &["authority", "limit", "approve", "finish", "hand over"],
            people: 73,
            units: 12,
            roles: &["Call agent", "Branch adviser"],
            in_play: known(3.72, 2.71, 4.73, 31_204),
            ease: Some((0.38, 0.30, 0.46)),
            impact: Some((0.45, 0.36, 0.54)),
            rank: Some((4, 2, 6, 0.842)),
            pains: &[("p-explain-again", Strong, true)],
            overlaps: &["f-claim-notes"],
            first_step: "Let us pay claims under 300 without asking. We ask, and the answer is always yes.",
            quotes: &[
                "I know what to do and have to send them to somebody who knows less about it.",
                "My limit hasn't changed in eleven years.",
            ],
        }),
        lever(Fix {
            id: "f-plain-letters",
            title: "rewrite the ten letters that cause most calls",
            words: &["letter", "wording", "plain", "template"],
            people: 41,
            units: 7,
            roles: &["Branch adviser", "Policy clerk"],
            in_play: known(1.00, 0.41, 1.59, 31_204),
            ease: Some((0.83, 0.76, 0.90)),
            impact: None,
            rank: Some((5, 3, 7, 0.713)),
            pains: &[("p-letters", Strong, false)],
            overlaps: &[],
            first_step: "Start with the renewal letter. I answer the same question about paragraph two all day.",
            quotes: &["We translate our own letters for customers on the phone."],
        }),
        lever(Fix {
            id: "f-password-reset",
            title: "password reset without a call",
            words: &["password", "reset", "app", "code"],
            people: 29,
            units: 5,
            roles: &["Call agent"],
            in_play: known(1.10, 0.49, 1.71, 31_204),
            ease: Some((0.52, 0.43, 0.61)),
            impact: None,
            rank: Some((6, 4, 7, 0.463)),
            pains: &[("p-app-login", Strong, false)],
            overlaps: &[],
            first_step: "Send the code by text as well as by e-mail.",
            quotes: &["One call in eight is a password."],
        }),
        lever(Fix {
            id: "f-repairer-diary",
            title: "see repairers' diaries while the customer is on the phone",
            words: &["repairer", "diary", "booking", "appointment"],
            people: 22,
            units: 4,
            roles: &["Claims handler"],
            in_play: Figure::Unknown(Reason::Collinear),
            ease: Some((0.31, 0.22, 0.40)),
            impact: None,
            rank: None,
            pains: &[("p-repairer", Strong, false)],
            overlaps: &[],
            first_step: "Ask the three largest repair firms to share their calendar with us.",
            quotes: &[],
        }),
        lever(Fix {
            id: "f-two-screens",
            title: "two screens for everyone in claims",
            words: &["screen", "monitor", "desk"],
            people: 34,
            units: 3,
            roles: &["Claims handler", "Surveyor"],
            in_play: Figure::Unknown(Reason::NoMatch),
            ease: Some((0.88, 0.82, 0.94)),
            impact: None,
            rank: None,
            pains: &[],
            overlaps: &[],
            first_step: "There are forty spare screens in the basement of the old office.",
            quotes: &["I print claims to compare them with the policy."],
        }),
        lever(Fix {
            id: "f-quiet-room",
            title: "a quiet place for difficult calls",
            words: &["quiet", "room", "noise"],
            people: 4,
            units: 1,
            roles: &[],
            in_play: Figure::Unknown(Reason::NoMatch),
            ease: None,
            impact: None,
            rank: None,
            pains: &[],
            overlaps: &[],
            first_step: "Use meeting room two.",
            quotes: &[],
        }),
    ];
    levers[1].owner = Some("Service desk".into());
    levers
}

struct Pair(
    &'static str,
    &'static str,
    Strength,
    f64,
    Option<f64>,
    &'static str,
);

pub fn matches() -> Vec<Match> {
    use Strength::{Some as Fair, Strong, Weak};
    [
        Pair("p-explain-again", "f-claim-notes", Strong, 0.91, Some(0.88), "Both speak of notes that others can't see. Most of those who propose it serve the step where the problem is felt, and teams that name it have more of the problem (41 teams)."),
        Pair("p-waiting-phone", "f-call-back", Strong, 0.89, Some(0.87), "Both speak of holding in the queue. Those who propose it answer these calls."),
        Pair("p-claim-news", "f-progress-text", Strong, 0.86, Some(0.84), "Both speak of news about an open claim. Those who propose it handle claims."),
        Pair("p-letters", "f-plain-letters", Strong, 0.84, Some(0.82), "Both speak of the wording of letters."),
        Pair("p-explain-again", "f-finish-case", Strong, 0.81, Some(0.80), "Both speak of being passed on. Teams that name it have more of the problem (38 teams)."),
        Pair("p-app-login", "f-password-reset", Strong, 0.80, Some(0.79), "Both speak of passwords and codes."),
        Pair("p-repairer", "f-repairer-diary", Strong, 0.77, Some(0.74), "Both speak of appointments with repairers."),
        Pair("p-claim-news", "f-claim-notes", Fair, 0.58, Some(0.55), "Near in meaning: notes and news about the same claim. Place and teams say nothing either way."),
        Pair("p-waiting-phone", "f-progress-text", Weak, 0.31, Some(0.24), "Only near in meaning: calls about progress are part of the queue."),
        Pair("p-letters", "f-progress-text", Weak, 0.28, None, "Only near in meaning."),
    ]
    .into_iter()
    .map(|Pair(pain, lever, strength, score, probability, because)| Match {
        pain: pain.into(),
        lever: lever.into(),
        strength,
        score,
        probability,
        meaning: score * 0.9,
        centres: score * 0.8,
        bridge: 0.05,
        topics: 0.2,
        words: 0.21,
        place: Some(0.8),
        movement: Some(0.31),
        movement_units: 41,
        movement_evidence: Some(0.62),
        expected: None,
        because: because.into(),
    })
    .collect()
}
