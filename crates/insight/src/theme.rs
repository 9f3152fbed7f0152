//! Themes as people know them: ids that survive new data, and a person's corrections.
//!
//! An id is made of the theme's own words (`p-waiting-time-phone`), so it can be found again
//! after new data or another seed: by its letters, else by the meaning of its words. No state
//! of an earlier run is needed.

mod joined;

pub use joined::joined;
use joined::{add_pieces, centre_of, mean_of};
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::brief::names_nothing;
use throughline_domain::facts::ThemeCorrection;
pub use throughline_text::Central;
use throughline_text::seeded::hash;

/// What was found: a theme before anyone named it.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Its title as the text model proposes it.
    pub title: String,
    /// Words that tell it from the others.
    pub words: Vec<String>,
    /// Share of its texts that hold what its title names.
    pub told: f32,
    /// Central sentences of texts among those fitted on.
    pub central: Vec<Central>,
    /// Its centre in the space of the shipped vectors.
    pub centre: Vec<f32>,
    /// Texts in it, among those fitted on.
    pub texts: usize,
    /// In how many of them each wordpiece stands.
    pub pieces: BTreeMap<u32, u32>,
    /// Share of its texts that speak of each topic that customers everywhere speak of, 0 where that tells nothing;
    /// empty where it wasn't asked.
    pub topics: Vec<f32>,
    /// How far its texts lean to each topic, on average.
    pub profile: Vec<f32>,
    /// Such a topic gave it its title.
    pub by_topic: bool,
    /// Of answers that were gathered under a problem: which, and how many of them speak of it.
    pub addresses: Option<Addresses>,
}

/// What answers were gathered under, for what they speak of (`addressed`).
#[derive(Clone, Debug, PartialEq)]
pub struct Addresses {
    /// The problem's id.
    pub problem: String,
    /// Share of the answers that are likely to speak of it.
    pub share: f64,
}

/// A theme with its id and a person's corrections.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// Its id.
    pub id: String,
    /// Its title: the person's, else the proposed one.
    pub title: String,
    /// Words that tell it from the others.
    pub words: Vec<String>,
    /// Share of its texts that hold what its proposed title names.
    pub told: f32,
    /// It is no one subject, and its title says so.
    pub mixed: bool,
    /// Central sentences of texts among those fitted on, its own first, then of those merged in.
    pub central: Vec<Central>,
    /// Its centre.
    pub centre: Vec<f32>,
    /// Texts in it, among those fitted on.
    pub texts: usize,
    /// In how many of them each wordpiece stands.
    pub pieces: BTreeMap<u32, u32>,
    /// How far its texts lean to each topic that customers everywhere speak of, on average.
    pub profile: Vec<f32>,
    /// Of answers that were gathered under a problem: which, and how many of them speak of it.
    pub addresses: Option<Addresses>,
    /// How simple a person says it is to do, 0 to 1.
    pub ease: Option<f64>,
    /// Who owns it.
    pub owner: Option<String>,
    /// A person gave the title.
    pub titled_by_hand: bool,
    /// A topic that customers everywhere speak of gave it, not words of theirs.
    pub by_topic: bool,
    /// Counted, and not shown.
    pub hidden: bool,
}

/// Themes after corrections, and where each found theme went.
#[derive(Clone, Debug, Default)]
pub struct Corrected {
    /// The themes.
    pub themes: Vec<Theme>,
    /// For each found theme the index of the theme that holds it now.
    pub place: Vec<usize>,
    /// Ids in the corrections that belong to this kind of theme and were found.
    pub used: BTreeSet<String>,
}

/// Nearness of meaning from which an id of an earlier run is taken for a theme of this one.
const SAME_THEME: f32 = 0.72;

