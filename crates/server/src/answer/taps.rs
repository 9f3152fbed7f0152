//! Who may tap once on "who uses your work?": whoever has sent an answer, and once. What allows it is
//! sealed with the round's secret and made from the answer's form, so that sending that again gives
//! no second tap; which were used is known in memory alone.

use crate::error::Failure;
use crate::state::App;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use throughline_ledger::votes;
use uuid::Uuid;

/// Those that were used. Cheap to clone.
#[derive(Clone, Default)]
pub struct Taps(Arc<Mutex<HashSet<String>>>);

/// What allows the sender of that form a tap; nothing once the round has closed.
pub(super) async fn allowed(app: &App, round: Uuid, form: Uuid) -> Option<String> {
    let seal = async |text: String| votes::seal(&app.ledger, round, &text).await.ok()?;
    let one = hex::encode(&seal(format!("tap of\n{form}")).await?[..16]);
    let sealed = seal(format!("tap\n{one}")).await?;
    Some(format!("{one}.{}", hex::encode(sealed)))
}

/// Whether it is one of ours and wasn't used before; it is now.
pub(super) async fn is_first(app: &App, round: Uuid, allowed: &str) -> Result<bool, Failure> {
    let (one, seal) = allowed.split_once('.').unwrap_or_default();
    let seal = hex::decode(seal).unwrap_or_default();
    let ours = votes::is_sealed(&app.ledger, round, &format!("tap\n{one}"), &seal).await?;
    let mut used = app.taps.0.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(ours && used.insert(format!("{round}.{one}")))
}
