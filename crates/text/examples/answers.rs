//! Measures `empty` and `language` on the patients' and employees' answers beside the project:
//! which answers say nothing, which are in another language. Prints those worth a look.
//! `cargo run -p throughline-text --example answers [-- all]`

use throughline_text::{empty, language};

fn records(path: &str, delimiter: u8) -> Option<Vec<csv::StringRecord>> {
    let path = format!("{}/../../../shared/data/{path}", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_path(path)
        .ok()?;
    Some(reader.records().filter_map(Result::ok).collect())
}

fn main() {
    let all = std::env::args().any(|a| a == "all");
    let Some(patients) = records("patient-feedback/phase1_text_data.csv", b',') else {
        println!("skipped: ../shared/data is not there");
        return;
    };
    let (mut caught, mut missed, mut complaints) = (0, Vec::new(), Vec::new());
    let (mut complained, mut elsewhere) = (0, Vec::new());
    for row in &patients {
        let text = row[3].trim();
        let criticality: String = row[4]
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '-')
            .collect();
        let complaint = criticality.parse::<i32>().is_ok_and(|c| c < 0);
        complained += usize::from(complaint);
        match (&row[2] == "Nothing to improve", empty::says_nothing(text)) {
            (true, true) => caught += 1,
            (true, false) => missed.push(text),
            (false, true) if complaint => complaints.push(text),
            (false, true) => elsewhere.push(text),
            (false, false) => {}
        }
    }
    println!(
        "labelled nothing to improve: {caught} say nothing, {} do not",
        missed.len()
    );
    println!(
        "complaints that say nothing: {} of {complained}: {complaints:?}",
        complaints.len()
    );
    println!("other answers that say nothing: {}", elsewhere.len());
    missed.sort_by_key(|text| text.len());
    let shown = if all { missed.len() } else { 80 };
    println!("missed: {:#?}", &missed[..shown.min(missed.len())]);
    println!("elsewhere: {elsewhere:?}");
    let texts: Vec<&str> = patients.iter().map(|row| row[3].trim()).collect();
    tongues("patients", &texts);
    if let Some(rows) = records("bank-employees/employees_opinion_ext.csv", b';') {
        let texts: Vec<&str> = rows.iter().filter_map(|r| r.get(5)).collect();
        let empty: Vec<&&str> = texts.iter().filter(|t| empty::says_nothing(t)).collect();
        println!(
            "employees' dislikes that say nothing: {} of {}",
            empty.len(),
            texts.len()
        );
        let mut short: Vec<&&str> = texts
            .iter()
            .filter(|t| !empty::says_nothing(t) && t.len() < 40)
            .collect();
        short.sort();
        println!(
            "short ones that say something: {:?}",
            short.iter().step_by(40).collect::<Vec<_>>()
        );
        let mut odd: Vec<&&&str> = empty.iter().collect();
        odd.sort();
        odd.dedup();
        println!("say nothing: {odd:?}");
        tongues("employees", &texts);
    }
}

fn tongues(name: &str, texts: &[&str]) {
    let majority = language::majority(texts.iter().copied());
    let apart: Vec<(&str, &str)> = texts
        .iter()
        .filter_map(|text| Some((language::apart(text, majority)?.name(), *text)))
        .collect();
    println!(
        "{name}: mostly {:?}, {} of {} apart",
        majority.map(|l| l.name()),
        apart.len(),
        texts.len()
    );
    for (language, text) in apart {
        println!(
            "  {language}: {}",
            text.chars().take(110).collect::<String>()
        );
    }
}
