//! What whoever runs the server decides.

use std::net::SocketAddr;
use std::path::PathBuf;
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
}

impl Config {
    /// The ledger's file in a workspace.
    pub const FILE: &str = "throughline.db";

    /// Whether people reach it over TLS: cookies are then marked `Secure`.
    pub fn secure(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}
