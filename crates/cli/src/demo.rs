//! `throughline demo`.

use crate::arguments::{DemoArguments, Size};
use crate::brief::finish;
use crate::progress::{self, Bars};
use anyhow::Result;
use throughline_engine::{DemoRequest, DemoSize};

/// Makes the sample company and its brief.
pub fn run(arguments: &DemoArguments) -> Result<()> {
    progress::listen();
    let request = DemoRequest {
        size: match arguments.size {
            Size::Small => DemoSize::Small,
            Size::Large => DemoSize::Large,
        },
        seed: arguments.seed,
        out: arguments.out.clone(),
    };
    let outcome = throughline_engine::demo(&request, &Bars::new(arguments.quiet))?;
    finish(&outcome, &arguments.out, arguments.quiet, arguments.open);
    Ok(())
}
