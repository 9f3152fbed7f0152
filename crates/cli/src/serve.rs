//! `throughline serve`.

use crate::arguments::ServeArguments;
use crate::workspace::{flags, runtime, settings};
use anyhow::Result;
use throughline_server::Ready;

/// Serves until it is told to stop.
pub fn run(arguments: ServeArguments) -> Result<()> {
    let mut given = flags(&arguments.workspace);
    given.set_some("listen", arguments.listen);
    given.set_some("public_url", arguments.public_url);
    given.set_some("company", arguments.company);
    given.set_some("trusted_proxies", arguments.trusted_proxies);
    given.set_some("log_format", arguments.log_format);
    given.set_some("log_level", arguments.log_level);
    let config = settings(&given)?;
    runtime()?.block_on(throughline_server::serve(config, said, told_to_stop()))?;
    Ok(())
}

fn said(ready: Ready) {
    tell!("listening on {}: open {}", ready.at, ready.public_url);
    if let Some(start) = ready.start {
        tell!("nobody has an account yet. Become the owner, once, at\n  {start}");
    }
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
