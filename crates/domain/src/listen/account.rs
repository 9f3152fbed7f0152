//! Who works with Throughline: the roles an account can have.

use serde::{Deserialize, Serialize};

/// What an account is for. What each may do stands in one table of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountRole {
    /// Set the workspace up; makes accounts.
    Owner,
    /// Runs rounds and people with the CX lead.
    HrLead,
    /// Runs programmes with the HR lead; brings customers' feedback.
    CxLead,
    /// Reads briefs and methods; brings files.
    Analyst,
    /// Sees what was released about her own unit and those below it.
    UnitManager,
    /// Reads briefs.
    Executive,
    /// Data protection or works council: rules, releases and the audit log, no answers.
    Auditor,
}

impl AccountRole {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Owner,
        Self::HrLead,
        Self::CxLead,
        Self::Analyst,
        Self::UnitManager,
        Self::Executive,
        Self::Auditor,
    ];

    /// Its name in files, tables and the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::HrLead => "hr_lead",
            Self::CxLead => "cx_lead",
            Self::Analyst => "analyst",
            Self::UnitManager => "unit_manager",
            Self::Executive => "executive",
            Self::Auditor => "auditor",
        }
    }

    /// Its name on a page.
    pub fn words(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::HrLead => "HR lead",
            Self::CxLead => "CX lead",
            Self::Analyst => "Analyst",
            Self::UnitManager => "Unit manager",
            Self::Executive => "Executive",
            Self::Auditor => "Auditor (data protection, works council)",
        }
    }

    /// The role of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}
