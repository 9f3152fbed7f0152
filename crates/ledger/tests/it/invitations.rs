//! Ways into a round: what is made, for whom, and what is kept of it.

use crate::bed::{draft, import, on_each, open_at, open_round, today};
use crate::roster::roster;
use crate::round::{past, run};
use std::collections::HashSet;
use throughline_domain::listen::VotesBy;
use throughline_ledger::ballot_box::Kind;
use throughline_ledger::invitations::{self, Printing};
use throughline_ledger::{audit, rounds, votes, ways_in};

const WHO: &str = "hr@example.org";

#[test]
fn links_are_for_those_with_an_address_and_always_the_same() {
    on_each(async |bed| {
        let round = open_round(&bed.ledger, 90).await;
        let links = invitations::links(&bed.ledger, round, Kind::Answer, today(), WHO.into())
            .await
            .expect("links");
        assert_eq!(links.len(), 60);
        assert_eq!(links[0].id, "p1");
        let tokens: HashSet<&String> = links.iter().map(|link| &link.token).collect();
        assert_eq!(tokens.len(), 60);
        let again = invitations::links(&bed.ledger, round, Kind::Answer, today(), WHO.into())
            .await
            .expect("links");
        assert_eq!(again, links);
        let way = ways_in::resolve(&bed.ledger, &links[3].token, Kind::Answer, today()).await;
        assert!(
            way.expect("it answers")
                .is_some_and(|way| way.round == round)
        );
        let line = &audit::lines(&bed.ledger, 0, 1).await.expect("lines")[0];
        assert_eq!(line.act.detail, "60 links taken as a file");
        rounds::close(&bed.ledger, round, today(), WHO.into())
            .await
            .expect("closed");
        assert!(
            invitations::links(&bed.ledger, round, Kind::Answer, today(), WHO.into())
                .await
                .is_err()
        );
    });
}

#[test]
fn whoever_left_has_no_link_and_whoever_came_later_neither() {
    on_each(async |bed| {
        let round = open_round(&bed.ledger, 60).await;
        let mut next = roster(90);
        next.people.remove(1);
        import(&bed.ledger, next).await;
        let links = invitations::links(&bed.ledger, round, Kind::Answer, today(), WHO.into())
            .await
            .expect("links");
        assert_eq!(links.len(), 39);
        assert!(links.iter().all(|link| link.id != "p1" && link.id != "p70"));
    });
}

#[test]
fn slips_lead_to_their_groups_cell_and_can_be_used_by_anyone_of_it() {
    on_each(async |bed| {
        let round = open_round(&bed.ledger, 200).await;
        let groups = invitations::groups(&bed.ledger, round)
            .await
            .expect("groups");
        let people: usize = groups.iter().map(|group| group.people).sum();
        assert_eq!(people, 67);
        let cells: Vec<_> = groups.iter().map(|group| group.cell).collect();
        let print = |cells: Vec<_>, printing| {
            invitations::print(&bed.ledger, round, cells, printing, WHO.into())
        };
        let made = print(cells.clone(), Printing::First).await.expect("slips");
        let mut seen = HashSet::new();
        for (group, codes) in &made {
            assert_eq!(codes.len(), group.people);
            for code in codes {
                assert_eq!(code.len(), 16);
                assert!(
                    code.bytes().all(|letter| !b"ILOU".contains(&letter)),
                    "{code}"
                );
                assert!(seen.insert(code.clone()));
            }
            let typed = format!(" {}-{} ", &codes[0][..8].to_lowercase(), &codes[0][8..]);
            let way = ways_in::resolve(&bed.ledger, &typed, Kind::Answer, today()).await;
            let way = way.expect("it answers").expect("it leads in");
            assert_eq!((way.round, way.cell), (round, group.cell));
        }
        assert!(print(cells.clone(), Printing::First).await.is_err());
    });
}

