//! Themes from end to end: what comes together, what is named, and that it is the same every time.

use throughline_text::themes::{ThemeFit, ThemeOptions, alike, fit, given};
use throughline_text::vectors::Vectors;
use throughline_text::{AssignScratch, BadModel, ThemeModel, agreement, similarity};

const SUBJECTS: [(&str, &[&str]); 6] = [
    (
        "parking",
        &[
            "the car park was full",
            "parking costs far too much",
            "nowhere to park near the entrance",
            "more parking spaces please",
            "could not find a parking space",
        ],
    ),
    (
        "food",
        &[
            "the food was cold",
            "better meals would be nice",
            "more choice on the food menu",
            "lunch came late and the food was cold",
            "food has no taste",
        ],
    ),
    (
        "waiting",
        &[
            "we waited three hours to be seen",
            "the waiting time is too long",
            "shorter waiting times please",
            "long wait to see the doctor",
            "waiting for hours without news",
        ],
    ),
    (
        "noise",
        &[
            "too noisy at night to sleep",
            "noise on the ward at night",
            "doors banging all night kept me awake",
            "it was loud and I could not sleep",
            "quieter nights please",
        ],
    ),
    (
        "phone",
        &[
            "nobody answers the phone",
            "phone line is always busy",
            "I rang six times and no one picked up the phone",
            "answer the phone quicker",
            "the phone rang out every time",
        ],
    ),
    (
        "letters",
        &[
            "the appointment letter came after the appointment",
            "letters arrive too late",
            "my letter had the wrong date",
            "send appointment letters earlier",
            "the letter never arrived",
        ],
    ),
];
const ENDINGS: [&str; 8] = [
    "",
    " again",
    " today",
    " for my mother",
    " last week",
    " as always",
    " sadly",
    " every time",
];

/// 240 comments on six subjects, with the number of each one's subject.
fn comments() -> (Vec<String>, Vec<u32>) {
    let mut texts = Vec::new();
    let mut gold = Vec::new();
    for (number, (_, wordings)) in SUBJECTS.iter().enumerate() {
        for wording in *wordings {
            for ending in ENDINGS {
                texts.push(format!("{wording}{ending}"));
                gold.push(number as u32);
            }
        }
    }
    (texts, gold)
}

fn refs(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

fn fit_comments() -> (Vec<String>, Vec<u32>, ThemeFit) {
    let (texts, gold) = comments();
    let fit = fit(&refs(&texts), &ThemeOptions::default(), 1);
    (texts, gold, fit)
}

#[test]
fn subjects_come_apart_and_are_named() {
    let (texts, gold, fit) = fit_comments();
    let labels: Vec<u32> = fit.labels.iter().map(|l| l.unwrap()).collect();
    assert!((6..=14).contains(&fit.model.len()), "{}", fit.model.len());
    assert!(
        agreement::nmi(&gold, &labels) > 0.75,
        "{}",
        agreement::nmi(&gold, &labels)
    );
    let titles: Vec<String> = (0..fit.model.len() as u32)
        .map(|t| fit.model.title(t).to_string())
        .collect();
    let mut distinct = titles.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), titles.len(), "{titles:?}");
    for (theme, title) in titles.iter().enumerate() {
        let words = title.split(' ').count();
        assert!((1..=5).contains(&words), "{title}");
        assert!(title.chars().next().unwrap().is_uppercase(), "{title}");
        assert!(!fit.model.words(theme as u32).is_empty());
    }
    let joined = titles.join(" ").to_lowercase();
    for word in ["park", "food", "wait", "phone", "letter"] {
        assert!(joined.contains(word), "no title with `{word}`: {titles:?}");
    }
    for (theme, central) in fit.central.iter().enumerate() {
        assert!((1..=12).contains(&central.len()));
        for place in central {
            assert_eq!(fit.labels[place.text], Some(theme as u32));
            assert!(!texts[place.text][place.start..place.end].is_empty());
        }
    }
    let sizes: Vec<u32> = (0..fit.model.len() as u32)
        .map(|t| fit.model.size(t))
        .collect();
    assert_eq!(sizes.iter().sum::<u32>(), 240);
}

