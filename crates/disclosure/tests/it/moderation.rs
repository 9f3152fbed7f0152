//! Who may moderate, what is proposed, what may be chosen.

use throughline_disclosure::{
    CompanyWords, Count, LONGEST_SHOWN, Moderator, NotShown, Purpose, count, shown,
};
use throughline_domain::Words;
use throughline_domain::listen::{AccountRole, IdeaState};

fn moderator() -> Moderator {
    Moderator::of(AccountRole::HrLead).expect("an HR lead moderates")
}

#[test]
fn the_owner_and_the_leads_moderate_and_nobody_else() {
    for role in AccountRole::ALL {
        let may = matches!(
            role,
            AccountRole::Owner | AccountRole::HrLead | AccountRole::CxLead
        );
        assert_eq!(Moderator::of(role).is_some(), may, "{role:?}");
    }
}

#[test]
fn a_proposal_marks_what_it_masks_on_both_sides() {
    let words = Words::new("Ring Karen on\u{200b} 020 7946 0000 before noon");
    let proposal = moderator().proposal(&words);
    assert_eq!(proposal.purpose(), Purpose::Moderation);
    assert_eq!(proposal.text, "Ring [name] on [phone] before noon");
    let marked = |parts: &[throughline_disclosure::Part]| -> Vec<String> {
        let marked = parts.iter().filter(|part| part.marked);
        marked.map(|part| part.text.clone()).collect()
    };
    assert_eq!(marked(&proposal.written), ["Karen", "020 7946 0000"]);
    assert_eq!(marked(&proposal.proposed), ["[name]", "[phone]"]);
    assert_eq!(proposal.hidden, 1);
    assert!(proposal.masks());
    let plain = moderator().proposal(&Words::new("open\nearlier"));
    assert_eq!(
        (plain.text.as_str(), plain.masks()),
        ("open earlier", false)
    );
}

#[test]
fn what_is_chosen_is_visible_and_short() {
    let words = Words::new("open earlier");
    let choose = |text: &str| moderator().choose(&words, true, text);
    let chosen = choose(" open\u{202e} earlier\u{200b} ").expect("it may be shown");
    assert_eq!(*chosen, "open earlier");
    assert_eq!(choose(" \u{200b} …"), Err(NotShown::Empty));
    let long = "a".repeat(LONGEST_SHOWN + 1);
    assert_eq!(choose(&long), Err(NotShown::TooLong(LONGEST_SHOWN + 1)));
}

#[track_caller]
fn own(written: &str, text: &str, repeats: bool) {
    let chosen = moderator().choose(&Words::new(written), false, text);
    assert_eq!(chosen == Err(NotShown::RepeatsTheSender), repeats, "{text}");
}

#[test]
fn words_that_may_not_be_quoted_are_not_repeated() {
    let written = "Let us call customers back before they have to ring a second time, please!";
    own(written, written, true);
    own(
        written,
        "LET US CALL CUSTOMERS BACK, before they have to ring",
        true,
    );
    own(written, "Ring customers back on the same day", false);
    own("open earlier", "Please open earlier.", true);
    own("open earlier", "Longer hours in the morning", false);
    own(
        "让我们在客户再次打电话之前给他们回电话",
        "让我们在客户再次打电话之前",
        true,
    );
}

#[test]
fn only_a_shown_idea_has_words() {
    for state in IdeaState::ALL {
        let released = shown(state, Some("open\u{202e} earlier"));
        assert_eq!(released.is_some(), state == IdeaState::Shown);
        if let Some(words) = released {
            assert_eq!(*words, "open earlier");
        }
    }
    assert!(shown(IdeaState::Shown, None).is_none());
}

#[test]
fn counts_below_the_minimum_are_withheld_and_hidden_characters_go() {
    assert_eq!(*count(5, 5), Count::Of(5));
    assert_eq!(*count(4, 5), Count::FewerThan(5));
    let words = CompanyWords::new("done\u{202e} \n now");
    assert_eq!(*words.released(), "done now");
}

#[test]
fn votes_of_few_are_withheld() {
    use throughline_disclosure::votes_released;
    use throughline_domain::analysis::rank::{Items, Model, Rank};
    let of = |n_voters| Rank {
        model: Model::Agreement,
        items: Items::Agreed(Vec::new()),
        n_votes: 100,
        n_voters,
        has_voters: true,
        n_cannot_decide: 0,
        apart: Vec::new(),
        next_pair: None,
        warnings: Vec::new(),
    };
    assert!(votes_released(of(4), 5).is_none());
    assert!(votes_released(of(5), 5).is_some());
}
