//! Customer problems of the made-up insurer.

use super::{known, months, says, strings};
use throughline_domain::Figure;
use throughline_domain::brief::{Candidate, Pain, PainSource, Share};
use throughline_domain::estimate::Reason;

struct Problem {
    id: &'static str,
    title: &'static str,
    words: &'static [&'static str],
    reach: f64,
    drag: Figure,
    size: Figure,
    trend: Figure,
    value: f64,
    stages: &'static [(&'static str, f64)],
    quotes: &'static [&'static str],
}

const RESPONSES: u64 = 31_204;

fn pain(problem: Problem) -> Pain<Candidate> {
    let reach = problem.reach;
    let comments = (reach * RESPONSES as f64 * 1.15) as u64;
    Pain {
        id: problem.id.into(),
        title: problem.title.into(),
        words: strings(problem.words),
        mixed: false,
        comments,
        reach: known(reach, reach - 0.004, reach + 0.004, RESPONSES),
        drag_points: problem.drag,
        size_points: problem.size,
        severity: Figure::Unknown(Reason::NotAsked),
        trend: problem.trend,
        months: months(reach * 0.9, reach * 1.1, reach * 0.05, 0.01, 1_280),
        value: known(
            problem.value,
            problem.value * 0.96,
            problem.value * 1.04,
            comments,
        ),
        customers: Some(comments * 9 / 10),
        elsewhere: vec![PainSource {
            source: "Online reviews".into(),
            comments: comments / 14,
            reach: known(reach * 0.8, reach * 0.7, reach * 0.9, 2_961),
        }],
        stages: shares(problem.stages, comments),
        units: shares(
            &[
                ("Branch Holm", 0.14),
                ("Call centre West", 0.12),
                ("Claims Riverside", 0.08),
            ],
            comments,
        ),
        quotes: problem
            .quotes
            .iter()
            .enumerate()
            .map(|(at, words)| says(&format!("{}-{at}", problem.id), "March 2026", words))
            .collect(),
        owner: None,
    }
}

fn shares(parts: &[(&str, f64)], comments: u64) -> Vec<Share> {
    parts
        .iter()
        .map(|(name, share)| Share {
            name: (*name).to_owned(),
            share: *share,
            n: (comments as f64 * share) as u64,
        })
        .collect()
}

pub fn pains() -> Vec<Pain<Candidate>> {
    let mut pains = vec![
        pain(Problem {
            id: "p-waiting-phone",
            title: "waiting on the phone to get through",
            words: &["hold", "waiting", "phone", "queue", "music"],
            reach: 0.142,
            drag: known(31.2, 25.1, 37.3, 4_431),
            size: known(4.43, 3.42, 5.44, RESPONSES),
            trend: known(0.021, 0.009, 0.033, RESPONSES),
            value: 6_420_000.0,
            stages: &[("Getting help", 0.71), ("Making a claim", 0.29)],
            quotes: &[
                "Forty minutes of music before anyone picked up, and then I was cut off and had to begin again.",
                "You can never get through before ten in the morning.",
                "I gave up after half an hour and drove to the branch instead.",
            ],
        }),
        pain(Problem {
            id: "p-explain-again",
            title: "having to explain everything again to someone new",
            words: &[
                "again",
                "explain",
                "repeat",
                "transferred",
                "different person",
            ],
            reach: 0.097,
            drag: known(38.4, 29.7, 47.1, 3_027),
            size: known(3.72, 2.71, 4.73, RESPONSES),
            trend: known(0.004, -0.005, 0.013, RESPONSES),
            value: 4_380_000.0,
            stages: &[("Making a claim", 0.64), ("Getting help", 0.36)],
            quotes: &[
                "Every time I ring I speak to someone new and have to tell the whole story of the leak from the start.",
                "Passed round four people, none of whom could see what the last one had written.",
                "They asked me for the same photographs three times. Don't they talk to each other?",
            ],
        }),
        pain(Problem {
            id: "p-claim-news",
            title: "no news while a claim is open",
            words: &["update", "heard nothing", "chase", "weeks", "claim"],
            reach: 0.081,
            drag: known(40.6, 27.9, 53.3, 2_527),
            size: known(3.29, 2.18, 4.40, RESPONSES),
            trend: known(-0.014, -0.025, -0.003, RESPONSES),
            value: 3_910_000.0,
            stages: &[("Making a claim", 0.93), ("Getting paid", 0.07)],
            quotes: &[
                "Three weeks without a word. I only found out the surveyor had been cancelled because I rang.",
                "I don't mind waiting if somebody tells me what I am waiting for.",
            ],
        }),
        pain(Problem {
            id: "p-app-login",
            title: "can't log in to the app",
            words: &["app", "password", "log in", "locked out", "code"],
            reach: 0.049,
            drag: known(22.4, 10.5, 34.3, 1_529),
            size: known(1.10, 0.49, 1.71, RESPONSES),
            trend: known(0.012, 0.004, 0.020, RESPONSES),
            value: 1_730_000.0,
            stages: &[("Managing the policy", 0.88), ("Getting help", 0.12)],
            quotes: &[
                "Locked out again and the only way back in is to phone, which I was trying to avoid.",
                "The code never arrives and then it tells me I have tried too often.",
            ],
        }),
        pain(Problem {
            id: "p-letters",
            title: "letters that are hard to understand",
            words: &["letter", "wording", "jargon", "small print", "confusing"],
            reach: 0.056,
            drag: known(17.9, 7.2, 28.6, 1_747),
            size: known(1.00, 0.41, 1.59, RESPONSES),
            trend: known(-0.002, -0.010, 0.006, RESPONSES),
            value: 2_050_000.0,
            stages: &[("Renewing", 0.52), ("Making a claim", 0.48)],
            quotes: &[
                "I read the letter four times and still had to ring to ask whether I was covered or not.",
                "Seven pages to tell me that nothing has changed.",
            ],
        }),
        pain(Problem {
            id: "p-renewal-price",
            title: "renewal price goes up without a reason given",
            words: &["renewal", "price", "increase", "loyal", "quote"],
            reach: 0.063,
            drag: known(12.1, -0.8, 25.0, 1_966),
            size: known(0.76, -0.05, 1.57, RESPONSES),
            trend: known(0.018, 0.007, 0.029, RESPONSES),
            value: 2_290_000.0,
            stages: &[("Renewing", 0.97)],
            quotes: &[
                "Up by a fifth and nobody could tell me why, after nineteen years without a claim.",
                "New customers get it cheaper. That is no way to treat people who stay.",
            ],
        }),
        pain(Problem {
            id: "p-repairer",
            title: "repairer comes late or not at all",
            words: &["builder", "repairer", "no show", "appointment", "late"],
            reach: 0.024,
            drag: Figure::Unknown(Reason::Collinear),
            size: Figure::Unknown(Reason::Collinear),
            trend: Figure::Unknown(Reason::TooFewPeriods { n: 7, needed: 13 }),
            value: 1_120_000.0,
            stages: &[("Getting it repaired", 0.81), ("Making a claim", 0.19)],
            quotes: &["Took two days off work for a repairer who never came."],
        }),
    ];
    pains[0].owner = Some("Head of Service".into());
    pains
}