#[test]
fn the_same_bytes_twice_and_on_any_number_of_threads() {
    let (texts, _) = comments();
    let texts = refs(&texts);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| fit(&texts, &ThemeOptions::default(), 9))
    };
    let first = on(1);
    for threads in [1, 2, 3] {
        let again = on(threads);
        assert_eq!(again, first);
        assert_eq!(again.model.to_bytes(), first.model.to_bytes());
        assert_eq!(again.model.key(), first.model.key());
    }
}

#[test]
fn a_model_comes_back_from_its_bytes() {
    let (texts, _, fit) = fit_comments();
    let bytes = fit.model.to_bytes();
    let back = ThemeModel::from_bytes(&bytes).unwrap();
    assert_eq!(back, fit.model);
    assert_eq!(back.key().len(), 32);
    let assigned = back.assign_all(Vectors::shipped(), &refs(&texts));
    let main: Vec<Option<u32>> = assigned.iter().map(|a| a.main).collect();
    assert_eq!(main, fit.labels);

    let check = |bytes: &[u8], expected: &str| {
        let error: BadModel = ThemeModel::from_bytes(bytes).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    };
    check(b"", "cut short");
    check(b"PARQUET1........", "another kind");
    check(&bytes[..bytes.len() - 1], "cut short");
    check(&[bytes.clone(), vec![0]].concat(), "after its end");
    let mut other = bytes.clone();
    other[8] = 200;
    check(&other, "another version");
    // Every byte changed in turn: refused or read, never a panic, and never a read past an end.
    for at in (0..bytes.len()).step_by(bytes.len() / 400) {
        let mut changed = bytes.clone();
        changed[at] ^= 0xFF;
        if let Ok(model) = ThemeModel::from_bytes(&changed) {
            model.assign_all(
                Vectors::shipped(),
                &["the food was cold and we waited for hours"],
            );
        }
    }
}

#[test]
fn alone_or_among_others_a_text_gets_the_same() {
    let (texts, _, fit) = fit_comments();
    let vectors = Vectors::shipped();
    let mut all = refs(&texts);
    let long = "The food was cold and had no taste. Nobody ever answers the phone on the ward. Parking costs far too much!";
    all.extend([
        long,
        "",
        "?!",
        "unseen words altogether, giraffes",
        "food\0food",
    ]);
    let together = fit.model.assign_all(vectors, &all);
    let mut scratch = AssignScratch::default();
    for (text, expected) in all.iter().zip(&together) {
        assert_eq!(
            &fit.model.assign(vectors, &mut scratch, text),
            expected,
            "`{text}`"
        );
    }
    let long = &together[texts.len()];
    assert_eq!(long.named.first().copied(), long.main);
    assert!((2..=4).contains(&long.named.len()), "{long:?}");
    let named: Vec<&str> = long.named.iter().map(|&t| fit.model.title(t)).collect();
    let named = named.join(" ").to_lowercase();
    assert!(named.contains("phone") && named.contains("park"), "{named}");
    assert_eq!(together[texts.len() + 1].main, None);
    assert_eq!(together[texts.len() + 2].main, None);
    assert!(together[texts.len() + 3].main.is_some());
    assert!(
        together
            .iter()
            .all(|a| (-1.0..=1.0).contains(&a.main_similarity))
    );
}

#[test]
fn unseen_texts_go_where_clustering_would_have_put_them() {
    let (texts, gold) = comments();
    let even: Vec<&str> = texts.iter().step_by(2).map(String::as_str).collect();
    let odd: Vec<&str> = texts
        .iter()
        .skip(1)
        .step_by(2)
        .map(String::as_str)
        .collect();
    let fit = fit(&even, &ThemeOptions::default(), 1);
    let of = |labels: Vec<Option<u32>>, start: usize| {
        let gold: Vec<u32> = gold.iter().skip(start).step_by(2).copied().collect();
        let labels: Vec<u32> = labels.into_iter().map(|l| l.unwrap()).collect();
        agreement::nmi(&gold, &labels)
    };
    let unseen = fit
        .model
        .assign_all(Vectors::shipped(), &odd)
        .into_iter()
        .map(|a| a.main)
        .collect();
    let (seen, unseen) = (of(fit.labels.clone(), 0), of(unseen, 1));
    assert!(unseen > seen - 0.05, "{unseen} against {seen}");
}

