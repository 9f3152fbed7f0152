//! What a caller says about an import: files, maps, presets, orders and scales; and how it watches.
//!
//! It doesn't read anything; flags are turned into these types by the binary.

use crate::error::{Complaint, LakeError};
use std::path::PathBuf;
use std::str::FromStr;
use throughline_domain::facts::Table;
use throughline_domain::metric::Scale;

/// The files given for one table, in the order given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFiles {
    /// The table.
    pub table: Table,
    /// Its files.
    pub files: Vec<PathBuf>,
}

/// `--map table.field=column`: a column that the user named for a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldMap {
    /// The table.
    pub table: Table,
    /// The field, in the contract's word.
    pub field: String,
    /// The column, as the file names it (case and spaces don't matter where it is unambiguous);
    /// empty where no column is to be taken for the field.
    pub column: String,
}

impl FromStr for FieldMap {
    type Err = LakeError;

    fn from_str(text: &str) -> Result<Self, LakeError> {
        let wrong = |why: &str| {
            LakeError::from(Complaint::new(
                format!("can't read the map `{text}`: {why}"),
                "write it as `table.field=column`, for example `--map signals.comment=feedback`",
            ))
        };
        let (place, column) = text
            .split_once('=')
            .ok_or_else(|| wrong("there is no `=`"))?;
        let (table, field) = place
            .split_once('.')
            .ok_or_else(|| wrong("there is no `.` before the `=`"))?;
        let (table, field, column) = (table.trim(), field.trim().to_lowercase(), column.trim());
        let table = Table::ALL
            .into_iter()
            .find(|known| known.name().eq_ignore_ascii_case(table))
            .ok_or_else(|| wrong(&format!("there is no table `{table}`")))?;
        let known = crate::columns::contract::fields(table);
        if !known.iter().any(|known| known.name == field) {
            let names: Vec<&str> = known.iter().map(|known| known.name).collect();
            return Err(Complaint::new(
                format!("`{}` has no field `{field}`", table.name()),
                format!("its fields are {}", names.join(", ")),
            )
            .into());
        }
        Ok(Self {
            table,
            field,
            column: column.to_owned(),
        })
    }
}

/// An export whose layout is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Preset {
    /// Qualtrics survey export: three header rows.
    Qualtrics,
    /// Medallia response export.
    Medallia,
    /// Zendesk tickets, as JSON lines or a CSV of comments.
    Zendesk,
    /// SurveyMonkey "all responses" export: two header rows.
    SurveyMonkey,
    /// Culture Amp survey export (employees).
    CultureAmp,
}

impl Preset {
    /// All presets.
    pub const ALL: [Self; 5] = [
        Self::Qualtrics,
        Self::Medallia,
        Self::Zendesk,
        Self::SurveyMonkey,
        Self::CultureAmp,
    ];

    /// Its name for `--preset` and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Qualtrics => "qualtrics",
            Self::Medallia => "medallia",
            Self::Zendesk => "zendesk",
            Self::SurveyMonkey => "surveymonkey",
            Self::CultureAmp => "culture-amp",
        }
    }
}

impl FromStr for Preset {
    type Err = LakeError;

    fn from_str(text: &str) -> Result<Self, LakeError> {
        let plain = |name: &str| name.to_lowercase().replace(['-', '_', ' '], "");
        Self::ALL
            .into_iter()
            .find(|preset| plain(preset.name()) == plain(text))
            .ok_or_else(|| {
                let names: Vec<&str> = Self::ALL.iter().map(|preset| preset.name()).collect();
                Complaint::new(
                    format!("there is no preset `{text}`"),
                    format!("presets are {}", names.join(", ")),
                )
                .into()
            })
    }
}

/// Which of day and month comes first where a date writes both as numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// `31/12/2026`.
    DayMonthYear,
    /// `12/31/2026`.
    MonthDayYear,
}

impl FromStr for DateOrder {
    type Err = LakeError;

    fn from_str(text: &str) -> Result<Self, LakeError> {
        match text.to_lowercase().as_str() {
            "dmy" => Ok(Self::DayMonthYear),
            "mdy" => Ok(Self::MonthDayYear),
            _ => Err(Complaint::new(
                format!("`{text}` is not a date order"),
                "use `dmy` or `mdy`",
            )
            .into()),
        }
    }
}

/// Which rule turns scores into a figure, where the user says so; cut-points follow the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MetricRule {
    /// Net promoter score.
    Nps,
    /// Customer satisfaction: top two boxes.
    Csat,
    /// Customer effort: share that found it easy.
    Ces,
    /// The mean.
    Mean,
    /// A code given to the comment by a reader or a machine.
    Coded,
}