#[test]
fn some_slips_more_and_no_more_than_some() {
    on_each(async |bed| {
        let round = open_round(&bed.ledger, 200).await;
        let group = invitations::groups(&bed.ledger, round)
            .await
            .expect("groups")
            .remove(0);
        let print = |printing| {
            invitations::print(&bed.ledger, round, vec![group.cell], printing, WHO.into())
        };
        let spare = (group.people / 10).max(2);
        let first = print(Printing::First).await.expect("slips").remove(0).1;
        assert!(print(Printing::More(spare + 1)).await.is_err());
        assert!(print(Printing::More(0)).await.is_err());
        print(Printing::More(spare)).await.expect("some more");
        assert!(print(Printing::More(1)).await.is_err());
        // Anew: what was printed leads nowhere.
        let anew = print(Printing::Anew).await.expect("slips").remove(0).1;
        assert_eq!(anew.len(), group.people);
        let leads = async |code: &str| {
            let way = ways_in::resolve(&bed.ledger, code, Kind::Answer, today()).await;
            way.expect("it answers").is_some()
        };
        assert!(!leads(&first[0]).await && leads(&anew[0]).await);
    });
}

#[test]
fn letters_go_to_everybody_alike_and_those_that_failed_again() {
    on_each(async |bed| {
        let round = open_round(&bed.ledger, 60).await;
        let begun = invitations::begin(&bed.ledger, round, Kind::Answer, today(), WHO.into())
            .await
            .expect("begun");
        assert_eq!(begun, (1, 40));
        assert!(
            invitations::begin(&bed.ledger, round, Kind::Answer, today(), WHO.into())
                .await
                .is_err()
        );
        let due = async || {
            invitations::due(&bed.ledger, round, today(), 25)
                .await
                .expect("letters")
        };
        let post = due().await.expect("letters wait");
        assert!(post.kind == Kind::Answer && !post.reminds);
        let (number, some) = (post.number, post.due);
        assert_eq!(some.len(), 25);
        let told = some
            .iter()
            .enumerate()
            .map(|(at, due)| (due.person, at != 0))
            .collect();
        invitations::done(&bed.ledger, round, number, told)
            .await
            .expect("told");
        let rest = due().await.expect("letters wait").due;
        assert_eq!(rest.len(), 15);
        let told = rest.iter().map(|due| (due.person, true)).collect();
        invitations::done(&bed.ledger, round, number, told)
            .await
            .expect("told");
        assert!(due().await.is_none());
        let sending = invitations::sendings(&bed.ledger, round)
            .await
            .expect("sendings")[0];
        assert_eq!((sending.waiting, sending.sent, sending.failed), (0, 39, 1));
        invitations::retry(&bed.ledger, round, 1, today(), WHO.into())
            .await
            .expect("again");
        let line = &audit::lines(&bed.ledger, 0, 1).await.expect("lines")[0];
        assert_eq!((&*line.act.act, &*line.act.who), ("invitation.again", WHO));
        assert_eq!(line.act.detail, "letter 1 to 1 people");
        let again = due().await.expect("a letter waits").due;
        assert_eq!(again, some[..1]);
        let told = vec![(again[0].person, true)];
        invitations::done(&bed.ledger, round, 1, told)
            .await
            .expect("told");
        let reminder = invitations::begin(&bed.ledger, round, Kind::Answer, today(), WHO.into())
            .await
            .expect("begun");
        assert_eq!(reminder, (2, 40));
        let same = invitations::due(&bed.ledger, round, today(), 100)
            .await
            .expect("letters")
            .expect("some");
        assert!(same.reminds);
        assert!(same.due.iter().any(|due| due.token == some[0].token));
        rounds::close(&bed.ledger, round, today(), WHO.into())
            .await
            .expect("closed");
        assert!(due().await.is_none(), "nothing is sent once it is closed");
    });
}

