//! What a reader reads: the users' words, figures with their doubt, sense where data is poor.

use crate::company;
use crate::markup::Page;
use throughline_domain::brief::{Brief, Candidate, VotedBy};
use throughline_domain::estimate::Reason;
use throughline_domain::{Estimate, Figure};
use throughline_report::html;

fn text(draft: Brief<Candidate>) -> String {
    Page::read(&html::brief(&company::released(draft))).text
}

#[test]
fn our_own_words_stay_inside() {
    for (name, draft) in company::cases() {
        let text = text(draft).to_lowercase();
        let words: Vec<&str> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        for banned in [
            "pain", "pains", "lever", "levers", "drag", "signal", "signals", "stage", "stages",
            "voice", "theme", "themes", "cluster", "clusters", "estimate", "nan", "inf", "null",
            // An association is no promise.
            "will", "gain", "gains",
        ] {
            assert!(!words.contains(&banned), "{name}: {banned}");
        }
    }
}

fn check(name: &str, draft: Brief<Candidate>, said: &[&str], unsaid: &[&str]) {
    let text = text(draft);
    for phrase in said {
        assert!(text.contains(phrase), "{name} lacks: {phrase}");
    }
    for phrase in unsaid {
        assert!(!text.contains(phrase), "{name} has: {phrase}");
    }
}

#[test]
fn the_full_case_puts_five_fixes_forward() {
    check(
        "full",
        company::full(),
        &[
            "Five fixes to decide on",
            "answers by 812 employees",
            "+23.4 Net promoter score",
            "95% interval +22.3 to +24.5, from 31,204 responses of the last twelve months, After-contact survey.",
            "Down 3.2 points in twelve months (\u{2212}5.3 to \u{2212}1.1).",
            "5.9 points in play 4.3 to 7.4",
            "Almost certainly among the best five (over 99%); its exact place can\u{2019}t be told.",
            "9.7% of responses name it; 3.7 points (2.7 to 4.7) go with it. 3,132 customers, worth 4.4 million a year.",
            "What customers are worth is exposure, not loss.",
            "118 people in 14 teams and 5 roles, mostly Claims handler and Call agent.",
            "Ease: fairly simple (64 of 100; 57 to 71), by votes.",
            "Shares a problem with 3 and 4 : don\u{2019}t add their sizes.",
            "Probably the same as 3 , worded otherwise.",
            "1 more under How to read this .",
            // Across zero: a word, not only a number.
            "0.8 points (\u{2212}0.1 to 1.6) may go with it: not enough to tell.",
            "The same subject is no proof that the fix is a remedy.",
            "Customers say, no fix found",
            "Employees say, no customer problem found",
            "Archive: no way to customers was named for this role.",
            "two steps behind",
            "1 proposed fix is not shown",
            "previews",
        ],
        &["Quiet place", "Customer brief"],
    );
}

#[test]
fn the_same_problem_shows_another_quote_the_second_time() {
    let text = text(company::full());
    let list = text.split("Behind page one").next().unwrap_or_default();
    assert_eq!(list.matches("Every time I ring").count(), 1);
    assert_eq!(list.matches("Passed round four people").count(), 1);
}

