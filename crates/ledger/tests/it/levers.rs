//! You said, we did.

use crate::bed::{Bed, on_each};
use crate::plant::Plant;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use throughline_disclosure::{CompanyWords, Count, Moderator};
use throughline_domain::listen::{AccountRole, IdeaState, LeverStatus};
use throughline_ledger::ideas::{self, Decision};
use throughline_ledger::levers::{self, Draft};
use throughline_ledger::{LedgerError, votes};
use uuid::Uuid;

const WHO: &str = "cx@example.org";

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, 4).expect("a day")
}

fn draft(title: &str, status: LeverStatus, why: &str, ideas: &[Uuid]) -> Draft {
    Draft {
        title: CompanyWords::new(title),
        status,
        why: CompanyWords::new(why),
        customers_since: CompanyWords::default(),
        ideas: ideas.iter().copied().collect(),
    }
}

async fn shown(bed: &Bed, plant: &Plant, words: &str, merged: usize) -> (Uuid, Uuid) {
    let moderator = Moderator::of(AccountRole::CxLead).expect("a CX lead moderates");
    let (answer, idea) = plant.idea(words, true).await;
    let show = Decision::Show(words.to_owned());
    let decide = |idea, decision| {
        let place = (plant.round, idea);
        ideas::decide(
            &bed.ledger,
            WHO,
            moderator,
            place,
            IdeaState::Waiting,
            decision,
        )
    };
    decide(idea, show).await.expect("it is shown");
    for _ in 0..merged {
        let (_, same) = plant.idea(words, true).await;
        decide(same, Decision::Merge(idea))
            .await
            .expect("it is merged");
    }
    (answer, idea)
}

#[test]
fn a_draft_has_no_fixes() {
    on_each(async |bed| {
        let round =
            throughline_ledger::rounds::create(&bed.ledger, crate::bed::draft(), WHO.into());
        let round = round.await.expect("a draft can be made");
        let fix = draft("A fix", LeverStatus::Heard, "", &[]);
        let saved = levers::save(&bed.ledger, WHO, (round, None), fix, today()).await;
        assert!(matches!(saved, Err(LedgerError::Refused { .. })));
        throughline_ledger::rounds::remove(&bed.ledger, round, WHO.into())
            .await
            .expect("it can be removed");
    });
}

#[test]
fn employees_read_statuses_and_counts_from_the_minimum_group() {
    on_each(async |bed| {
        let plant = Plant::new(&bed).await;
        let said = levers::said(&bed.ledger, plant.round)
            .await
            .expect("a round");
        assert!(said.is_none());
        let (answer, many) = shown(&bed, &plant, "call back", 4).await;
        let (_, few) = shown(&bed, &plant, "open earlier", 3).await;
        let save = |draft| levers::save(&bed.ledger, WHO, (plant.round, None), draft, today());
        save(draft("Call\u{202e} back", LeverStatus::InWork, "", &[many]))
            .await
            .expect("a fix");
        save(draft(
            "Open earlier",
            LeverStatus::NotNow,
            "No staff before 8",
            &[few],
        ))
        .await
        .expect("a fix");
        let said = levers::said(&bed.ledger, plant.round)
            .await
            .expect("a round")
            .expect("fixes");
        assert_eq!(*said.levers[0].title, "Call back");
        let counts: Vec<Count> = said
            .levers
            .iter()
            .filter_map(|lever| lever.people.as_ref().map(|people| **people))
            .collect();
        assert_eq!(counts, [Count::Of(5), Count::FewerThan(5)]);
        let fate = ideas::fate(&bed.ledger, answer)
            .await
            .expect("it answers")
            .expect("an idea");
        let taken = fate.taken.expect("it was taken up");
        assert_eq!(
            (taken.title.as_str(), taken.status),
            ("Call back", LeverStatus::InWork)
        );
    });
}

