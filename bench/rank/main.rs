//! Votes to an order, the long versions: coverage of intervals, speed against choix, strengths
//! that follow each vote.
//!
//! `cargo run --release -p throughline-stats --example rank -- coverage [runs] [shape]` (default 2000),
//! `… -- speed FILE` (winner and loser a row; called by `bench/rank/run.py`, which runs choix on
//! the same votes), `… -- resamples FILE` (as many on one thread and on two), `… -- live`. Prints; nothing is written.

#[allow(dead_code, reason = "shared with the tests, which use more of it")]
#[path = "../../crates/stats/tests/it/votes/made.rs"]
mod made;

use made::Plan;
use rand::RngExt;
use std::time::Instant;
use throughline_stats::random::generator;
use throughline_stats::votes::live::Live;
use throughline_stats::votes::{Order, Pairs, Shrinkage, Vote, fit, order, order_rankings};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let argument = |n: usize| arguments.get(n).map(String::as_str);
    match argument(0) {
        Some("coverage") => {
            let runs = argument(1).and_then(|runs| runs.parse().ok());
            coverage(runs.unwrap_or(2000), argument(2).unwrap_or_default());
        }
        Some("speed") => speed(argument(1).expect("a file of votes")),
        Some("resamples") => resamples(argument(1).expect("a file of votes")),
        Some("live") => live(),
        _ => eprintln!("coverage [runs], speed FILE, resamples FILE or live"),
    }
}

fn plan(items: usize, voters: usize, median_votes: f64, spread: f64, taste: f64) -> Plan {
    Plan {
        items,
        voters,
        median_votes,
        spread,
        taste,
        world: 7,
    }
}

/// Shares of intervals that hold the truth: all items, the best three, the last three.
#[derive(Default)]
struct Held {
    all: (u64, u64),
    by_item: Vec<(u64, u64)>,
    without: u64,
    shrunken: u64,
}

impl Held {
    fn add(&mut self, order: &Order, truth: &[f64]) {
        self.by_item.resize(truth.len(), (0, 0));
        self.shrunken += u64::from(order.strength.prior_sd.is_some());
        for (item, (placed, truth)) in order.placed.iter().zip(truth).enumerate() {
            let ends = placed.as_ref().ok().and_then(|p| p.log_odds.ends());
            let Some((low, high)) = ends else {
                self.without += 1;
                continue;
            };
            let held = u64::from(low <= *truth && *truth <= high);
            for (hits, n) in [&mut self.all, &mut self.by_item[item]] {
                *hits += held;
                *n += 1;
            }
        }
    }

    fn print(&self, name: &str, runs: u64) {
        let share = |(hits, n): (u64, u64)| hits as f64 / n.max(1) as f64;
        let items: Vec<f64> = self.by_item.iter().map(|&i| share(i)).collect();
        println!(
            "{name:48} {:.4}  by item {:.3} to {:.3}  without {:.4}  shrunken {:.3}",
            share(self.all),
            items.iter().copied().fold(1.0, f64::min),
            items.iter().copied().fold(0.0, f64::max),
            self.without as f64 / (runs as f64 * items.len() as f64),
            self.shrunken as f64 / runs as f64,
        );
    }
}