#[test]
fn options_are_kept_to() {
    let (texts, _) = comments();
    let texts = refs(&texts);
    let themes = |options: ThemeOptions| fit(&texts, &options, 1).model;
    let few = themes(ThemeOptions {
        max_themes: Some(3),
        ..ThemeOptions::default()
    });
    assert!((1..=3).contains(&few.len()), "{}", few.len());
    let large = themes(ThemeOptions {
        floor: Some(30),
        ..ThemeOptions::default()
    });
    assert!(
        (0..large.len() as u32).all(|t| large.size(t) >= 20),
        "merged below the floor"
    );
    let one = themes(ThemeOptions {
        max_themes: Some(0),
        ..ThemeOptions::default()
    });
    assert_eq!(one.len(), 1);
    let sampled = fit(
        &texts,
        &ThemeOptions {
            sample: 100,
            ..ThemeOptions::default()
        },
        1,
    );
    assert_eq!(sampled.labels.iter().flatten().count(), texts.len());
    assert_eq!(sampled.distinct, texts.len());
}

#[test]
fn few_texts_and_odd_ones() {
    let check = |texts: &[&str], themes: usize, placed: usize| {
        let fit = fit(texts, &ThemeOptions::default(), 1);
        assert_eq!(fit.model.len(), themes, "{texts:?}");
        assert_eq!(fit.labels.iter().flatten().count(), placed, "{texts:?}");
        assert_eq!(fit.labels.len(), texts.len());
        let bytes = fit.model.to_bytes();
        assert_eq!(ThemeModel::from_bytes(&bytes).unwrap(), fit.model);
        fit
    };
    check(&[], 0, 0);
    check(&["", "...", "?"], 0, 0);
    check(&["the food was cold"], 1, 1);
    check(&["the food was cold", "no parking"], 1, 2);
    check(&["food", "food", "", "Food."], 1, 3);
    let five = [
        "cold food",
        "the food was cold",
        "food cold again",
        "nowhere to park",
        "car park full",
    ];
    let fit = fit(&five, &ThemeOptions::default(), 1);
    assert!((1..=2).contains(&fit.model.len()));
    assert_eq!(fit.labels.iter().flatten().count(), 5);
}

#[test]
fn equal_comments_are_one_of_that_weight() {
    let (others, _) = comments();
    let mut texts = vec!["please open earlier on saturdays"; 100_000];
    texts.extend(refs(&others));
    let fit = fit(&texts, &ThemeOptions::default(), 1);
    assert_eq!(fit.distinct, 241);
    assert_eq!(fit.labels.iter().flatten().count(), texts.len());
    assert_eq!(
        fit.labels[..100_000]
            .iter()
            .collect::<std::collections::BTreeSet<_>>()
            .len(),
        1
    );
    assert_eq!(fit.labels[0], Some(0));
    assert!(fit.model.size(0) >= 100_000);
    // The other 240 are not swept into one theme by the floor that 100,000 texts would set.
    assert!(fit.model.len() > 1, "{}", fit.model.len());
}

#[test]
fn a_megabyte_and_nul_bytes_among_others() {
    let (mut texts, _) = comments();
    texts.push("the food was cold and ".repeat(48_000));
    texts.push("\0\0 parking \0 full \u{FFFD}".to_string());
    texts.push("食物很冷".to_string());
    let fit = fit(&refs(&texts), &ThemeOptions::default(), 1);
    let labels = &fit.labels;
    assert!(labels[240].is_some() && labels[241].is_some());
    for theme in fit.central.iter().flatten() {
        assert!(texts[theme.text].is_char_boundary(theme.start));
    }
}

