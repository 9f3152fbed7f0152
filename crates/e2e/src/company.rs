//! A company that uses Throughline: the real program, on a fresh workspace and a free port.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;
use tempfile::TempDir;

/// How long the program may take to say something.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the program has said so far.
type Said = Arc<(Mutex<Vec<String>>, Condvar)>;

/// A running `throughline serve`, ended when dropped.
#[derive(Debug)]
pub struct Company {
    process: Child,
    port: u16,
    folder: TempDir,
    said: Said,
}

impl Company {
    /// Starts one that knows nobody yet.
    ///
    /// # Panics
    /// Where the program isn't there or doesn't start.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let port = free_port();
        let mut process = program()
            .args(["serve", "--listen", &format!("127.0.0.1:{port}")])
            .arg("--workspace")
            .arg(folder.path().join("workspace"))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let said = Said::default();
        let hear = said.clone();
        let stderr = process.stderr.take().expect("its talk is ours");
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                hear.0.lock().expect("one writer").push(line);
                hear.1.notify_all();
            }
        });
        let company = Self {
            process,
            port,
            folder,
            said,
        };
        company.hear("listening on");
        company
    }

    /// A path's address.
    pub fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The workspace's folder.
    pub fn workspace(&self) -> PathBuf {
        self.folder.path().join("workspace")
    }

    /// A file beside the workspace, for what somebody uploads.
    ///
    /// # Panics
    /// Where it can't be written.
    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("a file can be written");
        path.display().to_string()
    }

    /// The link by which the owner comes in first, as the program said it.
    ///
    /// # Panics
    /// Where it said none.
    pub fn first_link(&self) -> String {
        link_in(&self.hear("/start/"))
    }

    /// Another command of the program, on this workspace.
    ///
    /// # Panics
    /// Where it doesn't start.
    pub fn run(&self, arguments: &[&str]) -> Output {
        program()
            .args(arguments)
            .arg("--workspace")
            .arg(self.workspace())
            .env("THROUGHLINE_PUBLIC_URL", self.at(""))
            .output()
            .expect("the program runs")
    }

    /// A one-time link for an account, as whoever runs the server makes it.
    ///
    /// # Panics
    /// Where none is made.
    pub fn account_link(&self, email: &str) -> String {
        let output = self.run(&["account", "link", email]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let talk = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "no link for {email}: {talk}");
        link_in(&said)
    }

    /// Waits for a line with these words.
    ///
    /// # Panics
    /// Where none comes.
    pub fn hear(&self, words: &str) -> String {
        let (lines, more) = &*self.said;
        let found = |lines: &Vec<String>| lines.iter().find(|line| line.contains(words)).cloned();
        let guard = lines.lock().expect("one writer");
        let (guard, _) = more
            .wait_timeout_while(guard, PATIENCE, |lines| found(lines).is_none())
            .expect("one writer");
        found(&guard).unwrap_or_else(|| panic!("the program never said `{words}`: {guard:#?}"))
    }

    /// What it complained of: lines of its log that warn, or tell a fault.
    ///
    /// # Panics
    /// Never: it has one writer.
    pub fn complaints(&self) -> Vec<String> {
        let lines = self.said.0.lock().expect("one writer");
        let grave = |line: &&String| line.contains(" ERROR ") || line.contains(" WARN ");
        lines.iter().filter(grave).cloned().collect()
    }

    /// A visitor without a browser, with cookies of her own, who sends forms as our pages do.
    ///
    /// # Panics
    /// Where TLS can't be set up.
    pub fn visitor(&self) -> reqwest::Client {
        let mut headers = reqwest::header::HeaderMap::new();
        let origin = self.at("").parse().expect("a header");
        headers.insert(reqwest::header::ORIGIN, origin);
        reqwest::Client::builder()
            .default_headers(headers)
            .cookie_store(true)
            .no_proxy()
            .build()
            .expect("a client")
    }
}

impl Drop for Company {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The program that was built beside the tests, without settings of whoever runs them.
fn program() -> Command {
    let path = crate::debug_folder().join(format!("throughline{}", std::env::consts::EXE_SUFFIX));
    assert!(
        Path::new(&path).is_file(),
        "`{}` isn't built: run `cargo test --workspace`, or `cargo build` first",
        path.display()
    );
    let mut command = Command::new(path);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("THROUGHLINE_") {
            command.env_remove(name);
        }
    }
    command
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    listener.local_addr().expect("it has an address").port()
}

/// The address in a line.
fn link_in(line: &str) -> String {
    let start = line
        .find("http")
        .unwrap_or_else(|| panic!("no link in `{line}`"));
    let link = line[start..].split_whitespace().next().unwrap_or_default();
    link.trim_end_matches(['.', ',', '`']).to_owned()
}
