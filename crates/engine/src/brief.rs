//! From files to the brief: the main job, step by step.

use crate::answers::{self, Answers};
use crate::conclude::{Inputs, conclude};
use crate::error::{EngineError, Result};
use crate::fit::fit;
use crate::outputs::Outputs;
use crate::repeated::once;
use crate::request::{BriefRequest, Outcome, Progress, Step, Watching, go_on};
use crate::review::{ASSIGNMENTS, PAIRS, judgements};
use crate::sample::draw;
use crate::scan::scan;
use crate::words_of_many::WordsOfMany;
use crate::workspace::Promised;
use crate::writing;
use throughline_disclosure::{Rules, names_a_person, release_brief};
use throughline_domain::Words;
use throughline_domain::brief::{Match, NoteKind};
use throughline_domain::facts::Voice;
use throughline_domain::import::ImportReport;

/// Reads the files of a request and writes the brief into its folder.
///
/// # Errors
/// Whatever a user can mend (a file, a flag, the output folder), with what to do; or a fault of
/// ours. Nothing half-written remains.
pub fn brief(request: &BriefRequest, progress: &dyn Progress) -> Result<Outcome> {
    run(request, None, progress)
}

/// The same; with a round, what was promised to its respondents is kept.
pub(crate) fn run(
    request: &BriefRequest,
    round: Option<&Promised>,
    progress: &dyn Progress,
) -> Result<Outcome> {
    let options = request.reading.parsed()?;
    spare_inputs(request)?;
    let mut outputs = Outputs::new(&request.out)?;
    let judged = judgements(&request.out)?;

    let facts = outputs.scratch("facts")?;
    let (tables, repeated) = once(&request.tables);
    let (lake, mut import) =
        throughline_lake::import(&tables, &options, &facts, &Watching::new(progress))
            .map_err(|error| Promised::without_words(round, error))?;
    import.notes.extend(repeated);
    go_on(progress)?;

    progress.begin(Step::Finding, None);
    let comments = import.sources.iter().map(|source| source.comments).sum();
    let sample = draw(&lake, comments, request.seed)?;
    let corrections = lake.themes()?;
    let fits = fit(&sample, &import.sources, &corrections, request.seed)?;
    go_on(progress)?;

    progress.begin(Step::Assigning, Some(lake.signals_len()));
    let pain_ids: Vec<String> = fits
        .pains
        .themes
        .iter()
        .map(|theme| theme.id.clone())
        .collect();
    let counted = scan(
        &lake,
        &fits.reader,
        &import.sources,
        &pain_ids,
        fits.strengths.themes.len(),
        outputs.file("signals.assigned.csv")?,
        progress,
    )?;

    progress.begin(Step::Concluding, None);
    let voice = lake.voice()?;
    let rules = round.map_or_else(Rules::default, |round| round.rules);
    let names = match round {
        // Moderators read what may be quoted; the rest is told by as many as words are shown of.
        Some(round) => WordsOfMany::of(&voice, rules.minimum_comments, &|id| {
            round.quotable.contains(id)
        }),
        None => WordsOfMany::of(&voice, rules.minimum_comments, &|_| false),
    };
    let comments = sample.iter().map(|row| row.comment.for_analysis());
    let names = names.with_customers(comments, rules.minimum_comments);
    let may_quote = |row: &Voice| match round {
        Some(round) => round.quotable.contains(&row.id),
        // Nobody has read a file: whoever is named in it, and whoever looks as if, isn't quoted.
        None => {
            let words = row.text.as_ref().map(Words::for_analysis);
            words.is_some_and(|words| !names_a_person(words) && !names.has_strange_capitals(words))
        }
    };
    let mut answers = answers::read(
        &voice,
        &answers::Reading {
            corrections: &corrections,
            may_quote: &may_quote,
            names: &names,
            problems: &fits.pains.themes,
            seed: request.seed,
        },
    );
    if let Some(round) = round {
        round.forget_few(&mut answers);
    }
    go_on(progress)?;
    let conclusion = conclude(&Inputs {
        request,
        lake: &lake,
        import: &import,
        sample: &sample,
        fits: &fits,
        counted: &counted,
        answers: &answers,
        voice: &voice,
        names: &names,
        rules,
        of_a_round: round.is_some(),
        corrections: &corrections,
        judged: &judged,
    })?;
    go_on(progress)?;

    progress.begin(Step::Writing, None);
    let released = if let Some(round) = round {
        let mut draft = conclusion.draft;
        Promised::without_roles(&mut draft);
        let released = release_brief(draft, &rules);
        let shown = |found: &Match| released.levers.iter().any(|lever| lever.id == found.lever);
        let matches: Vec<Match> = conclusion.matches.into_iter().filter(shown).collect();
        writing::write_matches(&mut outputs, &matches)?;
        outputs.write("rejects.csv", &round.customers_rejects(&lake)?)?;
        released
    } else {
        let mut samples =
            writing::review_samples(&conclusion, &sample, &fits, &answers, &rules, request)?;
        writing::write_assigned(&mut outputs, &voice, &answers)?;
        writing::write_matches(&mut outputs, &conclusion.matches)?;
        outputs.adopt(&lake.rejects().0, "rejects.csv")?;
        let released = release_brief(conclusion.draft, &rules);
        samples.title_as(&released);
        writing::write_review(&mut outputs, &samples)?;
        released
    };
    writing::write_released(&mut outputs, &released)?;
    writing::write_units_todo(&mut outputs, &import)?;
    go_on(progress)?;
    outputs.commit()?;
    progress.end();
    let summary = summary(&released, &import, &answers);
    Ok(Outcome { import, summary })
}

