//! Progress bars for long steps, on stderr, and Ctrl-C.

use indicatif::{ProgressBar, ProgressStyle};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use throughline_engine::{Progress, Step};

/// Set by Ctrl-C; everything long looks at it.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// Listens for Ctrl-C. A second one ends the program at once.
pub fn listen() {
    // A second call (tests) or a system without signals: Ctrl-C then simply ends the program.
    let _ = ctrlc::set_handler(|| {
        if STOPPED.swap(true, Ordering::SeqCst) {
            std::process::exit(1);
        }
        tell!("\nstopping: leaving nothing half-written …");
    });
}

/// Bars on a terminal, nothing elsewhere or when quiet.
pub struct Bars {
    bar: Mutex<Option<ProgressBar>>,
    quiet: bool,
}

impl Bars {
    /// Bars, unless `quiet`.
    pub fn new(quiet: bool) -> Self {
        Self {
            bar: Mutex::new(None),
            quiet,
        }
    }

    fn with(&self, change: impl FnOnce(&mut Option<ProgressBar>)) {
        if let Ok(mut bar) = self.bar.lock() {
            change(&mut bar);
        }
    }
}

impl Progress for Bars {
    fn begin(&self, step: Step, total: Option<u64>) {
        if self.quiet {
            return;
        }
        self.with(|bar| {
            if let Some(old) = bar.take() {
                old.finish_and_clear();
            }
            let new = match total {
                Some(total) => ProgressBar::new(total).with_style(style(
                    "{msg:<34} {bar:28.cyan/dim} {human_pos:>10} of {human_len} {elapsed:>4}",
                )),
                None => ProgressBar::new_spinner().with_style(style(
                    "{msg:<34} {spinner:.cyan} {human_pos:>10} {elapsed:>4}",
                )),
            };
            new.set_message(step.words());
            new.enable_steady_tick(Duration::from_millis(120));
            *bar = Some(new);
        });
    }

    fn at(&self, done: u64) {
        self.with(|bar| {
            if let Some(bar) = bar {
                bar.set_position(done);
            }
        });
    }

    fn end(&self) {
        self.with(|bar| {
            if let Some(old) = bar.take() {
                old.finish_and_clear();
            }
        });
    }

    fn cancelled(&self) -> bool {
        STOPPED.load(Ordering::Relaxed)
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