#[test]
fn what_employees_expect_stands_beside_the_order() {
    let part = |draft: Brief<Candidate>| {
        let text = text(draft);
        let part = text.split("What employees expect to help customers").nth(1);
        let part = part.and_then(|part| part.split("Why they match").next());
        part.map(str::to_owned)
    };
    let pairs = part(company::full()).unwrap_or_default();
    assert!(
        pairs.contains("employees prefer these to an average fix"),
        "{pairs}"
    );
    // 66 to 81 is clear of 50, 49 to 66 isn't.
    let preferred = "Offer to call back instead of holding \u{2013} preferred to an average fix 74 times of 100 (66 to 81), by 118 voters; on page one.";
    assert!(pairs.contains(preferred), "{pairs}");
    assert!(!pairs.contains("58 times of 100"), "{pairs}");
    const AGREE: &str = "agree with what customers say: 0.56 (0.20 to 0.84), where 0 is not at all, or the contrary, and 1 entirely, over 14 fixes. As far as the two agree, votes help to tell which problem a fix answers";
    assert!(pairs.contains(AGREE), "{pairs}");
    let mut none = company::full();
    none.votes_agree = Figure::Known(Estimate::with_interval(0.3, 0.01, 0.8, 14, "test"));
    let none = part(none).unwrap_or_default();
    assert!(
        none.contains("over 14 fixes: not enough to tell from no agreement, so votes hardly weigh in the order."),
        "{none}"
    );
    let mut few = company::full();
    few.votes_agree = Figure::Unknown(Reason::TooFewFixes { n: 9, needed: 10 });
    let few = part(few).unwrap_or_default();
    assert!(few.contains("how far votes and customers agree can\u{2019}t be told (only 9 fixes have both votes that tell more than chance and a problem of known size to answer; 10 are needed)"), "{few}");
    let details = "Expected to help customers Preferred to an average fix 58 times of 100 (49 to 66), by 118 voters.";
    let all = text(company::full());
    assert!(all.contains(details));
    assert!(!all.contains("expect it to help customers:"));
    let voted = |by: VotedBy, doubted: bool| {
        let mut draft = company::full();
        for lever in &mut draft.levers {
            lever.impact.by = by;
            if let Figure::Known(estimate) = &mut lever.impact.figure
                && doubted
            {
                *estimate = Estimate::with_interval(0.3, 0.2, 0.4, 40, "share of yes votes");
            }
        }
        draft
    };
    let alone = part(voted(VotedBy::YesNo, false)).unwrap_or_default();
    assert!(
        alone.contains("74 of 100 (66 to 81) say yes, of 118 voters"),
        "{alone}"
    );
    assert!(!alone.contains("prefer"), "{alone}");
    let none = part(voted(VotedBy::YesNo, true)).unwrap_or_default();
    assert!(
        none.contains("most say yes to no fix for certain"),
        "{none}"
    );
    let doubted = |by| text(voted(by, true));
    const DOUBT: &str = "Most employees don\u{2019}t expect it to help customers: 30 of 100 (20 to 40) say yes, of 40 voters.";
    assert!(doubted(VotedBy::YesNo).contains(DOUBT));
    // Less preferred than others is no doubt.
    assert!(!doubted(VotedBy::Pairs).contains("expect it to help customers:"));
    let mut draft = voted(VotedBy::NotAsked, false);
    for lever in &mut draft.levers {
        lever.impact.figure = Figure::Unknown(Reason::NotAsked);
    }
    assert_eq!(part(draft), None);
    // Asked, and too few answered.
    let mut draft = company::full();
    draft.levers[0].impact.figure = Figure::Unknown(Reason::TooFewPeople { needed: 5 });
    assert!(text(draft).contains("Expected to help customers Fewer than 5 people: not shown"));
}

#[test]
fn needs_stand_by_name_and_not_by_weight() {
    let text = text(company::full());
    let places: Vec<_> = ["Managers who", "Pay that", "Rotas known", "Training before"]
        .iter()
        .map(|title| text.find(title))
        .collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{places:?}"
    );
}

#[test]
fn poor_data_is_said_warmly() {
    check(
        "ease not asked",
        company::ease_not_asked(),
        &[
            "Ease: not asked.",
            "Points in play, against the number of people behind it",
            "Nobody was asked how simple they are.",
        ],
        &["against how simple it is"],
    );
    check(
        "no scores",
        company::no_scores(),
        &[
            "We can\u{2019}t say: no scores were found in this feedback.",
            "of responses 13.4% to 15.4%",
            "Share of responses in play, against how simple it is",
            "Sizes aren\u{2019}t known: no scores were found in this feedback.",
        ],
        &["points in play", "Points lost where named"],
    );
    check(
        "severity only",
        company::severity_only(),
        &[
            "What customers struggle with most",
            "No interval: only 3 teams in the data; an interval needs 10.",
            "average tone \u{2212}2.28",
            "none answers one of these problems clearly enough",
            "it says how bad the words sound, not what the problem costs",
            "Two weak matches, probably wrong: the order counts them by their small chance",
        ],
        &["fixes to decide on", "Points lost", "in play"],
    );
    check(
        "half a year",
        company::half_a_year(),
        &[
            "Down 3.2 points in twelve months at the pace of the 6 months there are (\u{2212}5.3",
            "responses of 6 months, After-contact survey.",
        ],
        &["of the last twelve months"],
    );
    check(
        "some months",
        company::some_months(),
        &[
            "of the last twelve months",
            "Down 3.2 points in twelve months (",
        ],
        &["at the pace of"],
    );
    check(
        "no answers",
        company::no_answers(),
        &[
            "The largest customer problems",
            "They haven\u{2019}t been asked yet",
            "What is the simplest thing we could change inside the company",
        ],
        &["answers by", "no fix found", "Proposed fixes"],
    );
    check(
        "nothing found",
        company::nothing_found(),
        &["No customer problem stands out", "What employees propose"],
        &["no customer problem found", "Largest first"],
    );
    check(
        "one response",
        company::one_response(),
        &[
            "One response is too little",
            "only 1 response; 30 are needed",
            "1 customer response",
            "holds 1 response and 1 comment.",
        ],
        &[
            "1 responses",
            "1 comments",
            "What customers and staff told us",
        ],
    );
}

