//! Letters: plain text, to one person each, over a mail server.
//!
//! Where there is none, letters go nowhere and say so: whoever wants to send one asks first whether
//! it [`leaves`](Mailer::leaves).

use crate::config::{Mail, Secret};
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::{AsyncSmtpTransportBuilder, PoolConfig};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use url::Url;

/// How long a mail server may take over one step.
const PATIENCE: Duration = Duration::from_secs(20);
/// Connections to it at once.
const CONNECTIONS: u32 = 4;

/// A letter.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// To whom: an e-mail address.
    pub to: String,
    /// About what.
    pub subject: String,
    /// What it says.
    pub text: String,
}

/// Letters hold links that let people in.
impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Letter(withheld)")
    }
}

/// Why a letter didn't leave.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// There is no mail server.
    #[error(
        "no mail server is set\nhint: give `smtp.url` and `smtp.from`, or hand links over yourself"
    )]
    Nowhere,
    /// Nobody can be reached under that address.
    #[error("`{0}` is no address that letters can go to\nhint: mend it where it came from")]
    Address(String),
    /// The mail server takes nothing to that address.
    #[error("the mail server takes no letter to this address: {0}\nhint: see whether it is right")]
    Unwanted(String),
    /// The mail server didn't take it.
    #[error(
        "the mail server didn't take it: {0}\nhint: see what its log says, and that `smtp.from` may send over it"
    )]
    Refused(String),
    /// The mail server can't be reached, or not as it was asked for.
    #[error(
        "the mail server doesn't answer: {0}\nhint: see that it runs and that `smtp.url` is right"
    )]
    Away(String),
    /// The folder didn't.
    #[error("the letter can't be written: {0}\nhint: see that `mail_folder` may be written to")]
    Folder(#[from] std::io::Error),
}

/// Which of the mail settings makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    From,
    Certificates,
    Server,
}

impl Fault {
    pub(crate) fn why(self) -> &'static str {
        match self {
            Self::From => "is nobody that letters can be from",
            Self::Certificates => "holds no certificates that can be read",
            Self::Server => "is no mail server's address",
        }
    }

    pub(crate) fn hint(self) -> &'static str {
        match self {
            Self::From => "write it as in `Throughline <throughline@example.org>`",
            Self::Certificates => "give a PEM file",
            Self::Server => {
                "write it as in `smtps://user:password@mail.example.org`, or `smtp://user:password@mail.example.org?tls=required`"
            }
        }
    }
}

#[derive(Clone)]
enum Way {
    None,
    Smtp(AsyncSmtpTransport<Tokio1Executor>, Mailbox),
    Folder(PathBuf),
    Memory(Arc<Mutex<Vec<Letter>>>),
}

/// Sends letters. Cheap to clone.
#[derive(Clone)]
pub struct Mailer(Way);

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mailer")
    }
}

/// Whether letters could be sent by these settings. It may be asked outside a runtime: nothing is
/// started.
pub(crate) fn check(mail: &Mail) -> Result<(), Fault> {
    match mail {
        Mail::Smtp { url, from, ca_file } => server(url, from, ca_file.as_deref()).map(|_| ()),
        Mail::None | Mail::Folder(_) | Mail::Memory => Ok(()),
    }
}

