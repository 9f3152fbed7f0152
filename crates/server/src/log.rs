//! The log: what the server does, and nothing about people.
//!
//! A line names the route as the table of `access` writes it (`/a/{token}`, never the token), the
//! status and the time taken; no address, no user agent, no query. Respondents' requests make no
//! line at all unless the server failed: a line a request would say when somebody answered. Other
//! crates' messages are left out, since nobody here decides what they hold.

use crate::access::{self, Access};
use crate::config::LogFormat;
use crate::totals;
use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Starts logging to standard error. A second call changes nothing.
pub(crate) fn start(format: LogFormat, level: &str) {
    if let Ok(subscriber) = subscriber(format, level, std::io::stderr) {
        let _ = tracing::subscriber::set_global_default(subscriber);
    }
}

/// What writes the log.
///
/// # Errors
/// Where the level is none.
pub fn subscriber<W>(
    format: LogFormat,
    level: &str,
    to: W,
) -> Result<Box<dyn tracing::Subscriber + Send + Sync>, String>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let ours = ["server", "ledger", "engine"].map(|name| format!("throughline_{name}={level}"));
    let filter =
        EnvFilter::try_new(format!("off,{}", ours.join(","))).map_err(|error| error.to_string())?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(to);
    Ok(match format {
        LogFormat::Text => Box::new(builder.finish()),
        LogFormat::Json => Box::new(builder.json().flatten_event(true).finish()),
    })
}

/// Tells and counts a request, where that may be.
pub(crate) async fn watch(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let rule = path.as_ref().and_then(|path| access::of(&method, path));
    let response = next.run(request).await;
    tell(
        &method,
        path.as_deref(),
        rule,
        response.status().as_u16(),
        began,
    );
    response
}

fn tell(method: &Method, path: Option<&str>, rule: Option<Access>, status: u16, began: Instant) {
    let took = began.elapsed();
    let path = path.unwrap_or("(no such route)");
    let surface = match rule {
        Some(Access::Roles(_)) => Some("office"),
        Some(Access::Token(_)) => Some("api"),
        Some(Access::Anyone) | None => None,
    };
    if status >= 500 {
        totals::fault();
        tracing::error!(%method, path, status, "failed");
    } else if surface.is_some() {
        let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        tracing::info!(%method, path, status, took_ms, "answered");
    }
    if let Some(surface) = surface {
        totals::request(surface, status, took);
    }
}
