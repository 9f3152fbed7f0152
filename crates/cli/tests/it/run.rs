//! Runs the program and looks at what it left.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A run of the program.
pub struct Run {
    pub code: i32,
    pub stderr: String,
    pub stdout: String,
}

impl Run {
    /// It went well, and says these words in lines that fit a terminal.
    pub fn tells(&self, words: &[&str]) {
        assert_eq!(self.code, 0, "{}", self.stderr);
        for word in words {
            assert!(
                self.stdout.contains(word),
                "no `{word}` in: {}",
                self.stdout
            );
        }
        let fits = |line: &str| line.chars().count() <= 110;
        assert!(self.stdout.lines().all(fits), "{}", self.stdout);
    }

    /// The user can mend it: it says these words and a hint, and nothing else.
    pub fn refuses(&self, words: &[&str]) {
        assert_eq!(self.code, 1, "{}", self.stderr);
        assert!(self.stdout.is_empty(), "{}", self.stdout);
        for word in words.iter().chain(&["hint:"]) {
            assert!(
                self.stderr.contains(word),
                "no `{word}` in: {}",
                self.stderr
            );
        }
    }
}

/// A picture is there, with that word.
pub fn picture(path: impl AsRef<Path>, word: &str) {
    let svg = std::fs::read_to_string(path).expect("a picture");
    assert!(svg.starts_with("<svg xmlns") && svg.contains(word), "{svg}");
    assert!(!svg.contains("NaN"), "{svg}");
}

/// The program.
pub fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_throughline"))
}

/// Runs it with arguments.
pub fn run<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Run {
    let Output {
        status,
        stdout,
        stderr,
    } = program()
        .args(arguments)
        .output()
        .expect("the program starts");
    let run = Run {
        code: status.code().unwrap_or(-1),
        stderr: String::from_utf8_lossy(&stderr).into_owned(),
        stdout: String::from_utf8_lossy(&stdout).into_owned(),
    };
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    run
}

/// A folder with files.
pub struct Desk {
    pub folder: tempfile::TempDir,
}

impl Desk {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, content) in files {
            std::fs::write(folder.path().join(name), content).expect("a file");
        }
        Self { folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn out(&self) -> PathBuf {
        self.path("out")
    }

    /// Runs `brief` with these flags; a value that is a file on the desk is put in full.
    pub fn brief(&self, flags: &[&str]) -> Run {
        let mut arguments = vec!["brief".to_owned()];
        for flag in flags {
            let path = self.path(flag);
            let is_file = !flag.starts_with("--") && path.exists();
            arguments.push(if is_file {
                path.display().to_string()
            } else {
                (*flag).to_owned()
            });
        }
        arguments.push("--out".to_owned());
        arguments.push(self.out().display().to_string());
        run(&arguments)
    }

    pub fn json(&self) -> serde_json::Value {
        let text = std::fs::read_to_string(self.out().join("brief.json")).expect("brief.json");
        serde_json::from_str(&text).expect("brief.json is JSON")
    }

    pub fn csv(&self, name: &str) -> Vec<Vec<String>> {
        rows(&self.out().join(name))
    }
}

/// Rows of a CSV file, header first.
pub fn rows(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(path)
        .expect("a CSV file");
    reader
        .records()
        .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
        .collect()
}

/// Names in a folder, hidden ones too.
pub fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// A small company: twelve branches, three problems, two fixes, worded in a few ways.
pub fn small_company() -> (String, String) {
    let problems = [
        [
            "I waited far too long in the queue",
            "the queue was endless",
            "waiting time at the counter is too long",
            "stood in line for forty minutes",
        ],
        [
            "the bill was wrong again",
            "my invoice had a mistake",
            "they charged me the wrong amount on my bill",
            "billing error on the invoice",
        ],
        [
            "the app crashes when I log in",
            "cannot log in to the mobile app",
            "the app logs me out all the time",
            "login page of the app is broken",
        ],
    ];
    let praise = [
        "friendly staff and thank you",
        "excellent service",
        "very happy with everything",
        "quick and helpful",
    ];
    let mut signals = String::from("id,at,unit,score,comment,customer,value\n");
    for at in 0..1200usize {
        let kind = (at * 7 + at / 12) % 6;
        let (comment, score) = match kind {
            0..=2 => (
                problems[kind][(at / 6) % 4],
                6 - kind.min(2) as i32 + (at % 3) as i32 - 1,
            ),
            3 => (praise[(at / 6) % 4], 9),
            4 => ("n/a", 8 + (at % 2) as i32),
            _ => ("", 7 + (at % 3) as i32),
        };
        signals.push_str(&format!(
            "s{at},2026-{:02}-{:02},Branch {:02},{score},{comment},c{},{}\n",
            1 + at % 9,
            1 + at % 28,
            at % 12,
            at % 700,
            100 + at % 50
        ));
    }
    let fixes = [
        [
            "open a second counter when the queue is long so customers wait less",
            "more people at the counter at peak time to cut the queue",
            "call customers back instead of letting them wait in the queue",
        ],
        [
            "check every bill before it is sent to the customer",
            "fix the billing system that puts wrong amounts on the invoice",
            "explain the charges on the invoice",
        ],
    ];
    let needs = [
        "better pay please",
        "the rota changes at the last minute",
        "more holidays",
        "my manager never listens",
    ];
    let mut voice = String::from("id,respondent,unit,question,text,rating\n");
    for at in 0..240usize {
        let text = match at % 4 {
            0 => fixes[0][(at / 4) % 3],
            1 => fixes[1][(at / 4) % 3],
            _ => needs[(at / 2) % 4],
        };
        let question = if at % 3 == 0 { "block" } else { "idea" };
        voice.push_str(&format!(
            "v{at},p{at},Branch {:02},{question},{text},\n",
            at % 12
        ));
        voice.push_str(&format!(
            "r{at},p{at},Branch {:02},commitment,,{}\n",
            at % 12,
            1 + at % 5
        ));
    }
    (signals, voice)
}
