//! Inputs that belong together have the same length.

use super::{NoAnswer, Result};

/// Refuses a length that differs.
pub(crate) fn same_length(expected: usize, got: usize) -> Result<()> {
    if expected == got {
        Ok(())
    } else {
        Err(NoAnswer::Shape { expected, got })
    }
}
