//! The same insurer with less to go on.

use super::{full, says};
use throughline_domain::brief::{Brief, Candidate, NoteKind, ReviewState};
use throughline_domain::estimate::Reason;
use throughline_domain::{Estimate, Figure, Metric, Scale, Table};

/// Comments without any score.
pub fn no_scores() -> Brief<Candidate> {
    let mut draft = full();
    draft.standings.truncate(1);
    draft.standings[0].score = Figure::Unknown(Reason::NoScores);
    draft.standings[0].trend = Figure::Unknown(Reason::NoScores);
    draft.standings[0].months.clear();
    for pain in &mut draft.pains {
        pain.drag_points = Figure::Unknown(Reason::NoScores);
        pain.size_points = Figure::Unknown(Reason::NoScores);
        pain.value = Figure::Unknown(Reason::NoValues);
        pain.customers = None;
    }
    for lever in &mut draft.levers {
        lever.in_play_points = Figure::Unknown(Reason::NoScores);
    }
    draft
}

/// Scores coded from the text, three units, no dates: severity without intervals, weak matches.
pub fn severity_only() -> Brief<Candidate> {
    let mut draft = full();
    let units = || Reason::TooFewUnits { n: 3, needed: 10 };
    draft.company = None;
    draft.first_day = None;
    draft.last_day = None;
    draft.standings.truncate(1);
    let main = &mut draft.standings[0];
    main.source = "phase1_text_data.csv".into();
    main.metric = Metric::Coded;
    main.scale = Some(Scale {
        low: -5.0,
        high: 5.0,
    });
    main.score = Figure::Known(Estimate::without_interval(-1.62, units(), 2_307, "mean"));
    main.trend = Figure::Unknown(Reason::TooFewPeriods { n: 0, needed: 13 });
    main.months.clear();
    draft.inputs.method.main_source = Some(main.source.clone());
    for pain in &mut draft.pains {
        let reach = pain.reach.value().unwrap_or(0.1);
        pain.reach = Figure::Known(Estimate::without_interval(reach, units(), 2_307, "share"));
        pain.drag_points = Figure::Unknown(Reason::ScoreCodedFromText);
        pain.size_points = Figure::Unknown(Reason::ScoreCodedFromText);
        pain.severity = Figure::Known(Estimate::without_interval(
            -1.0 - reach * 9.0,
            units(),
            pain.comments,
            "mean",
        ));
        pain.trend = Figure::Unknown(Reason::TooFewPeriods { n: 0, needed: 13 });
        pain.months.clear();
        pain.value = Figure::Unknown(Reason::NoValues);
        pain.customers = None;
        pain.stages.clear();
        pain.units.clear();
        pain.elsewhere.clear();
    }
    for lever in &mut draft.levers {
        lever.in_play_points = Figure::Unknown(Reason::ScoreCodedFromText);
        lever.in_play_share = Figure::Unknown(Reason::NoMatch);
        lever.rank = None;
        lever.pains.clear();
        lever.overlaps.clear();
        lever.ease.figure = Figure::Unknown(Reason::NotAsked);
        lever.ease.from = throughline_domain::brief::EaseFrom::NotAsked;
    }
    draft.matches.retain(|one| one.pain == "p-letters");
    for one in &mut draft.matches {
        one.strength = throughline_domain::brief::Strength::Weak;
        one.probability = None;
    }
    draft.chosen.clear();
    draft.gap_pains = draft.pains.iter().map(|pain| pain.id.clone()).collect();
    draft.gap_levers = draft.levers.iter().map(|lever| lever.id.clone()).collect();
    draft.chain = None;
    draft.measures.clear();
    draft.initiatives.clear();
    draft.commitment = None;
    draft.review = ReviewState::default();
    draft
}

/// Customers were heard, employees weren't asked.
pub fn no_answers() -> Brief<Candidate> {
    let mut draft = full();
    draft.levers.clear();
    draft.chosen.clear();
    draft.needs.clear();
    draft.matches.clear();
    draft.gap_levers.clear();
    draft.gap_pains = draft.pains.iter().map(|pain| pain.id.clone()).collect();
    draft.common_ground.clear();
    draft.commitment = None;
    draft
        .inputs
        .import
        .files
        .retain(|file| file.table != Table::Voice);
    draft
}

