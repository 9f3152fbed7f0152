//! How work reaches customers.

use serde::Serialize;

/// The chain, as far as it was given.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ChainPicture {
    /// Steps of the journey.
    pub stages: Vec<StagePicture>,
    /// Every role's way to the customer, by name.
    pub roles: Vec<RoleWay>,
    /// Roles for which no way was named.
    pub unconnected: Vec<String>,
}

/// A step of the journey.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StagePicture {
    /// Its name.
    pub stage: String,
    /// Share of customers' problem comments that fall here, 0 to 1.
    pub share: f64,
    /// Problems felt here, most comments first (ids).
    pub pains: Vec<String>,
    /// Roles that serve it directly.
    pub served_by: Vec<String>,
}

/// A role's shortest way to the customer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoleWay {
    /// The role.
    pub role: String,
    /// Its title, if given.
    pub title: Option<String>,
    /// The way: role, role, …, step of the journey. Empty if none was named.
    pub way: Vec<String>,
    /// Steps from the customer: 0 serves customers directly.
    pub steps: Option<u32>,
    /// Every step of the journey it reaches, directly or through others.
    pub reaches: Vec<String>,
}
