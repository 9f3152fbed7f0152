//! The one binary: flags, progress, exit codes. No logic lives here.
//!
//! Data goes to stdout, talk to stderr. Exit codes: 0 done, 1 the user can mend it, 2 a fault of
//! ours.

#[macro_use]
mod say;

mod account;
mod analysis;
mod arguments;
mod brief;
mod demo;
mod ledger;
mod progress;
mod review;
mod serve;
mod token;
mod workspace;

use arguments::{Arguments, Command};
use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use throughline_engine::EngineError;
use throughline_ledger::LedgerError;

/// Grouping texts and answering requests ask for memory all the time.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What the last panic said. Readers of damaged files may panic inside a library, which is caught
/// where the file is read and said there; only a panic that nobody caught is a fault of ours.
static PANIC: Mutex<Option<String>> = Mutex::new(None);

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let asked_for_help = !error.use_stderr();
            // Nowhere to say it if even this can't be printed.
            let _ = error.print();
            if is_brief_without_files(&error) {
                tell!(
                    "hint: no data at hand? `throughline demo` makes a sample company and its brief"
                );
            }
            return ExitCode::from(u8::from(!asked_for_help));
        }
    };
    set_hook(Box::new(|panic| {
        // Empty unless RUST_BACKTRACE asks for it.
        let whence = std::backtrace::Backtrace::capture();
        *PANIC.lock().unwrap_or_else(PoisonError::into_inner) = Some(format!("{panic}\n{whence}"));
    }));
    let outcome = catch_unwind(AssertUnwindSafe(|| match arguments.command {
        Command::Brief(arguments) => brief::run(*arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Review(arguments) => review::run(&arguments),
        Command::Serve(arguments) => serve::run(*arguments),
        Command::Account(command) => account::run(command),
        Command::Keeping(command) => ledger::run(command),
        Command::Token(command) => token::run(command),
        Command::Analysis(command) => analysis::run(command),
    }));
    let outcome = outcome.unwrap_or_else(|_| {
        let said = PANIC.lock().unwrap_or_else(PoisonError::into_inner).take();
        Err(EngineError::Fault(said.unwrap_or_else(|| "it panicked".to_owned())).into())
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say::failure(&error);
            let users = error
                .downcast_ref::<EngineError>()
                .is_none_or(EngineError::is_users)
                && !matches!(error.downcast_ref(), Some(LedgerError::Fault(_)));
            ExitCode::from(if users { 1 } else { 2 })
        }
    }
}

/// Whether `brief` was called without customers' feedback.
fn is_brief_without_files(error: &clap::Error) -> bool {
    let missing = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::Strings(missing)) => missing.as_slice(),
        _ => &[],
    };
    let of_brief = std::env::args_os()
        .nth(1)
        .is_some_and(|name| name == "brief");
    of_brief
        && error.kind() == ErrorKind::MissingRequiredArgument
        && missing.iter().any(|name| name.starts_with("--signals"))
}
