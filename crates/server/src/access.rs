//! Who may do what: the one table. A route that isn't in it doesn't exist, whatever the router says.

use axum::http::Method;
use throughline_domain::listen::AccountRole::{
    self, Analyst, Auditor, CxLead, Executive, HrLead, Owner, UnitManager,
};
use throughline_domain::listen::Scope;

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone, with or without an account. Respondents' pages are of this kind: what lets somebody
    /// in is the link, slip or code, never an account.
    Anyone,
    /// Accounts of these roles.
    Roles(&'static [AccountRole]),
    /// Machines with a token of this scope.
    Token(Scope),
}

/// Every account.
const ALL: &[AccountRole] = &AccountRole::ALL;

/// A line of the table.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The method.
    pub method: Method,
    /// The path, as the router writes it.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
}

const fn rule(method: Method, path: &'static str, access: Access) -> Rule {
    Rule {
        method,
        path,
        access,
    }
}

/// The table, by room.
pub const TABLE: &[Rule] = &[
    // Static files.
    rule(Method::GET, "/static/{file}", Access::Anyone),
    // Answering, and receipts.
    rule(Method::GET, "/a", Access::Anyone),
    rule(Method::POST, "/a", Access::Anyone),
    rule(Method::GET, "/a/{token}", Access::Anyone),
    rule(Method::POST, "/a/{token}", Access::Anyone),
    rule(Method::POST, "/answer/attributes", Access::Anyone),
    rule(Method::GET, "/answer/sign-in", Access::Anyone),
    rule(Method::GET, "/answer/sign-in/callback", Access::Anyone),
    rule(Method::GET, "/promise/{round}", Access::Anyone),
    rule(Method::GET, "/customers/{round}", Access::Anyone),
    rule(Method::POST, "/customers/{round}", Access::Anyone),
    rule(Method::GET, "/receipt", Access::Anyone),
    rule(Method::POST, "/receipt", Access::Anyone),
    rule(Method::POST, "/receipt/change", Access::Anyone),
    rule(Method::POST, "/receipt/withdraw", Access::Anyone),
    // Home.
    rule(Method::GET, "/", Access::Roles(ALL)),
    // Accounts.
    rule(Method::GET, "/sign-in", Access::Anyone),
    rule(Method::GET, "/sign-in/link/{token}", Access::Anyone),
    rule(Method::POST, "/sign-in/link/{token}", Access::Anyone),
    rule(Method::POST, "/sign-in", Access::Anyone),
    rule(Method::GET, "/sign-in/provider", Access::Anyone),
    rule(Method::GET, "/sign-in/callback", Access::Anyone),
    rule(Method::POST, "/sign-out", Access::Anyone),
    // Briefs.
    rule(Method::GET, "/briefs", Access::Roles(groups::RELEASES)),
    rule(
        Method::GET,
        "/briefs/{round}",
        Access::Roles(groups::READERS),
    ),
    rule(
        Method::POST,
        "/briefs/{round}/write",
        Access::Roles(groups::LEADS),
    ),
    // Machines.
    rule(Method::GET, "/tokens", Access::Roles(&[Owner])),
    rule(Method::POST, "/tokens", Access::Roles(&[Owner])),
    rule(
        Method::POST,
        "/tokens/{token}/revoke",
        Access::Roles(&[Owner]),
    ),
    rule(Method::GET, "/api/v1/openapi.json", Access::Anyone),
    rule(
        Method::POST,
        "/api/v1/signals",
        Access::Token(Scope::SignalsWrite),
    ),
    rule(
        Method::GET,
        "/api/v1/rounds",
        Access::Token(Scope::RoundsRead),
    ),
    rule(
        Method::GET,
        "/api/v1/rounds/{round}",
        Access::Token(Scope::RoundsRead),
    ),
    rule(
        Method::GET,
        "/api/v1/rounds/{round}/progress",
        Access::Token(Scope::RoundsRead),
    ),
    rule(
        Method::GET,
        "/api/v1/briefs",
        Access::Token(Scope::BriefsRead),
    ),
    rule(
        Method::GET,
        "/api/v1/briefs/{round}",
        Access::Token(Scope::BriefsRead),
    ),
    rule(Method::GET, "/metrics", Access::Token(Scope::MetricsRead)),
    rule(Method::GET, "/healthz", Access::Anyone),
    rule(Method::GET, "/readyz", Access::Anyone),
    rule(Method::GET, "/start/{token}", Access::Anyone),
    rule(Method::POST, "/start/{token}", Access::Anyone),
    rule(Method::GET, "/accounts", Access::Roles(&[Owner])),
    rule(Method::POST, "/accounts/add", Access::Roles(&[Owner])),
    rule(Method::GET, "/accounts/{id}", Access::Roles(&[Owner])),
    rule(
        Method::POST,
        "/accounts/{id}/change",
        Access::Roles(&[Owner]),
    ),
    rule(
        Method::POST,
        "/accounts/{id}/disable",
        Access::Roles(&[Owner]),
    ),
    rule(
        Method::POST,
        "/accounts/{id}/enable",
        Access::Roles(&[Owner]),
    ),
    rule(Method::POST, "/accounts/{id}/link", Access::Roles(&[Owner])),
    // The audit log.
    rule(Method::GET, "/audit", Access::Roles(groups::AUDIT)),
    rule(Method::GET, "/audit/check", Access::Roles(groups::AUDIT)),
    // People.
    rule(Method::GET, "/people", Access::Roles(groups::HR)),
    rule(Method::POST, "/people/upload", Access::Roles(groups::HR)),
    rule(
        Method::GET,
        "/people/upload/{id}",
        Access::Roles(groups::HR),
    ),
    rule(
        Method::POST,
        "/people/upload/{id}",
        Access::Roles(groups::HR),
    ),
    rule(
        Method::GET,
        "/people/upload/{id}/refused",
        Access::Roles(groups::HR),
    ),
    rule(Method::GET, "/people/units/{id}", Access::Roles(groups::HR)),
    rule(
        Method::POST,
        "/people/units/{id}",
        Access::Roles(groups::HR),
    ),
    // A unit manager's own unit, and those below it.
    rule(Method::GET, "/unit", Access::Roles(&[UnitManager])),
    rule(Method::GET, "/unit/{id}", Access::Roles(&[UnitManager])),
    // The chain.
    rule(Method::GET, "/chain", Access::Roles(groups::LEADS)),
    rule(Method::POST, "/chain", Access::Roles(groups::LEADS)),
    rule(
        Method::POST,
        "/chain/proposed",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::POST,
        "/chain/roles/{id}/remove",
        Access::Roles(groups::LEADS),
    ),
    // Customers' feedback.
    rule(Method::GET, "/feedback", Access::Roles(groups::FEEDBACK)),
    rule(
        Method::POST,
        "/feedback/upload",
        Access::Roles(groups::FEEDBACK),
    ),
    rule(
        Method::GET,
        "/feedback/upload/{id}",
        Access::Roles(groups::FEEDBACK),
    ),
    rule(
        Method::POST,
        "/feedback/upload/{id}",
        Access::Roles(groups::FEEDBACK),
    ),
    rule(
        Method::GET,
        "/feedback/upload/{id}/refused",
        Access::Roles(groups::FEEDBACK),
    ),
    rule(
        Method::POST,
        "/feedback/remove",
        Access::Roles(groups::FEEDBACK),
    ),
    // Rounds. Their rules are the auditor's to read.
    rule(Method::GET, "/rounds", Access::Roles(groups::RULES)),
    rule(Method::POST, "/rounds", Access::Roles(groups::LEADS)),
    rule(Method::GET, "/rounds/new", Access::Roles(groups::LEADS)),
    rule(Method::GET, "/rounds/{id}", Access::Roles(groups::RULES)),
    rule(
        Method::GET,
        "/rounds/{id}/draft",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/draft",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::GET,
        "/rounds/{id}/preview",
        Access::Roles(groups::RULES),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/preview",
        Access::Roles(groups::RULES),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/remove",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::GET,
        "/rounds/{id}/opening",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/opening",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/schedule",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/extend",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::GET,
        "/rounds/{id}/end",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/end",
        Access::Roles(groups::LEADS),
    ),
    // Ways in and progress: HR alone.
    rule(
        Method::GET,
        "/rounds/{id}/progress",
        Access::Roles(groups::HR),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/links",
        Access::Roles(groups::HR),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/letters",
        Access::Roles(groups::HR),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/letters/again",
        Access::Roles(groups::HR),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/votes/links",
        Access::Roles(groups::HR),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/votes/letters",
        Access::Roles(groups::HR),
    ),
    rule(Method::GET, "/rounds/{id}/slips", Access::Roles(groups::HR)),
    rule(
        Method::POST,
        "/rounds/{id}/slips",
        Access::Roles(groups::HR),
    ),
    // Ideas: read, shown, merged, refused.
    rule(
        Method::GET,
        "/rounds/{id}/ideas",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::GET,
        "/rounds/{id}/ideas/shown",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::GET,
        "/rounds/{id}/ideas/refused",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::GET,
        "/rounds/{id}/ideas/{idea}",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::GET,
        "/rounds/{id}/ideas/{idea}/merge",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/ideas/{idea}/merge",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/ideas/{idea}/show",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/ideas/{idea}/refuse",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/ideas/{idea}/reword",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/ideas/{idea}/undo",
        Access::Roles(groups::LEADS),
    ),
    // Votes on them.
    rule(Method::GET, "/v/{token}", Access::Anyone),
    rule(Method::POST, "/v/{token}", Access::Anyone),
    rule(
        Method::GET,
        "/rounds/{id}/votes",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/votes",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/votes/end",
        Access::Roles(groups::LEADS),
    ),
    // You said, we did.
    rule(Method::GET, "/said/{id}", Access::Anyone),
    rule(
        Method::GET,
        "/rounds/{id}/levers",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/levers",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::GET,
        "/rounds/{id}/levers/new",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::GET,
        "/rounds/{id}/levers/{lever}",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/levers/{lever}",
        Access::Roles(groups::LEADS),
    ),
    rule(
        Method::POST,
        "/rounds/{id}/levers/{lever}/remove",
        Access::Roles(groups::LEADS),
    ),
];