#[test]
fn figures_that_are_no_numbers_are_not_printed() {
    let mut draft = company::full();
    let broken = Figure::Known(Estimate::with_interval(
        f64::NAN,
        f64::NAN,
        f64::INFINITY,
        3,
        "x",
    ));
    draft.pains[0].size_points = broken.clone();
    draft.levers[0].in_play_points = broken.clone();
    draft.levers[1].ease.figure = broken.clone();
    draft.standings[0].months[3].value = f64::NAN;
    draft.standings[0].score = broken;
    check("broken", draft, &["not known"], &["NaN", "inf"]);
}

#[test]
fn a_persons_title_heads_its_fix_and_likelier_ones_left_out_are_told() {
    let named = |by_hand| {
        let mut draft = company::full();
        let first = draft.chosen[0].clone();
        for lever in draft.levers.iter_mut().filter(|lever| lever.id == first) {
            lever.title = "What a person called it".into();
            lever.titled_by_hand = by_hand;
        }
        html::brief(&company::released(draft))
    };
    let headed = |page: &str| page.contains("<h3><a href=\"#fix-1\">What a person called it");
    assert!(headed(&named(true)) && !headed(&named(false)));

    let told = |chance: f64| {
        let mut draft = company::full();
        let chosen = draft.chosen.clone();
        for lever in &mut draft.levers {
            if let Some(rank) = &mut lever.rank {
                let is_chosen = chosen.contains(&lever.id);
                rank.top5_probability = if is_chosen { 0.5 } else { chance };
            }
        }
        text(draft)
            .contains("Likelier than one of these to be among the best five, and yet not here")
    };
    assert!(told(0.9) && !told(0.5));
}

#[test]
fn a_fix_of_which_no_words_may_be_shown_says_so() {
    let page = |named_after: Option<&str>| {
        let mut draft = company::full();
        let first = draft.chosen[0].clone();
        for lever in draft.levers.iter_mut().filter(|lever| lever.id == first) {
            lever.quotes.clear();
            lever.first_step = None;
            lever.named_after = named_after.map(str::to_owned);
        }
        text(draft)
    };
    const FEW: &str = "Too few wrote about it to show their words.";
    const NONE: &str = "None of their words may be shown. Put the problem to everyone";
    let (own, borrowed) = (page(None), page(Some("p-claim-news")));
    assert!(own.contains(FEW) && !own.contains(NONE));
    assert!(borrowed.contains(NONE) && !borrowed.contains(FEW));
}

#[test]
fn proposals_that_nothing_names_are_told_without_a_list() {
    const LIST: &str = "By how many people are behind it.";
    const NONE: &str = "share too few words to be named here";
    let named = text(company::severity_only());
    assert!(named.contains(LIST) && !named.contains(NONE));
    let mut draft = company::severity_only();
    for (at, lever) in draft.levers.iter_mut().enumerate() {
        lever.title = format!("Other answers, {at}");
        lever.quotes.clear();
        lever.first_step = None;
    }
    let nameless = text(draft);
    assert!(nameless.contains(NONE) && !nameless.contains(LIST));
}

#[test]
fn what_may_cost_nothing_stands_apart_and_mixed_comments_are_told() {
    const APART: &str = "whether these lower the score can\u{2019}t be told";
    let list = text(company::full());
    let list = list.split("Customer problems").nth(2).unwrap_or_default();
    let place = |title: &str| list.find(title).unwrap_or(usize::MAX);
    let places = [
        place("Letters that are hard"),
        place(APART),
        place("Renewal price"),
        place("Repairer comes late"),
    ];
    assert!(places.is_sorted() && places[3] < usize::MAX, "{places:?}");
    // Where nothing can be told of any there is nothing to tell apart.
    assert!(!text(company::no_scores()).contains(APART));

    let mixed = "Comments that have little in common";
    let mut draft = company::full();
    assert!(!text(draft.clone()).contains(mixed));
    draft.pains[6].mixed = true;
    assert_eq!(text(draft).matches(mixed).count(), 1);
}
