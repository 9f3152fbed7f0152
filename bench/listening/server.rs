//! The program, serving a workspace.

use super::company::Company;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running server; killed (SIGKILL) when it goes.
pub struct Server {
    pub(super) child: Child,
    pub(super) through_another: bool,
    pub at: SocketAddr,
}

impl Server {
    /// Starts it on a port of its own; `before` goes before the program (`strace …`).
    pub fn start(program: &Path, company: &Company, before: &[&str]) -> Self {
        Self::started(program, company, before, false)
    }

    /// Starts one that moves answers and writes marks all the time, so that it is killed amid that.
    pub fn start_hasty(program: &Path, company: &Company) -> Self {
        Self::started(program, company, &[], true)
    }

    fn started(program: &Path, company: &Company, before: &[&str], hasty: bool) -> Self {
        let mut words = before
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>();
        words.push(program.display().to_string());
        words.extend(["serve", "--listen", "127.0.0.1:0"].map(str::to_owned));
        words.extend(company.flags());
        let mut command = Command::new(&words[0]);
        if hasty {
            command.env("THROUGHLINE_TEST_HASTE", "1");
        }
        let mut child = command
            .args(&words[1..])
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut said = BufReader::new(child.stderr.take().expect("it speaks"));
        let mut all = String::new();
        let at = loop {
            let mut line = String::new();
            if said.read_line(&mut line).unwrap_or_default() == 0 {
                panic!("it ended: {all}");
            }
            all.push_str(&line);
            let rest = line.strip_prefix("listening on ");
            if let Some(at) = rest.and_then(|rest| rest.split(':').nth(1).map(|_| rest)) {
                let at = at.split(": open").next().unwrap_or_default();
                break at.parse().expect("an address");
            }
        };
        // What it says from now on must not fill the pipe.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Self {
            child,
            through_another: !before.is_empty(),
            at,
        }
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // Started through another program, it is that one's child; which ends with it.
        let id = self.child.id();
        let below = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children"));
        for child in below.unwrap_or_default().split_whitespace() {
            let _ = Command::new("kill").args(["-KILL", child]).status();
        }
        if self.through_another {
            let _ = self.child.wait();
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}