fn server(
    url: &Secret,
    from: &str,
    ca_file: Option<&Path>,
) -> Result<(AsyncSmtpTransportBuilder, Mailbox), Fault> {
    let from: Mailbox = from.parse().map_err(|_| Fault::From)?;
    let address = Url::parse(url.reveal()).map_err(|_| Fault::Server)?;
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.reveal())
        .map_err(|_| Fault::Server)?
        .timeout(Some(PATIENCE))
        .pool_config(PoolConfig::new().max_size(CONNECTIONS));
    if let Some(path) = ca_file {
        let pem = std::fs::read(path).map_err(|_| Fault::Certificates)?;
        // One without any is read as none, and no server would be believed for it.
        let begin = b"-----BEGIN CERTIFICATE-----";
        if !pem.windows(begin.len()).any(|part| part == begin) {
            return Err(Fault::Certificates);
        }
        let certificate = Certificate::from_pem(&pem).map_err(|_| Fault::Certificates)?;
        let host = address.host_str().ok_or(Fault::Server)?.to_owned();
        let tls = TlsParameters::builder(host)
            .add_root_certificate(certificate)
            .build()
            .map_err(|_| Fault::Certificates)?;
        builder = builder.tls(if address.scheme() == "smtps" {
            Tls::Wrapper(tls)
        } else {
            Tls::Required(tls)
        });
    }
    Ok((builder, from))
}

impl Mailer {
    /// By these settings; such as make no sense were refused when they were read, and send nothing.
    pub fn new(mail: &Mail) -> Self {
        Self(match mail {
            Mail::None => Way::None,
            Mail::Folder(folder) => Way::Folder(folder.clone()),
            Mail::Memory => Way::Memory(Arc::default()),
            Mail::Smtp { url, from, ca_file } => server(url, from, ca_file.as_deref())
                .map_or(Way::None, |(builder, from)| {
                    Way::Smtp(builder.build(), from)
                }),
        })
    }

    /// Whether letters leave at all.
    pub fn leaves(&self) -> bool {
        !matches!(self.0, Way::None)
    }

    /// Sends a letter; it was taken over by the mail server when this returns.
    ///
    /// # Errors
    /// Where it wasn't.
    pub async fn send(&self, letter: Letter) -> Result<(), MailError> {
        match &self.0 {
            Way::None => Err(MailError::Nowhere),
            Way::Smtp(transport, from) => {
                let message = message(&letter, from)?;
                let sent = transport.send(message).await;
                sent.map(|_| ())
                    .map_err(|error| not_taken(&error, &letter.to))
            }
            Way::Folder(folder) => {
                tokio::fs::create_dir_all(folder).await?;
                let name = format!("{}.txt", uuid::Uuid::new_v4().simple());
                let text = format!(
                    "To: {}\nSubject: {}\n\n{}",
                    letter.to, letter.subject, letter.text
                );
                Ok(tokio::fs::write(folder.join(name), text).await?)
            }
            Way::Memory(letters) => {
                let mut letters = letters.lock().unwrap_or_else(PoisonError::into_inner);
                letters.push(letter);
                Ok(())
            }
        }
    }

    /// What was sent so far, where letters are kept in memory.
    pub fn kept(&self) -> Vec<Letter> {
        match &self.0 {
            Way::Memory(letters) => letters
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
            _ => Vec::new(),
        }
    }
}

/// Answers about the address that a letter goes to: it isn't there, or none that can be.
const OF_THE_ADDRESS: [&str; 5] = ["501", "550", "551", "552", "553"];

/// What a mail server's answer means. It may repeat the address, which belongs in no log.
fn not_taken(error: &lettre::transport::smtp::Error, to: &str) -> MailError {
    let said = error.to_string().replace(to, "(the address)");
    match error.status().map(|code| code.to_string()) {
        Some(code) if OF_THE_ADDRESS.contains(&code.as_str()) => MailError::Unwanted(said),
        Some(_) => MailError::Refused(said),
        None => MailError::Away(said),
    }
}

fn message(letter: &Letter, from: &Mailbox) -> Result<Message, MailError> {
    let to: Address = letter
        .to
        .parse()
        .map_err(|_| MailError::Address(letter.to.clone()))?;
    let id = uuid::Uuid::new_v4().simple();
    Message::builder()
        .message_id(Some(format!("<{id}@{}>", from.email.domain())))
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(letter.subject.as_str())
        .header(ContentType::TEXT_PLAIN)
        .body(letter.text.clone())
        .map_err(|error| MailError::Refused(error.to_string()))
}