/// Gives ids to found themes and applies a person's corrections. `prefix` is the id's first
/// letter (`p`, `f`, `n`, `s`); corrections with another prefix are left to others. `embed`
/// gives the shipped vector of some words.
pub fn corrected(
    prefix: &str,
    found: Vec<Found>,
    corrections: &[ThemeCorrection],
    embed: &dyn Fn(&str) -> Vec<f32>,
) -> Corrected {
    let mut ids = BTreeSet::new();
    let mut themes: Vec<Theme> = found
        .into_iter()
        .map(|found| Theme {
            id: unique(id_of(prefix, &found), &mut ids),
            title: found.title,
            words: found.words,
            told: found.told,
            mixed: false,
            central: found.central,
            centre: found.centre,
            texts: found.texts,
            pieces: found.pieces,
            profile: found.profile,
            addresses: found.addresses,
            ease: None,
            owner: None,
            titled_by_hand: false,
            by_topic: found.by_topic,
            hidden: false,
        })
        .collect();
    let vectors: Vec<Vec<f32>> = themes
        .iter()
        .map(|theme| embed(&spoken(&theme.id, &theme.words)))
        .collect();

    let mut used = BTreeSet::new();
    let mut merges: Vec<(usize, usize)> = Vec::new();
    let mut renamed: Vec<(usize, String)> = Vec::new();
    let own = |id: &str| id.split('-').next() == Some(prefix);
    // An exact id belongs to its theme before any likeness is looked at.
    let exact: BTreeMap<String, usize> = themes
        .iter()
        .enumerate()
        .map(|(at, theme)| (theme.id.clone(), at))
        .collect();
    let mut taken: BTreeSet<usize> = corrections
        .iter()
        .filter_map(|correction| exact.get(&correction.id).copied())
        .collect();
    let find = |id: &str, taken: &mut BTreeSet<usize>, exclusive: bool| -> Option<usize> {
        if let Some(at) = exact.get(id) {
            return Some(*at);
        }
        // Its words are those of any other that nothing names.
        if id.split('-').nth(1) == Some(UNNAMED) {
            return None;
        }
        let wanted = embed(&spoken(id, &[]));
        let best = (0..vectors.len())
            .filter(|at| !exclusive || !taken.contains(at))
            .map(|at| (dot(&wanted, &vectors[at]), at))
            .filter(|(likeness, _)| *likeness >= SAME_THEME)
            .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
        if let (Some((_, at)), true) = (best, exclusive) {
            taken.insert(at);
        }
        best.map(|(_, at)| at)
    };
    for correction in corrections.iter().filter(|correction| own(&correction.id)) {
        let Some(at) = find(&correction.id, &mut taken, true) else {
            continue;
        };
        used.insert(correction.id.clone());
        let theme = &mut themes[at];
        if let Some(title) = &correction.title {
            theme.title.clone_from(title);
            theme.titled_by_hand = true;
            theme.by_topic = false;
        }
        theme.hidden |= correction.hide;
        theme.ease = correction.ease.or(theme.ease);
        theme.owner = correction.owner.clone().or(theme.owner.take());
        if theme.id != correction.id {
            renamed.push((at, correction.id.clone()));
        }
        if let Some(into) = correction.merge_into.as_deref().filter(|into| own(into))
            && let Some(into) = find(into, &mut BTreeSet::new(), false)
        {
            merges.push((at, into));
        }
    }
    // The person's id stays, so that her file goes on fitting.
    for (at, id) in renamed {
        if !exact.contains_key(&id) && ids.insert(id.clone()) {
            themes[at].id = id;
        }
    }
    merged(themes, &merges, used)
}

/// Follows merges (chains and circles too) and joins what belongs together.
fn merged(themes: Vec<Theme>, merges: &[(usize, usize)], used: BTreeSet<String>) -> Corrected {
    let into: BTreeMap<usize, usize> = merges
        .iter()
        .copied()
        .filter(|(from, to)| from != to)
        .collect();
    let root = |start: usize| {
        let mut at = start;
        let mut seen = BTreeSet::from([at]);
        while let Some(next) = into.get(&at) {
            at = *next;
            if !seen.insert(at) {
                // A circle: its lowest member stands for it.
                return seen.into_iter().min().unwrap_or(at);
            }
        }
        at
    };
    let roots: Vec<usize> = (0..themes.len()).map(root).collect();
    let kept: Vec<usize> = (0..themes.len()).filter(|at| roots[*at] == *at).collect();
    let new_place: BTreeMap<usize, usize> = kept
        .iter()
        .enumerate()
        .map(|(new, old)| (*old, new))
        .collect();
    let mut result: Vec<Theme> = kept.iter().map(|at| themes[*at].clone()).collect();
    let place: Vec<usize> = roots
        .iter()
        .map(|root| new_place.get(root).copied().unwrap_or(0))
        .collect();
    for (at, theme) in themes.into_iter().enumerate() {
        if roots[at] != at {
            let target = &mut result[place[at]];
            target.central.extend(theme.central);
            target.centre = centre_of(
                [(&target.centre, target.texts), (&theme.centre, theme.texts)].into_iter(),
            );
            // Ideas on two problems are no longer ideas on one: what they answer is told like any fix's.
            target.addresses = None;
            target.profile = mean_of(
                [
                    (&target.profile, target.texts),
                    (&theme.profile, theme.texts),
                ]
                .into_iter(),
            );
            target.texts += theme.texts;
            // Who merged them took them for one subject.
            target.told = 1.0;
            add_pieces(&mut target.pieces, &theme.pieces);
        }
    }
    Corrected {
        themes: result,
        place,
        used,
    }
}

/// A theme's id: its words; of one that no words name its centre, so that with other answers behind it it isn't
/// taken for another.
fn id_of(prefix: &str, found: &Found) -> String {
    let problem = found.addresses.as_ref().map(|under| under.problem.as_str());
    if let Some((_, problem)) = problem.and_then(|id| id.split_once('-')) {
        return format!("{prefix}-{problem}");
    }
    if !names_nothing(&found.title) {
        return slug(prefix, &found.title, &found.words);
    }
    let centre: Vec<u8> = found.centre.iter().flat_map(|x| x.to_le_bytes()).collect();
    format!("{prefix}-{UNNAMED}-{:08x}", hash(&centre, 0) as u32)
}

