//! Settings: which source wins, what is said about what makes no sense, what is never said.

use std::collections::HashMap;
use std::path::Path;
use throughline_ledger::Where;
use throughline_server::Config;
use throughline_server::config::{Flags, LogFormat, SETTINGS, reference};

struct Sources {
    folder: tempfile::TempDir,
    environment: HashMap<&'static str, &'static str>,
    flags: Vec<(&'static str, &'static str)>,
}

impl Sources {
    fn file(text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("throughline.toml"), text).expect("a file");
        Self {
            folder,
            environment: HashMap::new(),
            flags: Vec::new(),
        }
    }

    fn variable(mut self, name: &'static str, value: &'static str) -> Self {
        self.environment.insert(name, value);
        self
    }

    fn flag(mut self, name: &'static str, value: &'static str) -> Self {
        self.flags.push((name, value));
        self
    }

    fn read(&self) -> Result<Config, String> {
        let mut flags = Flags::default();
        flags.set("workspace", self.folder.path().display());
        for (name, value) in &self.flags {
            flags.set(name, value);
        }
        Config::read(&flags, |name| {
            self.environment.get(name).map(|value| (*value).to_owned())
        })
        .map_err(|error| error.to_string())
    }

    fn refused(&self, says: &[&str]) {
        let error = self.read().expect_err("it is refused");
        for word in says {
            assert!(error.contains(word), "{word}: {error}");
        }
        assert!(error.contains("\nhint: "), "{error}");
    }
}

#[test]
fn the_later_source_wins() {
    let file = "listen = \"127.0.0.1:1\"\ncompany = \"File\"\n[smtp]\nfrom = \"a@example.org\"\n";
    let config = Sources::file(file).read().expect("it reads");
    assert_eq!((config.listen.port(), config.company.as_str()), (1, "File"));
    let spoken = Sources::file(file)
        .variable("THROUGHLINE_LISTEN", "127.0.0.1:2")
        .variable("THROUGHLINE_COMPANY", "Environment")
        .flag("company", "Flag");
    let config = spoken.read().expect("it reads");
    assert_eq!((config.listen.port(), config.company.as_str()), (2, "Flag"));
    assert_eq!(config.public_url.as_str(), "http://127.0.0.1:2/");
}

#[test]
fn nothing_given_is_enough() {
    let config = Sources::file("").read().expect("it reads");
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert!(matches!(config.database, Where::File(path) if path.ends_with("throughline.db")));
    assert_eq!(config.log_format, LogFormat::Text);
    assert_eq!(config.link_minutes, 30);
}

#[test]
fn a_fault_is_named_with_its_place() {
    let file = |text: &str| Sources::file(text);
    file("\nlisten = \"here\"\n").refused(&["throughline.toml`, line 2", "key `listen`", "`here`"]);
    file("company = \"x\"\nlissten = \"1\"").refused(&["line 2", "`lissten`", "no such setting"]);
    file("public-url = \"https://a.example\"").refused(&["did you mean `public_url`?"]);
    file("[oidc]\nisuer = 1").refused(&["line 2", "`oidc.isuer`"]);
    file("link_minutes = \"30\"").refused(&["line 1", "whole number, without quotes"]);
    file("link_minutes = 2").refused(&["`2`", "from 5 to 1440"]);
    file("company = [").refused(&["line 1"]);
    file("workspace = \"x\"").refused(&["no such setting"]);
    file("smtp = 3").refused(&["line 1", "`smtp`"]);
    file("public_url = \"https://a.example/voices\"").refused(&["has a path"]);
    file("public_url = \"ftp://a.example\"").refused(&["no plain web address"]);
    file("trusted_proxies = [\"10.0.0.0/99\"]").refused(&["no list of addresses"]);
    file("log_format = \"xml\"").refused(&["`text`, `json`"]);
    file("[oidc]\nissuer = \"http://id.example.org\"\nclient_id = \"a\"").refused(&["TLS"]);
    file("[oidc]\nissuer = \"https://id.example.org\"").refused(&["oidc.client_id"]);
    file("[smtp]\nurl = \"smtps://mail.example.org\"").refused(&["smtp.from"]);
    file("[smtp]\nurl = \"smtps://mail.example.org\"\nfrom = \"nobody\"").refused(&["`nobody`"]);
    file("mail_folder = \"letters\"\n[smtp]\nurl = \"smtps://mail.example.org\"\nfrom = \"a@example.org\"")
        .refused(&["line 1", "key `mail_folder`", "line 3", "key `smtp.url`"]);
    file("")
        .variable("THROUGHLINE_LISTEN", "x")
        .refused(&["the environment variable `THROUGHLINE_LISTEN`"]);
    file("")
        .flag("listen", "x")
        .refused(&["the flag `--listen`"]);
    file("")
        .flag("config", "/nowhere/at.toml")
        .refused(&["/nowhere/at.toml"]);
}

#[test]
fn secrets_are_said_nowhere() {
    let word = "correct-horse";
    let text = format!(
        "database_url = \"postgres://u:{word}@db/x\"\n[smtp]\nurl = \"smtps://u:{word}@mail.example.org\"\nfrom = \"T <t@example.org>\"\n[oidc]\nissuer = \"https://id.example.org\"\nclient_id = \"a\"\nclient_secret = \"{word}\"\n"
    );
    let config = Sources::file(&text).read().expect("it reads");
    assert!(!format!("{config:?} {config:#?}").contains(word));
    // Nor where they are wrong, or their line can't be read.
    for text in [
        format!("database_url = \"mysql://u:{word}@db\""),
        format!("[smtp]\nurl = \"nothing://u:{word}@mail\"\nfrom = \"a@example.org\""),
        format!("database_url = \"{word}"),
        format!("database_url = {word}"),
        format!("database_url = [\"{word}\"]"),
    ] {
        let error = Sources::file(&text).read().expect_err("it is refused");
        assert!(!error.contains(word), "{error}");
    }
}

#[test]
fn the_reference_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/CONFIG.md");
    let page = reference();
    for setting in SETTINGS {
        assert!(page.contains(&format!("## `{}`", setting.name)));
    }
    if std::env::var_os("THROUGHLINE_WRITE_DOCS").is_some() {
        std::fs::write(&path, &page).expect("it can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/CONFIG.md is out of date: run this test with THROUGHLINE_WRITE_DOCS=1"
    );
}