/// Customers were heard for half a year.
pub fn half_a_year() -> Brief<Candidate> {
    let mut draft = full();
    let months = &mut draft.standings[0].months;
    months.drain(..months.len() - 6);
    draft
}

/// Customers were heard for a year, in some months too few to be shown.
pub fn some_months() -> Brief<Candidate> {
    let mut draft = full();
    let months = &mut draft.standings[0].months;
    months.drain(..months.len() - 12);
    months.drain(3..9);
    draft
}

/// Both sides were heard, and no problem stands out.
pub fn nothing_found() -> Brief<Candidate> {
    let mut draft = full();
    draft.pains.clear();
    draft.matches.clear();
    draft.chosen.clear();
    draft.gap_pains.clear();
    draft.strengths.clear();
    draft.chain = None;
    for lever in &mut draft.levers {
        lever.in_play_points = Figure::Unknown(Reason::NoMatch);
        lever.in_play_share = Figure::Unknown(Reason::NoMatch);
        lever.pains.clear();
        lever.overlaps.clear();
        lever.rank = None;
    }
    draft.gap_levers = draft.levers.iter().map(|lever| lever.id.clone()).collect();
    draft
}

/// One response, and nothing else.
pub fn one_response() -> Brief<Candidate> {
    let mut draft = nothing_found();
    draft.company = None;
    draft.last_day.clone_from(&draft.first_day);
    draft.standings.truncate(1);
    let main = &mut draft.standings[0];
    main.score = Figure::Unknown(Reason::TooFewResponses { n: 1, needed: 30 });
    main.trend = Figure::Unknown(Reason::TooFewPeriods { n: 1, needed: 13 });
    main.months.clear();
    main.responses = 1;
    main.comments = 1;
    draft.levers.clear();
    draft.gap_levers.clear();
    draft.needs.clear();
    draft.measures.clear();
    draft.commitment = None;
    draft.initiatives.clear();
    draft.common_ground.clear();
    draft.notes.retain(|note| note.kind == NoteKind::Reading);
    draft.inputs.import.files.truncate(1);
    draft.inputs.import.files[0].rows_kept = 1;
    draft.inputs.import.sources.truncate(1);
    draft.review = ReviewState::default();
    draft
}

/// As the full case, with everything as long as people make it.
pub fn long_words() -> Brief<Candidate> {
    let mut draft = full();
    for (at, pain) in draft.pains.iter_mut().enumerate() {
        pain.title = format!("{} and nobody seems to take it seriously", pain.title);
        pain.quotes = vec![says(
            &format!("long-{at}"),
            "Branch Holm, March 2026",
            "I have been a customer for thirty-one years and in all this time I have never had to \
             ring so often about one and the same thing, and each time I am told that somebody is \
             going to look into it and ring me back before the week is out, which then nobody \
             does, so that in the end it is always me who has to begin from the start.",
        )];
    }
    for (at, lever) in draft.levers.iter_mut().enumerate() {
        lever.title = format!("{} in all branches and in the claims office", lever.title);
        lever.support.role_names = vec![
            "Senior household claims handler (complex cases)".into(),
            "Regional customer relations coordinator".into(),
        ];
        lever.first_step = Some(says(
            &format!("long-step-{at}"),
            "Claims Riverside",
            "Sit down with the three teams that touch it most and go through ten cases of last \
             month together, write down where each of them lay and for how long, and then change \
             the one step that everybody in the room already knows is of no use to anybody at all.",
        ));
    }
    for note in &mut draft.notes {
        note.text = format!(
            "{} More months, or the same questions asked in the branches that were left out, would \
             let us say more about this in the next brief.",
            note.text
        );
    }
    draft.company =
        Some("The Harbour and Vale Mutual Insurance and Savings Society Limited".into());
    draft
}

/// A draft in which one customer and one employee write what must not become markup.
#[allow(
    dead_code,
    reason = "the example `preview` shares this file and shows other companies"
)]
pub fn hostile() -> Brief<Candidate> {
    let mut draft = full();
    let markup = "<script>alert('x')</script> & \"quoted\" <b>bold words here</b>";
    draft.pains[0].quotes = vec![says("evil", "Branch <Holm>", markup)];
    draft.pains[0].title = "waiting </title></style><script>".into();
    draft.levers[0].title = "cost $5 & more <img src=x onerror=alert(1)>".into();
    draft.company = Some("A & B <script>".into());
    draft
}