/// Of the shapes whose name contains `only`.
fn coverage(runs: u64, only: &str) {
    println!("{runs} runs, 200 resamples");
    for (name, plan) in [
        (
            "12 voters of about 30 votes, 10 items",
            plan(10, 12, 30.0, 0.8, 0.7),
        ),
        (
            "20 voters of about 20, 10 items",
            plan(10, 20, 20.0, 0.8, 0.7),
        ),
        (
            "60 voters of about 20, 15 items",
            plan(15, 60, 20.0, 0.8, 0.7),
        ),
        (
            "60 voters of about 15, 40 items",
            plan(40, 60, 15.0, 0.8, 0.7),
        ),
        (
            "100 voters of about 15, 10 items, tastes differ",
            plan(10, 100, 15.0, 1.0, 1.5),
        ),
        (
            "200 voters of about 15, 40 items",
            plan(40, 200, 15.0, 0.8, 0.7),
        ),
    ] {
        if !name.contains(only) {
            continue;
        }
        let truth = plan.truth();
        let mut held = Held::default();
        for run in 0..runs {
            let pairs = Pairs::new(plan.items, &plan.votes(run)).expect("pairs");
            let order = order(&pairs, Shrinkage::WhenNeeded, 200, 5, run).expect("order");
            held.add(&order, &truth);
        }
        held.print(name, runs);
    }
    println!("few votes, shrunken; the strengths too are drawn anew in each run");
    for (name, plan) in [
        (
            "few, shrunken: 30 voters of about 6, 40 items",
            plan(40, 30, 6.0, 1.0, 0.5),
        ),
        (
            "few, shrunken: 60 voters of about 3, 30 items",
            plan(30, 60, 3.0, 1.0, 0.5),
        ),
        (
            "few, shrunken: 15 voters of about 15, 40 items",
            plan(40, 15, 15.0, 0.7, 0.7),
        ),
    ] {
        if !name.contains(only) {
            continue;
        }
        let mut held = Held::default();
        for run in 0..runs {
            let plan = Plan { world: run, ..plan };
            let pairs = Pairs::new(plan.items, &plan.votes(run)).expect("pairs");
            let order = order(&pairs, Shrinkage::Learnt, 200, 5, run).expect("order");
            held.add(&order, &plan.truth());
        }
        held.print(name, runs);
    }
    println!("rankings (Plackett-Luce)");
    for (voters, items, shown) in [
        (30, 8, 4),
        (60, 8, 4),
        (200, 8, 4),
        (60, 20, 4),
        (100, 30, 5),
    ] {
        let name = format!("rankings: {voters} voters, {shown} of {items} items");
        if !name.contains(only) {
            continue;
        }
        let plan = plan(items, voters, 1.0, 0.8, 0.0);
        let mut truth = plan.strengths();
        let mean = truth.iter().sum::<f64>() / truth.len() as f64;
        truth.iter_mut().for_each(|t| *t -= mean);
        let mut held = Held::default();
        for run in 0..runs {
            let rankings = plan.rankings(shown, run);
            let order = order_rankings(&rankings, Shrinkage::WhenNeeded, 200, 3, run);
            held.add(&order.expect("order"), &truth);
        }
        held.print(&name, runs);
    }
}

fn votes(file: &str) -> (usize, Vec<Vote>) {
    let text = std::fs::read_to_string(file).expect("votes");
    let votes: Vec<Vote> = text
        .lines()
        .filter_map(|line| line.split_once(','))
        .filter_map(|(w, l)| Some(Vote::win(w.parse().ok()?, l.parse().ok()?)))
        .collect();
    let most = votes.iter().map(|v| v.winner.max(v.loser)).max();
    (most.map_or(0, |most| most as usize + 1), votes)
}

fn speed(file: &str) {
    let (items, votes) = votes(file);
    let mut best = f64::INFINITY;
    let mut strengths = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        let pairs = Pairs::new(items, &votes).expect("pairs");
        strengths = fit(&pairs, Shrinkage::None).expect("fit").log_odds;
        best = best.min(start.elapsed().as_secs_f64());
    }
    // For run.py: seconds, then the strengths.
    println!("{best}");
    for strength in &strengths {
        println!("{strength:?}");
    }
}

fn resamples(file: &str) {
    let (items, votes) = votes(file);
    let pairs = Pairs::new(items, &votes).expect("pairs");
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads");
        let before = pool.broadcast(|_| scheduled());
        let start = Instant::now();
        pool.install(|| order(&pairs, Shrinkage::None, 100, 5, 1))
            .expect("order");
        let took = start.elapsed().as_secs_f64();
        println!(
            "100 resamples of {} votes, {threads} threads: {took:.2} s",
            votes.len(),
        );
        for (before, after) in before.iter().zip(pool.broadcast(|_| scheduled())) {
            let (ran, waited) = (after.0 - before.0, after.1 - before.1);
            println!(
                "  a thread: {ran:.2} s on a processor, {waited:.2} s waiting for one, {:.2} s idle",
                took - ran - waited
            );
        }
    }
}

