//! Who may do what: the one table. A route that isn't in it doesn't exist, whatever the router says.

use axum::http::Method;
use throughline_domain::listen::AccountRole::{
    self, Analyst, Auditor, CxLead, Executive, HrLead, Owner, UnitManager,
};

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone, with or without an account. Respondents' pages are of this kind: what lets somebody
    /// in is the link, slip or code, never an account.
    Anyone,
    /// Accounts of these roles.
    Roles(&'static [AccountRole]),
    /// Machines with a token of this scope.
    Token(&'static str),
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
#[allow(dead_code, reason = "the rooms' lines are being written")]
mod groups {
    use super::{AccountRole, Analyst, Auditor, CxLead, Executive, HrLead, Owner, UnitManager};

    /// Those who run rounds.
    pub(super) const LEADS: &[AccountRole] = &[Owner, HrLead, CxLead];
    /// Those who run people and invitations.
    pub(super) const HR: &[AccountRole] = &[Owner, HrLead];
    /// Those who read briefs.
    pub(super) const READERS: &[AccountRole] = &[Owner, HrLead, CxLead, Analyst, Executive];
    /// Those who see what was released about a unit.
    pub(super) const MANAGERS: &[AccountRole] = &[Owner, HrLead, CxLead, UnitManager];
    /// Those who audit.
    pub(super) const AUDIT: &[AccountRole] = &[Owner, Auditor];
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
