//! `throughline effect`, for people.

use super::Reading;
use super::numbers::{decimals_for, ends, fixed, maybe};
use super::table::{Side, Table, printable, wrapped};
use crate::chart::{Point, Series, Words, series};
use crate::say::plural;
use throughline_domain::analysis::Effect;
use throughline_domain::analysis::effect::{Average, Bound, Departures, Outcome};

/// Group-time effects listed on a terminal; all are in the JSON.
const MOST_LISTED: usize = 10;

/// What answers is a comparison with like histories; the tables show the plain one.
const EVERYBODY: &str = "compared with everybody: not the answer here";

impl Reading for Effect {
    fn table(&self, width: usize) -> String {
        let parts: Vec<String> = self
            .outcomes
            .iter()
            .map(|outcome| outcome_table(outcome, width))
            .collect();
        parts.join("\n")
    }

    fn explained(&self) -> String {
        let mut parts = vec![groups(self)];
        let used = |approach: &str| self.outcomes.iter().any(|o| o.approach == approach);
        if used("matched histories") {
            parts.push(MATCHED.to_owned());
        }
        if used("randomisation") {
            parts.push(RANDOMISED.to_owned());
        }
        if used("synthetic") {
            parts.push(SYNTHETIC.to_owned());
        }
        if self.outcomes.iter().any(|o| o.departures.is_some()) {
            parts.push(DEPARTURES.to_owned());
        }
        parts.push(DOUBTS.to_owned());
        parts.join("\n\n")
    }

    /// The event study of the first outcome.
    fn picture(&self) -> Option<String> {
        let outcome = self.outcomes.first()?;
        let points: Vec<Point> = outcome
            .by_time
            .iter()
            .filter_map(|a| {
                Some(Point {
                    at: a.at.parse().ok()?,
                    value: a.estimate,
                    ends: a.band_low.zip(a.band_high).or(a.low.zip(a.high)),
                })
            })
            .collect();
        let name = printable(&outcome.outcome);
        let mut title = format!("{name} before and after the start");
        if outcome.approach == "matched histories" {
            title.push_str(&format!(" ({EVERYBODY})"));
        }
        let description = format!(
            "Difference from those who hadn't started, by periods since the start, from the last period before it. {}: {}. {}",
            capital(outcome.verdict),
            outcome.why,
            outcome
                .by_time
                .iter()
                .map(|a| format!(
                    "{}: {}",
                    a.at,
                    fixed(a.estimate, decimals_for([a.estimate]))
                ))
                .collect::<Vec<_>>()
                .join("; ")
        );
        let up = format!("difference in {name} (95%, all at once)");
        series(
            &Series {
                points: &points,
                band: false,
                level: Some(0.0),
                began: Some(-0.5),
                across: "periods since the start",
                up: &up,
            },
            &Words {
                id: "effect",
                title: &title,
                description: &description,
            },
        )
    }

    fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

fn outcome_table(of: &Outcome, width: usize) -> String {
    let mut text = wrapped(
        "",
        &format!("{}: {} ({}).", printable(&of.outcome), of.verdict, of.why),
        width,
    );
    text.push_str(&wrapped("", &figure(of), width));
    text.push('\n');
    let plain = of.approach == "matched histories";
    if plain {
        text.push_str(&wrapped("", &format!("{}:", capital(EVERYBODY)), width));
    }
    text.push_str(&averages("since the start", &of.by_time).text(width));
    if of.by_group.len() > 1 {
        text.push('\n');
        text.push_str(&averages("by start", &of.by_group).text(width));
    }
    for line in lines(of) {
        text.push('\n');
        text.push_str(&wrapped("", &line, width));
    }
    if let Some(departures) = &of.departures {
        let decimals = decimals_for([of.overall.estimate, of.overall.se.unwrap_or(0.0)]);
        text.push('\n');
        text.push_str(&departed(departures, decimals, width));
    }
    // Each start in each period is for who looks closer: last, and not at all where it misleads.
    if !plain {
        text.push('\n');
        text.push_str(&group_time(of).text(width));
        if let Some(more) = of
            .group_time
            .len()
            .checked_sub(MOST_LISTED)
            .filter(|&n| n > 0)
        {
            text.push_str(&format!("… and {more} more in --json\n"));
        }
    }
    text
}

fn figure(of: &Outcome) -> String {
    let base = format!(
        "{} of {} started, {}.",
        of.n_treated,
        of.n_units,
        plural(of.n_periods as u64, "period", "periods")
    );
    let Some(effect) = &of.effect else {
        return format!(
            "No effect is given. {base} The plain comparison, which isn't to be believed here: {}.",
            fixed(of.overall.estimate, decimals_for([of.overall.estimate]))
        );
    };
    let decimals = decimals_for([effect.estimate, effect.smallest_seen.unwrap_or(0.0)]);
    let mut said = format!("Effect {}", fixed(effect.estimate, decimals));
    if effect.low.is_some() {
        said.push_str(&format!(
            ", 95% interval {}",
            ends(effect.low, effect.high, decimals)
        ));
    }
    if let Some(p) = effect.p {
        said.push_str(&format!(", p = {}", fixed(p, 4)));
    }
    said.push_str(&format!(". {base}"));
    if let Some(smallest) = effect.smallest_seen {
        said.push_str(&format!(
            " A study like this sees a true effect of {} in 80 of 100 cases.",
            fixed(smallest, decimals)
        ));
    }
    said
}

fn averages(title: &str, list: &[Average]) -> Table {
    let mut table = Table::new(&[
        (title, Side::Right),
        ("effect", Side::Right),
        ("95% interval", Side::Right),
        ("95% all at once", Side::Right),
        ("error", Side::Right),
        ("df", Side::Right),
        ("treated", Side::Right),
    ]);
    let values = list.iter().flat_map(|a| [a.estimate, a.se.unwrap_or(0.0)]);
    let decimals = decimals_for(values);
    for a in list {
        table.row([
            a.at.clone(),
            fixed(a.estimate, decimals),
            ends(a.low, a.high, decimals),
            ends(a.band_low, a.band_high, decimals),
            maybe(a.se, decimals),
            maybe(a.df, 1),
            a.n_treated.to_string(),
        ]);
    }
    table
}

fn group_time(of: &Outcome) -> Table {
    let mut table = Table::new(&[
        ("start", Side::Right),
        ("period", Side::Right),
        ("from", Side::Right),
        ("effect", Side::Right),
        ("error (large sample)", Side::Right),
        ("treated", Side::Right),
        ("others", Side::Right),
    ]);
    let values = of.group_time.iter().filter_map(|g| g.estimate);
    let decimals = decimals_for(values);
    for g in of.group_time.iter().take(MOST_LISTED) {
        table.row([
            g.group.clone(),
            g.period.clone(),
            g.base.clone(),
            maybe(g.estimate, decimals),
            maybe(g.se, decimals),
            g.n_treated.to_string(),
            g.n_controls.to_string(),
        ]);
    }
    table
}

/// What is said below the tables.
fn lines(of: &Outcome) -> Vec<String> {
    let mut lines = Vec::new();
    let decimals = decimals_for([of.overall.estimate, of.overall.se.unwrap_or(0.0)]);
    let before = &of.before;
    if let Some(placebo) = before.placebo {
        let joint = before.joint_p.map_or_else(String::new, |p| {
            format!(
                "; differences as large somewhere before by chance: p = {}",
                fixed(p, 3)
            )
        });
        lines.push(format!(
            "Before the start (should be nothing): {} on average, {}{joint}.",
            fixed(placebo, decimals),
            ends(before.low, before.high, decimals)
        ));
    }
    if let Some(dip) = before.dip {
        lines.push(format!(
            "In the last period before the start they stood {} {} where they usually did, beyond what others did{}.",
            fixed(dip.abs(), decimals),
            if dip < 0.0 { "below" } else { "above" },
            if before.dip_clear { ": a choice by recent values would look like this" } else { " (not clear)" }
        ));
    }
    if let Some(smallest) = of.smallest_foreseen {
        lines.push(format!(
            "Seen from the periods before the first start, {} was the smallest effect such a study could be expected to see.",
            fixed(smallest, decimals_for([smallest]))
        ));
    }
    if let Some(randomisation) = &of.randomisation {
        lines.push(match (randomisation.exact, randomisation.ways) {
            (true, Some(ways)) => {
                format!("All {ways} ways in which starts could have fallen were tried.")
            }
            _ => "9,999 random ways in which starts could have fallen were tried.".to_owned(),
        });
    }
    if let Some(synthetic) = &of.synthetic {
        let heaviest: Vec<String> = synthetic
            .units
            .iter()
            .take(5)
            .map(|w| format!("{} {}", printable(&w.of), fixed(w.weight, 2)))
            .collect();
        lines.push(format!(
            "Compared with a mix of {}, the heaviest: {}. Each of {} others took the same place for comparison.",
            plural(synthetic.units.len() as u64, "other", "others"),
            heaviest.join(", "),
            synthetic.n_placebos
        ));
    }
    lines
}

/// What is said of drift, and intervals under it.
fn departed(of: &Departures, decimals: usize, width: usize) -> String {
    let breakdown = match of.breakdown {
        Some(0.0) => "zero is within the interval even if they hadn't".to_owned(),
        Some(most) => format!(
            "drift {} times the largest seen before the start would explain the effect away",
            fixed(most, 2)
        ),
        None => {
            "not even drift five times the largest seen before the start would explain the effect away"
                .to_owned()
        }
    };
    let mut text = wrapped(
        "",
        &format!(
            "If the two had drifted apart anyway: {breakdown}. Effect over {} since the start {}; with drift:",
            plural(of.n_periods as u64, "period", "periods"),
            fixed(of.estimate, decimals)
        ),
        width,
    );
    let mut table = Table::new(&[
        ("at most, a period", Side::Left),
        ("95% interval", Side::Right),
    ]);
    let mut list = |bounds: &[Bound], what: &dyn Fn(f64) -> String| {
        for b in bounds {
            table.row([what(b.most), ends(Some(b.low), Some(b.high), decimals)]);
        }
    };
    list(&of.relative, &|m| {
        format!("{} times the largest before", fixed(m, 1))
    });
    list(&of.smooth, &|m| {
        if m == 0.0 {
            "a straight line".to_owned()
        } else {
            format!("slope changing by {}", fixed(m, decimals))
        }
    });
    text.push_str(&table.text(width));
    text
}

fn groups(of: &Effect) -> String {
    let whom = if of.control == "never" {
        "those who never start"
    } else {
        "those who never start or hadn't yet"
    };
    let adjusted = if of.covariates.is_empty() {
        String::new()
    } else {
        let how = match of.method {
            "or" => "by a regression of the others' changes (Heckman, Ichimura & Todd 1997)",
            "ipw" => "by weighting the others by their odds of starting (Abadie 2005)",
            _ => "both by regression and by weighting, right if either is (Sant'Anna & Zhao 2020)",
        };
        format!(" Adjusted for {} {how}.", of.covariates.join(", "))
    };
    format!(
        "For each group that started together and each period, the change since the last period \
         before the start is compared with the same change of {whom}; what they have in common \
         (levels, seasons, trends) cancels out. These group-time effects are averaged over all, by \
         start, by period and by time since the start (Callaway & Sant'Anna 2021, Journal of \
         Econometrics 225:200-230; `did::att_gt` in R).{adjusted}\n\n\
         Intervals are 95% and hold in small samples: residuals are brought to their expected size \
         and degrees of freedom are Satterthwaite's. `se_large_sample` is what R's did prints. \
         Bands that hold a whole list at once come from {} multiplier draws.",
        of.draws
    )
}

const MATCHED: &str = "Units chosen for a bad (or good) last month return to normal by themselves, \
    and the plain comparison counts that as an effect. So they are compared with others whose last \
    value and mean before the start lay within half a standard deviation, adjusted by a regression \
    on the last two values and the mean. Those with nobody like them are left out; if fewer than ten \
    or half remain there is no answer. This holds if the choice rested on these values alone.";
const RANDOMISED: &str = "With fewer than ten that started, intervals can't be trusted, so starts \
    are dealt out again among all in every way (or 9,999 random ones): p is the share of ways with \
    an effect at least as large (Fisher 1935), and the interval holds every constant effect that \
    this test doesn't refuse. Exact if any of them could as well have been chosen.";
const SYNTHETIC: &str = "With one that started, others are weighted so that together they moved as \
    it did before, and earlier periods so that they stand for the later ones (synthetic \
    difference-in-differences; Arkhangelsky et al. 2021, American Economic Review 111:4088-4118; \
    `synthdid` in R). Then each of the others takes its place: p is the rank of its effect among \
    theirs.";
const DEPARTURES: &str = "How far trends may depart (Rambachan & Roth 2023, Review of Economic \
    Studies 90:2555-2591; `HonestDiD` in R): intervals if the two had drifted apart without the \
    start, by at most so many times the largest drift a period seen before it, or with a slope that \
    changes by at most so much a period.";
const DOUBTS: &str = "Don't believe it when the units were chosen for how they were doing, when they \
    already moved apart before, when something else began for them at the same time, when the others \
    felt it too (people moved, ideas spread), or when those who left are missing.";
