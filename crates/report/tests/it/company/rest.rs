//! Standings, needs, strengths, the chain, numbers from teams and notes of the made-up insurer.

use super::{known, months, says, strings};
use throughline_domain::brief::{
    AdoptionPicture, Candidate, ChainPicture, Commitment, CommonGround, MeasurePicture, Need, Note,
    NoteKind, Praise, RoleWay, StagePicture, Standing,
};
use throughline_domain::estimate::Reason;
use throughline_domain::facts::{InitiativeKind, Side};
use throughline_domain::{Figure, Metric, Scale};

pub fn standings() -> Vec<Standing> {
    vec![
        Standing {
            source: "After-contact survey".into(),
            metric: Metric::Nps,
            scale: Some(Scale {
                low: 0.0,
                high: 10.0,
            }),
            score: known(23.41, 22.3, 24.5, 31_204),
            trend: known(-3.2, -5.3, -1.1, 31_204),
            months: months(26.5, 21.5, 0.9, 2.6, 1_280),
            responses: 31_204,
            comments: 24_880,
        },
        Standing {
            source: "Claims survey".into(),
            metric: Metric::Csat { cut: 4.0 },
            scale: Some(Scale {
                low: 1.0,
                high: 5.0,
            }),
            score: known(71.2, 69.4, 73.0, 4_102),
            trend: known(0.6, -1.9, 3.1, 4_102),
            months: Vec::new(),
            responses: 4_102,
            comments: 2_217,
        },
        Standing {
            source: "Online reviews".into(),
            metric: Metric::Mean,
            scale: None,
            score: Figure::Unknown(Reason::NoScores),
            trend: Figure::Unknown(Reason::NoScores),
            months: Vec::new(),
            responses: 2_961,
            comments: 2_961,
        },
    ]
}

pub fn needs() -> Vec<Need<Candidate>> {
    [
        (
            "n-rota",
            "rotas known earlier",
            142,
            "I learn on Thursday whether I work on Saturday.",
        ),
        (
            "n-pay",
            "pay that keeps up with the shop next door",
            203,
            "The supermarket pays more and nobody shouts at you there.",
        ),
        (
            "n-managers",
            "managers who have time to listen",
            96,
            "My manager has forty of us. I last had a talk with her in spring.",
        ),
        (
            "n-training",
            "training before a new system, not after",
            74,
            "The training came two weeks after the change.",
        ),
    ]
    .into_iter()
    .map(|(id, title, people, words)| Need {
        id: id.into(),
        title: title.into(),
        words: Vec::new(),
        people,
        quotes: vec![says(id, "Branch Holm", words)],
    })
    .collect()
}

pub fn ideas() -> Vec<Candidate> {
    [
        (
            "i-bench",
            "Put a bench outside the branch for people who queue before nine.",
        ),
        (
            "i-names",
            "Let us sign letters with our first names: customers ask for whom they spoke to.",
        ),
        (
            "i-map",
            "Print the bus lines on the back of the appointment card.",
        ),
    ]
    .map(|(id, words)| says(id, "", words))
    .to_vec()
}

pub fn strengths() -> Vec<Praise<Candidate>> {
    [
        (
            "s-kind",
            "kind people who take their time",
            0.121,
            "She stayed on the line until the plumber was at the door.",
        ),
        (
            "s-paid-fast",
            "paid quickly once it was agreed",
            0.064,
            "Money in the account two days later, without a fuss.",
        ),
        (
            "s-branch",
            "a branch to walk into",
            0.038,
            "Good to sit across from a person who knows the town.",
        ),
    ]
    .into_iter()
    .map(|(id, title, reach, words)| Praise {
        id: id.into(),
        title: title.into(),
        words: Vec::new(),
        comments: (reach * 31_204.0) as u64,
        reach: known(reach, reach - 0.004, reach + 0.004, 31_204),
        quotes: vec![says(id, "May 2026", words)],
    })
    .collect()
}

