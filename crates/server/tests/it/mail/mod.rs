//! Letters over a mail server: what it hears.

mod tls;

use throughline_server::config::{Mail, Secret};
use throughline_server::mail::{Letter, MailError, Mailer};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A mail server that takes one conversation and returns what it heard; with `full` it takes no
/// letter.
async fn server(full: bool) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("smtp://{}", listener.local_addr().expect("an address"));
    let talk = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("somebody comes");
        let (from, mut to) = stream.into_split();
        let mut lines = BufReader::new(from).lines();
        let mut heard = String::new();
        let mut in_letter = false;
        to.write_all(b"220 here\r\n").await.expect("it is said");
        while let Ok(Some(line)) = lines.next_line().await {
            heard.push_str(&line);
            heard.push('\n');
            let answer = match line.as_str() {
                "." => {
                    in_letter = false;
                    "250 taken\r\n"
                }
                _ if in_letter => continue,
                "DATA" => {
                    in_letter = true;
                    "354 go on\r\n"
                }
                "QUIT" => break,
                line if full && line.starts_with("RCPT") => "452 no room\r\n",
                _ => "250 fine\r\n",
            };
            to.write_all(answer.as_bytes()).await.expect("it is said");
            if heard.ends_with("\n.\n") {
                break;
            }
        }
        heard
    });
    (url, talk)
}

fn mailer(url: &str) -> Mailer {
    Mailer::new(&Mail::Smtp {
        url: Secret::new(url),
        from: "Throughline <throughline@example.org>".to_owned(),
        ca_file: None,
    })
}

fn letter(to: &str, subject: &str) -> Letter {
    Letter {
        to: to.to_owned(),
        subject: subject.to_owned(),
        text: "Grüße\n.\nhttps://voices.example.org/a\n".to_owned(),
    }
}

#[tokio::test]
async fn a_mail_server_hears_a_whole_letter_to_one_person() {
    let (url, talk) = server(false).await;
    let mailer = mailer(&url);
    assert!(mailer.leaves());
    mailer
        .send(letter("mia@example.org", "Überblick"))
        .await
        .expect("it is taken");
    let heard = talk.await.expect("it heard");
    for line in [
        "MAIL FROM:<throughline@example.org>",
        "RCPT TO:<mia@example.org>",
        "From: Throughline <throughline@example.org>",
        "To: mia@example.org",
        "Content-Type: text/plain; charset=utf-8",
        "Message-ID: <",
    ] {
        assert!(heard.contains(line), "{line}: {heard}");
    }
    assert_eq!(heard.matches("RCPT TO").count(), 1);
}

#[tokio::test]
async fn nothing_slips_into_a_letters_head() {
    let (url, talk) = server(false).await;
    mailer(&url)
        .send(letter("mia@example.org", "Hello\r\nBcc: eve@example.org"))
        .await
        .expect("it is taken");
    let heard = talk.await.expect("it heard");
    assert!(
        !heard.lines().any(|line| line.starts_with("Bcc")),
        "{heard}"
    );
    for to in [
        "mia@example.org\r\nBcc: eve@example.org",
        "Mia <mia@example.org>",
        "",
        "mia",
    ] {
        let sent = mailer("smtp://127.0.0.1:9").send(letter(to, "Hello")).await;
        assert!(matches!(sent, Err(MailError::Address(_))), "{to}: {sent:?}");
    }
}

#[tokio::test]
async fn what_goes_wrong_is_said() {
    let (url, _talk) = server(true).await;
    let sent = mailer(&url).send(letter("mia@example.org", "Hello")).await;
    assert!(matches!(sent, Err(MailError::Refused(_))), "{sent:?}");
    let sent = mailer("smtp://127.0.0.1:9")
        .send(letter("mia@example.org", "Hello"))
        .await;
    assert!(matches!(sent, Err(MailError::Away(_))), "{sent:?}");
    let none = Mailer::new(&Mail::None);
    assert!(!none.leaves());
    let sent = none.send(letter("mia@example.org", "Hello")).await;
    assert!(matches!(sent, Err(MailError::Nowhere)), "{sent:?}");
}

#[tokio::test]
async fn a_folder_keeps_letters() {
    let folder = tempfile::tempdir().expect("a folder");
    let mailer = Mailer::new(&Mail::Folder(folder.path().join("letters")));
    for n in 0..3 {
        let sent = mailer.send(letter("mia@example.org", &format!("Hello {n}")));
        sent.await.expect("it is written");
    }
    let files = std::fs::read_dir(folder.path().join("letters")).expect("a folder");
    assert_eq!(files.count(), 3);
}
