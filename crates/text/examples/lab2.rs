//! Finds themes in the data sets beside the project and prints how they agree with people's labels,
//! and their titles. `cargo run -p throughline-text --example themes -- [banking77|patients|employees]…`

use std::time::Instant;
use throughline_text::agreement;
use throughline_text::themes::{self, ThemeOptions};

/// Texts with their labels by people.
struct Labelled {
    name: &'static str,
    texts: Vec<String>,
    gold: Vec<u32>,
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
    Labelled {
        name,
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
        "patients" => {
            let rows = records("patient-feedback/phase1_text_data.csv", b',')?;
            let rows = rows.iter().filter_map(|r| {
                let criticality: String = r[4]
                    .chars()
                    .filter(|c| c.is_ascii_digit() || *c == '-')
                    .collect();
                let text = r[3].trim();
                let complaint = criticality.parse::<i32>().is_ok_and(|c| c < 0);
                (complaint && !text.is_empty() && text != "NA")
                    .then(|| (text.to_string(), r[2].to_string()))
            });
            Some(labelled("patients' complaints", rows.collect()))
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
        names = ["banking77", "patients", "employees"]
            .map(String::from)
            .to_vec();
    }
    for name in names {
        let Some(data) = read(&name) else {
            println!("{name}: skipped, ../shared/data is not there");
            continue;
        };
        let texts: Vec<&str> = data.texts.iter().map(String::as_str).collect();
        for seed in 1..=3 {
            let started = Instant::now();
            let e = |k: &str| std::env::var(k).ok().map(|v| v.parse::<usize>().unwrap());
            let mut op = ThemeOptions::default();
            if let Some(k) = e("K") {
                op.neighbours = k;
            }
            if let Some(k) = e("MIN") {
                op.min_themes = Some(k);
            }
            if let Some(k) = e("MAX") {
                op.max_themes = Some(k);
            }
            let fit = themes::fit(&texts, &op, seed);
            let seconds = started.elapsed().as_secs_f64();
            let labels: Vec<u32> = fit.labels.iter().map(|l| l.unwrap_or(u32::MAX)).collect();
            let placed = fit.labels.iter().flatten().count();
            println!(
                "{}: {} texts, {} distinct, {placed} placed, {} themes, agreement {:.3}, seed {seed}, {seconds:.2} s: NMI {:.3} AMI {:.3} ARI {:.3}",
                data.name,
                texts.len(),
                fit.distinct,
                fit.model.len(),
                fit.agreement,
                agreement::nmi(&data.gold, &labels),
                agreement::ami(&data.gold, &labels),
                agreement::ari(&data.gold, &labels),
            );
            if seed == 1 {
                let vectors = throughline_text::vectors::Vectors::shipped();
                let assigned = fit.model.assign_all(vectors, &texts);
                let named: usize = assigned.iter().map(|a| a.named.len()).sum();
                println!(
                    "  themes named a text: {:.2}",
                    named as f64 / placed.max(1) as f64
                );
                let several = texts
                    .iter()
                    .zip(&assigned)
                    .filter(|(_, a)| a.named.len() > 2);
                for (text, assigned) in several.take(4) {
                    let titles: Vec<&str> =
                        assigned.named.iter().map(|&t| fit.model.title(t)).collect();
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
                        println!(
                            "           > {}",
                            texts[central.text][central.start..central.end].replace('\n', " ")
                        );
                    }
                }
            }
        }
    }
}
