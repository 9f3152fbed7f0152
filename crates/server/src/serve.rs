//! Listens and answers until it is told to stop.

use crate::config::Config;
use crate::error::ServerError;
use crate::routes::app;
use crate::state::App;
use std::future::Future;
use tokio::net::TcpListener;

/// Serves until `stop` is done; requests under way are then finished. `ready` hears the address.
///
/// # Errors
/// Where it can't start.
pub async fn serve(
    config: Config,
    ready: impl FnOnce(std::net::SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServerError> {
    std::fs::create_dir_all(&config.workspace).map_err(|source| ServerError::Start {
        what: format!("can't make the workspace `{}`", config.workspace.display()),
        source,
        hint: "name a folder you may write to with `--workspace`",
    })?;
    let listen = config.listen;
    let cannot = |source| ServerError::Start {
        what: format!("can't listen on `{listen}`"),
        source,
        hint: "another program may use it: choose another with `--listen`",
    };
    let listener = TcpListener::bind(listen).await.map_err(cannot)?;
    let state = App::open(config).await?;
    ready(listener.local_addr().map_err(cannot)?);
    axum::serve(listener, app(state))
        .with_graceful_shutdown(stop)
        .await
        .map_err(cannot)
}