/// Roles that the rooms' lines use.
mod groups {
    use super::{AccountRole, Analyst, Auditor, CxLead, Executive, HrLead, Owner};

    /// Those who run rounds.
    pub(super) const LEADS: &[AccountRole] = &[Owner, HrLead, CxLead];
    /// Those who run rounds, and the auditor who reads their rules.
    pub(super) const RULES: &[AccountRole] = &[Owner, HrLead, CxLead, Auditor];
    /// Those who run people and invitations.
    pub(super) const HR: &[AccountRole] = &[Owner, HrLead];
    /// Those who bring customers' feedback.
    pub(super) const FEEDBACK: &[AccountRole] = &[Owner, CxLead, Analyst];
    /// Those who read briefs.
    pub(super) const READERS: &[AccountRole] = &[Owner, HrLead, CxLead, Analyst, Executive];
    /// Those who see what was released, and when; the auditor without the briefs themselves.
    pub(super) const RELEASES: &[AccountRole] =
        &[Owner, HrLead, CxLead, Analyst, Executive, Auditor];
    /// Those who audit.
    pub(super) const AUDIT: &[AccountRole] = &[Owner, Auditor];
}

/// Whether an account of that role may use a route.
pub fn may(role: AccountRole, method: &Method, path: &str) -> bool {
    matches!(of(method, path), Some(Access::Roles(roles)) if roles.contains(&role))
}

/// The rule of a route. `HEAD` is `GET`.
pub fn of(method: &Method, path: &str) -> Option<Access> {
    let method = if method == Method::HEAD {
        &Method::GET
    } else {
        method
    };
    TABLE
        .iter()
        .find(|rule| rule.method == *method && rule.path == path)
        .map(|rule| rule.access)
}
