//! Rounds: what freezes, what never goes back, and what the calendar does.

use crate::bed::{draft, import, on_each, open_round, today};
use crate::roster::roster;
use chrono::{Days, TimeZone, Utc};
use throughline_domain::listen::{RoundState, VotesBy, Way};
use throughline_ledger::ballot_box::Kind;
use throughline_ledger::invitations::{self, Printing};
use throughline_ledger::rounds::{self, Audience, Turned};
use throughline_ledger::{audit, units, votes, ways_in};

const WHO: &str = "hr@example.org";

#[test]
fn an_open_round_can_not_be_changed_nor_opened_again() {
    on_each(async |bed| {
        let round = open_round(&bed.ledger, 90).await;
        let other = rounds::Draft {
            channel: "Elsewhere".to_owned(),
            ..draft()
        };
        for refused in [
            rounds::edit(&bed.ledger, round, other, WHO.into())
                .await
                .is_err(),
            rounds::open(&bed.ledger, round, today(), WHO.into())
                .await
                .is_err(),
            rounds::remove(&bed.ledger, round, WHO.into())
                .await
                .is_err(),
            rounds::schedule(&bed.ledger, round, true, WHO.into())
                .await
                .is_err(),
        ] {
            assert!(refused);
        }
        let read = rounds::by_id(&bed.ledger, round)
            .await
            .expect("it is there");
        assert_eq!(read.draft(), draft());
        assert_eq!(read.state, RoundState::Open);
    });
}

#[test]
fn a_later_import_does_not_change_an_open_round() {
    on_each(async |bed| {
        let round = open_round(&bed.ledger, 90).await;
        let before = rounds::members(&bed.ledger, round).await.expect("members");
        let cells = rounds::cells(&bed.ledger, round).await.expect("cells");
        let frozen = rounds::by_id(&bed.ledger, round)
            .await
            .expect("a round")
            .tree;
        let mut next = roster(120);
        for person in &mut next.people {
            person.unit = "South 1".to_owned();
            person.role = Some("Porter".to_owned());
            person.email = Some(format!("{}@elsewhere.example", person.id));
            person.language = None;
        }
        next.people.remove(5);
        for unit in &mut next.units {
            unit.parent = None;
        }
        import(&bed.ledger, next).await;
        assert_eq!(
            rounds::members(&bed.ledger, round).await.expect("members"),
            before
        );
        assert_eq!(
            rounds::cells(&bed.ledger, round).await.expect("cells"),
            cells
        );
        let tree = rounds::by_id(&bed.ledger, round)
            .await
            .expect("a round")
            .tree;
        assert_eq!(tree, frozen);
        assert!(!tree.parents().is_empty());
    });
}

#[test]
fn everybody_has_a_cell_of_ten_and_those_with_slips_share_one_in_a_unit() {
    on_each(async |bed| {
        let round = open_round(&bed.ledger, 200).await;
        let members = rounds::members(&bed.ledger, round).await.expect("members");
        let cells = rounds::cells(&bed.ledger, round).await.expect("cells");
        assert_eq!(members.len(), 200);
        for cell in &cells {
            let here = members
                .iter()
                .filter(|member| member.cell == cell.id)
                .count();
            assert_eq!(here, cell.invited);
            assert!(here >= 10, "{cell:?}");
        }
        for member in members.iter().filter(|member| member.way == Way::Slip) {
            let cell = cells
                .iter()
                .find(|cell| cell.id == member.cell)
                .expect("a cell");
            assert_eq!(cell.role, None, "a slip knows no role");
            let beside =
                |other: &&rounds::Member| other.unit == member.unit && other.way == Way::Slip;
            assert!(
                members
                    .iter()
                    .filter(beside)
                    .all(|other| other.cell == member.cell)
            );
        }
    });
}

#[test]
fn a_round_asks_units_with_all_below_them() {
    on_each(async |bed| {
        import(&bed.ledger, roster(120)).await;
        let all = units::all(&bed.ledger).await.expect("units");
        let north = all
            .iter()
            .find(|unit| unit.name == "North")
            .expect("a unit");
        let mut some = draft();
        some.audience = Audience {
            units: vec![north.id],
            without_email: Way::Link,
        };
        let id = rounds::create(&bed.ledger, some, WHO.into())
            .await
            .expect("a draft");
        let asked = rounds::open(&bed.ledger, id, today(), WHO.into())
            .await
            .expect("open");
        assert_eq!(asked, 60);
        let members = rounds::members(&bed.ledger, id).await.expect("members");
        assert!(members.iter().all(|member| member.way == Way::Link));
    });
}