impl MetricRule {
    /// The rule that a metric or column name stands for, if it is a known one.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let name = crate::columns::plain_name(name);
        let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
        let is = |names: &[&str]| names.contains(&name.as_str());
        if has(&["netpromoter", "recommend"]) || name.starts_with("nps") || is(&["enps", "ltr"]) {
            Some(Self::Nps)
        } else if (has(&["csat", "satisfaction"]) && !has(&["dissatisf"])) || is(&["osat"]) {
            Some(Self::Csat)
        } else if has(&["effort"]) || is(&["ces", "cesscore", "cesrating"]) {
            Some(Self::Ces)
        } else if has(&["criticality", "sentiment", "severity", "polarity"])
            || is(&["crit", "tone", "commenttone", "coded", "code"])
        {
            Some(Self::Coded)
        } else if is(&["mean", "average"]) {
            Some(Self::Mean)
        } else {
            None
        }
    }
}

impl FromStr for MetricRule {
    type Err = LakeError;

    fn from_str(text: &str) -> Result<Self, LakeError> {
        match text.to_lowercase().as_str() {
            "nps" => Ok(Self::Nps),
            "csat" => Ok(Self::Csat),
            "ces" => Ok(Self::Ces),
            "mean" => Ok(Self::Mean),
            "coded" => Ok(Self::Coded),
            _ => Err(Complaint::new(
                format!("`{text}` is not a metric"),
                "use `nps`, `csat`, `ces`, `mean` or `coded` (a tone or severity given to the comment)",
            )
            .into()),
        }
    }
}

/// Reads a scale: `0-10`, `1..5`, `-5..5`, `1:7`, `0 to 100`.
pub fn parse_scale(text: &str) -> Result<Scale, LakeError> {
    let wrong = || {
        Complaint::new(
            format!("`{text}` is not a scale"),
            "write its ends, for example `0..10` or `-5..5`",
        )
    };
    let ends = text
        .split_once("..")
        .or_else(|| text.split_once(':'))
        .or_else(|| text.split_once(" to "))
        .or_else(|| {
            // A minus can be a sign: the one that parts the ends isn't the first character.
            let at = text
                .char_indices()
                .skip(1)
                .find(|(_, letter)| matches!(letter, '-' | '–'))?;
            Some((&text[..at.0], &text[at.0 + at.1.len_utf8()..]))
        });
    let (low, high) = ends.ok_or_else(wrong)?;
    let number = |end: &str| {
        end.trim()
            .parse::<f64>()
            .ok()
            .filter(|value| value.is_finite() && value.abs() <= 1e6)
    };
    match (number(low), number(high)) {
        (Some(low), Some(high)) if low < high => Ok(Scale { low, high }),
        _ => Err(wrong().into()),
    }
}

/// What the user said about the files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportOptions {
    /// Columns for fields; several of one comment field make several rows of one response.
    pub maps: Vec<FieldMap>,
    /// A preset for the files of customers or employees; `None`: recognised where possible.
    pub preset: Option<Preset>,
    /// Which of day and month comes first.
    pub date_order: Option<DateOrder>,
    /// The ends of the scale of every source; `None`: found from the data.
    pub scale: Option<Scale>,
    /// The rule of every source; `None`: from a `metric` column or the score column's name.
    pub metric: Option<MetricRule>,
    /// Go on where more than 5% of a file's rows are refused.
    pub allow_rejects: bool,
    /// A list of staff names, one a line, to be masked in comments and answers.
    pub staff_names: Option<PathBuf>,
}

/// Watches an import; called from several threads.
pub trait Watch: Sync {
    /// Rows of a table that were read so far.
    fn rows(&self, _table: Table, _rows: u64) {}

    /// Bytes read so far, of all bytes of all files (as they lie on disk). A file that has to be
    /// read again sets `done` back.
    fn bytes(&self, _done: u64, _total: u64) {}

    /// Bytes of text, unpacked, that were read so far of the file being read. Packed ones can grow a
    /// thousandfold.
    fn text(&self, _bytes: u64) {}

    /// Whether to stop; asked often.
    fn cancelled(&self) -> bool {
        false
    }
}

/// Watches nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {}

#[cfg(test)]
mod tests {
    use super::MetricRule as Rule;

    #[test]
    fn metrics_are_told_by_their_names() {
        let check = |name: &str, expected| assert_eq!(Rule::named(name), expected, "{name}");
        check("NPS score", Some(Rule::Nps));
        check("How likely are you to recommend us?", Some(Rule::Nps));
        check("CSAT", Some(Rule::Csat));
        check("Overall satisfaction", Some(Rule::Csat));
        check("dissatisfaction", None);
        check("Customer Effort Score", Some(Rule::Ces));
        check("services", None);
        check("crit", Some(Rule::Coded));
        check("sentiment_score", Some(Rule::Coded));
        check("milestone", None);
        check("stars", None);
    }
}