#[test]
fn not_now_needs_a_reason_and_an_idea_is_taken_up_once() {
    on_each(async |bed| {
        let plant = Plant::new(&bed).await;
        let (_, idea) = shown(&bed, &plant, "call back", 0).await;
        let (_, waiting) = plant.idea("open earlier", true).await;
        let save = |id, draft| levers::save(&bed.ledger, WHO, (plant.round, id), draft, today());
        for (bad, says) in [
            (draft("", LeverStatus::Heard, "", &[]), "title"),
            (draft("A", LeverStatus::NotNow, " \u{200b}", &[]), "reason"),
            (
                draft("A", LeverStatus::Heard, "", &[waiting]),
                "isn't shown",
            ),
            (
                draft(&"a".repeat(161), LeverStatus::Heard, "", &[]),
                "more than",
            ),
        ] {
            match save(None, bad).await {
                Err(LedgerError::Refused { what, .. }) => assert!(what.contains(says), "{what}"),
                other => panic!("{says}: {other:?}"),
            }
        }
        let first = save(None, draft("A", LeverStatus::Heard, "", &[idea]))
            .await
            .expect("a fix");
        let second = save(None, draft("B", LeverStatus::Heard, "", &[idea])).await;
        assert!(
            matches!(second, Err(LedgerError::Refused { .. })),
            "{second:?}"
        );
        save(Some(first), draft("A now", LeverStatus::Done, "", &[idea]))
            .await
            .expect("a change");
        let list = levers::list(&bed.ledger, plant.round).await.expect("fixes");
        assert_eq!(list.len(), 1);
        assert_eq!(list[0].draft.title.as_str(), "A now");
        assert_eq!(list[0].draft.ideas, BTreeSet::from([idea]));
        levers::remove(&bed.ledger, WHO, plant.round, first)
            .await
            .expect("it goes");
        assert!(
            levers::list(&bed.ledger, plant.round)
                .await
                .expect("fixes")
                .is_empty()
        );
        let elsewhere = Plant::new(&bed).await;
        let gone = levers::remove(&bed.ledger, WHO, elsewhere.round, first).await;
        assert!(matches!(gone, Err(LedgerError::NotFound { .. })));
    });
}

#[test]
fn votes_count_for_the_idea_that_carries_and_not_while_it_is_hidden() {
    on_each(async |bed| {
        let plant = Plant::new(&bed).await;
        let (_, one) = shown(&bed, &plant, "call back", 0).await;
        let (_, two) = shown(&bed, &plant, "ring back", 0).await;
        let (_, three) = shown(&bed, &plant, "open earlier", 0).await;
        for (winner, loser, choice) in [
            (one, three, "over"),
            (two, three, "over"),
            (one, two, "over"),
            (one, three, "cant_decide"),
        ] {
            plant
                .vote(Uuid::new_v4(), winner, loser, "ease", choice)
                .await;
        }
        let rows = votes::rows(&bed.ledger, plant.round).await.expect("votes");
        assert_eq!((rows.rows.len(), rows.undecided, rows.ballots), (3, 1, 4));
        let moderator = Moderator::of(AccountRole::Owner).expect("an owner moderates");
        let place = (plant.round, two);
        let merge = Decision::Merge(one);
        ideas::decide(&bed.ledger, WHO, moderator, place, IdeaState::Shown, merge)
            .await
            .expect("it is merged");
        let rows = votes::rows(&bed.ledger, plant.round).await.expect("votes");
        assert_eq!(rows.rows.len(), 2);
        let all_over_three = rows.rows.iter().all(|vote| {
            matches!(vote, throughline_domain::facts::Vote::Pair { winner, loser, .. }
                if *winner == one.to_string() && *loser == three.to_string())
        });
        assert!(all_over_three, "{:?}", rows.rows);
        ideas::undo(&bed.ledger, WHO, (plant.round, three), IdeaState::Shown)
            .await
            .expect("it is taken back");
        let rows = votes::rows(&bed.ledger, plant.round).await.expect("votes");
        assert!(rows.rows.is_empty());
    });
}

#[test]
fn voting_days_make_sense_and_a_form_cannot_be_forged() {
    on_each(async |bed| {
        use throughline_domain::listen::VotesBy;
        let plant = Plant::new(&bed).await;
        let day = |n| NaiveDate::from_ymd_opt(2026, 5, n).expect("a day");
        let set = |from, until, by| {
            votes::set(
                &bed.ledger,
                WHO,
                plant.round,
                (day(from), day(until)),
                by,
                day(5),
            )
        };
        assert!(set(9, 8, VotesBy::Pairs).await.is_err());
        set(4, 8, VotesBy::Agreement).await.expect("it is set");
        let voting = votes::voting(&bed.ledger, plant.round)
            .await
            .expect("a round");
        let on: Vec<bool> = [3, 4, 8, 9].map(|n| voting.is_on(day(n))).to_vec();
        assert_eq!(on, [false, true, true, false]);
        assert!(set(4, 9, VotesBy::Pairs).await.is_err());
        set(4, 9, VotesBy::Agreement)
            .await
            .expect("days may change");
        let seal = votes::seal(&bed.ledger, plant.round, "a")
            .await
            .expect("it answers")
            .expect("a secret");
        let check = async |text: &str, seal: &[u8]| {
            votes::is_sealed(&bed.ledger, plant.round, text, seal)
                .await
                .expect("it answers")
        };
        assert!(check("a", &seal).await);
        assert!(
            !check("b", &seal).await && !check("a", &seal[1..]).await && !check("a", &[]).await
        );
    });
}
