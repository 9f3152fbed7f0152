//! The brief: what leaders read, generic over how words are held.
//!
//! `Brief<Words>` is a draft: it holds people's raw words and can't be serialised or printed.
//! `throughline-disclosure` turns it into a `Released<Brief<Quote>>`, and only that reaches a
//! page, a file or an API.

mod chain;
mod lever;
mod notes;
mod pain;
mod standing;

pub use chain::{ChainPicture, RoleWay, StagePicture};
pub use lever::{
    CommonGround, Ease, EaseFrom, Impact, Lever, LeverPain, Match, Need, Rank, Strength, Support,
    VotedBy, ideas_on, names_nothing,
};
pub use notes::{Inputs, Method, Note, NoteKind, Parameter, ReviewState};
pub use pain::{Pain, PainSource, Praise, Share};
pub use standing::{
    AdoptionPicture, Commitment, LinkPicture, MeasurePicture, SeriesPoint, Standing,
};

use serde::Serialize;

/// Words that may be shown: scrubbed, from a large enough group, at most one a person.
/// Only `throughline-disclosure` has reason to make one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// The words.
    pub words: String,
    /// Where from, for a reader: `Branch North, March 2026`; empty if that would tell too much.
    pub from: String,
}

/// Words proposed for showing, with what the gate must know about them.
#[derive(Clone, PartialEq)]
pub struct Candidate {
    /// The words, raw.
    pub words: crate::Words,
    /// The person (customer, or answer sheet) they come from: at most one quote each.
    pub person: String,
    /// Where from: shown only if that group is large enough.
    pub from: String,
    /// How many people of the same side are in the group named by `from`.
    pub from_group: u64,
    /// What their group would be titled by once they are shown: a clause of them. `None` keeps the group's title.
    pub title: Option<crate::Words>,
}

/// The brief. `W` is [`Candidate`] in a draft and [`Quote`] once released.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Brief<W> {
    /// The company's or project's name, if given.
    pub company: Option<String>,
    /// First and last day of the feedback read (ISO dates), where dates came with it.
    pub first_day: Option<String>,
    /// Last day.
    pub last_day: Option<String>,
    /// Employees, or sheets of answers, that were read: one person's three answers are one.
    pub employees: u64,
    /// Where customers stand, the main source first.
    pub standings: Vec<Standing>,
    /// Customer problems, largest first.
    pub pains: Vec<Pain<W>>,
    /// Proposed fixes: those put to leaders first, then the others in order.
    pub levers: Vec<Lever<W>>,
    /// Which of them are put to leaders on page one (ids, at most five), in the order in which they stand there.
    pub chosen: Vec<String>,
    /// Ideas that a moderator put up, that may be quoted, and that too few share to be a fix with words.
    pub ideas: Vec<W>,
    /// What staff need for themselves: unranked, by name.
    pub needs: Vec<Need<W>>,
    /// What customers praise.
    pub strengths: Vec<Praise<W>>,
    /// Every match of at least weak strength, strongest first.
    pub matches: Vec<Match>,
    /// How far employees' votes on what helps customers agree with customers' figures: a correlation over fixes, 0 to
    /// 1. As far as they do, they tell which problems fixes answer.
    pub votes_agree: crate::Figure,
    /// Ids of problems that no fix answers.
    pub gap_pains: Vec<String>,
    /// Ids of fixes that answer no problem customers name.
    pub gap_levers: Vec<String>,
    /// How work reaches customers, where a chain was given.
    pub chain: Option<ChainPicture>,
    /// Numbers per unit and period, where given: pictures, no verdicts.
    pub measures: Vec<MeasurePicture>,
    /// Estimated links between measures, both directions of each pair.
    pub links: Vec<LinkPicture>,
    /// How committed teams say they are.
    pub commitment: Option<Commitment>,
    /// Spending and its adoption, where given.
    pub initiatives: Vec<AdoptionPicture>,
    /// Fixes that several audiences propose alike.
    pub common_ground: Vec<CommonGround>,
    /// What can't be told, and what a reader must know.
    pub notes: Vec<Note>,
    /// What was read and how.
    pub inputs: Inputs,
    /// What an analyst's review found, if there was one.
    pub review: ReviewState,
}
