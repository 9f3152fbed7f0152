//! Moderation: what is decided, by whom, and what its sender is told.

use crate::bed::{Bed, on_each};
use crate::plant::Plant;
use std::collections::BTreeSet;
use throughline_disclosure::Moderator;
use throughline_domain::listen::{AccountRole, IdeaState, Refusal, RefusalReason};
use throughline_ledger::ideas::{self, Decision, Fate};
use throughline_ledger::{LedgerError, audit};
use uuid::Uuid;

const WHO: &str = "hr@example.org";

fn moderator() -> Moderator {
    Moderator::of(AccountRole::HrLead).expect("an HR lead moderates")
}

async fn decide(
    bed: &Bed,
    plant: &Plant,
    idea: Uuid,
    decision: Decision,
) -> Result<(), LedgerError> {
    let place = (plant.round, idea);
    ideas::decide(
        &bed.ledger,
        WHO,
        moderator(),
        place,
        IdeaState::Waiting,
        decision,
    )
    .await
}

async fn show(bed: &Bed, plant: &Plant, idea: Uuid, text: &str) {
    decide(bed, plant, idea, Decision::Show(text.to_owned()))
        .await
        .expect("it is shown");
}

async fn merge(bed: &Bed, plant: &Plant, idea: Uuid, into: Uuid) {
    decide(bed, plant, idea, Decision::Merge(into))
        .await
        .expect("it is merged");
}

async fn counts(bed: &Bed, plant: &Plant) -> Vec<(String, u64)> {
    let shown = ideas::shown(&bed.ledger, plant.round).await.expect("ideas");
    let said = shown
        .iter()
        .map(|idea| (idea.words.to_string(), idea.count));
    said.collect()
}

async fn fate(bed: &Bed, answer: Uuid) -> Fate {
    ideas::fate(&bed.ledger, answer)
        .await
        .expect("it can be read")
        .expect("it has an idea")
}

fn refused(result: Result<(), LedgerError>, says: &str) {
    match result {
        Err(LedgerError::Refused { what, .. }) => assert!(what.contains(says), "{what}"),
        other => panic!("expected a refusal that says `{says}`, got {other:?}"),
    }
}

#[test]
fn waiting_ideas_come_in_an_order_that_is_drawn() {
    on_each(async |bed| {
        let plant = Plant::new(&bed).await;
        for n in 0..12 {
            plant.idea(&format!("idea {n}"), true).await;
        }
        let mut orders = BTreeSet::new();
        for _ in 0..6 {
            let queue = ideas::waiting(&bed.ledger, plant.round, 50, None)
                .await
                .expect("a queue");
            assert_eq!((queue.waiting, queue.ideas.len()), (12, 12));
            orders.insert(queue.ideas.iter().map(|idea| idea.id).collect::<Vec<_>>());
        }
        assert!(orders.len() > 1);
        let page = ideas::waiting(&bed.ledger, plant.round, 5, None)
            .await
            .expect("a queue");
        assert_eq!((page.waiting, page.ideas.len()), (12, 5));
    });
}

#[test]
fn merged_ideas_count_for_the_one_that_carries_them_and_chains_flatten() {
    on_each(async |bed| {
        let plant = Plant::new(&bed).await;
        let (_, one) = plant.idea("call back", true).await;
        let (_, two) = plant.idea("ring back", true).await;
        let (third, three) = plant.idea("phone back", true).await;
        show(&bed, &plant, one, "call back").await;
        show(&bed, &plant, two, "ring back").await;
        merge(&bed, &plant, three, two).await;
        assert_eq!(counts(&bed, &plant).await[0], ("ring back".to_owned(), 2));
        ideas::decide(
            &bed.ledger,
            WHO,
            moderator(),
            (plant.round, two),
            IdeaState::Shown,
            Decision::Merge(one),
        )
        .await
        .expect("a shown idea can be merged");
        assert_eq!(counts(&bed, &plant).await, [("call back".to_owned(), 3)]);
        // No circle: the other isn't shown any more, and nothing merges with itself.
        refused(
            ideas::decide(
                &bed.ledger,
                WHO,
                moderator(),
                (plant.round, one),
                IdeaState::Shown,
                Decision::Merge(two),
            )
            .await,
            "isn't shown",
        );
        refused(
            ideas::decide(
                &bed.ledger,
                WHO,
                moderator(),
                (plant.round, one),
                IdeaState::Shown,
                Decision::Merge(one),
            )
            .await,
            "isn't shown",
        );
        assert_eq!(fate(&bed, third).await.state, IdeaState::Merged);
        ideas::undo(&bed.ledger, WHO, (plant.round, three), IdeaState::Merged)
            .await
            .expect("it is taken back");
        assert_eq!(counts(&bed, &plant).await, [("call back".to_owned(), 2)]);
        assert_eq!(fate(&bed, third).await.state, IdeaState::Waiting);
    });
}

#[test]
fn the_second_moderator_is_told() {
    on_each(async |bed| {
        let plant = Plant::new(&bed).await;
        let (_, idea) = plant.idea("call back", true).await;
        let show = decide(&bed, &plant, idea, Decision::Show("call back".to_owned()));
        let refuse = decide(
            &bed,
            &plant,
            idea,
            Decision::Refuse(Refusal {
                reason: RefusalReason::NoChange,
                note: String::new(),
            }),
        );
        let (one, other) = futures::future::join(show, refuse).await;
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        refused(if one.is_ok() { other } else { one }, "decided on already");
    });
}

