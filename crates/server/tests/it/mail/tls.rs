//! Letters over TLS, to a mail server whose certificate an authority of the company's own signed:
//! `openssl s_server` in a process of its own, to whose ends this talks SMTP.

use super::letter;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use throughline_server::config::{Mail, Secret};
use throughline_server::mail::{MailError, Mailer};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const SETTINGS: &str = "[req]
distinguished_name = name
prompt = no
[name]
CN = Throughline test
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[server]
basicConstraints = CA:FALSE
subjectAltName = DNS:localhost
";

/// Whether the program is there; a line says so where it isn't.
fn there() -> bool {
    let run = Command::new("openssl")
        .arg("version")
        .stdout(Stdio::null())
        .status();
    let there = run.is_ok_and(|status| status.success());
    if !there {
        assert!(
            std::env::var_os("THROUGHLINE_NOTHING_MAY_BE_ABSENT").is_none(),
            "openssl is missing"
        );
        eprintln!("skipped: openssl is missing");
    }
    there
}

/// Makes an authority, or with one a server's certificate for `localhost`.
fn certificate(folder: &Path, name: &str, authority: Option<&str>) {
    let settings = folder.join("settings");
    std::fs::write(&settings, SETTINGS).expect("a file");
    let mut openssl = Command::new("openssl");
    openssl.current_dir(folder).args(["req", "-x509", "-nodes"]);
    openssl.args(["-config", "settings", "-days", "2", "-newkey", "ec"]);
    openssl.args(["-pkeyopt", "ec_paramgen_curve:P-256"]);
    openssl.args([
        "-keyout",
        &format!("{name}.key"),
        "-out",
        &format!("{name}.pem"),
    ]);
    match authority {
        None => openssl.args(["-extensions", "authority"]),
        Some(of) => openssl
            .args(["-extensions", "server", "-CA", &format!("{of}.pem")])
            .args(["-CAkey", &format!("{of}.key")]),
    };
    let run = openssl.output().expect("openssl starts");
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
}

/// An authority, one that signed nothing, and a server's certificate for `localhost`.
fn certificates(folder: &Path) {
    certificate(folder, "authority", None);
    certificate(folder, "stranger", None);
    certificate(folder, "server", Some("authority"));
}

