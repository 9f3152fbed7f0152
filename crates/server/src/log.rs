//! The log: what the server does, and nothing about people.
//!
//! A line names the route as the table of `access` writes it (`/a/{token}`, never the token), the
//! status and the time taken; no address, no user agent, no query. Respondents' requests make no
//! line at all unless the server failed: a line a request would say when somebody answered. Other
//! crates' messages are left out, since nobody here decides what they hold.

use crate::access::{self, Access};
use crate::totals;
use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use std::str::FromStr;
use std::time::Instant;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// How lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(format!(
                "`{text}` is no format of a log\nhint: use `text` or `json`"
            )),
        }
    }
}

/// What is logged: our own crates alone.
const OURS: &str = "off,throughline_server=info,throughline_ledger=info,throughline_engine=info";

/// Starts logging to standard error. A second call changes nothing.
pub fn start(format: Format) {
    let _ = subscriber(format, std::io::stderr).map(tracing::subscriber::set_global_default);
}

/// What writes the log.
pub(crate) fn subscriber<W>(
    format: Format,
    to: W,
) -> Result<Box<dyn tracing::Subscriber + Send + Sync>, String>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(OURS).map_err(|error| error.to_string())?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(to);
    Ok(match format {
        Format::Text => Box::new(builder.finish()),
        Format::Json => Box::new(builder.json().flatten_event(true).finish()),
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
