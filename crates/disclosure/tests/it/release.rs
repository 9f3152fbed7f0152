use crate::draft::{empty, lever, pain, quote};
use throughline_disclosure::{FileUse, Grant, Purpose, Rules, release_brief};
use throughline_domain::Words;
use throughline_domain::brief::Candidate;
use throughline_domain::brief::NoteKind;

#[test]
fn a_fix_of_four_people_is_withheld_and_the_brief_says_so() {
    let mut draft = empty();
    draft.levers = vec![lever("small", 4), lever("large", 12)];
    draft.chosen = vec!["small".into(), "large".into()];
    draft.gap_levers = vec!["small".into()];
    draft.levers[1].overlaps = vec!["small".into()];
    let brief = release_brief(draft, &Rules::default());
    assert_eq!(
        brief
            .levers
            .iter()
            .map(|l| l.id.as_str())
            .collect::<Vec<_>>(),
        ["large"]
    );
    assert_eq!(brief.chosen, ["large"]);
    assert!(brief.gap_levers.is_empty());
    assert!(brief.levers[0].overlaps.is_empty());
    let said = brief
        .notes
        .iter()
        .any(|n| n.kind == NoteKind::Withheld && n.text.contains("1 proposed fix"));
    assert!(said, "{:?}", brief.notes);
}

#[test]
fn words_need_ten_people() {
    let mut draft = empty();
    draft.levers = vec![lever("nine", 9), lever("ten", 10)];
    let brief = release_brief(draft, &Rules::default());
    assert!(brief.levers[0].quotes.is_empty());
    assert_eq!(brief.levers[1].quotes.len(), 3);
}

#[test]
fn one_quote_a_person_over_the_whole_brief() {
    let mut draft = empty();
    draft.levers = vec![lever("one", 10), lever("two", 10)];
    let brief = release_brief(draft, &Rules::default());
    // The same ten people stand behind both: three quoted for the first, three others for the second.
    assert_eq!(
        brief.levers[0].quotes[0].words,
        "please change the form one 0"
    );
    assert_eq!(
        brief.levers[1].quotes[0].words,
        "please change the form two 3"
    );
}

#[test]
fn ideas_alone_are_shown_without_a_place_and_of_a_company_of_ten() {
    let idea = |person: &str, words: &str| Candidate {
        words: Words::new(words),
        person: person.to_owned(),
        from: "Branch North".to_owned(),
        from_group: 40,
        title: None,
    };
    let drafted = |employees| {
        let mut draft = empty();
        draft.employees = employees;
        draft.levers = vec![lever("one", 10)];
        let quoted = draft.levers[0].quotes[0].person.clone();
        draft.ideas = vec![
            idea(&quoted, "she is quoted above already"),
            idea("a", "a bench outside, ask me at me@example.org"),
            idea("b", "A bench outside, ask me at you@example.org"),
            idea("c", "no"),
        ];
        release_brief(draft, &Rules::default())
    };
    let words: Vec<String> = drafted(10)
        .ideas
        .iter()
        .map(|idea| idea.words.clone())
        .collect();
    assert_eq!(words, ["a bench outside, ask me at [e-mail]"]);
    assert!(drafted(10).ideas.iter().all(|idea| idea.from.is_empty()));
    assert!(drafted(9).ideas.is_empty());
}

#[test]
fn what_bears_a_problems_name_bears_the_one_that_is_shown() {
    let mut draft = empty();
    draft.pains = vec![pain("forms")];
    draft.pains[0].quotes = vec![quote("soon", 1)];
    draft.pains[0].quotes[0].title = Some(Words::new("Change the form"));
    draft.levers = vec![lever("one", 9), lever("two", 30)];
    for lever in &mut draft.levers {
        lever.named_after = Some("forms".into());
        lever.title = "Ideas on: forms".into();
    }
    let brief = release_brief(draft, &Rules::default());
    let titles: Vec<&str> = brief.levers.iter().map(|lever| &*lever.title).collect();
    let expected = ["Ideas on: Change the form", "Ideas on: Change the form, 2"];
    assert_eq!(titles, expected);
}

