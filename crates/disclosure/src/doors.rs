//! The two types through which data leaves, and the grant that one of them needs.

use serde::{Serialize, Serializer};
use std::ops::Deref;
use throughline_domain::listen::AccountRole;

/// Data that the rules allow everyone to see who may see the result.
#[derive(Clone, Debug, PartialEq)]
pub struct Released<T> {
    inner: T,
}

impl<T> Released<T> {
    /// Only this crate releases.
    pub(crate) fn new(inner: T) -> Self {
        Self { inner }
    }
}

impl<T> Deref for Released<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T: Serialize> Serialize for Released<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.inner.serialize(serializer)
    }
}

/// What somebody is trusted with rows for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Files of her own.
    Files(FileUse),
    /// Reading employees' ideas before anyone else does, to decide which are shown.
    Moderation,
    /// What became of an idea, for whoever holds the receipt's code.
    Receipt,
}

/// What somebody does with files that she brought herself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileUse {
    /// An analyst's row-level assignments of the files she brought herself.
    OwnFiles,
    /// An analyst's review of sampled rows of those files.
    Review,
    /// Rows refused by an import, for the person who imported them.
    Rejects,
    /// What an analyst's command found in files she brought herself.
    Analysis,
}

/// The right to see rows: whoever runs the program on files of her own has it for these files, a
/// moderator for the ideas of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    purpose: Purpose,
}

impl Grant {
    /// The grant of somebody at the command line over the files she named there: she holds
    /// them already, so nothing is disclosed that she didn't bring.
    pub fn to_the_owner_of_the_files(for_what: FileUse) -> Self {
        Self {
            purpose: Purpose::Files(for_what),
        }
    }

    /// The grant of an account that may moderate: the owner and the leads. Nobody else may, a
    /// unit's manager least of all: she knows how her people write.
    pub fn to_a_moderator(role: AccountRole) -> Option<Self> {
        match role {
            AccountRole::Owner | AccountRole::HrLead | AccountRole::CxLead => Some(Self {
                purpose: Purpose::Moderation,
            }),
            AccountRole::Analyst
            | AccountRole::UnitManager
            | AccountRole::Executive
            | AccountRole::Auditor => None,
        }
    }

    /// The grant of somebody who holds a receipt's code: it tells what became of one idea, and no
    /// words of anybody.
    pub fn to_the_holder_of_a_receipt() -> Self {
        Self {
            purpose: Purpose::Receipt,
        }
    }

    /// What it is for.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Entrusts data to the holder of this grant.
    pub fn entrust<T>(&self, data: T) -> Entrusted<T> {
        Entrusted {
            inner: data,
            purpose: self.purpose,
        }
    }
}

/// Data for the holder of a [`Grant`] alone.
#[derive(Clone, PartialEq)]
pub struct Entrusted<T> {
    inner: T,
    purpose: Purpose,
}

impl<T> Entrusted<T> {
    /// What it was entrusted for.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }
}

impl<T> Deref for Entrusted<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T: Serialize> Serialize for Entrusted<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.inner.serialize(serializer)
    }
}
