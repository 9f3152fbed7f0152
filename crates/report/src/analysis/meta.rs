//! `throughline meta`, for people.

use super::Reading;
use super::numbers::{decimals_for, ends, fixed, maybe, percent};
use super::table::{Side, Table, printable, wrapped};
use crate::chart::{IntervalRow, Words, intervals};
use crate::say::plural;
use throughline_domain::analysis::Meta;

/// Studies in the terminal's table; JSON has them all.
const MOST_STUDIES: usize = 40;

impl Reading for Meta {
    fn table(&self, width: usize) -> String {
        let mut head = format!(
            "{}: {}, {}",
            printable(&capital(&self.model)),
            plural(self.n_studies, "study", "studies"),
            match self.method {
                "REML" => "restricted maximum likelihood",
                "DL" => "DerSimonian and Laird",
                "HS" => "Hunter and Schmidt",
                _ => "one common value",
            }
        );
        if self.n_left_out > 0 {
            head.push_str(&format!(
                "; {} left out",
                plural(self.n_left_out, "row", "rows")
            ));
        }
        head.push('.');
        let mut text = wrapped("", &head, width);
        text.push('\n');
        text.push_str(&pooled(self).text(width));
        text.push('\n');
        text.push_str(&studies(self).text(width));
        if self.studies.len() > MOST_STUDIES {
            text.push('\n');
            let more = format!(
                "{} more; --json gives them all.",
                self.studies.len() - MOST_STUDIES
            );
            text.push_str(&wrapped("", &more, width));
        }
        if let Some(why) = &self.mean.no_interval {
            text.push('\n');
            text.push_str(&wrapped("no interval: ", why, width));
        }
        text
    }

    fn explained(&self) -> String {
        let method = match self.method {
            "REML" => {
                "Each study's true value comes from a normal distribution; its variance (tau²) is \
                 estimated by restricted maximum likelihood, and studies weigh by one over their \
                 own variance plus tau². Same numbers as metafor's rma(method=\"REML\")."
            }
            "DL" => {
                "Each study's true value comes from a distribution whose variance (tau²) is estimated \
                 by moments (DerSimonian & Laird 1986, Controlled Clinical Trials 7:177-188)."
            }
            "HS" => {
                "Hunter & Schmidt (2004, Methods of Meta-Analysis): correlations weigh by sample size; \
                 what of their variance chance alone would give is taken off, and the rest is true \
                 difference. The credibility interval says where true correlations lie; the mean's \
                 interval how well their mean is known."
            }
            _ => {
                "One true value is assumed for all studies; they weigh by one over their variance."
            }
        };
        let test = match self.test {
            "robust" => {
                "The mean's interval rests on how studies scatter about it, each a cluster of its \
                 own, with as many degrees of freedom as their weights leave (Tipton 2015, \
                 Psychological Methods 20:375-393), and is never narrower than half of what their \
                 own errors alone would give."
            }
            "normal" => "The mean's interval is normal: too narrow with few studies.",
            "knapp-hartung" => {
                "The mean's interval rests on the studies' own spread and t (Knapp & Hartung 2003)."
            }
            _ => {
                "The mean's interval rests on the studies' own spread and t (Knapp & Hartung 2003, \
                 Statistics in Medicine 22:2693-2710), and is never narrower than their own errors allow."
            }
        };
        format!(
            "{method} {test}\n\n\
             The interval for one more study is where the true value of another study of the kind \
             would lie. Tau²'s own interval is by the Q-profile (Viechtbauer 2007, Statistics in \
             Medicine 26:37-52). I² is the share of the estimates' variance that is true difference: \
             it says how visible differences are, not how large.\n\n\
             Don't believe the mean when studies that found nothing were never written down, when rows \
             share people (one study's several estimates count once), or when the studies ask \
             different questions: then their differences are the finding.",
        )
    }

    fn picture(&self) -> Option<String> {
        let mean = IntervalRow {
            label: "mean".to_owned(),
            value: self.mean.estimate,
            ends: self.mean.low.zip(self.mean.high),
            note: fixed(self.mean.estimate, decimals_for([self.mean.estimate])),
        };
        let next = self
            .prediction_low
            .zip(self.prediction_high)
            .map(|ends| IntervalRow {
                label: "one more study".to_owned(),
                value: self.mean.estimate,
                ends: Some(ends),
                note: String::new(),
            });
        let rows: Vec<IntervalRow> = std::iter::once(mean)
            .chain(next)
            .chain(self.studies.iter().map(|study| IntervalRow {
                label: printable(&study.name),
                value: study.estimate,
                ends: Some((study.low, study.high)),
                note: percent(study.weight),
            }))
            .collect();
        let title = printable(&self.model);
        let description = format!(
            "Mean {}, 95% interval {}; {} below, with their shares of the mean.",
            fixed(self.mean.estimate, 3),
            ends(self.mean.low, self.mean.high, 3),
            plural(self.n_studies, "study", "studies")
        );
        let words = Words {
            id: "meta",
            title: &title,
            description: &description,
        };
        intervals(&rows, "estimate and 95% interval", false, &words)
    }

    fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

fn pooled(of: &Meta) -> Table {
    let mut table = Table::new(&[
        ("", Side::Left),
        ("value", Side::Right),
        ("95% interval", Side::Right),
        ("", Side::Left),
    ]);
    let decimals = decimals_for([of.mean.estimate, of.mean.se.unwrap_or(0.0)]).max(3);
    table.row([
        "mean".to_owned(),
        fixed(of.mean.estimate, decimals),
        ends(of.mean.low, of.mean.high, decimals),
        of.test.to_owned(),
    ]);
    if of.prediction_low.is_some() {
        table.row([
            "one more study".to_owned(),
            String::new(),
            ends(of.prediction_low, of.prediction_high, decimals),
            "where its true value would lie".to_owned(),
        ]);
    }
    if let Some(parts) = &of.correlations {
        table.row([
            "credibility".to_owned(),
            String::new(),
            ends(
                Some(parts.credibility_low),
                Some(parts.credibility_high),
                decimals,
            ),
            format!(
                "where true correlations lie; chance gives {} of the variance",
                percent(parts.chance_share)
            ),
        ]);
    }
    if of.method != "common" {
        table.row([
            "tau (true differences)".to_owned(),
            fixed(of.tau2.sqrt(), decimals),
            ends(
                of.tau2_low.map(f64::sqrt),
                of.tau2_high.map(f64::sqrt),
                decimals,
            ),
            format!("I² {}", percent(of.i2)),
        ]);
    }
    table.row([
        "Q (do they differ?)".to_owned(),
        fixed(of.q, 2),
        String::new(),
        format!("df {}, p {}", maybe(Some(of.q_df), 0), probability(of.q_p)),
    ]);
    table
}

fn probability(p: f64) -> String {
    if p < 0.0001 {
        "< 0.0001".to_owned()
    } else {
        fixed(p, 4)
    }
}

fn studies(of: &Meta) -> Table {
    let mut table = Table::new(&[
        ("study", Side::Left),
        ("estimate", Side::Right),
        ("95% interval", Side::Right),
        ("share of the mean", Side::Right),
    ]);
    let decimals = decimals_for(of.studies.iter().map(|study| study.estimate));
    for study in of.studies.iter().take(MOST_STUDIES) {
        table.row([
            study.name.clone(),
            fixed(study.estimate, decimals),
            ends(Some(study.low), Some(study.high), decimals),
            percent(study.weight),
        ]);
    }
    table
}