#[test]
fn themes_of_two_models_are_compared_on_one_footing() {
    let (texts, gold) = comments();
    let of = |wanted: &[u32]| -> Vec<&str> {
        texts
            .iter()
            .zip(&gold)
            .filter(|(_, g)| wanted.contains(g))
            .map(|(t, _)| t.as_str())
            .collect()
    };
    let one = ThemeOptions {
        max_themes: Some(2),
        floor: Some(10),
        ..ThemeOptions::default()
    };
    let customers = fit(&of(&[0, 1]), &one, 1);
    let employees = fit(
        &[
            "open a bigger car park for visitors",
            "visitors need more parking spaces",
            "free parking near the entrance",
            "more spaces in the car park",
        ],
        &one,
        1,
    );
    let near = similarity::between(&customers.model, &employees.model);
    assert_eq!(
        (near.len(), near[0].len()),
        (customers.model.len(), employees.model.len())
    );
    let parking = customers.labels[0].unwrap() as usize;
    let food = customers.labels[customers.labels.len() - 1].unwrap() as usize;
    assert_ne!(parking, food);
    assert!(near[parking][0] > near[food][0] + 0.2, "{near:?}");
    assert_eq!(customers.model.centroid_raw(0).len(), 256);
    assert!(customers.model.centroid_raw(99).is_empty());

    let mean = similarity::common_mean(&customers.model, &employees.model);
    let pair = similarity::best_pair(
        &["food was cold", "no parking spaces"],
        &["more parking spaces", "pay"],
        &mean,
    );
    assert_eq!(pair.map(|(i, j, _)| (i, j)), Some((1, 0)));
    assert_eq!(similarity::best_pair(&[], &["pay"], &mean), None);
}

#[test]
fn what_says_nearly_the_same_is_put_together() {
    let (mut texts, gold) = comments();
    let pieces: Vec<u32> = alike(&refs(&texts), 30).into_iter().flatten().collect();
    let count = pieces
        .iter()
        .collect::<std::collections::BTreeSet<_>>()
        .len();
    assert_eq!((pieces.len(), count), (240, 30));
    for piece in 0..30 {
        let subjects: std::collections::BTreeSet<u32> = (0..texts.len())
            .filter(|at| pieces[*at] == piece)
            .map(|at| gold[at])
            .collect();
        assert_eq!(subjects.len(), 1, "piece {piece} is of several subjects");
    }
    texts.push("!!!".into());
    texts.push(texts[0].to_uppercase());
    let pieces = alike(&refs(&texts), 30);
    assert_eq!(pieces[240], None);
    assert_eq!(pieces[241], pieces[0]);
    assert_eq!(alike(&["only one"], 30), [Some(0)]);
    assert_eq!(alike(&[], 30), []);
}

#[test]
fn given_groups_stay_as_they_are_and_new_texts_find_them() {
    let (texts, gold) = comments();
    // Numbers with gaps, and two subjects that clustering would never have put together.
    let groups: Vec<Option<u32>> = gold.iter().map(|g| Some(10 * (g / 2))).collect();
    let fit = given(&refs(&texts), &groups);
    assert_eq!(fit.model.len(), 3);
    let labels: Vec<u32> = fit.labels.iter().map(|label| label.unwrap()).collect();
    assert!(agreement::ari(&labels, &gold.iter().map(|g| g / 2).collect::<Vec<_>>()) > 0.999);
    let unseen = ["where can I park the car", "every meal came cold"];
    for assigned in fit.model.assign_all(Vectors::shipped(), &unseen) {
        assert_eq!(assigned.main, Some(labels[0]));
    }
    assert!(fit.central.iter().all(|central| !central.is_empty()));
    let mut missing = groups;
    missing[0] = None;
    let none = given(&refs(&texts), &missing);
    assert_eq!((none.model.len(), none.labels), (0, vec![None; 240]));
}
