//! What the forms of accounts hold, and their fields.

use crate::error::Failure;
use maud::{Markup, html};
use serde::Deserialize;
use throughline_domain::listen::AccountRole;
use throughline_ledger::units::Unit;
use uuid::Uuid;

/// What a form holds.
#[derive(Deserialize)]
pub(crate) struct Filled {
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    unit: String,
}

impl Filled {
    /// The role that was chosen.
    pub(crate) fn role(&self) -> Result<AccountRole, Failure> {
        AccountRole::named(&self.role)
            .ok_or_else(|| Failure::refused("no role was chosen", "Go back and choose one."))
    }

    /// The unit that was chosen, if one was.
    pub(crate) fn unit(&self) -> Result<Option<Uuid>, Failure> {
        if self.unit.is_empty() {
            return Ok(None);
        }
        let wrong = |_| Failure::refused("there is no such unit", "Go back and choose one.");
        self.unit.parse().map(Some).map_err(wrong)
    }
}

/// What each role is for, in a line.
fn purpose(role: AccountRole) -> &'static str {
    match role {
        AccountRole::Owner => "Everything, and making accounts.",
        AccountRole::HrLead => "Runs rounds and people, moderates ideas.",
        AccountRole::CxLead => "Runs rounds with HR, brings customers' feedback.",
        AccountRole::Analyst => "Reads briefs and methods, brings files.",
        AccountRole::UnitManager => "Sees what was released about one unit and those below it.",
        AccountRole::Executive => "Reads briefs.",
        AccountRole::Auditor => "Reads rules, releases and the audit log; no answers.",
    }
}

/// The fields for role and unit.
pub(crate) fn fields(role: Option<AccountRole>, unit: Option<Uuid>, units: &[Unit]) -> Markup {
    html! {
        div class="field" {
            label for="role" { "Role" }
            select id="role" name="role" required {
                @if role.is_none() { option value="" { "Choose a role" } }
                @for one in AccountRole::ALL {
                    option value=(one.name()) selected[role == Some(one)] { (one.words()) }
                }
            }
            details class="hint" {
                summary { "What each role may do" }
                dl {
                    @for one in AccountRole::ALL { dt { (one.words()) } dd { (purpose(one)) } }
                }
            }
        }
        @if !units.is_empty() {
            div class="field" {
                label for="unit" { "Unit" span class="hint" { "For unit managers: what they may see, with everything below it." } }
                select id="unit" name="unit" {
                    option value="" { "None" }
                    @for one in units {
                        option value=(one.id) selected[unit == Some(one.id)] { (one.name) }
                    }
                }
            }
        }
    }
}
