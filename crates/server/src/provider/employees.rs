//! Employees who sign in to answer: nothing of it is kept.
//!
//! What must be remembered while they are with the provider is in this process's memory for some
//! minutes, found again by a cookie that lives as long. No session, no account, no row, no line of a
//! log: what comes out is an address, given to whoever asked, and forgotten.

use super::{Back, Flow, MINUTES, Provider, again};
use crate::error::Failure;
use crate::state::App;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Duration, Utc};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use throughline_ledger::secret;

/// The path that the provider sends employees back to.
pub const BACK: &str = "/answer/sign-in/callback";

/// The cookie's name; it goes to that path alone.
const COOKIE: &str = "throughline-answer";

/// Flows at once; the oldest go first.
const MOST: usize = 20_000;

/// Flows and when they began, by the hash of their cookie.
type ByCookie = HashMap<Vec<u8>, (DateTime<Utc>, Flow)>;

/// Flows under way.
#[derive(Default)]
pub(super) struct Flows(Mutex<ByCookie>);

impl Flows {
    fn keep(&self, key: Vec<u8>, flow: Flow, now: DateTime<Utc>) {
        self.sweep(now);
        let mut flows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if flows.len() >= MOST
            && let Some(oldest) = flows
                .iter()
                .min_by_key(|(_, (at, _))| *at)
                .map(|(key, _)| key.clone())
        {
            flows.remove(&oldest);
        }
        flows.insert(key, (now, flow));
    }

    /// Forgets those that took too long.
    pub(super) fn sweep(&self, now: DateTime<Utc>) {
        let mut flows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        flows.retain(|_, (at, _)| now - *at < Duration::minutes(MINUTES));
    }

    fn take(&self, key: &[u8]) -> Option<Flow> {
        let mut flows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        flows.remove(key).map(|(_, flow)| flow)
    }
}

/// Who came back, and for what.
pub struct Employee {
    /// The verified address, in lower case.
    pub email: String,
    /// What was given to [`begin`].
    pub next: String,
}

fn provider(app: &App) -> Result<&Provider, Failure> {
    app.provider
        .as_ref()
        .filter(|provider| provider.for_employees())
        .ok_or(Failure::NotFound)
}

/// Sends an employee to the provider; `next` comes back with her.
///
/// # Errors
/// Where there is no provider for employees, or it doesn't answer.
pub async fn begin(app: &App, next: String) -> Result<Response, Failure> {
    let provider = provider(app)?;
    let now = app.clock.now();
    let back = app.config.address(BACK);
    let (url, flow) = provider.begin(&back, next, now).await?;
    let token = secret::token();
    let flows = &provider.0.employees;
    flows.keep(secret::hash(&token), flow, now);
    let cookie = cookie(app, &token, MINUTES * 60)?;
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(url.as_str())).into_response())
}

/// Who came back. The second is the header `Set-Cookie` that ends the cookie: send it on.
///
/// # Errors
/// Where she didn't sign in, isn't the one who went, or has no verified address.
pub async fn finish(
    app: &App,
    headers: &HeaderMap,
    answer: Back,
) -> Result<(Employee, HeaderValue), Failure> {
    let provider = provider(app)?;
    let flow = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .and_then(|(_, token)| provider.0.employees.take(&secret::hash(token)))
        .ok_or_else(|| again("this sign-in doesn't belong to you, or took too long"))?;
    let next = flow.next.clone();
    let back = app.config.address(BACK);
    let identity = provider
        .finish(flow, answer, &back, app.clock.now())
        .await?;
    let email = identity
        .email
        .ok_or_else(|| again("the provider gave no verified e-mail address"))?;
    Ok((Employee { email, next }, cookie(app, "", 0)?))
}

fn cookie(app: &App, token: &str, seconds: i64) -> Result<HeaderValue, Failure> {
    let secure = if app.config.secure() { "; Secure" } else { "" };
    let text =
        format!("{COOKIE}={token}; Path={BACK}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).map_err(|error| Failure::Fault(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::{Flow, Flows, MINUTES};
    use chrono::{DateTime, Duration, Utc};

    #[test]
    fn who_does_not_come_back_is_forgotten() {
        let flow = |started_at: DateTime<Utc>| Flow {
            state: String::new(),
            nonce: String::new(),
            verifier: String::new(),
            started_at,
            next: String::new(),
        };
        let (flows, now) = (Flows::default(), Utc::now());
        let late = now + Duration::minutes(MINUTES);
        flows.keep(vec![1], flow(now), now);
        flows.keep(vec![2], flow(late), late);
        assert!(flows.take(&[1]).is_none());
        assert!(flows.take(&[2]).is_some());
        flows.keep(vec![3], flow(now), now);
        flows.sweep(late);
        assert!(flows.take(&[3]).is_none());
    }
}
