//! `throughline review`: an analyst judges samples, one key an answer.

use crate::arguments::ReviewArguments;
use crate::say;
use anyhow::Result;
use std::io::{BufRead, IsTerminal, Write};
use throughline_engine::review::{Answer, Review};

/// Asks what was not judged yet, and saves after every answer.
pub fn run(arguments: &ReviewArguments) -> Result<()> {
    let mut review = Review::open(&arguments.out)?;
    let (done, all) = review.progress();
    tell!("{done} of {all} judged. y = yes, n = no, s = skip, q = stop (what you judged is kept).");
    if !std::io::stdin().is_terminal() && done == all {
        tell!("nothing left to judge");
        return Ok(());
    }
    let stdin = std::io::stdin();
    let mut keys = stdin.lock().lines();
    while let Some(question) = review.question() {
        let mut screen = std::io::stdout();
        write!(
            screen,
            "\n{}\n{} [y/n/s/q] ",
            say::plain(&question.text),
            say::plain(&question.ask)
        )?;
        screen.flush()?;
        let Some(line) = keys.next() else { break };
        let answer = match line?.trim().to_lowercase().as_str() {
            "y" | "yes" => Answer::Yes,
            "n" | "no" => Answer::No,
            "s" | "skip" => Answer::Skip,
            "q" | "quit" => break,
            other => {
                give!("`{other}` is none of y, n, s, q")?;
                review.ask_again();
                continue;
            }
        };
        review.answer(answer)?;
    }
    let (done, all) = review.progress();
    let skipped = match review.skipped() {
        0 => String::new(),
        skipped => format!(", {skipped} of them skipped"),
    };
    tell!(
        "\n{done} of {all} asked{skipped}. The next brief written to this folder uses what was judged."
    );
    Ok(())
}