#[test]
fn a_refusal_has_a_reason_that_its_sender_reads() {
    on_each(async |bed| {
        let plant = Plant::new(&bed).await;
        let (answer, idea) = plant.idea("Sack Karen", true).await;
        let (follower, second) = plant.idea("Sack Karen now", true).await;
        let refuse = |reason, note: &str| {
            Decision::Refuse(Refusal {
                reason,
                note: note.to_owned(),
            })
        };
        refused(
            decide(
                &bed,
                &plant,
                idea,
                refuse(RefusalReason::Other, " \u{200b}"),
            )
            .await,
            "needs a note",
        );
        refused(
            decide(
                &bed,
                &plant,
                idea,
                refuse(RefusalReason::InPlace, &"a".repeat(301)),
            )
            .await,
            "more than 300",
        );
        show(&bed, &plant, idea, "A new team lead").await;
        merge(&bed, &plant, second, idea).await;
        ideas::undo(&bed.ledger, WHO, (plant.round, idea), IdeaState::Shown)
            .await
            .expect("it is taken back");
        assert_eq!(fate(&bed, follower).await.state, IdeaState::Waiting);
        let note = "Please use the channel: it helps\u{202e}";
        decide(
            &bed,
            &plant,
            idea,
            refuse(RefusalReason::AboutAPerson, note),
        )
        .await
        .expect("it is refused");
        for answer in [answer, follower] {
            let fate = fate(&bed, answer).await;
            assert_eq!(fate.state, IdeaState::Refused);
            let refusal = fate.refusal.expect("a reason");
            assert_eq!(refusal.reason, RefusalReason::AboutAPerson);
            assert_eq!(refusal.note, "Please use the channel: it helps");
        }
        let (refused, all) = ideas::refused(&bed.ledger, plant.round, 10)
            .await
            .expect("ideas");
        assert_eq!((refused.len(), all), (1, 1));
    });
}

#[test]
fn words_that_may_not_be_quoted_are_counted_and_never_shown() {
    on_each(async |bed| {
        let plant = Plant::new(&bed).await;
        let words = "let us call every customer back within the same working day";
        let (_, idea) = plant.idea(words, false).await;
        let (_, another) = plant.idea("ring back faster", true).await;
        refused(
            decide(&bed, &plant, idea, Decision::Show(words.to_uppercase())).await,
            "didn't allow quoting",
        );
        show(&bed, &plant, idea, "Faster call-backs").await;
        merge(&bed, &plant, another, idea).await;
        let shown = ideas::shown(&bed.ledger, plant.round).await.expect("ideas");
        assert_eq!((shown[0].count, shown[0].own_words), (2, true));
        let place = (plant.round, idea);
        let reworded = ideas::reword(&bed.ledger, WHO, moderator(), place, words.to_owned()).await;
        refused(reworded, "didn't allow quoting");
    });
}

#[test]
fn an_idea_of_another_round_is_not_there_and_the_log_has_no_words() {
    on_each(async |bed| {
        let (plant, other) = (Plant::new(&bed).await, Plant::new(&bed).await);
        let (_, idea) = plant.idea("call back", true).await;
        let (_, far) = other.idea("ring back", true).await;
        show(&bed, &other, far, "ring back").await;
        let show_it = Decision::Show("call back".to_owned());
        assert!(matches!(
            decide(&bed, &other, idea, show_it).await,
            Err(LedgerError::NotFound { .. })
        ));
        assert!(matches!(
            decide(&bed, &plant, idea, Decision::Merge(far)).await,
            Err(LedgerError::NotFound { .. })
        ));
        let lines = audit::lines(&bed.ledger, 0, 100).await.expect("lines");
        assert_eq!(lines.len(), 1);
        let act = &lines[0].act;
        assert_eq!(
            (act.act.as_str(), act.subject.as_str()),
            ("idea.show", "Spring")
        );
        assert_eq!(act.detail, "");
    });
}

#[test]
fn ideas_in_the_very_same_words_come_as_one() {
    on_each(async |bed| {
        let plant = Plant::new(&bed).await;
        let (_, quiet) = plant.idea("Avisad el mismo día, también ÁÉ !", false).await;
        let (_, loud) = plant
            .idea(" avisad EL mismo  DI\u{301}A, también áé.. ", true)
            .await;
        let (_, other) = plant.idea("avisad", true).await;
        for n in 0..10 {
            plant.idea(&format!("idea {n}"), true).await;
        }
        let queue = ideas::waiting(&bed.ledger, plant.round, 50, None)
            .await
            .expect("a queue");
        assert_eq!((queue.waiting, queue.ideas.len()), (13, 12));
        let one = queue.ideas.iter().find(|idea| !idea.same.is_empty());
        let one = one.expect("two are one");
        assert_eq!((one.id, one.count, &*one.same), (loud, 2, &[quiet][..]));
        // Whoever wants to see one sees that one.
        let queue = ideas::waiting(&bed.ledger, plant.round, 3, Some(quiet))
            .await
            .expect("a queue");
        assert_eq!(queue.ideas[0].id, quiet);
        let same = async |id| ideas::same(&bed.ledger, plant.round, id).await;
        assert_eq!(same(quiet).await.expect("ideas"), [loud]);
        assert!(same(other).await.expect("ideas").is_empty());
        // What was decided on waits no more.
        show(&bed, &plant, loud, "Avisad el mismo día").await;
        assert!(same(quiet).await.expect("ideas").is_empty());
    });
}