/// A mail server that takes one conversation; ends with this.
struct Server {
    child: Child,
    port: u16,
    talk: Option<JoinHandle<String>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Greets at once, unless that was done before it was asked for TLS.
    fn start(folder: &Path, greets: bool) -> Self {
        let mut child = Command::new("openssl")
            .current_dir(folder)
            .args(["s_server", "-accept", "127.0.0.1:0", "-naccept", "1"])
            .args(["-cert", "server.pem", "-key", "server.key"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("openssl starts");
        let mut to = child.stdin.take().expect("its input");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut said = lines.by_ref().map_while(Result::ok);
        let port = said.find_map(|line| {
            let address = line.strip_prefix("ACCEPT ")?;
            address.rsplit(':').next()?.parse().ok()
        });
        let port = port.expect("a port");
        // What isn't SMTP is the program's own, about the certificates.
        let talk = std::thread::spawn(move || {
            let (mut heard, mut in_letter) = (String::new(), false);
            let mut say = |text: &str| to.write_all(text.as_bytes()).is_ok();
            if greets {
                say("220 here\r\n");
            }
            for line in lines.map_while(Result::ok) {
                let line = line.trim_end();
                let word = line.split([' ', ':']).next().unwrap_or_default();
                heard.push_str(line);
                heard.push('\n');
                match word {
                    "." => {
                        say("250 taken\r\n");
                        break;
                    }
                    _ if in_letter => {}
                    "DATA" => in_letter = say("354 go on\r\n"),
                    "EHLO" | "MAIL" | "RCPT" | "NOOP" => {
                        say("250 fine\r\n");
                    }
                    _ => {}
                }
            }
            heard
        });
        Self {
            child,
            port,
            talk: Some(talk),
        }
    }

    /// What it heard.
    fn heard(&mut self) -> String {
        let talk = self.talk.take().expect("it is asked once");
        talk.join().expect("it heard")
    }
}

fn mailer(host: &str, port: u16, ca_file: Option<PathBuf>) -> Mailer {
    Mailer::new(&Mail::Smtp {
        url: Secret::new(format!("smtps://{host}:{port}")),
        from: "Throughline <throughline@example.org>".to_owned(),
        ca_file,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_s_own_authority_is_believed_where_its_file_is_given() {
    if !there() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    certificates(folder);
    let send = async |host: &str, ca_file: Option<&str>| {
        let mut server = Server::start(folder, true);
        let mailer = mailer(host, server.port, ca_file.map(|name| folder.join(name)));
        let sent = mailer.send(letter("mia@example.org", "Hello")).await;
        if sent.is_err() {
            // It waits for somebody else otherwise.
            let _ = server.child.kill();
        }
        (sent, server.heard())
    };
    let (sent, heard) = send("localhost", Some("authority.pem")).await;
    sent.expect("it is taken");
    for line in ["RCPT TO:<mia@example.org>", "To: mia@example.org"] {
        assert!(heard.contains(line), "{line}: {heard}");
    }
    for (host, ca_file) in [
        ("localhost", None),
        ("localhost", Some("stranger.pem")),
        ("127.0.0.1", Some("authority.pem")),
    ] {
        let (sent, heard) = send(host, ca_file).await;
        assert!(
            matches!(sent, Err(MailError::Away(_))),
            "{host} {ca_file:?}: {sent:?}"
        );
        assert!(!heard.contains("mia@"), "{host} {ca_file:?}: {heard}");
    }
}

#[tokio::test]
async fn nothing_is_told_to_a_server_without_tls_where_it_is_asked_for() {
    if !there() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    certificate(folder.path(), "authority", None);
    let file = folder.path().join("authority.pem");
    for (suffix, ca_file) in [("", Some(file)), ("?tls=required", None)] {
        let (url, talk) = super::server(false).await;
        let mailer = Mailer::new(&Mail::Smtp {
            url: Secret::new(format!("{url}{suffix}")),
            from: "Throughline <throughline@example.org>".to_owned(),
            ca_file,
        });
        let sent = mailer.send(letter("mia@example.org", "Hello")).await;
        assert!(matches!(sent, Err(MailError::Away(_))), "{sent:?}");
        drop(mailer);
        let heard = talk.await.expect("it heard");
        assert!(
            heard.starts_with("EHLO") && !heard.contains("MAIL"),
            "{heard}"
        );
    }
}

/// What stands before a mail server that begins without TLS: it offers STARTTLS, and hands on
/// everything after that. Gives the port, and what was said in the clear.
async fn in_the_clear(behind: u16) -> (u16, tokio::task::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let talk = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("somebody comes");
        let mut stream = tokio::io::BufReader::new(stream);
        let mut heard = Vec::new();
        stream.write_all(b"220 here\r\n").await.expect("said");
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.expect("heard") == 0 {
                return heard;
            }
            heard.push(line.trim_end().to_owned());
            if line.starts_with("STARTTLS") {
                break;
            }
            stream
                .write_all(b"250-here\r\n250 STARTTLS\r\n")
                .await
                .expect("said");
        }
        stream.write_all(b"220 go on\r\n").await.expect("said");
        let mut server = TcpStream::connect(("127.0.0.1", behind))
            .await
            .expect("it is there");
        // Ends when one of them hangs up, well or not.
        let _ = tokio::io::copy_bidirectional(&mut stream, &mut server).await;
        heard
    });
    (port, talk)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_goes_over_tls_that_begins_after_a_greeting_in_the_clear() {
    if !there() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    certificates(folder);
    for (authority, is_believed) in [("authority", true), ("stranger", false)] {
        let mut server = Server::start(folder, false);
        let (port, talk) = in_the_clear(server.port).await;
        let mailer = Mailer::new(&Mail::Smtp {
            url: Secret::new(format!("smtp://localhost:{port}?tls=required")),
            from: "Throughline <throughline@example.org>".to_owned(),
            ca_file: Some(folder.join(format!("{authority}.pem"))),
        });
        let sent = mailer.send(letter("mia@example.org", "Hello")).await;
        drop(mailer);
        if !is_believed {
            assert!(matches!(sent, Err(MailError::Away(_))), "{sent:?}");
            let _ = server.child.kill();
        } else {
            sent.expect("it is taken");
        }
        let heard = server.heard();
        assert_eq!(
            heard.contains("RCPT TO:<mia@example.org>"),
            is_believed,
            "{heard}"
        );
        let _ = server.child.kill();
        // In the clear nothing is said but who calls, and that TLS is wanted.
        let clear = talk.await.expect("it heard");
        let words: Vec<&str> = clear
            .iter()
            .filter_map(|line| line.split(' ').next())
            .collect();
        assert_eq!(words, ["EHLO", "STARTTLS"], "{clear:?}");
    }
}

#[tokio::test]
async fn a_file_without_certificates_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    for text in ["", "no certificate\n", "-----BEGIN PRIVATE KEY-----\n"] {
        let file = folder.path().join("empty.pem");
        std::fs::write(&file, text).expect("a file");
        let mailer = mailer("localhost", 9, Some(file));
        assert!(!mailer.leaves(), "{text}");
    }
}