/// Seconds this thread was on a processor, and seconds it waited for one (Linux; else 0): on a busy
/// machine the clock also counts the time of others.
fn scheduled() -> (f64, f64) {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let mut seconds = text.split(' ').map(|n| n.parse().unwrap_or(0.0) / 1e9);
    (seconds.next().unwrap_or(0.0), seconds.next().unwrap_or(0.0))
}

fn live() {
    let (items, before, after) = (10_000usize, 1_000_000usize, 60_000usize);
    let mut random = generator(1, "live");
    let strengths: Vec<f64> = plan(items, 1, 1.0, 1.0, 0.0).strengths();
    let mut vote = || {
        let i = random.random_range(0..items);
        let j = (i + random.random_range(1..items)) % items;
        let first = random.random::<f64>() < 1.0 / (1.0 + (strengths[j] - strengths[i]).exp());
        if first { (i, j) } else { (j, i) }
    };
    let mut votes: Vec<Vote> = (0..before)
        .map(|_| vote())
        .map(|(w, l)| Vote::win(w as u32, l as u32))
        .collect();
    let pairs = Pairs::new(items, &votes).expect("pairs");
    let start = Instant::now();
    let mut live = Live::from_pairs(&pairs, 1.0).expect("live");
    println!(
        "{items} items, {before} votes; full fit {:.3} s",
        start.elapsed().as_secs_f64()
    );
    let mut took = Vec::new();
    let busy = scheduled().0;
    for _ in 0..after {
        let (w, l) = vote();
        votes.push(Vote::win(w as u32, l as u32));
        let start = Instant::now();
        live.vote(w, l).expect("a vote");
        took.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let busy = scheduled().0 - busy;
    took.sort_by(f64::total_cmp);
    let pairs = Pairs::new(items, &votes).expect("pairs");
    let full = fit(&pairs, Shrinkage::Sd(1.0)).expect("fit").log_odds;
    let off = full.iter().zip(live.log_odds()).map(|(a, b)| a - b);
    let (mut squares, mut most) = (0.0, 0.0f64);
    for off in off {
        squares += off * off;
        most = most.max(off.abs());
    }
    println!(
        "a vote: median {:.4} ms, 95% {:.4} ms; mean {:.4} ms of processor time",
        took[after / 2],
        took[after * 95 / 100],
        busy * 1e3 / after as f64
    );
    println!(
        "after {after} votes: off by {:.6} (root mean square; bound {:.6}), at most {most:.6}",
        (squares / items as f64).sqrt(),
        live.error_bound()
    );
    let mut asks = Vec::new();
    for _ in 0..200 {
        let start = Instant::now();
        live.next_pair(1.5, |_, _| false).expect("a pair");
        asks.push(start.elapsed().as_secs_f64() * 1e3);
    }
    asks.sort_by(f64::total_cmp);
    println!(
        "the next pair: median {:.3} ms, longest {:.3} ms",
        asks[100], asks[199]
    );
    let mut fresh = Live::new(items, 1.0).expect("live");
    let mut took = Vec::new();
    for _ in 0..200_000 {
        let (w, l) = vote();
        let start = Instant::now();
        fresh.vote(w, l).expect("a vote");
        took.push(start.elapsed().as_secs_f64() * 1e3);
    }
    took.sort_by(f64::total_cmp);
    println!(
        "from nothing, 200,000 votes: median {:.4} ms, 95% {:.4} ms; bound {:.4}",
        took[100_000],
        took[190_000],
        fresh.error_bound()
    );
}
