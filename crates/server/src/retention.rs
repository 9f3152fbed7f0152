//! The daily run that takes away what is kept no longer.

use crate::state::App;
use std::time::Duration;
use throughline_ledger::retention::{Asked, Folders, run};

/// Between two runs.
pub(crate) const EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// Looks once. What fails is logged and tried again the next day.
pub(crate) async fn look(app: &App) {
    let folders = Folders::of(&app.config.workspace);
    match run(&app.ledger, &folders, app.clock.now(), Asked::ByTheClock).await {
        Ok(gone) => {
            for (set, count) in gone {
                tracing::info!(set, count, "kept no longer");
            }
        }
        Err(error) => tracing::warn!(%error, "retention"),
    }
}
