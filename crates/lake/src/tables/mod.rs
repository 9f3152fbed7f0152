//! The tables beside customers' feedback: smaller, so their rows are checked one by one into the
//! domain's structs and then written.

pub(crate) mod chain;
pub(crate) mod plain;
pub(crate) mod roles;
pub(crate) mod row;
pub(crate) mod store;
pub(crate) mod units;
pub(crate) mod voice;
pub(crate) mod votes;

use crate::error::LakeError;
use crate::import::Work;
use crate::import::file::FileIn;
use crate::output::manifest::Entry;
use roles::RoleNames;
use throughline_domain::facts::Table;
use throughline_domain::import::ImportReport;

/// Imports one of the tables.
pub(crate) fn run(
    table: Table,
    files: &mut [FileIn],
    work: &mut Work<'_>,
    roles: &mut RoleNames,
    report: &mut ImportReport,
) -> Result<Entry, LakeError> {
    match table {
        Table::Chain => chain::run(files, work, roles, report),
        Table::Roles => roles::run(files, work, roles, report),
        Table::Voice => voice::run(files, work, roles, report),
        Table::Measures => plain::measures(files, work, report),
        Table::Votes => votes::run(files, work, report),
        Table::Themes => plain::themes(files, work, report),
        Table::Initiatives => plain::initiatives(files, work, report),
        Table::Signals | Table::Units => Err(LakeError::Fault(
            "a table was sent to the wrong importer".to_owned(),
        )),
    }
}
