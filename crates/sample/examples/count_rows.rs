//! Streams a whole large company without keeping a row and prints what it cost: rows, bytes of
//! words and CPU-seconds. `cargo run --release -p throughline-sample --example count_rows`.

use std::convert::Infallible;
use std::time::Instant;
use throughline_sample::{Plan, Size};

fn main() {
    let mut start = Instant::now();
    let mut lap = |what: &str| {
        println!("{what}: {:.2} s", start.elapsed().as_secs_f64());
        start = Instant::now();
    };
    let plan = Plan::draw(Size::Large, 1);
    lap("drawing the plan");
    let (mut rows, mut comments, mut bytes) = (0_u64, 0_u64, 0_u64);
    let Ok(()) = plan.signals(|row, _| {
        rows += 1;
        comments += u64::from(row.comment.is_some());
        bytes += row.comment.map_or(0, |comment| comment.len() as u64);
        Ok::<(), Infallible>(())
    });
    lap(&format!(
        "{rows} signals, {comments} comments, {bytes} bytes of words"
    ));
    let (mut rows, mut bytes) = (0_u64, 0_u64);
    let Ok(()) = plan.voice(|row, _| {
        rows += 1;
        bytes += row.text.map_or(0, |text| text.len() as u64);
        Ok::<(), Infallible>(())
    });
    lap(&format!("{rows} answers, {bytes} bytes of words"));
    let truth = plan.truth();
    lap(&format!(
        "truth of {} survey responses",
        truth.survey_responses
    ));
}