#[test]
fn what_a_round_lacks_keeps_it_from_opening() {
    on_each(async |bed| {
        let open = async |draft: rounds::Draft| {
            let id = rounds::create(&bed.ledger, draft, WHO.into())
                .await
                .expect("a draft");
            let failed = rounds::open(&bed.ledger, id, today(), WHO.into()).await;
            failed.expect_err("it lacks something").to_string()
        };
        assert!(open(draft()).await.contains("nobody would be asked"));
        import(&bed.ledger, roster(20)).await;
        let mut silent = draft();
        silent.channel = "  ".to_owned();
        assert!(open(silent).await.contains("misconduct"));
        let mut endless = draft();
        endless.closes_on = None;
        assert!(open(endless).await.contains("last day"));
        let mut past = draft();
        past.opens_on = None;
        past.closes_on = today().pred_opt();
        assert!(open(past).await.contains("is past"));
    });
}

#[test]
fn terms_have_floors() {
    on_each(async |bed| {
        let check = async |change: fn(&mut rounds::Draft), word: &str| {
            let mut odd = draft();
            change(&mut odd);
            let failed = rounds::create(&bed.ledger, odd, WHO.into()).await;
            let said = failed.expect_err("it is refused").to_string();
            assert!(said.contains(word), "{said}");
        };
        check(|draft| draft.terms.minimum_group = 2, "`2`").await;
        check(|draft| draft.terms.minimum_comments = 9, "`9`").await;
        check(|draft| draft.terms.minimum_group = 11, "`10`").await;
        check(|draft| draft.terms.keep_words_days = 0, "`0`").await;
        check(|draft| draft.languages = vec!["<b>".into()], "`<b>`").await;
        check(|draft| draft.name = " ".into(), "no name").await;
        check(
            |draft| draft.closes_on = today().pred_opt(),
            "before it opens",
        )
        .await;
    });
}

#[test]
fn the_calendar_opens_what_somebody_let_it_and_closes_what_is_over() {
    on_each(async |bed| {
        import(&bed.ledger, roster(40)).await;
        let id = rounds::create(&bed.ledger, draft(), WHO.into())
            .await
            .expect("a draft");
        let at = |day: u32, hour: u32| {
            Utc.with_ymd_and_hms(2027, 3, day, hour, 0, 0)
                .single()
                .expect("a moment")
        };
        let turn = async |day, hour| {
            rounds::turn(&bed.ledger, at(day, hour))
                .await
                .expect("the calendar turns")
        };
        let state = async || rounds::by_id(&bed.ledger, id).await.expect("a round").state;
        assert_eq!(turn(1, 9).await, [], "nobody said that it may");
        rounds::schedule(&bed.ledger, id, true, WHO.into())
            .await
            .expect("it may");
        let earlier = rounds::turn(&bed.ledger, at(1, 0) - Days::new(1)).await;
        assert_eq!(earlier.expect("the calendar turns"), []);
        assert_eq!(turn(1, 0).await, [Turned::Opened(id)]);
        assert_eq!(turn(14, 23).await, [], "the last day counts");
        assert_eq!(turn(15, 11).await, [], "it isn't over everywhere");
        assert_eq!(turn(15, 12).await, [Turned::Closed(id)]);
        // A clock that is set back.
        assert_eq!(turn(2, 0).await, []);
        assert_eq!(state().await, RoundState::Closed);
        let extended = rounds::extend(&bed.ledger, id, today() + Days::new(90), WHO.into()).await;
        assert!(extended.is_err());
    });
}

/// A moment of March 2027, or so many days after its first.
fn at(days: i64, hour: u32) -> chrono::DateTime<Utc> {
    let first = Utc.with_ymd_and_hms(2027, 3, 1, hour, 0, 0).single();
    first.expect("a moment") + chrono::Duration::days(days)
}

