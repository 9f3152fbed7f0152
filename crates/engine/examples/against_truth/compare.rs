//! One company's brief against its truth.

use crate::labels::Coverage;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A true drag, its estimate and the estimate's interval.
pub type Drag = (f64, f64, Option<(f64, f64)>);

/// One company.
pub struct Seed {
    truth: Value,
    brief: Value,
    signals: BTreeMap<String, String>,
    voice: BTreeMap<String, (String, String)>,
    needs: BTreeSet<String>,
    /// What most comments of each found problem truly name.
    pub pain_means: BTreeMap<String, String>,
    lever_means: BTreeMap<String, String>,
    assigned: Vec<(String, String)>,
}

fn rows(path: &Path) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_path(path).expect("a CSV file");
    reader.records().map(|row| row.expect("a row")).collect()
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).expect("a file")).expect("JSON")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or("").to_owned()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The commonest key of each group.
fn means<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> BTreeMap<String, String> {
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (group, key) in pairs {
        *counts.entry(group).or_default().entry(key).or_default() += 1;
    }
    let best = |keys: BTreeMap<&str, usize>| {
        keys.into_iter()
            .max_by_key(|(key, n)| (*n, std::cmp::Reverse(*key)))
            .map(|(key, _)| key.to_owned())
    };
    counts
        .into_iter()
        .filter_map(|(group, keys)| Some((group.to_owned(), best(keys)?)))
        .collect()
}

impl Seed {
    /// Reads a brief's folder.
    pub fn read(out: &Path) -> Self {
        let signals: BTreeMap<String, String> = rows(&out.join("data/truth.signals.csv"))
            .iter()
            .map(|row| (row[0].to_owned(), row[1].to_owned()))
            .collect();
        let voice: BTreeMap<String, (String, String)> = rows(&out.join("data/truth.voice.csv"))
            .iter()
            .map(|row| (row[0].to_owned(), (row[1].to_owned(), row[2].to_owned())))
            .collect();
        let pairs = |name: &str| -> Vec<(String, String)> {
            let of = |row: &csv::StringRecord| (row[0].to_owned(), row[1].to_owned());
            rows(&out.join(name)).iter().map(of).collect()
        };
        let assigned = pairs("signals.assigned.csv");
        let levers = pairs("voice.assigned.csv");
        let needs = pairs("needs.assigned.csv")
            .into_iter()
            .filter(|(_, need)| !need.is_empty())
            .map(|(id, _)| id)
            .collect();
        let pain_means = means(
            assigned
                .iter()
                .filter(|(_, pain)| !pain.is_empty())
                .flat_map(|(id, pain)| {
                    let named = signals.get(id).map_or("", String::as_str);
                    let keys: Vec<&str> = if named.is_empty() {
                        vec!["none"]
                    } else {
                        named.split(';').collect()
                    };
                    keys.into_iter()
                        .map(move |key| (pain.as_str(), key))
                        .collect::<Vec<_>>()
                }),
        );
        let lever_means = means(
            levers
                .iter()
                .filter(|(_, lever)| !lever.is_empty())
                .filter_map(|(id, lever)| {
                    let (kind, key) = voice.get(id)?;
                    Some((
                        lever.as_str(),
                        if kind == "lever" {
                            key.as_str()
                        } else {
                            "none"
                        },
                    ))
                }),
        );
        Self {
            truth: json(&out.join("truth.json")),
            brief: json(&out.join("brief.json")),
            signals,
            voice,
            needs,
            pain_means,
            lever_means,
            assigned,
        }
    }

    /// What a comment truly names.
    pub fn true_pains(&self, id: &str) -> BTreeSet<&str> {
        self.signals
            .get(id)
            .map_or("", String::as_str)
            .split(';')
            .filter(|key| !key.is_empty())
            .collect()
    }

    fn pain_keys(&self) -> Vec<String> {
        list(&self.truth["pains"])
            .iter()
            .map(|pain| text(&pain["key"]))
            .collect()
    }

    /// For each true problem the found one that is most of it, if there is one that mostly is it.
    fn best_match(&self) -> BTreeMap<String, String> {
        let mut hits: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (id, pain) in &self.assigned {
            if pain.is_empty() {
                continue;
            }
            for key in self.true_pains(id) {
                if self.pain_means.get(pain).is_some_and(|means| means == key) {
                    *hits.entry((key, pain.as_str())).or_default() += 1;
                }
            }
        }
        let mut best: BTreeMap<String, (usize, String)> = BTreeMap::new();
        for ((key, pain), n) in hits {
            let entry = best.entry(key.to_owned()).or_default();
            if n > entry.0 {
                *entry = (n, pain.to_owned());
            }
        }
        best.into_iter()
            .map(|(key, (_, pain))| (key, pain))
            .collect()
    }

