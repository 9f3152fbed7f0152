//! Drafts to put through the gate.

use throughline_domain::brief::{
    Brief, Candidate, Ease, EaseFrom, Impact, Inputs, Lever, Method, Pain, ReviewState, Support,
    VotedBy,
};
use throughline_domain::estimate::Reason;
use throughline_domain::{Figure, Words};

/// A brief with nothing in it.
pub fn empty() -> Brief<Candidate> {
    Brief {
        company: None,
        first_day: None,
        last_day: None,
        employees: 0,
        standings: vec![],
        pains: vec![],
        levers: vec![],
        chosen: vec![],
        needs: vec![],
        strengths: vec![],
        matches: vec![],
        votes_agree: throughline_domain::Figure::Unknown(
            throughline_domain::estimate::Reason::NotAsked,
        ),
        gap_pains: vec![],
        gap_levers: vec![],
        ideas: vec![],
        chain: None,
        measures: vec![],
        links: vec![],
        commitment: None,
        initiatives: vec![],
        common_ground: vec![],
        notes: vec![],
        inputs: Inputs {
            import: Default::default(),
            method: Method {
                version: "test".into(),
                seed: 1,
                main_source: None,
                parameters: vec![],
            },
        },
        review: ReviewState::default(),
    }
}

/// A fix with so many people behind it, one quote each.
pub fn lever(id: &str, people: u64) -> Lever<Candidate> {
    Lever {
        id: id.into(),
        title: id.into(),
        words: vec![],
        support: Support {
            people,
            ideas: people,
            blocks: 0,
            units: 1,
            roles: 1,
            unit_names: vec![],
            role_names: vec![],
            steps_from_customer: vec![],
        },
        in_play_points: Figure::Unknown(Reason::NoMatch),
        in_play_share: Figure::Unknown(Reason::NoMatch),
        overlaps: vec![],
        alike: vec![],
        ease: Ease {
            figure: Figure::Unknown(Reason::NotAsked),
            from: EaseFrom::NotAsked,
        },
        impact: Impact {
            figure: Figure::Unknown(Reason::NotAsked),
            by: VotedBy::NotAsked,
        },
        rank: None,
        pains: vec![],
        first_step: None,
        quotes: (0..people)
            .map(|person| quote(&format!("{id} {person}"), person))
            .collect(),
        owner: None,
        titled_by_hand: false,
        named_after: None,
    }
}

/// Words of one person.
pub fn quote(words: &str, person: u64) -> Candidate {
    Candidate {
        words: Words::new(format!("please change the form {words}")),
        person: format!("person {person}"),
        from: "Branch North".into(),
        from_group: 4,
        title: None,
    }
}

/// A problem that customers named, of whom none is known.
pub fn pain(id: &str) -> Pain<Candidate> {
    let unknown = Figure::Unknown(Reason::NotAsked);
    Pain {
        id: id.into(),
        title: id.into(),
        words: vec![],
        mixed: false,
        comments: 40,
        reach: unknown.clone(),
        drag_points: unknown.clone(),
        size_points: unknown.clone(),
        severity: unknown.clone(),
        trend: unknown.clone(),
        months: vec![],
        value: unknown,
        customers: None,
        elsewhere: vec![],
        stages: vec![],
        units: vec![],
        quotes: vec![],
        owner: None,
    }
}