#[test]
fn votes_end_by_themselves_after_their_last_day_and_ways_in_with_them() {
    on_each(async |bed| {
        let id = open_round(&bed.ledger, 40).await;
        let links = invitations::links(&bed.ledger, id, Kind::Answer, today(), WHO.into()).await;
        let token = links.expect("links").remove(0).token;
        rounds::close(&bed.ledger, id, today(), WHO.into())
            .await
            .expect("closed");
        let days = (today() + Days::new(2), today() + Days::new(5));
        votes::set(&bed.ledger, WHO, id, days, VotesBy::Pairs, today())
            .await
            .expect("days");
        let leads = async |days: u64| {
            let day = today() + Days::new(days);
            let way = ways_in::resolve(&bed.ledger, &token, Kind::Votes, day).await;
            way.expect("it answers").is_some()
        };
        let turn = async |days, hour| {
            rounds::turn(&bed.ledger, at(days, hour))
                .await
                .expect("it turns")
        };
        assert!(!leads(1).await && leads(2).await && leads(5).await);
        assert!(leads(6).await, "somewhere it is the last day still");
        assert!(!leads(7).await);
        assert_eq!(turn(5, 23).await, [], "the last day counts");
        assert_eq!(turn(6, 11).await, [], "it isn't over everywhere");
        assert!(
            ways_in::is_known(&bed.ledger, &token)
                .await
                .expect("it answers")
        );
        assert_eq!(turn(6, 12).await, [Turned::Sealed(id)]);
        assert!(!leads(5).await, "the way in is gone");
        assert!(
            !ways_in::is_known(&bed.ledger, &token)
                .await
                .expect("it answers")
        );
        let voting = votes::voting(&bed.ledger, id).await.expect("a round");
        assert_eq!((voting.has_ways_in, voting.until), (false, Some(days.1)));
        let line = &audit::lines(&bed.ledger, 0, 1).await.expect("lines")[0];
        assert_eq!(
            (&*line.act.who, &*line.act.act),
            ("throughline", "votes.end")
        );
        assert_eq!(turn(7, 0).await, [], "once");
    });
}

#[test]
fn without_votes_ways_in_go_sixty_days_after_the_close() {
    on_each(async |bed| {
        let id = open_round(&bed.ledger, 40).await;
        let groups = invitations::groups(&bed.ledger, id).await.expect("groups");
        let cell = vec![groups[0].cell];
        let made = invitations::print(&bed.ledger, id, cell, Printing::First, WHO.into()).await;
        let slip = made.expect("slips")[0].1[0].clone();
        let known = async || {
            ways_in::is_known(&bed.ledger, &slip)
                .await
                .expect("it answers")
        };
        rounds::close(&bed.ledger, id, today(), WHO.into())
            .await
            .expect("closed");
        let turn = async |days, hour| {
            rounds::turn(&bed.ledger, at(days, hour))
                .await
                .expect("it turns")
        };
        assert_eq!(turn(60, 23).await, []);
        assert_eq!(turn(61, 11).await, []);
        assert!(
            known().await
                && !rounds::by_id(&bed.ledger, id)
                    .await
                    .expect("a round")
                    .sealed
        );
        assert_eq!(turn(61, 12).await, [Turned::Sealed(id)]);
        assert!(
            !known().await
                && rounds::by_id(&bed.ledger, id)
                    .await
                    .expect("a round")
                    .sealed
        );
        let days = (today() + Days::new(70), today() + Days::new(71));
        let late = votes::set(&bed.ledger, WHO, id, days, VotesBy::Pairs, today()).await;
        assert!(late.is_err(), "nobody could be let in");
    });
}

#[test]
fn a_round_that_cant_close_keeps_no_other_from_it() {
    on_each(async |bed| {
        let stuck = open_round(&bed.ledger, 40).await;
        let other = rounds::Draft {
            name: "Another".into(),
            ..draft()
        };
        let other = rounds::create(&bed.ledger, other, WHO.into())
            .await
            .expect("a draft");
        rounds::open(&bed.ledger, other, today(), WHO.into())
            .await
            .expect("it opens");
        let cell = rounds::cells(&bed.ledger, stuck).await.expect("cells");
        crate::round::run(
            &crate::round::past(&bed.place).await,
            "INSERT INTO inbox (id, round_id, kind, cell_id, receipt, payload) \
             VALUES (?, ?, 'answer', ?, NULL, ?)",
            vec![
                uuid::Uuid::new_v4().into(),
                stuck.into(),
                cell[0].id.into(),
                serde_json::json!({"idea": 5}).into(),
            ],
        )
        .await;
        let later = Utc.with_ymd_and_hms(2027, 3, 20, 12, 0, 0);
        let turned = rounds::turn(&bed.ledger, later.single().expect("a moment")).await;
        let turned = turned.expect("the calendar turns");
        assert_eq!(turned.len(), 2, "{turned:?}");
        assert!(turned.contains(&Turned::Closed(other)), "{turned:?}");
        let is_stuck = |one: &Turned| matches!(one, Turned::Stuck(id, why) if *id == stuck && why.contains("can't be read"));
        assert!(turned.iter().any(is_stuck), "{turned:?}");
    });
}

