//! Finds themes in the data sets beside the project and prints how they agree with people's labels,
//! and their titles; then fits every other text and assigns the rest, to see that assigning agrees
//! with clustering. `patients-all` finds themes in all patients' answers and judges them on the
//! complaints. `cargo run -p throughline-text --example themes -- [banking77|patients|…]…`

use std::time::Instant;
use throughline_text::agreement;
use throughline_text::themes::{self, ThemeFit, ThemeOptions};
use throughline_text::vectors::Vectors;

/// Label of texts that are clustered and not judged.
const NOT_JUDGED: &str = "\u{10FFFF}";

/// Texts with their labels by people.
struct Labelled {
    name: &'static str,
    texts: Vec<String>,
    gold: Vec<u32>,
    /// The label of texts that are not judged, if any is.
    not_judged: Option<u32>,
}

/// NMI, AMI and ARI of the texts that are judged.
fn judge(data: &Labelled, labels: &[Option<u32>], rows: impl Iterator<Item = usize>) -> String {
    let (gold, found): (Vec<u32>, Vec<u32>) = rows
        .enumerate()
        .filter(|&(_, row)| Some(data.gold[row]) != data.not_judged)
        .map(|(at, row)| (data.gold[row], labels[at].unwrap_or(u32::MAX)))
        .unzip();
    format!(
        "NMI {:.3} AMI {:.3} ARI {:.3}",
        agreement::nmi(&gold, &found),
        agreement::ami(&gold, &found),
        agreement::ari(&gold, &found)
    )
}

fn records(path: &str, delimiter: u8) -> Option<Vec<csv::StringRecord>> {
    let path = format!("{}/../../../shared/data/{path}", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_path(path)
        .ok()?;
    Some(reader.records().filter_map(Result::ok).collect())
}

fn labelled(name: &'static str, rows: Vec<(String, String)>) -> Labelled {
    let mut names: Vec<&str> = rows.iter().map(|row| row.1.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let gold = rows
        .iter()
        .map(|row| names.partition_point(|n| *n < row.1.as_str()) as u32)
        .collect();
    let not_judged = names
        .iter()
        .position(|n| *n == NOT_JUDGED)
        .map(|n| n as u32);
    Labelled {
        name,
        not_judged,
        gold,
        texts: rows.into_iter().map(|row| row.0).collect(),
    }
}

fn read(name: &str) -> Option<Labelled> {
    match name {
        "banking77" => {
            let mut rows = records("bank-customers/train.csv", b',')?;
            rows.extend(records("bank-customers/test.csv", b',')?);
            let rows = rows
                .iter()
                .map(|r| (r[0].to_string(), r[1].to_string()))
                .collect();
            Some(labelled("banking77", rows))
        }
        "patients" | "patients-all" => {
            let all = name == "patients-all";
            let rows = records("patient-feedback/phase1_text_data.csv", b',')?;
            let rows = rows.iter().filter_map(|r| {
                let criticality: String = r[4]
                    .chars()
                    .filter(|c| c.is_ascii_digit() || *c == '-')
                    .collect();
                let text = r[3].trim();
                let complaint = criticality.parse::<i32>().is_ok_and(|c| c < 0);
                let says = !text.is_empty() && text != "NA";
                let label = if complaint {
                    r[2].to_string()
                } else {
                    NOT_JUDGED.to_string()
                };
                let kept = complaint || (all && !throughline_text::empty::says_nothing(text));
                (says && kept).then(|| (text.to_string(), label))
            });
            let name = if all {
                "patients' answers, judged on complaints"
            } else {
                "patients' complaints"
            };
            Some(labelled(name, rows.collect()))
        }
        "employees" => {
            let rows = records("bank-employees/employees_opinion_ext.csv", b';')?;
            let rows = rows.iter().filter(|r| r.len() == 6 && r[1].contains("ank"));
            Some(labelled(
                "bank employees' dislikes",
                rows.map(|r| (r[5].to_string(), r[2].to_string())).collect(),
            ))
        }
        _ => None,
    }
}

fn main() {
    let mut names: Vec<String> = std::env::args().skip(1).collect();
    if names.is_empty() {
        names = ["banking77", "patients", "patients-all", "employees"]
            .map(String::from)
            .to_vec();
    }
    for name in names {
        match read(&name) {
            Some(data) => report(&data),
            None => println!("{name}: skipped, ../shared/data is not there"),
        }
    }
}

fn report(data: &Labelled) {
    let texts: Vec<&str> = data.texts.iter().map(String::as_str).collect();
    for seed in 1..=3 {
        let started = Instant::now();
        let fit = themes::fit(&texts, &ThemeOptions::default(), seed);
        println!(
            "{}: {} texts, {} distinct, {} placed, {} themes, agreement {:.3}, seed {seed}, {:.2} s: {}",
            data.name,
            texts.len(),
            fit.distinct,
            fit.labels.iter().flatten().count(),
            fit.model.len(),
            fit.agreement,
            started.elapsed().as_secs_f64(),
            judge(data, &fit.labels, 0..texts.len()),
        );
        if seed == 1 {
            show(&fit, &texts);
        }
    }
    let half: Vec<&str> = texts.iter().step_by(2).copied().collect();
    let rest: Vec<&str> = texts.iter().skip(1).step_by(2).copied().collect();
    let fit = themes::fit(&half, &ThemeOptions::default(), 1);
    let unseen: Vec<Option<u32>> = fit
        .model
        .assign_all(Vectors::shipped(), &rest)
        .into_iter()
        .map(|a| a.main)
        .collect();
    println!(
        "  fitted on half: {}; the other half assigned: {}",
        judge(data, &fit.labels, (0..texts.len()).step_by(2)),
        judge(data, &unseen, (1..texts.len()).step_by(2)),
    );
}

fn show(fit: &ThemeFit, texts: &[&str]) {
    let assigned = fit.model.assign_all(Vectors::shipped(), texts);
    let named: usize = assigned.iter().map(|a| a.named.len()).sum();
    println!(
        "  themes named a text: {:.2}",
        named as f64 / texts.len() as f64
    );
    for (text, assigned) in texts
        .iter()
        .zip(&assigned)
        .filter(|(_, a)| a.named.len() > 2)
        .take(4)
    {
        let titles: Vec<&str> = assigned.named.iter().map(|&t| fit.model.title(t)).collect();
        println!("  {titles:?} <- {}", text.replace('\n', " "));
    }
    for theme in 0..fit.model.len() as u32 {
        println!(
            "  {:>5}  {:<44} {}",
            fit.model.size(theme),
            fit.model.title(theme),
            fit.model.words(theme).join(", ")
        );
        for central in fit.central[theme as usize].iter().take(2) {
            let sentence = &texts[central.text][central.start..central.end];
            println!("           > {}", sentence.replace('\n', " "));
        }
    }
}