    /// Found problems, of true ones.
    pub fn found(&self) -> (usize, usize) {
        let best = self.best_match();
        let keys = self.pain_keys();
        (
            keys.iter().filter(|key| best.contains_key(*key)).count(),
            keys.len(),
        )
    }

    /// Share of comments that truly name something and got a problem that means it; share of
    /// those given a problem that truly name it.
    fn placed(&self) -> (f64, f64) {
        let (mut right, mut naming, mut given) = (0, 0, 0);
        for (id, pain) in &self.assigned {
            let named = self.true_pains(id);
            naming += usize::from(!named.is_empty());
            given += usize::from(!pain.is_empty());
            let means = self.pain_means.get(pain).map(String::as_str);
            right += usize::from(means.is_some_and(|key| named.contains(key)));
        }
        (
            right as f64 / naming.max(1) as f64,
            right as f64 / given.max(1) as f64,
        )
    }

    /// True drags with the found estimates: truth, value, interval.
    pub fn drags(&self) -> Vec<Drag> {
        let best = self.best_match();
        list(&self.truth["pains"])
            .iter()
            .filter_map(|pain| {
                let found = best.get(&text(&pain["key"]))?;
                let found = list(&self.brief["pains"])
                    .iter()
                    .find(|one| one["id"] == found.as_str())?;
                let drag = &found["drag_points"];
                let ends = drag["low"].as_f64().zip(drag["high"].as_f64());
                Some((pain["drag_points"].as_f64()?, drag["value"].as_f64()?, ends))
            })
            .collect()
    }

    /// The pairs of fix and problem that truly belong together.
    fn true_pairs(&self) -> BTreeSet<(String, String)> {
        list(&self.truth["idea_pain_pairs"])
            .iter()
            .map(|pair| (text(&pair[0]), text(&pair[1])))
            .collect()
    }

    /// Whether what a found problem and a found fix mean truly belongs together.
    pub fn answers(&self, pain: &str, lever: &str) -> bool {
        let means = self.lever_means.get(lever).zip(self.pain_means.get(pain));
        means
            .is_some_and(|(lever, pain)| self.true_pairs().contains(&(lever.clone(), pain.clone())))
    }

    /// Every pair of found problem and found fix whose meanings are known: score and truth.
    pub fn pairs(&self) -> Vec<(f64, bool)> {
        let true_pairs = self.true_pairs();
        let scores: BTreeMap<(String, String), f64> = list(&self.brief["matches"])
            .iter()
            .map(|m| {
                (
                    (text(&m["pain"]), text(&m["lever"])),
                    m["score"].as_f64().unwrap_or(0.0),
                )
            })
            .collect();
        let mut pairs = Vec::new();
        for (pain, pain_key) in self.shown("pains", &self.pain_means) {
            for (lever, lever_key) in self.shown("levers", &self.lever_means) {
                let score = scores
                    .get(&(pain.clone(), lever.clone()))
                    .copied()
                    .unwrap_or(0.0);
                pairs.push((
                    score,
                    true_pairs.contains(&(lever_key.clone(), pain_key.clone())),
                ));
            }
        }
        pairs
    }

    fn shown(&self, what: &str, means: &BTreeMap<String, String>) -> Vec<(String, String)> {
        list(&self.brief[what])
            .iter()
            .filter_map(|one| {
                let id = text(&one["id"]);
                let key = means.get(&id).filter(|key| *key != "none")?.clone();
                Some((id, key))
            })
            .collect()
    }

    /// Lines of evidence with their truth.
    pub fn evidence(&self, seed: u64) -> String {
        let true_pairs = self.true_pairs();
        let mut lines = String::new();
        for m in list(&self.brief["matches"]) {
            let (pain, lever) = (text(&m["pain"]), text(&m["lever"]));
            let (Some(pain), Some(lever)) =
                (self.pain_means.get(&pain), self.lever_means.get(&lever))
            else {
                continue;
            };
            // What truly means nothing is no pair: learnt from, not scored.
            let known = u8::from(pain != "none" && lever != "none");
            let yes = u8::from(true_pairs.contains(&(lever.clone(), pain.clone())));
            let number = |key: &str| m[key].as_f64().map_or_else(String::new, |x| x.to_string());
            lines.push_str(&format!(
                "{seed},{known},{yes},{},{},{},{},{},{},{},{},{}\n",
                m["pain"],
                m["lever"],
                number("centres"),
                number("bridge"),
                number("topics"),
                number("words"),
                number("meaning"),
                number("place"),
                number("movement_evidence")
            ));
        }
        lines
    }

    /// Needs told from levers: right needs, said needs, true needs.
    pub fn needs(&self) -> (usize, usize, usize) {
        let (mut right, mut said, mut all) = (0, 0, 0);
        for (id, (kind, _)) in &self.voice {
            let truly = kind == "need";
            if !truly && kind != "lever" {
                continue;
            }
            let found = self.needs.contains(id);
            right += usize::from(truly && found);
            said += usize::from(found);
            all += usize::from(truly);
        }
        (right, said, all)
    }