#[test]
fn dates_that_cant_be_are_refused() {
    on_each(async |bed| {
        let round = open_round(&bed.ledger, 40).await;
        let far = chrono::NaiveDate::from_ymd_opt(20_270, 3, 1).expect("a date");
        let extended = rounds::extend(&bed.ledger, round, far, WHO.into()).await;
        assert!(extended.is_err());
        let by = throughline_domain::listen::VotesBy::Pairs;
        let days = (today(), far);
        let set = throughline_ledger::votes::set(&bed.ledger, WHO, round, days, by, today()).await;
        assert!(set.is_err());
    });
}

#[test]
fn a_name_that_a_database_refuses_is_taken_without_what_cant_be_seen() {
    on_each(async |bed| {
        let odd = rounds::Draft {
            name: "Spring\0 \u{7}round".to_owned(),
            channel: "Call 112.\nOr 911.\0".to_owned(),
            ..draft()
        };
        let id = rounds::create(&bed.ledger, odd, WHO.into())
            .await
            .expect("a draft");
        let round = rounds::by_id(&bed.ledger, id).await.expect("a round");
        assert_eq!(round.name, "Spring round");
        assert_eq!(round.channel, "Call 112.\nOr 911.");
    });
}

#[test]
fn a_change_takes_back_that_a_round_opens_by_itself() {
    on_each(async |bed| {
        import(&bed.ledger, roster(40)).await;
        let id = rounds::create(&bed.ledger, draft(), WHO.into())
            .await
            .expect("a draft");
        rounds::schedule(&bed.ledger, id, true, WHO.into())
            .await
            .expect("it may");
        rounds::edit(&bed.ledger, id, draft(), WHO.into())
            .await
            .expect("a change");
        let noon = Utc
            .with_ymd_and_hms(2027, 3, 1, 12, 0, 0)
            .single()
            .expect("a moment");
        assert_eq!(rounds::turn(&bed.ledger, noon).await.expect("it turns"), []);
    });
}

#[test]
fn an_end_moves_on_and_never_back() {
    on_each(async |bed| {
        let id = open_round(&bed.ledger, 40).await;
        let until = |days| rounds::extend(&bed.ledger, id, today() + Days::new(days), WHO.into());
        assert!(until(13).await.is_err());
        until(20).await.expect("later");
        assert!(until(15).await.is_err());
    });
}

#[test]
fn an_audience_of_four_says_what_will_not_be_shown() {
    on_each(async |bed| {
        import(&bed.ledger, roster(4)).await;
        let id = rounds::create(&bed.ledger, draft(), WHO.into())
            .await
            .expect("a draft");
        let round = rounds::by_id(&bed.ledger, id).await.expect("a round");
        let weight = round.weigh(&bed.ledger, today()).await.expect("a weight");
        assert_eq!((weight.people, weight.links, weight.slips), (4, 2, 2));
        assert!(!weight.brief);
        assert!(weight.units.iter().all(|unit| !unit.figures && !unit.words));
        let names: Vec<_> = weight
            .units
            .iter()
            .map(|unit| (&*unit.name, unit.depth))
            .collect();
        assert_eq!(names, [("Company", 0), ("North", 1), ("North 1", 2)]);
        assert_eq!(
            rounds::open(&bed.ledger, id, today(), WHO.into())
                .await
                .expect("open"),
            4
        );
        assert_eq!(
            rounds::cells(&bed.ledger, id).await.expect("cells").len(),
            1
        );
    });
}

#[test]
fn people_who_were_asked_lately_are_counted() {
    on_each(async |bed| {
        open_round(&bed.ledger, 40).await;
        import(&bed.ledger, roster(60)).await;
        let weigh = async |days| {
            let draft = draft();
            rounds::weigh(
                &bed.ledger,
                &draft.audience,
                &draft.terms,
                today() + Days::new(days),
            )
            .await
            .expect("a weight")
        };
        let weight = weigh(90).await;
        assert_eq!((weight.people, weight.asked_people), (60, 40));
        assert_eq!(weight.asked[0].name, "Spring");
        assert_eq!(weigh(91).await.asked, []);
    });
}
