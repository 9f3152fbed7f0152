//! The sample company: its files as a user would bring them, its truth, and its brief.

use crate::brief::brief;
use crate::error::{EngineError, Result};
use crate::outputs::Outputs;
use crate::request::{BriefRequest, Outcome, Progress, ReadingOptions, Step, go_on};
use serde::Serialize;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use throughline_domain::Table;
use throughline_domain::facts::Question;
use throughline_lake::TableFiles;
use throughline_sample::{
    Bank, CHAIN_COLUMNS, Counts, INITIATIVE_COLUMNS, MEASURE_COLUMNS, Plan, ROLE_COLUMNS,
    SIGNAL_COLUMNS, SIGNAL_TRUTH_COLUMNS, Size, UNIT_COLUMNS, VOICE_COLUMNS, VOICE_TRUTH_COLUMNS,
    VOTE_COLUMNS, VoiceKind, VoteRow,
};

/// Size of the sample company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoSize {
    /// 40,000 pieces of feedback, 2,500 answers.
    Small,
    /// 1,000,000 pieces of feedback, 100,000 answers.
    Large,
}

/// A demonstration to be made.
#[derive(Clone, Debug)]
pub struct DemoRequest {
    /// How much feedback.
    pub size: DemoSize,
    /// Seed of the company and of the brief.
    pub seed: u64,
    /// The folder to write to.
    pub out: PathBuf,
}

/// The folder of the sample company's files, inside the output folder.
const DATA: &str = "data";
/// The file of votes in it.
const VOTES: &str = "votes.csv";
/// Ideas that are put to a vote, at most.
const VOTED_ON: usize = 400;

/// Makes the sample company and its brief.
///
/// # Errors
/// If the folder can't be written, if the user stopped it, or for a fault of ours.
pub fn demo(request: &DemoRequest, progress: &dyn Progress) -> Result<Outcome> {
    let size = match request.size {
        DemoSize::Small => Size::Small,
        DemoSize::Large => Size::Large,
    };
    let plan = Plan::draw(size, request.seed);
    write_company(&plan, size.counts(), &request.out, progress, &|_| true)?;
    let mut request = company_request(&plan, &request.out, request.seed);
    request.tables.push(votes(&request.out));
    brief(&request, progress)
}

/// The same with a company of any size and bank of wordings, for benchmarks. Nobody's votes on ease are read; those on
/// what would help customers are where `voters_know` says how well those who vote know it
/// ([`Plan::with_voters_who_know`]).
///
/// # Errors
/// As [`demo`].
pub fn company(
    counts: Counts,
    seed: u64,
    bank: Option<Bank>,
    voters_know: Option<f64>,
    out: &Path,
) -> Result<Outcome> {
    let mut plan = Plan::draw_counts(counts, seed, bank);
    if let Some(known) = voters_know {
        plan = plan.with_voters_who_know(known);
    }
    let silent = crate::request::Silent;
    write_company(&plan, counts, out, &silent, &|vote| {
        vote.criterion == "impact"
    })?;
    let mut request = company_request(&plan, out, seed);
    request.tables.extend(voters_know.map(|_| votes(out)));
    brief(&request, &silent)
}

fn votes(out: &Path) -> TableFiles {
    TableFiles {
        table: Table::Votes,
        files: vec![out.join(DATA).join(VOTES)],
    }
}

fn company_request(plan: &Plan, out: &Path, seed: u64) -> BriefRequest {
    let data = out.join(DATA);
    let files = [
        (Table::Signals, "signals.csv"),
        (Table::Voice, "voice.csv"),
        (Table::Units, "units.csv"),
        (Table::Chain, "chain.csv"),
        (Table::Roles, "roles.csv"),
        (Table::Measures, "measures.csv"),
        (Table::Initiatives, "initiatives.csv"),
    ];
    BriefRequest {
        tables: files
            .into_iter()
            .map(|(table, name)| TableFiles {
                table,
                files: vec![data.join(name)],
            })
            .collect(),
        reading: ReadingOptions::default(),
        company: Some(plan.company().to_owned()),
        out: out.to_owned(),
        seed,
    }
}

