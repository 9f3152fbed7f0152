//! Facts in Parquet: what users bring is checked and imported, all or nothing; what analyses need is
//! scanned by DataFusion.
//!
//! It takes CSV and TSV, XLSX, JSON lines, Parquet and lines of remarks, plain or packed; finds out
//! encodings, delimiters, date orders and scales from the data; says what it took and what it
//! refused. It knows nothing of themes, drags or matches, and lets no type of Arrow's or
//! DataFusion's out.

mod check;
mod columns;
mod error;
pub mod extract;
mod import;
mod lake;
mod options;
mod output;
mod read;
mod rows;
mod signals;
mod tables;

pub use check::unit_names::folded;
pub use error::{Complaint, LakeError};
pub use extract::{Extract, Wanted};
pub use import::{check, import};
pub use lake::{Lake, PanelCell, SignalBatch};
pub use options::{
    DateOrder, FieldMap, ImportOptions, MetricRule, Preset, TableFiles, Unwatched, Watch,
    parse_scale,
};
pub use output::rejects::Refused;
pub use rows::{Reject, Row, RowField, Rows, rows};
pub use signals::LONG_COMMENT;
pub use signals::encode::known_customer;
