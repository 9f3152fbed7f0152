//! The fixed catalogue from which each sample company is drawn: possible pains, fixes, needs and
//! strengths with their wordings. It holds no numbers: how often and how badly is drawn in `plan`.
//!
//! How pains and fixes are worded stands in the text files of `wordings`; the rest beside what it
//! words. There wordings come in families. A family is one independent way of saying a thing, as a few small
//! grammars (see `grammar`), and belongs to exactly one bank, so that a benchmark can use words
//! that nobody saw while the product was made.

pub(crate) mod company;
mod levers;
mod needs_conditions;
mod needs_regard;
mod pains;
mod praise;
pub(crate) mod remarks;
mod slots;
#[cfg(test)]
mod tests;
pub(crate) mod wordings;

pub(crate) use slots::SLOTS;

/// A family: a few templates that say one thing in one way.
pub(crate) type Family = &'static [&'static str];

/// The families of one thing, by bank.
#[derive(Clone, Copy)]
pub(crate) struct Wordings {
    /// Families that may be read while the product is made.
    pub making: &'static [Family],
    /// Families held out for benchmarks.
    pub held_out: &'static [Family],
}

/// A step of the journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Choosing,
    SigningUp,
    Installation,
    GettingStarted,
    EverydayUse,
    Billing,
    GettingHelp,
    LeavingOrRenewing,
}

impl Stage {
    /// All steps, in the order of the journey.
    pub(crate) const ALL: [Self; 8] = [
        Self::Choosing,
        Self::SigningUp,
        Self::Installation,
        Self::GettingStarted,
        Self::EverydayUse,
        Self::Billing,
        Self::GettingHelp,
        Self::LeavingOrRenewing,
    ];

    /// Its name in files.
    pub(crate) fn name(self) -> &'static str {
        &self.in_chain()["stage:".len()..]
    }

    /// Its name as an end of the chain.
    pub(crate) fn in_chain(self) -> &'static str {
        match self {
            Self::Choosing => "stage:choosing",
            Self::SigningUp => "stage:signing up",
            Self::Installation => "stage:installation",
            Self::GettingStarted => "stage:getting started",
            Self::EverydayUse => "stage:everyday use",
            Self::Billing => "stage:billing",
            Self::GettingHelp => "stage:getting help",
            Self::LeavingOrRenewing => "stage:leaving or renewing",
        }
    }
}

/// When in the year a pain is commonest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Season {
    /// No season.
    Level,
    /// October to March.
    Winter,
    /// August to October.
    Autumn,
}

/// A possible customer problem.
pub(crate) struct Pain {
    pub key: &'static str,
    pub title: &'static str,
    pub stage: Stage,
    pub season: Season,
}

/// A possible fix; without `answers`, one that no customer asked for.
pub(crate) struct Lever {
    pub key: &'static str,
    pub title: &'static str,
    /// Keys of the pains it answers.
    pub answers: &'static [&'static str],
    /// Keys of the roles that see it best.
    pub roles: &'static [&'static str],
}

/// Something staff need for themselves.
pub(crate) struct Need {
    pub key: &'static str,
    pub title: &'static str,
    pub idea: Wordings,
    pub block: Wordings,
}

/// Something customers praise.
pub(crate) struct Praise {
    pub key: &'static str,
    pub title: &'static str,
    /// The step it belongs to; none for praise of anything.
    pub stage: Option<Stage>,
    pub words: Wordings,
}

/// All possible pains, in the order of the journey.
pub(crate) fn pains() -> impl Iterator<Item = &'static Pain> {
    pains::PAINS.iter()
}

/// All possible fixes.
pub(crate) fn levers() -> impl Iterator<Item = &'static Lever> {
    levers::LEVERS.iter()
}

/// All needs of staff.
pub(crate) fn needs() -> impl Iterator<Item = &'static Need> {
    [needs_conditions::NEEDS, needs_regard::NEEDS]
        .into_iter()
        .flatten()
}

/// All strengths.
pub(crate) fn praise() -> &'static [Praise] {
    praise::PRAISE
}
