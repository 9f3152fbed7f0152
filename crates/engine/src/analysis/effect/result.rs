//! From what was found to what is answered.

use super::table::Table;
use super::words::{Says, because, differed, verdict};
use super::{ChosenBy, EffectRequest};
use throughline_domain::analysis::effect as domain;
use throughline_stats::Result as Found;
use throughline_stats::effect::Average;
use throughline_stats::effect::bootstrap::{Band, half_width};
use throughline_stats::effect::departure::Bound;
use throughline_stats::effect::judge::{Approach, Doubt, Finding, TREATED_NEEDED, Verdict};
use throughline_stats::effect::panel::Panel;
use throughline_stats::effect::power;

pub(super) fn outcome(
    table: &Table,
    panel: &Panel,
    finding: &Finding,
    request: &EffectRequest,
    says: &Says<'_>,
) -> domain::Outcome {
    let fit = &finding.fit;
    let averages = &finding.averages;
    let bands = finding.bands.as_ref();
    let list = |of: &[Average], band: Option<&Found<Band>>, at: &dyn Fn(i64) -> String| {
        let band = band.and_then(|b| b.as_ref().ok());
        of.iter()
            .map(|a| average(a, band, at(a.at), says))
            .collect::<Vec<_>>()
    };
    let period = |p: i64| table.said(p);
    let since = |e: i64| e.to_string();
    let one = |a: &Average, at: &str| average(a, None, at.to_owned(), says);
    domain::Outcome {
        outcome: table.outcome_name.clone(),
        better: if request.lower_is_better {
            "lower"
        } else {
            "higher"
        },
        verdict: verdict(&finding.verdict, request.lower_is_better),
        why: because(finding, request, says),
        approach: match finding.approach {
            Approach::Groups => "groups",
            Approach::Matched => "matched histories",
            Approach::Randomised => "randomisation",
            Approach::Synthetic => "synthetic",
        },
        effect: finding.headline.as_ref().map(|h| domain::Headline {
            estimate: h.value,
            se: h.se,
            df: h.df.filter(|df| df.is_finite()),
            low: h.ends.map(|e| e.0),
            high: h.ends.map(|e| e.1),
            p: h.p,
            smallest_seen: h.smallest,
            n_treated: h.treated,
        }),
        n_units: fit.units(),
        n_treated: fit.treated(),
        n_periods: fit.panel.periods().len(),
        n_rows: fit.panel.rows(),
        n_left_out: table.left_out,
        n_treated_from_the_first_period: fit.already,
        stand_in: fit.stand_in.map(period),
        matters: request.matters,
        smallest_foreseen: foreseen(panel, finding),
        overall: one(&averages.overall, "all"),
        by_time: list(&averages.by_time, bands.map(|b| &b.by_time), &since),
        by_group: list(&averages.by_group, bands.map(|b| &b.by_group), &period),
        by_period: list(&averages.by_period, bands.map(|b| &b.by_period), &period),
        over_times: one(&averages.over_times, "all"),
        over_groups: one(&averages.over_groups, "all"),
        over_periods: one(&averages.over_periods, "all"),
        group_time: fit
            .effects
            .iter()
            .enumerate()
            .map(|(place, effect)| domain::GroupTime {
                group: table.said(effect.group),
                period: table.said(effect.period),
                base: table.said(effect.base),
                estimate: effect.value.as_ref().ok().copied(),
                se: fit.analytic_se(place),
                no_estimate: effect.value.as_ref().err().map(|why| says.why(why)),
                n_treated: effect.treated,
                n_controls: effect.others,
            })
            .collect(),
        before: before(finding, request, says),
        departures: finding.departures.as_ref().and_then(|d| {
            let d = d.as_ref().ok()?;
            Some(domain::Departures {
                estimate: d.value,
                n_periods: d.periods,
                relative: d.relative.iter().map(bound).collect(),
                breakdown: d.breakdown,
                smooth: d.smooth.iter().map(bound).collect(),
            })
        }),
        matched: finding.matched.as_ref().map(|m| domain::Matched {
            n_matched: m.matched,
            n_treated: m.treated,
        }),
        randomisation: finding.randomised.as_ref().map(|r| domain::Randomisation {
            p: r.p,
            ways: r.ways,
            exact: r.exact,
        }),
        synthetic: finding.synthetic.as_ref().map(|s| {
            let mut units: Vec<domain::Weight> = s
                .units
                .iter()
                .map(|(unit, weight)| domain::Weight {
                    of: table.unit(*unit),
                    weight: *weight,
                })
                .collect();
            units.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.of.cmp(&b.of)));
            domain::Synthetic {
                p: s.p,
                n_placebos: s.placebos.len(),
                units,
                periods: s
                    .periods
                    .iter()
                    .map(|(p, weight)| domain::Weight {
                        of: table.said(*p),
                        weight: *weight,
                    })
                    .collect(),
                gap: s
                    .gap
                    .iter()
                    .map(|(p, gap)| domain::Gap {
                        period: table.said(*p),
                        gap: *gap,
                    })
                    .collect(),
            }
        }),
    }
}

