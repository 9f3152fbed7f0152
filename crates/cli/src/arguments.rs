//! The flags.

use crate::analysis::Analysis;
use crate::ledger::Keeping;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Joins what customers feel with what employees know, and writes the brief that leaders can
/// decide from.
#[derive(Parser)]
#[command(name = "throughline", version, about, long_about = None, arg_required_else_help = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// Read customers' feedback and employees' answers and write the brief.
    Brief(Box<BriefArguments>),
    /// Make a sample company and write its brief: for a first look, without data.
    Demo(DemoArguments),
    /// Judge a sample of what was found, so that the next brief is corrected by it.
    Review(ReviewArguments),
    /// Run the web application in which employees are asked and answers are kept.
    Serve(Box<ServeArguments>),
    /// Make accounts, list them, let somebody in.
    #[command(subcommand)]
    Account(AccountCommand),
    /// A keeper's commands.
    #[command(flatten)]
    Keeping(Keeping),
    /// Tokens with which other programs call the API.
    #[command(subcommand)]
    Token(TokenCommand),
    /// An analyst's commands.
    #[command(flatten)]
    Analysis(Analysis),
}

/// Flags of `brief`.
#[derive(Args)]
pub struct BriefArguments {
    /// Customers' feedback: CSV, TSV, XLSX, JSONL, Parquet or text, plain or compressed; one file or several, as of every
    /// table.
    #[arg(long, value_name = "FILE", num_args = 1.., required_unless_present = "workspace")]
    pub signals: Vec<PathBuf>,
    /// With `--workspace`, answers, votes, units and chain come from its ledger and feedback from
    /// its folder `signals` (and `--signals`): one brief a round, after it closed.
    #[command(flatten)]
    pub workspace: WorkspaceArguments,
    /// The round, by name or id; the one that closed last if not given.
    #[arg(long, value_name = "ROUND", requires = "workspace")]
    pub round: Option<String>,
    /// Employees' answers: ideas, what blocks them, commitment.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "workspace")]
    pub voice: Vec<PathBuf>,
    /// Units, their parents and other names.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "workspace")]
    pub units: Vec<PathBuf>,
    /// How work reaches customers: from a role to a role or to `stage:NAME`.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "workspace")]
    pub chain: Vec<PathBuf>,
    /// Roles: titles, units, headcounts.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "workspace")]
    pub roles: Vec<PathBuf>,
    /// Numbers per unit and period, of employees and customers.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub measures: Vec<PathBuf>,
    /// Votes on fixes: which helps customers more, which is simpler.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "workspace")]
    pub votes: Vec<PathBuf>,
    /// Your corrections of themes: titles, merges, what to hide, ease, owners.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "workspace")]
    pub themes: Vec<PathBuf>,
    /// Spending lines and their adoption.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub initiatives: Vec<PathBuf>,
    /// Take a column for a field, as in `signals.comment=feedback`; repeatable.
    #[arg(long = "map", value_name = "TABLE.FIELD=COLUMN")]
    pub maps: Vec<String>,
    /// Read files as exports of this product (otherwise recognised, and said).
    #[arg(long, value_name = "NAME")]
    pub preset: Option<String>,
    /// How dates such as 03/04/2026 are written.
    #[arg(long, value_name = "dmy|mdy")]
    pub date_order: Option<String>,
    /// The ends of the scores' scale, as in `0:10`; otherwise found from the data.
    #[arg(long, value_name = "LOW:HIGH", allow_hyphen_values = true)]
    pub scale: Option<String>,
    /// What the scores are: nps, csat, ces, mean, or coded (given to the comment by a reader or
    /// a machine); otherwise taken from the metric column or the score column's name.
    #[arg(long, value_name = "METRIC")]
    pub metric: Option<String>,
    /// A list of staff names, one a line, to be masked in comments.
    #[arg(long, value_name = "FILE")]
    pub staff_names: Option<PathBuf>,
    /// Go on although more than 5% of a file's rows were refused.
    #[arg(long)]
    pub allow_rejects: bool,
    /// The company's name, for the head of the brief.
    #[arg(long, value_name = "NAME")]
    pub company: Option<String>,
    /// The folder to write to; a workspace keeps its briefs itself.
    #[arg(long, value_name = "DIR", required_unless_present = "workspace")]
    pub out: Option<PathBuf>,
    /// Release a round's one brief although votes are still taken, or ideas weren't read
    #[arg(long, requires = "workspace")]
    pub early: bool,
    /// Seed of everything random: same input and seed, same bytes.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Say nothing but errors.
    #[arg(long)]
    pub quiet: bool,
    /// Open the brief at the end.
    #[arg(long)]
    pub open: bool,
}

