//! Imports files from the command line and says what was found: for measuring, and for looking at a
//! file's report. `import OUT [--map t.f=c]… [--preset P] [--date-order O] [--scale S] [--scan]
//! [--rejects] [--quiet] TABLE=FILE…`

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use throughline_domain::facts::Table;
use throughline_lake::{
    FieldMap, ImportOptions, Lake, LakeError, TableFiles, Unwatched, import, parse_scale,
};

struct Asked {
    out: PathBuf,
    tables: Vec<TableFiles>,
    options: ImportOptions,
    scan: bool,
    quiet: bool,
}

fn asked() -> Result<Asked, Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let mut asked = Asked {
        out: words
            .next()
            .ok_or("which folder are the facts for?")?
            .into(),
        tables: Vec::new(),
        options: ImportOptions::default(),
        scan: false,
        quiet: false,
    };
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("`{word}` needs a value"));
        match word.as_str() {
            "--map" => asked.options.maps.push(value()?.parse::<FieldMap>()?),
            "--preset" => asked.options.preset = Some(value()?.parse()?),
            "--date-order" => asked.options.date_order = Some(value()?.parse()?),
            "--scale" => asked.options.scale = Some(parse_scale(&value()?)?),
            "--staff-names" => asked.options.staff_names = Some(value()?.into()),
            "--allow-rejects" => asked.options.allow_rejects = true,
            "--scan" => asked.scan = true,
            "--quiet" => asked.quiet = true,
            _ => {
                let (table, file) = word
                    .split_once('=')
                    .ok_or(format!("`{word}` is not TABLE=FILE"))?;
                let table = Table::ALL
                    .into_iter()
                    .find(|known| known.name() == table)
                    .ok_or("no such table")?;
                asked.tables.push(TableFiles {
                    table,
                    files: vec![file.into()],
                });
            }
        }
    }
    Ok(asked)
}

fn scan(out: &Path) -> Result<(), LakeError> {
    let lake = Lake::open(out)?;
    let start = Instant::now();
    let (mut rows, mut bytes) = (0, 0);
    lake.scan_signals(&mut |batch| {
        rows += batch.len();
        bytes += (0..batch.len())
            .map(|row| batch.row(row).comment.map_or(0, str::len))
            .sum::<usize>();
        ControlFlow::Continue(())
    })?;
    eprintln!(
        "scan: {rows} rows, {bytes} bytes of comments, {:.3} s",
        start.elapsed().as_secs_f64()
    );
    let start = Instant::now();
    let cells = lake.score_panel()?.len();
    eprintln!(
        "panel: {cells} cells, {:.3} s",
        start.elapsed().as_secs_f64()
    );
    Ok(())
}

fn main() -> ExitCode {
    let asked = match asked() {
        Ok(asked) => asked,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let start = Instant::now();
    match import(&asked.tables, &asked.options, &asked.out, &Unwatched) {
        Ok((lake, report)) => {
            eprintln!(
                "import: {} signals, {:.3} s",
                lake.signals_len(),
                start.elapsed().as_secs_f64()
            );
            if !asked.quiet {
                println!(
                    "{}",
                    serde_json::to_string_pretty(&report).unwrap_or_default()
                );
            }
            if asked.scan
                && let Err(error) = scan(&asked.out)
            {
                eprintln!("{error}");
                return ExitCode::from(2);
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(if error.is_users() { 1 } else { 2 })
        }
    }
}