#[test]
fn letters_that_ask_to_vote_go_to_everybody_alike_while_votes_are_taken() {
    on_each(async |bed| {
        let round = open_round(&bed.ledger, 60).await;
        let day = |days| today() + chrono::Days::new(days);
        let begin = async |kind, days| {
            invitations::begin(&bed.ledger, round, kind, day(days), WHO.into()).await
        };
        let due = async |days| {
            invitations::due(&bed.ledger, round, day(days), 100)
                .await
                .expect("letters")
        };
        // A reminder that never left before the round closed.
        begin(Kind::Answer, 0).await.expect("begun");
        rounds::close(&bed.ledger, round, today(), WHO.into())
            .await
            .expect("closed");
        assert!(begin(Kind::Votes, 1).await.is_err(), "no days were set");
        let days = (day(2), day(9));
        votes::set(&bed.ledger, WHO, round, days, VotesBy::Pairs, today())
            .await
            .expect("days");
        assert!(begin(Kind::Votes, 1).await.is_err(), "they are to come");
        assert!(begin(Kind::Votes, 10).await.is_err(), "they are over");
        assert!(begin(Kind::Answer, 2).await.is_err(), "it is closed");
        assert_eq!(begin(Kind::Votes, 2).await.expect("begun"), (2, 40));
        assert!(begin(Kind::Votes, 2).await.is_err(), "one at a time");
        let post = due(2).await.expect("letters wait");
        assert_eq!(
            (post.kind, post.number, post.reminds),
            (Kind::Votes, 2, false)
        );
        assert_eq!(post.due.len(), 40);
        for due in &post.due {
            let way = ways_in::resolve(&bed.ledger, &due.token, Kind::Votes, day(2)).await;
            assert!(
                way.expect("it answers")
                    .is_some_and(|way| way.round == round)
            );
        }
        assert_eq!(due(10).await, None, "nothing is sent once they are over");
        let told = post
            .due
            .iter()
            .map(|due| (due.person, due.person != post.due[0].person));
        invitations::done(&bed.ledger, round, 2, told.collect())
            .await
            .expect("told");
        let again = invitations::retry(&bed.ledger, round, 2, day(3), WHO.into()).await;
        assert_eq!(again.expect("again"), Kind::Votes);
        assert_eq!(due(3).await.expect("a letter waits").due, post.due[..1]);
        let told = vec![(post.due[0].person, true)];
        invitations::done(&bed.ledger, round, 2, told)
            .await
            .expect("told");
        assert_eq!(begin(Kind::Votes, 4).await.expect("begun"), (3, 40));
        assert!(due(4).await.expect("letters wait").reminds);
        let links = invitations::links(&bed.ledger, round, Kind::Votes, day(4), WHO.into()).await;
        assert_eq!(links.expect("links").len(), 40);
        let line = &audit::lines(&bed.ledger, 0, 1).await.expect("lines")[0];
        assert_eq!(line.act.act, "votes.links");
        let sendings = invitations::sendings(&bed.ledger, round).await;
        let kinds: Vec<_> = sendings
            .expect("sendings")
            .iter()
            .map(|sending| (sending.kind, sending.number))
            .collect();
        assert_eq!(
            kinds,
            [(Kind::Answer, 1), (Kind::Votes, 2), (Kind::Votes, 3)]
        );
    });
}

#[test]
fn letters_of_an_older_ledger_asked_to_answer() {
    on_each(async |bed| {
        let round = open_round(&bed.ledger, 60).await;
        invitations::begin(&bed.ledger, round, Kind::Answer, today(), WHO.into())
            .await
            .expect("begun");
        let before = invitations::sendings(&bed.ledger, round).await;
        let before = before.expect("sendings");
        // As it was before letters said what they ask.
        let db = past(&bed.place).await;
        run(&db, "ALTER TABLE letter DROP COLUMN kind", Vec::new()).await;
        let newest = "DELETE FROM seaql_migrations WHERE version = 'm0002_letters'";
        run(&db, newest, Vec::new()).await;
        db.close().await.expect("it closes");
        bed.ledger.close().await;
        let ledger = open_at(&bed.place).await;
        let after = invitations::sendings(&ledger, round).await;
        assert_eq!(after.expect("sendings"), before);
        assert_eq!(before[0].kind, Kind::Answer);
    });
}

#[test]
fn a_round_that_asks_only_by_link_has_no_slips() {
    on_each(async |bed| {
        import(&bed.ledger, roster(60)).await;
        let mut all = draft();
        all.audience.without_email = throughline_domain::listen::Way::Link;
        let round = rounds::create(&bed.ledger, all, WHO.into())
            .await
            .expect("a draft");
        rounds::open(&bed.ledger, round, today(), WHO.into())
            .await
            .expect("open");
        assert_eq!(
            invitations::groups(&bed.ledger, round)
                .await
                .expect("groups"),
            []
        );
        let links = invitations::links(&bed.ledger, round, Kind::Answer, today(), WHO.into())
            .await
            .expect("links");
        assert_eq!(links.len(), 60);
        assert_eq!(links.iter().filter(|link| link.email.is_none()).count(), 20);
    });
}
