//! How well tones and kinds are told apart on real texts (read from the shared data, where there).
use throughline_insight::comment::parts;
use throughline_insight::kind::{Kinds, StaffKind};
use throughline_insight::tone::Tones;

/// Companies whose answers somebody wrote and sorted who knew neither the program nor its examples.
fn companies(kinds: &Kinds) {
    for name in ["hotel", "council", "buses", "airline", "insurer", "grocer"] {
        let path = format!(
            "{}/../../bench/kinds/{name}.csv",
            env!("CARGO_MANIFEST_DIR")
        );
        let Ok(mut reader) = csv::Reader::from_path(&path) else {
            continue;
        };
        let rows: Vec<(String, bool)> = reader
            .records()
            .flatten()
            .filter(|row| &row[3] != "none")
            .map(|row| (row[2].to_owned(), &row[3] == "lever"))
            .collect();
        let texts: Vec<&str> = rows.iter().map(|(text, _)| text.as_str()).collect();
        // Fixes and needs, as they are and as they were told.
        let mut counts = [[0.0f64; 2]; 2];
        for (kind, (_, lever)) in kinds.staff(&texts, &[]).into_iter().zip(&rows) {
            // What was taken for nothing is lost to either side.
            let right = match kind {
                StaffKind::Lever => *lever,
                StaffKind::Need => !*lever,
                StaffKind::Nothing => false,
            };
            counts[usize::from(*lever)][usize::from(right == *lever)] += 1.0;
        }
        let [[needs, lost_needs], [lost_levers, levers]] = counts;
        println!(
            "{name}: {} answers; told rightly: fixes {:.2}, needs {:.2}; F1 of needs {:.3}",
            rows.len(),
            levers / (levers + lost_levers),
            needs / (needs + lost_needs),
            2.0 * needs / (2.0 * needs + lost_needs + lost_levers)
        );
    }
}

/// Their customers' comments of three words and more: praise told from problems.
fn customers() {
    for name in ["airline", "insurer", "grocer"] {
        let path = format!(
            "{}/../../bench/kinds/customers/{name}.csv",
            env!("CARGO_MANIFEST_DIR")
        );
        let Ok(mut reader) = csv::Reader::from_path(&path) else {
            continue;
        };
        let rows: Vec<csv::StringRecord> = reader
            .records()
            .flatten()
            .filter(|row| row[1].split_whitespace().count() >= 3)
            .collect();
        let tones = Tones::of(&rows.iter().map(|row| &row[1]).collect::<Vec<_>>(), false);
        // Of problems and of the rest: all, what was taken for praise alone, for a problem alone.
        let mut counts = [[0.0f64; 3]; 2];
        for row in &rows {
            let found = parts(&tones, &row[1]);
            let of = &mut counts[usize::from(row[2].is_empty())];
            of[0] += 1.0;
            of[1] += f64::from(u8::from(found.problem.is_none()));
            of[2] += f64::from(u8::from(found.praise.is_none() && found.problem.is_some()));
        }
        let [[problems, lost, _], [praise, _, kept]] = counts;
        println!(
            "{name}, {:.1} problems to one praise: {problems} comments with a problem, {:.3} of them lost; {praise} without, {:.3} of them wholly read as a problem",
            tones.problems_to_one(),
            lost / problems,
            kept / praise
        );
    }
}

fn main() {
    let kinds = Kinds::shipped();
    companies(kinds);
    let tones = Tones::default();
    customers();
    let base = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let path = format!("{base}/patient-feedback/phase1_text_data.csv");
    let Ok(mut reader) = csv::Reader::from_path(&path) else {
        eprintln!("skipped: {path} is not here");
        return;
    };
    let mut counts = [[0u32; 4]; 3];
    let mut shown = [0; 4];
    for row in reader.records().flatten() {
        let (text, code) = (&row[3], row[4].trim().parse::<f64>().unwrap_or(0.0));
        if text.trim().is_empty() {
            continue;
        }
        let sign = if code < 0.0 {
            0
        } else if code > 0.0 {
            2
        } else {
            1
        };
        let p = parts(&tones, text);
        let kind = match (p.problem.is_some(), p.praise.is_some()) {
            (true, false) => 0,
            (true, true) => 1,
            (false, true) => 2,
            _ => 3,
        };
        counts[sign][kind] += 1;
        if sign == 0 && kind == 2 && shown[0] < 15 {
            shown[0] += 1;
            println!("neg as praise: {text}");
        }
        if sign == 2 && kind == 0 && shown[1] < 15 {
            shown[1] += 1;
            println!("pos as problem: {text}");
        }
        if sign == 0 && kind == 3 && shown[2] < 15 {
            shown[2] += 1;
            println!("neg as nothing: {text}");
        }
    }
    println!("rows: negative, zero, positive; columns: problem, both, praise, nothing\n{counts:?}");
    let path = format!("{base}/bank-employees/employees_opinion_ext.csv");
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .flexible(true)
        .from_path(&path)
        .unwrap();
    let (mut levers, mut all) = (0, 0);
    for (at, row) in reader.records().flatten().enumerate() {
        if row.len() < 6 {
            continue;
        }
        all += 1;
        let kind = kinds.staff(&[&row[5]], &[])[0];
        if kind == StaffKind::Lever {
            levers += 1;
            if at % 97 == 0 {
                println!(
                    "LEVER {:.2} {}",
                    kinds.lever(&row[5]),
                    &row[5].chars().take(150).collect::<String>()
                );
            }
        } else if at % 397 == 0 {
            println!(
                "need {:.2} {}",
                kinds.lever(&row[5]),
                &row[5].chars().take(150).collect::<String>()
            );
        }
    }
    println!("{levers} of {all} dislikes taken for levers");
}