/// Refuses to write over a file that is to be read.
fn spare_inputs(request: &BriefRequest) -> Result<()> {
    const WRITTEN: [&str; 10] = [
        "brief.html",
        "brief.json",
        "signals.assigned.csv",
        "voice.assigned.csv",
        "needs.assigned.csv",
        "matches.csv",
        "rejects.csv",
        writing::UNITS_TODO,
        ASSIGNMENTS,
        PAIRS,
    ];
    let Ok(out) = request.out.canonicalize() else {
        return Ok(());
    };
    for file in request.tables.iter().flat_map(|table| &table.files) {
        let Ok(file) = file.canonicalize() else {
            continue;
        };
        if WRITTEN.iter().any(|name| out.join(name) == file) {
            return Err(EngineError::Request {
                what: format!(
                    "`{}` is to be read, and the brief would be written over it",
                    file.display()
                ),
                hint: "choose another folder with `--out`, or copy the file out of this one first",
            });
        }
    }
    Ok(())
}

/// A few lines for the person at the terminal.
fn summary(
    brief: &throughline_domain::Brief<throughline_domain::brief::Quote>,
    import: &ImportReport,
    answers: &Answers,
) -> Vec<String> {
    let responses: u64 = brief
        .standings
        .iter()
        .map(|standing| standing.responses)
        .sum();
    let counted = |n: usize, one: &str, many: &str| match n {
        1 => format!("1 {one}"),
        n => format!("{n} {many}"),
    };
    let mut first = format!(
        "{} in {} from {}",
        counted(brief.pains.len(), "customer problem", "customer problems"),
        counted(responses as usize, "response", "responses"),
        counted(import.sources.len(), "source", "sources"),
    );
    if answers.written > 0 {
        first.push_str(&format!(
            "; {} and {} in {}",
            counted(brief.levers.len(), "proposed fix", "proposed fixes"),
            counted(brief.needs.len(), "staff need", "staff needs"),
            counted(
                answers.written as usize,
                "written answer",
                "written answers"
            ),
        ));
    }
    if answers.about_a_person > 0 {
        first.push_str(&format!(
            "; {} about a named person left out",
            counted(answers.about_a_person as usize, "answer", "answers")
        ));
    }
    let mut lines = vec![first];
    // Numbered as on the page.
    let chosen = brief
        .chosen
        .iter()
        .filter_map(|id| brief.levers.iter().find(|lever| lever.id == *id));
    lines.extend(
        (1..)
            .zip(chosen)
            .map(|(number, lever)| format!("  {number}. {}", lever.title)),
    );
    // What the analyst can mend in her files.
    let for_analyst = brief
        .notes
        .iter()
        .filter(|note| note.kind == NoteKind::Analyst);
    lines.extend(for_analyst.map(|note| format!("note: {}", note.text)));
    lines
}