/// What stands in ids of themes that no words name.
const UNNAMED: &str = "other";

/// An id of up to three telling words.
fn slug(prefix: &str, title: &str, words: &[String]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let candidates = std::iter::once(title).chain(words.iter().map(String::as_str));
    for part in candidates.flat_map(|text| text.split(|c: char| !c.is_alphanumeric())) {
        let part = part.to_lowercase();
        if part.chars().count() > 2
            && !SMALL_WORDS.contains(&part.as_str())
            && !parts.contains(&part)
        {
            parts.push(part);
        }
        if parts.len() == 3 {
            break;
        }
    }
    if parts.is_empty() {
        parts.push("theme".to_owned());
    }
    format!("{prefix}-{}", parts.join("-"))
}

const SMALL_WORDS: [&str; 23] = [
    "various", "the", "and", "for", "not", "with", "are", "was", "our", "you", "your", "from",
    "that", "this", "than", "too", "into", "per", "have", "has", "been", "being", "about",
];

fn unique(id: String, ids: &mut BTreeSet<String>) -> String {
    let mut candidate = id.clone();
    let mut number = 2;
    while !ids.insert(candidate.clone()) {
        candidate = format!("{id}-{number}");
        number += 1;
    }
    candidate
}

/// The words of an id and of a theme, as a text to embed.
fn spoken(id: &str, words: &[String]) -> String {
    let of_id = id
        .split('-')
        .skip(1)
        .filter(|part| part.parse::<u32>().is_err());
    of_id
        .map(str::to_owned)
        .chain(words.iter().take(3).cloned())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Scalar product; vectors of the shipped table have unit length.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(titles: &[&str]) -> Vec<Found> {
        titles
            .iter()
            .enumerate()
            .map(|(at, title)| Found {
                title: (*title).into(),
                central: vec![Central {
                    text: at,
                    start: 0,
                    end: 1,
                }],
                texts: 10,
                ..Found::default()
            })
            .collect()
    }

    fn correction(id: &str) -> ThemeCorrection {
        ThemeCorrection {
            id: id.into(),
            title: None,
            merge_into: None,
            hide: false,
            ease: None,
            owner: None,
        }
    }

    /// A toy embedding: one dimension a first letter of a word.
    fn letters(text: &str) -> Vec<f32> {
        let mut vector = vec![0.0f32; 26];
        for word in text.split_whitespace() {
            if let Some(first) = word.bytes().next().filter(u8::is_ascii_lowercase) {
                vector[usize::from(first - b'a')] = 1.0;
            }
        }
        let length = dot(&vector, &vector).sqrt().max(1e-9);
        vector.iter().map(|x| x / length).collect()
    }

    #[test]
    fn ids_are_made_of_words_and_unique() {
        let result = corrected(
            "p",
            found(&["Waiting for the phone", "Waiting phone"]),
            &[],
            &letters,
        );
        let ids: Vec<&str> = result.themes.iter().map(|t| t.id.as_str()).collect();
        assert_eq!(ids, ["p-waiting-phone", "p-waiting-phone-2"]);
    }

    #[test]
    fn a_person_renames_merges_and_hides() {
        let mut rename = correction("p-cold-food");
        rename.title = Some("Meals arrive cold".into());
        rename.owner = Some("Kitchen".into());
        let mut merge = correction("p-meals-late");
        merge.merge_into = Some("p-cold-food".into());
        let mut hide = correction("p-other-things");
        hide.hide = true;
        let result = corrected(
            "p",
            found(&["Cold food", "Meals late", "Other things"]),
            &[rename, merge, hide, correction("f-other-kind")],
            &letters,
        );
        assert_eq!(result.place, [0, 0, 1]);
        assert_eq!(result.themes[0].title, "Meals arrive cold");
        assert_eq!(result.themes[0].owner.as_deref(), Some("Kitchen"));
        assert_eq!(
            result.themes[0]
                .central
                .iter()
                .map(|c| c.text)
                .collect::<Vec<_>>(),
            [0, 1]
        );
        assert_eq!(result.themes[0].texts, 20);
        assert!(result.themes[1].hidden);
        assert_eq!(result.used.len(), 3);
    }

    #[test]
    fn an_id_of_an_earlier_run_is_found_by_meaning_and_stays() {
        let mut rename = correction("p-zebra-queue");
        rename.title = Some("Queues".into());
        // This run found the same theme under words in another order.
        let result = corrected("p", found(&["Queue zebra", "Apple"]), &[rename], &letters);
        assert_eq!(result.themes[0].title, "Queues");
        assert_eq!(result.themes[0].id, "p-zebra-queue");
    }

    #[test]
    fn merges_in_a_circle_end() {
        let mut one = correction("p-alpha");
        one.merge_into = Some("p-beta".into());
        let mut two = correction("p-beta");
        two.merge_into = Some("p-alpha".into());
        let result = corrected("p", found(&["Alpha", "Beta"]), &[one, two], &letters);
        assert_eq!(result.themes.len(), 1);
        assert_eq!(result.place, [0, 0]);
    }
}