pub fn chain() -> ChainPicture {
    let stage = |name: &str, share: f64, pains: &[&str], served_by: &[&str]| StagePicture {
        stage: name.into(),
        share,
        pains: strings(pains),
        served_by: strings(served_by),
    };
    let role = |id: &str, title: &str, way: &[&str], reaches: &[&str]| RoleWay {
        role: id.into(),
        title: Some(title.into()),
        way: strings(way),
        steps: (!way.is_empty()).then(|| way.len().saturating_sub(2) as u32),
        reaches: strings(reaches),
    };
    ChainPicture {
        stages: vec![
            stage("Buying a policy", 0.04, &[], &["adviser"]),
            stage(
                "Managing the policy",
                0.11,
                &["p-app-login"],
                &["agent", "clerk"],
            ),
            stage(
                "Getting help",
                0.32,
                &["p-waiting-phone", "p-explain-again"],
                &["agent", "adviser"],
            ),
            stage(
                "Making a claim",
                0.35,
                &["p-claim-news", "p-explain-again"],
                &["handler"],
            ),
            stage("Getting it repaired", 0.05, &["p-repairer"], &["surveyor"]),
            stage(
                "Renewing",
                0.13,
                &["p-renewal-price", "p-letters"],
                &["clerk"],
            ),
        ],
        roles: vec![
            role(
                "agent",
                "Call agent",
                &["agent", "Getting help"],
                &["Getting help", "Managing the policy"],
            ),
            role(
                "adviser",
                "Branch adviser",
                &["adviser", "Getting help"],
                &["Getting help", "Buying a policy"],
            ),
            role(
                "handler",
                "Claims handler",
                &["handler", "Making a claim"],
                &["Making a claim"],
            ),
            role(
                "surveyor",
                "Surveyor",
                &["surveyor", "Getting it repaired"],
                &["Getting it repaired"],
            ),
            role(
                "clerk",
                "Policy clerk",
                &["clerk", "Renewing"],
                &["Renewing", "Managing the policy"],
            ),
            role(
                "post",
                "Post room",
                &["post", "clerk", "Renewing"],
                &["Renewing", "Managing the policy"],
            ),
            role(
                "it",
                "IT support",
                &["it", "agent", "Getting help"],
                &["Getting help", "Managing the policy", "Making a claim"],
            ),
            role(
                "payroll",
                "Payroll",
                &["payroll", "it", "agent", "Getting help"],
                &["Getting help"],
            ),
            role("archive", "Archive", &[], &[]),
        ],
        unconnected: strings(&["archive"]),
    }
}

pub fn measures() -> Vec<MeasurePicture> {
    vec![
        MeasurePicture {
            measure: "engagement".into(),
            side: Side::Employee,
            now: known(6.8, 6.6, 7.0, 58),
            period: "2026-10".into(),
            units: 58,
            periods: months(7.1, 6.8, 0.05, 0.2, 58),
        },
        MeasurePicture {
            measure: "sick days per person".into(),
            side: Side::Employee,
            now: known(0.92, 0.81, 1.03, 58),
            period: "2026-10".into(),
            units: 58,
            periods: months(0.7, 0.9, 0.05, 0.1, 58),
        },
        MeasurePicture {
            measure: "complaints per thousand policies".into(),
            side: Side::Customer,
            now: known(4.1, 3.6, 4.6, 58),
            period: "2026-10".into(),
            units: 58,
            periods: months(3.4, 4.1, 0.1, 0.4, 58),
        },
    ]
}

pub fn commitment() -> Commitment {
    Commitment {
        rating: known(3.6, 3.5, 3.7, 2_118),
        scale: Scale {
            low: 1.0,
            high: 5.0,
        },
        shares: vec![
            (1.0, 0.06),
            (2.0, 0.13),
            (3.0, 0.24),
            (4.0, 0.33),
            (5.0, 0.24),
        ],
    }
}

pub fn initiatives() -> Vec<AdoptionPicture> {
    let line = |name: &str, kind, spend: Option<f64>, adopted: Figure| AdoptionPicture {
        name: name.into(),
        kind,
        spend,
        eligible: Some(1_180.0),
        adopted,
    };
    vec![
        line(
            "new claims system",
            InitiativeKind::Technology,
            Some(2_400_000.0),
            known(0.41, 0.38, 0.44, 1_180),
        ),
        line(
            "call coaching",
            InitiativeKind::People,
            Some(180_000.0),
            known(0.77, 0.74, 0.80, 1_180),
        ),
        line(
            "morning stand-ups",
            InitiativeKind::Process,
            None,
            Figure::Unknown(Reason::NotAsked),
        ),
    ]
}

pub fn common_ground() -> Vec<CommonGround> {
    vec![CommonGround {
        lever: "f-claim-notes".into(),
        audiences: strings(&["claims handlers", "call agents", "branch advisers"]),
    }]
}

pub fn notes() -> Vec<Note> {
    use NoteKind::{Analyst, CannotTell, Data, Reading};
    [
        (CannotTell, "Whether any of these fixes helps: sizes show what goes with a problem, and only trying shows what helps."),
        (CannotTell, "Why renewal prices upset customers less than they are named: the range of their size holds zero."),
        (CannotTell, "What repairers coming late costs: it is always named together with news about a claim."),
        (CannotTell, "Anything about customers who left: they weren't asked."),
        (CannotTell, "Whether the app is worse in the north: only three teams there have enough responses."),
        (Reading, "Sizes hold the team and the month fixed, so that a bad month or a hard region isn't read as a problem."),
        (Data, "412 comments are in Welsh; they were kept apart, because the sorting knows English."),
        (Analyst, "Two problems were merged and one was renamed by a person."),
    ]
    .into_iter()
    .map(|(kind, text)| Note { kind, text: text.into() })
    .collect()
}
