//! What whoever runs the server decides.
//!
//! The settings stand in one table (`setting`); they are read from a file, then the environment,
//! then flags, the later winning (`read`); their reference page is written from the table
//! (`reference`). Secrets are a type that isn't printed.

mod file;
mod network;
mod read;
mod reference;
mod secret;
mod setting;
mod value;

pub use network::Network;
pub use read::Flags;
pub use reference::reference;
pub use secret::Secret;
pub use setting::{Kind, SETTINGS, Setting};

use crate::error::ServerError;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use throughline_ledger::Where;
use url::Url;

/// The settings of a running server.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder that holds the ledger (unless it is PostgreSQL), customers' feedback and briefs.
    pub workspace: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The address under which people reach it.
    pub public_url: Url,
    /// The ledger.
    pub database: Where,
    /// The company's name; empty where it wasn't given.
    pub company: String,
    /// Proxies whose word about a client's address is taken.
    pub trusted_proxies: Vec<Network>,
    /// How log lines look.
    pub log_format: LogFormat,
    /// From which level on lines are logged, as `tracing` filters say it.
    pub log_level: String,
    /// Connections at once.
    pub connections: usize,
    /// How long the head of a request may take; its body four times as long.
    pub slow: Duration,
    /// Bytes an uploaded file may have.
    pub upload_bytes: usize,
    /// Minutes for which a one-time link opens.
    pub link_minutes: i64,
    /// How letters leave.
    pub mail: Mail,
    /// Signing in with a provider.
    pub oidc: Option<Oidc>,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines, an object a line.
    Json,
}

/// How letters leave.
#[derive(Clone, Debug)]
pub enum Mail {
    /// They don't.
    None,
    /// Over a mail server.
    Smtp {
        /// Its address, with user name and password.
        url: Secret,
        /// Who they are from.
        from: String,
        /// Further certificates to trust.
        ca_file: Option<PathBuf>,
    },
    /// As files in a folder: for trying out.
    Folder(PathBuf),
    /// Kept in memory: for tests.
    Memory,
}

/// An `OpenID` Connect provider.
#[derive(Clone, Debug)]
pub struct Oidc {
    /// Its issuer address, letter for letter as it gives it.
    pub issuer: String,
    /// Under which name it knows us.
    pub client_id: String,
    /// What we show it; public clients have none.
    pub client_secret: Option<Secret>,
    /// Further certificates to trust.
    pub ca_file: Option<PathBuf>,
    /// Its name on the button.
    pub name: String,
    /// Whether every address it gives is verified, though it doesn't say so.
    pub email_is_verified: bool,
    /// Whether employees may sign in with it to answer.
    pub employees: bool,
}

impl Config {
    /// The ledger's file in a workspace.
    pub const FILE: &str = "throughline.db";

    /// Reads the settings: file, then environment, then flags.
    ///
    /// # Errors
    /// Names the setting, where it was given, and what to write instead.
    pub fn read(
        flags: &Flags,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ServerError> {
        read::read(flags, environment)
    }

    /// The settings of a workspace in which nothing was decided.
    ///
    /// # Errors
    /// Where the workspace holds a file of settings that makes no sense.
    pub fn of(workspace: &Path) -> Result<Self, ServerError> {
        let mut flags = Flags::default();
        flags.set("workspace", workspace.display());
        read::read(&flags, |_| None)
    }

    /// Makes the workspace, where it isn't there: for the user that the program runs as alone.
    ///
    /// # Errors
    /// Where it can't be made.
    pub fn make_workspace(&self) -> std::io::Result<()> {
        own_folder(&self.workspace)
    }

    /// Whether people reach it over TLS: cookies are then marked `Secure`.
    pub fn secure(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// The whole address of a page of ours.
    pub fn address(&self, path: &str) -> Url {
        let mut url = self.public_url.clone();
        let (path, query) = path
            .split_once('?')
            .map_or((path, None), |(path, query)| (path, Some(query)));
        url.set_path(path);
        url.set_query(query);
        url
    }
}

/// Makes a folder, where it isn't there, that nobody else can look into.
pub(crate) fn own_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)
}
