//! What every handler may use.

use crate::config::Config;
use crate::machines::Machines;
use chrono::{DateTime, NaiveDate, Utc};
use std::sync::Arc;
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

/// The application's state. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The system of record.
    pub ledger: Ledger,
    /// The settings.
    pub config: Arc<Config>,
    /// The clock.
    pub clock: Clock,
    /// What the rooms for machines keep in memory.
    pub(crate) machines: Arc<Machines>,
}

impl App {
    /// Opens the ledger that the settings name.
    ///
    /// # Errors
    /// Where it can't be opened.
    pub async fn open(config: Config) -> throughline_ledger::Result<Self> {
        let ledger = Ledger::open(&config.database).await?;
        Ok(Self {
            ledger,
            config: Arc::new(config),
            clock: Clock::real(),
            machines: Arc::new(Machines::new()),
        })
    }
}
