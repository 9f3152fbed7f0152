//! The table of settings.

/// What a setting's value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A text that is never printed.
    Secret,
    /// An address with a port, as in `127.0.0.1:8080`.
    Address,
    /// `http://…` or `https://…`
    Url,
    /// A file or folder.
    Path,
    /// A whole number between two.
    Number(u32, u32),
    /// `true` or `false`.
    Switch,
    /// Addresses or ranges of them, as in `10.0.0.0/8`.
    Networks,
    /// One of these words.
    OneOf(&'static [&'static str]),
}

/// A setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name in the file; a dot parts section and name.
    pub name: &'static str,
    /// What its value looks like.
    pub kind: Kind,
    /// What holds where nothing is given; empty where nothing does.
    pub default: &'static str,
    /// Whether it is in the file, or must be known before the file is.
    pub in_file: bool,
    /// Whether it has a flag. Secrets have none: other users of a machine see flags.
    pub has_flag: bool,
    /// What it is for.
    pub meaning: &'static str,
}

impl Setting {
    /// Its environment variable.
    pub fn variable(&self) -> String {
        format!("THROUGHLINE_{}", self.name.replace('.', "_").to_uppercase())
    }

    /// Its flag.
    pub fn flag(&self) -> String {
        format!("--{}", self.name.replace(['.', '_'], "-"))
    }

    /// The setting of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        SETTINGS.iter().find(|setting| setting.name == name)
    }
}

const fn setting(
    name: &'static str,
    kind: Kind,
    default: &'static str,
    meaning: &'static str,
) -> Setting {
    Setting {
        name,
        kind,
        default,
        in_file: true,
        has_flag: false,
        meaning,
    }
}

const fn with_flag(setting: Setting) -> Setting {
    Setting {
        has_flag: true,
        ..setting
    }
}

const fn before_the_file(setting: Setting) -> Setting {
    Setting {
        in_file: false,
        has_flag: true,
        ..setting
    }
}

/// All of them.
pub const SETTINGS: &[Setting] = &[
    before_the_file(setting(
        "workspace",
        Kind::Path,
        "throughline-workspace",
        "The folder that holds the ledger, customers' feedback and briefs.",
    )),
    before_the_file(setting(
        "config",
        Kind::Path,
        "",
        "The file of settings. Not given: `throughline.toml` in the workspace, if it is there.",
    )),
    with_flag(setting(
        "database_url",
        Kind::Secret,
        "",
        "PostgreSQL instead of a file in the workspace, as in `postgres://user:password@host/name`. It holds a password: the file or the environment is a better place than the flag.",
    )),
    with_flag(setting(
        "listen",
        Kind::Address,
        "127.0.0.1:8080",
        "Where to listen. Put a proxy with TLS in front, or reach it over a private network alone.",
    )),
    with_flag(setting(
        "public_url",
        Kind::Url,
        "",
        "The address under which people reach it, without a path; links in letters begin with it. With `https://` cookies are sent over TLS alone. Not given: `http://` and the listening address.",
    )),
    with_flag(setting(
        "company",
        Kind::Text,
        "",
        "The company's name, as employees and leaders read it.",
    )),
    with_flag(setting(
        "trusted_proxies",
        Kind::Networks,
        "",
        "Proxies in front of Throughline whose `X-Forwarded-For` is believed when tries are counted. Without them every client behind a proxy counts as one.",
    )),
    with_flag(setting(
        "log_format",
        Kind::OneOf(&["text", "json"]),
        "text",
        "How log lines look: for people, or an object a line.",
    )),
    with_flag(setting(
        "log_level",
        Kind::OneOf(&["error", "warn", "info", "debug"]),
        "info",
        "From which level on lines are logged. No level logs addresses or words of respondents.",
    )),
    setting(
        "connections",
        Kind::Number(16, 100_000),
        "2048",
        "Connections at once. Where there are more, those that ask for nothing leave, then those whose request takes long to come in.",
    ),
    setting(
        "slow_seconds",
        Kind::Number(1, 300),
        "15",
        "How long a client may take over the head of a request, and hold a connection without one; over the body four times as long.",
    ),
    setting(
        "upload_megabytes",
        Kind::Number(1, 2_000),
        "100",
        "How large a file that somebody uploads may be. The proxy in front must let as much through (`client_max_body_size` of nginx, and a little more).",
    ),
    setting(
        "link_minutes",
        Kind::Number(5, 1_440),
        "30",
        "How long a one-time link to sign in opens.",
    ),
    setting(
        "mail_folder",
        Kind::Path,
        "",
        "Write letters as files into this folder instead of sending them: for trying out. Not together with `smtp.url`.",
    ),
    setting(
        "smtp.url",
        Kind::Secret,
        "",
        "The mail server: `smtps://user:password@host` (TLS from the start) or `smtp://user:password@host?tls=required` (STARTTLS). `smtp://host:25` is for a server on this machine.",
    ),
    setting(
        "smtp.from",
        Kind::Text,
        "",
        "Who letters are from, as in `Throughline <throughline@example.org>`. Needed with `smtp.url`.",
    ),
    setting(
        "smtp.ca_file",
        Kind::Path,
        "",
        "A PEM file with certificates that the mail server may be signed by, besides the public ones.",
    ),
    setting(
        "oidc.issuer",
        Kind::Url,
        "",
        "The issuer address of an OpenID Connect provider: people then sign in with it. Register the addresses `/sign-in/callback` and, for employees, `/answer/sign-in/callback` there.",
    ),
    setting(
        "oidc.client_id",
        Kind::Text,
        "",
        "Under which name the provider knows Throughline. Needed with `oidc.issuer`.",
    ),
    setting(
        "oidc.client_secret",
        Kind::Secret,
        "",
        "What Throughline shows the provider. A public client has none.",
    ),
    setting(
        "oidc.ca_file",
        Kind::Path,
        "",
        "A PEM file with certificates that the provider may be signed by, besides the public ones.",
    ),
    setting(
        "oidc.name",
        Kind::Text,
        "your company account",
        "The provider's name on the button: \"Sign in with …\".",
    ),
    setting(
        "oidc.email_is_verified",
        Kind::Switch,
        "false",
        "Take addresses for verified although the provider doesn't say so. Only where it lets nobody choose an address herself.",
    ),
    setting(
        "oidc.employees",
        Kind::Switch,
        "false",
        "Employees may sign in with the provider to answer.",
    ),
];