fn average(of: &Average, band: Option<&Band>, at: String, says: &Says<'_>) -> domain::Average {
    let spread = of.spread.as_ref().ok();
    let half = band
        .zip(spread)
        .map(|(band, spread)| half_width(band.critical, spread.se, spread.df));
    domain::Average {
        at,
        estimate: of.value,
        se: spread.map(|s| s.se),
        df: spread.map(|s| s.df).filter(|df| df.is_finite()),
        low: spread.map(|s| s.low),
        high: spread.map(|s| s.high),
        band_low: half.map(|half| of.value - half),
        band_high: half.map(|half| of.value + half),
        se_large_sample: of.analytic_se,
        no_interval: of.spread.as_ref().err().map(|why| says.why(why)),
        n_treated: of.treated,
    }
}

fn bound(of: &Bound) -> domain::Bound {
    domain::Bound {
        most: of.most,
        low: of.low,
        high: of.high,
    }
}

/// What the periods before the first start would have promised.
fn foreseen(panel: &Panel, finding: &Finding) -> Option<f64> {
    let first = finding.fit.groups.first()?;
    let after = finding.fit.panel.periods().iter().filter(|p| *p >= first);
    power::beforehand(panel, finding.fit.treated(), after.count()).ok()
}

fn before(finding: &Finding, request: &EffectRequest, says: &Says<'_>) -> domain::Before {
    let placebo = finding.averages.before(&finding.fit);
    let spread = placebo.as_ref().ok().and_then(|p| p.spread.as_ref().ok());
    let dip = finding.dip.as_ref().ok();
    let joint = finding.bands.as_ref().and_then(|b| b.before.as_ref().ok());
    domain::Before {
        placebo: placebo.as_ref().ok().map(|p| p.value),
        low: spread.map(|s| s.low),
        high: spread.map(|s| s.high),
        joint_p: joint.map(|b| b.joint_p),
        dip: dip.map(|d| d.value),
        dip_se: dip.map(|d| d.se),
        dip_p: dip.map(|d| d.p),
        // As much as the verdict asks for.
        dip_clear: dip
            .is_some_and(|d| d.clear || (request.chosen_by == ChosenBy::Unsaid && d.likely)),
        reason: match (&placebo, &finding.dip) {
            (Err(_), _) => Some("there is only one period before the start".to_owned()),
            (_, Err(why)) => Some(says.why(why)),
            _ => None,
        },
    }
}

/// What a reader should know of this outcome.
pub(super) fn warnings(
    table: &Table,
    finding: &Finding,
    request: &EffectRequest,
    says: &Says<'_>,
) -> Vec<String> {
    let fit = &finding.fit;
    let mut said = table.notes.clone();
    match request.chosen_by {
        ChosenBy::Unsaid => said.push(
            "nobody said why these were chosen: tell it with `--chosen-by random|volunteered|worst-first|best-first|other`. Acting where things were worst last month makes effects out of nothing"
                .to_owned(),
        ),
        ChosenBy::Volunteered => said.push(
            "who volunteers may have been about to improve anyway; nothing in the numbers can rule that out"
                .to_owned(),
        ),
        ChosenBy::Random => {
            let said_already = matches!(finding.verdict, Verdict::CantTell(Doubt::NotByLot(_)));
            said.extend(finding.alarm().filter(|_| !said_already).map(|a| differed(&a)));
        }
        _ => {}
    }
    if fit.already > 0 {
        said.push(format!(
            "{} had started by the first period and were left out: nothing is known of them before",
            fit.already
        ));
    }
    if let Some(last) = fit.stand_in {
        said.push(format!(
            "everyone starts at some time, so those who start in {0} stand in for the never treated, and {0} and later were left out",
            table.said(last)
        ));
    }
    if !fit.panel.balanced() {
        said.push(format!(
            "{} of {} rows are absent: each comparison uses those with a row in both its periods",
            fit.units() * fit.panel.periods().len() - fit.panel.rows(),
            fit.units() * fit.panel.periods().len()
        ));
    }
    let failed: Vec<&throughline_stats::NoAnswer> = fit
        .effects
        .iter()
        .filter(|e| e.period >= e.group)
        .filter_map(|e| e.value.as_ref().err())
        .collect();
    if let Some(first) = failed.first() {
        said.push(format!(
            "{} of the comparisons after a start couldn't be made ({}) and are in no average",
            failed.len(),
            says.why(first)
        ));
    }
    if fit.treated() < TREATED_NEEDED && finding.approach != Approach::Matched {
        said.push(format!(
            "only {} started: intervals by start, period and time since the start are rough; the verdict doesn't use them",
            fit.treated()
        ));
        if !table.covariate_names.is_empty() || request.weights.is_some() {
            said.push(
                "with so few the test takes no columns to adjust for and no weights".to_owned(),
            );
        }
    }
    if let Some(Err(why)) = &finding.departures {
        said.push(format!(
            "how far trends may depart can't be said: {}",
            says.why(why)
        ));
    }
    if let Some(matched) = &finding.matched
        && matched.matched < matched.treated
    {
        said.push(format!(
            "the effect is about the {} of {} with others like them; nothing is known of the rest",
            matched.matched, matched.treated
        ));
    }
    said
}
