//! `throughline serve`.

use crate::arguments::ServeArguments;
use anyhow::{Context, Result};
use throughline_ledger::Where;
use throughline_server::Config;

/// Serves until it is told to stop.
pub fn run(arguments: ServeArguments) -> Result<()> {
    let public_url = match arguments.public_url {
        Some(url) => url,
        None => format!("http://{}", arguments.listen)
            .parse()
            .context("the listening address makes no URL\nhint: give one with `--public-url`")?,
    };
    let database = arguments.database_url.map_or_else(
        || Where::File(arguments.workspace.join(Config::FILE)),
        Where::Postgres,
    );
    let config = Config {
        workspace: arguments.workspace,
        listen: arguments.listen,
        public_url,
        database,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("can't start")?;
    runtime.block_on(async {
        let said = config.public_url.clone();
        let ready = move |at| eprintln!("listening on {at}: open {said}");
        throughline_server::serve(config, ready, told_to_stop()).await
    })?;
    Ok(())
}

/// Ctrl-C, or what a service manager sends.
async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ = interrupted.await;
}
