//! The one binary: flags, progress, exit codes. No logic lives here.
//!
//! Data goes to stdout, talk to stderr. Exit codes: 0 done, 1 the user can mend it, 2 a fault of
//! ours.

mod analysis;
mod arguments;
mod brief;
mod demo;
mod progress;
mod review;
mod say;

use arguments::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;
use throughline_engine::EngineError;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let asked_for_help = !error.use_stderr();
            // Nowhere to say it if even this can't be printed.
            let _ = error.print();
            return ExitCode::from(u8::from(!asked_for_help));
        }
    };
    let outcome = match arguments.command {
        Command::Brief(arguments) => brief::run(*arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Review(arguments) => review::run(&arguments),
        Command::Analysis(command) => analysis::run(command),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say::failure(&error);
            let users = error
                .downcast_ref::<EngineError>()
                .is_none_or(EngineError::is_users);
            ExitCode::from(if users { 1 } else { 2 })
        }
    }
}
