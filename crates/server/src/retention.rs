//! The daily run that takes away what is kept no longer.

use crate::state::App;
use std::time::Duration;
use throughline_ledger::retention::{Asked, Folders, run};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Runs now and every day, for as long as the server does. What fails is logged and tried again the
/// next day.
pub(crate) async fn daily(app: App) {
    let folders = Folders::of(&app.config.workspace);
    loop {
        match run(&app.ledger, &folders, app.clock.now(), Asked::ByTheClock).await {
            Ok(gone) => {
                for (set, count) in gone {
                    tracing::info!(set, count, "kept no longer");
                }
            }
            Err(error) => tracing::warn!(%error, "retention"),
        }
        tokio::time::sleep(DAY).await;
    }
}