fn unwritable(error: csv::Error) -> EngineError {
    match error.into_kind() {
        csv::ErrorKind::Io(source) => EngineError::Output {
            path: DATA.into(),
            source,
        },
        other => EngineError::Fault(format!("{other:?}")),
    }
}

type Writer = csv::Writer<BufWriter<File>>;

/// Writes the company's files and its truth, all or nothing; of votes those that are `cast`.
fn write_company(
    plan: &Plan,
    counts: Counts,
    out: &Path,
    progress: &dyn Progress,
    cast: &dyn Fn(&VoteRow<'_>) -> bool,
) -> Result<()> {
    progress.begin(
        Step::MakingSample,
        Some(u64::from(counts.signals) + u64::from(counts.answers)),
    );
    let mut outputs = Outputs::new(out)?;
    let mut open = |name: &str, header: &[&str]| -> Result<Writer> {
        let file = outputs.file(&format!("{DATA}/{name}"))?;
        let mut writer = csv::WriterBuilder::new()
            .has_headers(false)
            .from_writer(file);
        writer.write_record(header).map_err(unwritable)?;
        Ok(writer)
    };
    let mut signals = open("signals.csv", &SIGNAL_COLUMNS)?;
    let mut signals_truth = open("truth.signals.csv", &SIGNAL_TRUTH_COLUMNS)?;
    let mut voice = open("voice.csv", &VOICE_COLUMNS)?;
    let mut voice_truth = open("truth.voice.csv", &VOICE_TRUTH_COLUMNS)?;
    let mut units = open("units.csv", &UNIT_COLUMNS)?;
    let mut chain = open("chain.csv", &CHAIN_COLUMNS)?;
    let mut roles = open("roles.csv", &ROLE_COLUMNS)?;
    let mut measures = open("measures.csv", &MEASURE_COLUMNS)?;
    let mut initiatives = open("initiatives.csv", &INITIATIVE_COLUMNS)?;
    let mut votes = open(VOTES, &VOTE_COLUMNS)?;

    let mut done = 0u64;
    let mut tick = || -> Result<()> {
        done += 1;
        if done.is_multiple_of(4096) {
            progress.at(done);
            go_on(progress)?;
        }
        Ok(())
    };
    plan.signals(|row, truth| -> Result<()> {
        signals.serialize(row).map_err(unwritable)?;
        signals_truth
            .serialize((truth.id, truth.pains_joined))
            .map_err(unwritable)?;
        tick()
    })?;
    let mut ideas: Vec<(String, &str)> = Vec::new();
    plan.voice(|row, truth| -> Result<()> {
        let proposes = truth.kind == VoiceKind::Lever && row.question == Question::Idea.name();
        if proposes && ideas.len() < VOTED_ON {
            ideas.push((row.id.to_owned(), truth.key));
        }
        voice.serialize(row).map_err(unwritable)?;
        voice_truth.serialize(truth).map_err(unwritable)?;
        tick()
    })?;
    let truth = plan.truth();
    plan.votes(&truth, &ideas, |row| -> Result<()> {
        if cast(row) {
            votes.serialize(row).map_err(unwritable)?;
        }
        Ok(())
    })?;
    plan.measures(|row| -> Result<()> { measures.serialize(row).map_err(unwritable) })?;
    all(&mut units, plan.units())?;
    all(&mut chain, &plan.chain())?;
    all(&mut roles, &plan.roles())?;
    all(&mut initiatives, &plan.initiatives())?;
    let writers = [
        signals,
        signals_truth,
        voice,
        voice_truth,
        units,
        chain,
        roles,
        measures,
        initiatives,
        votes,
    ];
    for mut writer in writers {
        writer.flush().map_err(|source| EngineError::Output {
            path: DATA.into(),
            source,
        })?;
    }
    let mut file = outputs.file("truth.json")?;
    serde_json::to_writer_pretty(&mut file, &truth)
        .map_err(|error| EngineError::Fault(error.to_string()))?;
    file.flush().map_err(|source| EngineError::Output {
        path: "truth.json".into(),
        source,
    })?;
    outputs.commit()
}

fn all<R: Serialize>(writer: &mut Writer, rows: &[R]) -> Result<()> {
    rows.iter()
        .try_for_each(|row| writer.serialize(row).map_err(unwritable))
}