#[test]
fn words_that_are_shown_may_give_the_title_and_no_others() {
    let titles = |people: u64, words: &str, title: &str| {
        let said = Candidate {
            words: Words::new(words),
            person: "somebody".to_owned(),
            from: String::new(),
            from_group: 0,
            title: Some(Words::new(title)),
        };
        let mut draft = empty();
        draft.levers = vec![lever("one", people), lever("two", people)];
        draft.levers[0].first_step = Some(said);
        draft.levers[1].quotes[3].title = Some(Words::new("Change the form"));
        let brief = release_brief(draft, &Rules::default());
        let titles = brief.levers.iter().map(|lever| lever.title.clone());
        titles.collect::<Vec<_>>()
    };
    let idea = "Tell callers how long, they ask us";
    // Words of nine aren't shown.
    assert_eq!(
        titles(20, idea, "Tell callers how long"),
        ["Tell callers how long", "Change the form"]
    );
    assert_eq!(titles(9, idea, "Tell callers how long"), ["one", "two"]);
    // Two things aren't called alike.
    assert_eq!(
        titles(20, "Change the form, please do", "Change the form"),
        ["Change the form", "two"]
    );
    // A name that was taken out of the words gives no title either.
    let praise = "ten out of ten to Grace Adams, ring 07700 900123";
    assert_eq!(
        titles(20, praise, "Ten out of ten to Grace Adams")[0],
        "one"
    );
    assert_eq!(titles(20, idea, "Ring 07700900123")[0], "one");
    // Nor a first name that stays in the words for being a word, too.
    let asks = "ask sue to print the labels, please";
    assert_eq!(titles(20, asks, "Ask sue to print the labels")[0], "one");
}

#[test]
fn a_small_group_is_not_named_beside_a_quote() {
    let mut draft = empty();
    draft.levers = vec![lever("ten", 10)];
    draft.levers[0].quotes[1].from_group = 10;
    let brief = release_brief(draft, &Rules::default());
    assert_eq!(brief.levers[0].quotes[0].from, "");
    assert_eq!(brief.levers[0].quotes[1].from, "Branch North");
}

#[test]
fn quotes_are_scrubbed_and_cut() {
    let mut draft = empty();
    draft.levers = vec![lever("ten", 10)];
    draft.levers[0].quotes = vec![quote(
        &format!("ask jo@example.com {}", "very ".repeat(200)),
        1,
    )];
    let brief = release_brief(draft, &Rules::default());
    let words = &brief.levers[0].quotes[0].words;
    assert!(words.contains("[e-mail]") && words.ends_with('…') && words.chars().count() < 330);
}

#[test]
fn small_parts_cannot_be_reckoned_from_the_total() {
    let mut draft = empty();
    draft.levers = vec![lever("ten", 10)];
    draft.levers[0].support.ideas = 8;
    draft.levers[0].support.blocks = 2;
    let brief = release_brief(draft, &Rules::default());
    assert_eq!(
        (
            brief.levers[0].support.ideas,
            brief.levers[0].support.blocks
        ),
        (0, 0)
    );
}

#[test]
fn teams_are_counted_as_they_are_or_not_at_all() {
    let counted = |people: u64, units: u64, named: usize| {
        let mut one = lever("f-one", people);
        one.support.units = units;
        one.support.unit_names = (0..named).map(|at| format!("team {at}")).collect();
        let mut draft = empty();
        draft.levers = vec![one];
        release_brief(draft, &Rules::default()).levers[0]
            .support
            .units
    };
    // Many small teams: nobody stands out.
    assert_eq!([counted(20, 13, 0), counted(20, 13, 1)], [13, 13]);
    assert_eq!(counted(20, 2, 2), 2);
    // One or two too small to be named: not told, rather than told falsely.
    assert_eq!([counted(20, 3, 1), counted(8, 4, 0)], [0, 0]);
    assert_eq!(counted(40, 3, 1), 3);
}

#[test]
fn rows_go_to_the_holder_of_a_grant() {
    let grant = Grant::to_the_owner_of_the_files(FileUse::OwnFiles);
    let rows = grant.entrust(vec![("id", "p-x")]);
    assert_eq!(rows.purpose(), Purpose::Files(FileUse::OwnFiles));
    assert_eq!(rows[0].1, "p-x");
}
