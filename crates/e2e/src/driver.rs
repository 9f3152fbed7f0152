//! A chromedriver of one's own, on a port of its own, ended with all its browsers when dropped.

use crate::browser::{Browser, Noted, Screen};
use crate::needs::{self, Programs};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A running chromedriver.
#[derive(Debug)]
pub struct Driver {
    process: Child,
    port: u16,
    programs: Programs,
    profiles: TempDir,
    next: AtomicU32,
    noted: Noted,
}

impl Driver {
    /// Starts it; nothing where the machine lacks a program.
    ///
    /// # Panics
    /// Where it is there and doesn't start.
    pub fn start() -> Option<Self> {
        let programs = needs::programs()?;
        let mut process = Command::new(&programs.chromedriver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let out = process.stdout.take().expect("its output is ours");
        // "ChromeDriver was started successfully on port 41297."
        let mut lines = BufReader::new(out).lines().map_while(Result::ok);
        let port = lines
            .find_map(|line| {
                let (_, port) = line.split_once("successfully on port ")?;
                port.trim_end_matches('.').parse().ok()
            })
            .expect("chromedriver says its port");
        std::thread::spawn(move || lines.for_each(drop));
        Some(Self {
            process,
            port,
            programs,
            profiles: tempfile::tempdir().expect("a folder can be made"),
            next: AtomicU32::new(0),
            noted: Noted::default(),
        })
    }

    /// A browser with a fresh profile: one person's.
    pub async fn open(&self, screen: Screen) -> Browser {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let profile = self.profiles.path().join(number.to_string());
        Browser::open(
            self.port,
            &self.programs,
            &profile,
            screen,
            self.noted.clone(),
        )
        .await
    }

    /// Says that every page that was looked at is as it should be.
    ///
    /// # Panics
    /// Where one isn't: every fault at once.
    pub fn verdict(&self) {
        let noted = self.noted.lock().expect("nobody fails here");
        assert!(noted.is_empty(), "pages have faults:\n{}", noted.join("\n"));
    }

    /// Asks it to end; it closes its browsers first.
    fn ask_to_end(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let asked = Instant::now();
        if self.ask_to_end().is_ok() {
            while asked.elapsed() < Duration::from_secs(10) {
                if matches!(self.process.try_wait(), Ok(Some(_))) {
                    return;
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
