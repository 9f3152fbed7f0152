//! What every handler may use.

use crate::answer::{Said, Taps};
use crate::config::Config;
use crate::invite::Posting;
use crate::language::Languages;
use crate::limits::Limits;
use crate::machines::Machines;
use crate::mail::Mailer;
use crate::page::waiting::Uploads;
use crate::people;
use crate::provider::Provider;
use crate::start::Start;
use chrono::{DateTime, NaiveDate, Utc};
use std::ops::Deref;
use std::sync::Arc;
use throughline_engine::workspace::FeedbackRead;
use throughline_ledger::Ledger;

/// Tells the time; tests bring their own.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// The machine's clock.
    pub fn real() -> Self {
        Self(Arc::new(Utc::now))
    }

    /// A clock of one's own.
    pub fn of(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)()
    }

    /// Today, in universal time.
    pub fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }
}

/// The application's state. Cheap to clone: every layer of the router does.
#[derive(Clone)]
pub struct App(Arc<State>);

impl Deref for App {
    type Target = State;

    fn deref(&self) -> &State {
        &self.0
    }
}

/// What is in it.
pub struct State {
    /// The system of record.
    pub ledger: Ledger,
    /// The settings.
    pub config: Config,
    /// The clock.
    pub clock: Clock,
    /// What the rooms for machines keep in memory.
    pub(crate) machines: Machines,
    /// What voters are asked about, kept for a moment.
    pub(crate) voting: crate::vote::Held,
    /// Sends letters.
    pub mail: Mailer,
    /// Counts tries.
    pub limits: Limits,
    /// The sign-in provider, where there is one.
    pub provider: Option<Provider>,
    /// The languages employees read.
    pub languages: Languages,
    /// What customers said, for employees who have answered.
    pub said: Said,
    /// Taps after sending that were used.
    pub(crate) taps: Taps,
    /// The link of the first start.
    pub start: Start,
    /// Files of people that wait to be confirmed.
    pub(crate) uploads: Uploads<people::Brought>,
    /// Files of feedback that wait to be confirmed.
    pub(crate) feedback: Uploads<FeedbackRead>,
    /// Rounds whose letters are being sent.
    pub posting: Posting,
}

impl App {
    /// Opens the ledger that the settings name.
    ///
    /// # Errors
    /// Where it can't be opened.
    pub async fn open(config: Config) -> throughline_ledger::Result<Self> {
        Self::open_at(config, Clock::real()).await
    }

    /// The same, by a clock of one's own.
    ///
    /// # Errors
    /// As [`App::open`].
    pub async fn open_at(config: Config, clock: Clock) -> throughline_ledger::Result<Self> {
        let ledger = Ledger::open(&config.database).await?;
        Ok(Self(Arc::new(State {
            ledger,
            clock,
            machines: Machines::new(),
            voting: crate::vote::Held::default(),
            mail: Mailer::new(&config.mail),
            limits: Limits::new(&config.trusted_proxies),
            provider: config.oidc.as_ref().map(Provider::new),
            languages: Languages::load(&config.workspace, &config.company),
            said: Said::default(),
            taps: Taps::default(),
            start: Start::default(),
            uploads: Uploads::default(),
            feedback: Uploads::default(),
            posting: Posting::default(),
            config,
        })))
    }
}