/// Size of the sample company.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Size {
    /// 40,000 pieces of feedback, 2,500 answers.
    Small,
    /// 1,000,000 pieces of feedback, 100,000 answers.
    Large,
}

/// Flags of `demo`.
#[derive(Args)]
pub struct DemoArguments {
    /// How much feedback to make.
    #[arg(long, value_enum, default_value = "small")]
    pub size: Size,
    /// Seed of the sample company and of the brief.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The folder to write to.
    #[arg(long, value_name = "DIR", default_value = "throughline-demo")]
    pub out: PathBuf,
    /// Say nothing but errors.
    #[arg(long)]
    pub quiet: bool,
    /// Open the brief at the end.
    #[arg(long)]
    pub open: bool,
}

/// Flags of `review`.
#[derive(Args)]
pub struct ReviewArguments {
    /// The folder of a brief.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

/// Where the ledger is: for every command that opens it.
#[derive(Args)]
pub struct WorkspaceArguments {
    /// The folder that holds the ledger, customers' feedback and briefs [default:
    /// throughline-workspace; or `THROUGHLINE_WORKSPACE`].
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
    /// The file of settings [default: `throughline.toml` in the workspace, if it is there].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// PostgreSQL instead of a file in the workspace (better in the file of settings, or in
    /// `THROUGHLINE_DATABASE_URL`: it holds a password).
    #[arg(long, value_name = "postgres://…")]
    pub database_url: Option<String>,
}

/// Flags of `serve`. Every setting is in docs/CONFIG.md.
#[derive(Args)]
pub struct ServeArguments {
    /// Where the ledger is.
    #[command(flatten)]
    pub workspace: WorkspaceArguments,
    /// Where to listen [default: 127.0.0.1:8080].
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<String>,
    /// The address under which people reach it; `http://` and the listening address if not given.
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// The company's name, as employees and leaders read it.
    #[arg(long, value_name = "NAME")]
    pub company: Option<String>,
    /// Proxies in front whose word about addresses is believed, parted by commas.
    #[arg(long, value_name = "ADDRESSES")]
    pub trusted_proxies: Option<String>,
    /// How log lines look: text or json.
    #[arg(long, value_name = "FORMAT")]
    pub log_format: Option<String>,
    /// From which level on lines are logged: error, warn, info or debug.
    #[arg(long, value_name = "LEVEL")]
    pub log_level: Option<String>,
}

/// What to do with tokens.
#[derive(Subcommand)]
pub enum TokenCommand {
    /// Make a token; it is printed this once.
    Add(TokenAddArguments),
    /// List tokens, without what would let one use them.
    List(WorkspaceArguments),
    /// Revoke a token.
    Revoke(TokenRevokeArguments),
}

/// Flags of `token add`.
#[derive(Args)]
pub struct TokenAddArguments {
    /// What will use it; the audit log says this name.
    pub name: String,
    /// What it is for: signals:write, rounds:read, briefs:read or metrics:read;
    /// repeatable.
    #[arg(long = "scope", value_name = "SCOPE", required = true)]
    pub scopes: Vec<String>,
    /// Days for which it lasts; until it is revoked if not given.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..))]
    pub days: Option<u16>,
    /// Where the ledger is.
    #[command(flatten)]
    pub workspace: WorkspaceArguments,
}

/// Flags of `token revoke`.
#[derive(Args)]
pub struct TokenRevokeArguments {
    /// Its name.
    pub name: String,
    /// Where the ledger is.
    #[command(flatten)]
    pub workspace: WorkspaceArguments,
}

/// What to do with accounts.
#[derive(Subcommand)]
pub enum AccountCommand {
    /// Make an account.
    Add(AccountAddArguments),
    /// Print a one-time link with which an account signs in.
    Link(AccountLinkArguments),
    /// List accounts.
    List(WorkspaceArguments),
}

/// Flags of `account add`.
#[derive(Args)]
pub struct AccountAddArguments {
    /// The e-mail address.
    pub email: String,
    /// The role: owner, hr_lead, cx_lead, analyst, unit_manager, executive or auditor.
    #[arg(long)]
    pub role: String,
    /// A unit manager's unit, by name.
    #[arg(long, value_name = "NAME")]
    pub unit: Option<String>,
    /// Where the ledger is.
    #[command(flatten)]
    pub workspace: WorkspaceArguments,
}

/// Flags of `account link`.
#[derive(Args)]
pub struct AccountLinkArguments {
    /// The e-mail address.
    pub email: String,
    /// Where the ledger is.
    #[command(flatten)]
    pub workspace: WorkspaceArguments,
}