    /// True points held by the chosen fixes, and by the truly best five.
    pub fn chosen(&self) -> (f64, f64) {
        let points: BTreeMap<String, f64> = list(&self.truth["levers"])
            .iter()
            .map(|lever| {
                (
                    text(&lever["key"]),
                    lever["in_play_points"].as_f64().unwrap_or(0.0),
                )
            })
            .collect();
        let chosen: BTreeSet<&String> = list(&self.brief["chosen"])
            .iter()
            .filter_map(|id| self.lever_means.get(id.as_str()?))
            .collect();
        let held = chosen.iter().filter_map(|key| points.get(*key)).sum();
        let mut best: Vec<f64> = points.values().copied().collect();
        best.sort_by(|a, b| b.total_cmp(a));
        (held, best.iter().take(5).sum())
    }

    /// True points of the problems that the chosen fixes answer, each problem once, and the most that
    /// any five could (chosen greedily).
    pub fn covered(&self) -> (f64, f64) {
        let sizes: BTreeMap<String, f64> = list(&self.truth["pains"])
            .iter()
            .map(|pain| {
                (
                    text(&pain["key"]),
                    pain["size_points"].as_f64().unwrap_or(0.0),
                )
            })
            .collect();
        let answers: BTreeMap<String, BTreeSet<String>> = list(&self.truth["levers"])
            .iter()
            .map(|lever| {
                let answers = list(&lever["answers"]).iter().map(text).collect();
                (text(&lever["key"]), answers)
            })
            .collect();
        let points = |pains: &BTreeSet<String>| -> f64 {
            pains.iter().filter_map(|pain| sizes.get(pain)).sum()
        };
        let held: BTreeSet<String> = list(&self.brief["chosen"])
            .iter()
            .filter_map(|id| answers.get(self.lever_means.get(id.as_str()?)?))
            .flatten()
            .cloned()
            .collect();
        let mut best: BTreeSet<String> = BTreeSet::new();
        for _ in 0..5 {
            let with = |lever: &BTreeSet<String>| points(&best.union(lever).cloned().collect());
            let next = answers.values().max_by(|a, b| with(a).total_cmp(&with(b)));
            best.extend(next.cloned().unwrap_or_default());
        }
        (points(&held), points(&best))
    }

    /// Stated probabilities of the best five with the truth, among the fixes in the brief.
    pub fn top5(&self) -> Vec<(f64, bool)> {
        let points: BTreeMap<String, f64> = list(&self.truth["levers"])
            .iter()
            .map(|lever| {
                (
                    text(&lever["key"]),
                    lever["in_play_points"].as_f64().unwrap_or(0.0),
                )
            })
            .collect();
        let ranked: Vec<(f64, f64)> = list(&self.brief["levers"])
            .iter()
            .filter_map(|lever| {
                let key = self.lever_means.get(lever["id"].as_str()?)?;
                Some((
                    lever["top5_probability"].as_f64()?,
                    points.get(key).copied().unwrap_or(0.0),
                ))
            })
            .collect();
        let mut all: Vec<f64> = ranked.iter().map(|(_, points)| *points).collect();
        all.sort_by(|a, b| b.total_cmp(a));
        let cut = all.get(4).copied().unwrap_or(0.0);
        ranked
            .into_iter()
            .map(|(p, points)| (p, points > 0.0 && points >= cut))
            .collect()
    }

    /// One line for a person.
    pub fn line(&self, labels: &Coverage) -> String {
        let (found, of) = self.found();
        let (recall, precision) = self.placed();
        let (held, best) = self.chosen();
        let (covered, most) = self.covered();
        let (right, said, all) = self.needs();
        format!(
            "{found}/{of} problems found ({} shown), recall {recall:.2} precision {precision:.2}, labels {}/{}, AP {:.2}, needs F1 {:.2}, chosen {:.2}, covered {:.2}",
            list(&self.brief["pains"]).len(),
            labels.held,
            labels.of,
            average_precision(self.pairs()),
            2.0 * right as f64 / (said + all).max(1) as f64,
            held / best.max(1e-9),
            covered / most.max(1e-9),
        )
    }
}

/// Average precision; ties share their place.
pub fn average_precision(mut pairs: Vec<(f64, bool)>) -> f64 {
    let positives = pairs.iter().filter(|(_, yes)| *yes).count();
    if positives == 0 {
        return f64::NAN;
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut at, mut hits, mut sum) = (0, 0, 0.0);
    while at < pairs.len() {
        let score = pairs[at].0;
        let end = at
            + pairs[at..]
                .iter()
                .take_while(|(other, _)| *other == score)
                .count();
        let here = pairs[at..end].iter().filter(|(_, yes)| *yes).count();
        hits += here;
        sum += here as f64 * hits as f64 / end as f64;
        at = end;
    }
    sum / positives as f64
}
