//! People: what an import changes, and what stops it.

use crate::bed::{import, on_each};
use crate::roster::roster;
use throughline_ledger::audit;
use throughline_ledger::people::{Changes, Leave, Stop, apply, count, plan};

const WHO: &str = "hr@example.org";

#[test]
fn a_first_import_brings_everybody_and_the_same_file_changes_nothing() {
    on_each(async |bed| {
        let roster = roster(90);
        let seen = plan(&bed.ledger, &roster).await.expect("a plan");
        assert_eq!((seen.before, seen.after, seen.new), (0, 90, 90));
        assert_eq!(seen.new_units.len(), 3 + 5);
        assert_eq!(seen.new_roles, ["Clerk", "Nurse"]);
        assert_eq!(seen.stops(), []);
        import(&bed.ledger, roster.clone()).await;
        let count = count(&bed.ledger).await.expect("a count");
        assert_eq!(
            (count.active, count.with_email, count.inactive),
            (90, 60, 0)
        );
        let again = plan(&bed.ledger, &roster).await.expect("a plan");
        assert!(again.is_nothing(), "{again:?}");
        assert_eq!(again.unchanged, 90);
    });
}

#[test]
fn what_changes_is_counted_and_done() {
    on_each(async |bed| {
        import(&bed.ledger, roster(60)).await;
        let mut next = roster(60);
        next.people[1].unit = "South 1".to_owned();
        next.people[2].role = Some("Porter".to_owned());
        next.people[4].email = Some("new@example.org".to_owned());
        next.people[5].manager = Some("p2".to_owned());
        next.people[7].active = false;
        let gone = next.people.pop().map(|person| person.id);
        let seen = plan(&bed.ledger, &next).await.expect("a plan");
        let expected = Changes {
            before: 60,
            after: 58,
            moved: 1,
            role_changed: 1,
            email_changed: 1,
            manager_changed: 1,
            deactivated: 2,
            unchanged: 54,
            gone_ids: seen.gone_ids.clone(),
            new_roles: vec!["Porter".to_owned()],
            ..Changes::default()
        };
        assert_eq!(seen, expected);
        assert_eq!(seen.gone_ids, ["p59", "p7"]);
        import(&bed.ledger, next.clone()).await;
        next.people[7].active = true;
        next.people.push(roster(60).people.remove(59));
        let back = plan(&bed.ledger, &next).await.expect("a plan");
        assert_eq!((back.reactivated, back.new), (2, 0));
        assert!(gone.is_some());
    });
}

#[test]
fn who_left_before_she_was_known_is_not_taken_in() {
    on_each(async |bed| {
        let mut with_leavers = roster(60);
        with_leavers.people[2].active = false;
        with_leavers.people[4].manager = Some("p2".to_owned());
        let seen = plan(&bed.ledger, &with_leavers).await.expect("a plan");
        assert_eq!((seen.new, seen.after), (59, 59));
        import(&bed.ledger, with_leavers.clone()).await;
        let counted = count(&bed.ledger).await.expect("a count");
        assert_eq!((counted.active, counted.inactive), (59, 0));
        let again = plan(&bed.ledger, &with_leavers).await.expect("a plan");
        assert!(again.is_nothing(), "{again:?}");
    });
}

#[test]
fn new_names_and_new_roles_are_changes() {
    on_each(async |bed| {
        import(&bed.ledger, roster(60)).await;
        let mut named = roster(60);
        named.units[1].also_called.push("Nord".to_owned());
        let seen = plan(&bed.ledger, &named).await.expect("a plan");
        assert_eq!(seen.other_names, 1);
        assert!(!seen.is_nothing());
        import(&bed.ledger, named.clone()).await;
        let again = plan(&bed.ledger, &named).await.expect("a plan");
        assert!(again.is_nothing(), "{again:?}");
    });
}

#[test]
fn the_same_of_those_gone_are_shown_whatever_the_order() {
    on_each(async |bed| {
        import(&bed.ledger, roster(90)).await;
        let mut part = roster(90);
        part.people.truncate(60);
        let seen = plan(&bed.ledger, &part).await.expect("a plan");
        let first: Vec<String> = (60..80).map(|n| format!("p{n}")).collect();
        assert_eq!(seen.gone_ids, first);
    });
}

#[test]
fn an_import_that_loses_many_is_stopped_until_the_owner_lets_it_through() {
    on_each(async |bed| {
        import(&bed.ledger, roster(100)).await;
        let mut part = roster(100);
        part.people.truncate(60);
        let seen = plan(&bed.ledger, &part).await.expect("a plan");
        assert_eq!(seen.stops(), [], "40 % may go");
        part.people.truncate(59);
        part.people
            .iter_mut()
            .for_each(|person| person.manager = None);
        let seen = plan(&bed.ledger, &part).await.expect("a plan");
        assert_eq!(
            seen.stops(),
            [Stop::Deactivated {
                people: 41,
                of: 100
            }]
        );
        let refused = apply(
            &bed.ledger,
            part.clone(),
            seen.clone(),
            Leave::No,
            WHO.into(),
        )
        .await;
        assert!(refused.is_err());
        assert_eq!(count(&bed.ledger).await.expect("a count").active, 100);
        apply(&bed.ledger, part, seen, Leave::ByOwner, WHO.into())
            .await
            .expect("the owner may");
        let line = &audit::lines(&bed.ledger, 0, 1).await.expect("lines")[0];
        assert!(
            line.act.detail.ends_with("let through by the owner"),
            "{line:?}"
        );
    });
}

#[test]
fn ids_of_another_system_are_stopped() {
    on_each(async |bed| {
        import(&bed.ledger, roster(100)).await;
        // The same addresses under other ids.
        let mut other = roster(100);
        for person in &mut other.people {
            person.id.insert(0, 'x');
            person.manager = None;
        }
        let seen = plan(&bed.ledger, &other).await.expect("a plan");
        assert_eq!(seen.reassigned, 66);
        assert!(seen.stops().contains(&Stop::Reassigned {
            people: 66,
            of: 100
        }));
        // The same ids with others' addresses and units: everybody is moved on by one.
        let mut shifted = roster(100);
        for (at, person) in shifted.people.iter_mut().enumerate() {
            person.email = Some(format!("p{}@example.org", (at + 21) % 100));
            person.unit = if person.unit == "North 1" {
                "South 1"
            } else {
                "North 1"
            }
            .into();
        }
        let seen = plan(&bed.ledger, &shifted).await.expect("a plan");
        assert!(seen.reassigned >= 66, "{}", seen.reassigned);
        apply(&bed.ledger, shifted, seen, Leave::ByOwner, WHO.into())
            .await
            .expect("addresses can be handed round");
    });
}

#[test]
fn what_was_seen_is_what_is_done() {
    on_each(async |bed| {
        let seen = plan(&bed.ledger, &roster(40)).await.expect("a plan");
        import(&bed.ledger, roster(20)).await;
        let refused = apply(&bed.ledger, roster(40), seen, Leave::No, WHO.into()).await;
        let said = refused.expect_err("something changed").to_string();
        assert!(said.contains("since you looked"), "{said}");
    });
}

#[test]
fn circles_are_refused_and_named() {
    on_each(async |bed| {
        let mut managers = roster(20);
        managers.people[0].manager = Some("p3".to_owned());
        let said = plan(&bed.ledger, &managers)
            .await
            .expect_err("a circle")
            .to_string();
        assert!(
            said.contains("`p0` under `p3`") || said.contains("`p3` under `p0`"),
            "{said}"
        );
        let mut units = roster(20);
        units.units[0].parent = Some("North 1".to_owned());
        let said = plan(&bed.ledger, &units)
            .await
            .expect_err("a circle")
            .to_string();
        assert!(said.contains("units lie in a circle"), "{said}");
        // The part of a circle that the ledger knows already counts too.
        import(&bed.ledger, roster(20)).await;
        let mut rest = roster(20);
        rest.units.retain(|unit| unit.unit == "Company");
        rest.units[0].parent = Some("North 1".to_owned());
        assert!(plan(&bed.ledger, &rest).await.is_err());
    });
}

#[test]
fn a_unit_is_known_by_all_its_names() {
    on_each(async |bed| {
        let mut first = roster(20);
        let team = first.units.iter_mut().find(|unit| unit.unit == "North 1");
        team.expect("a team").also_called = vec!["Store 12".to_owned()];
        import(&bed.ledger, first).await;
        let mut other = roster(20);
        other
            .people
            .iter_mut()
            .for_each(|person| person.unit = "store  12".to_owned());
        let seen = plan(&bed.ledger, &other).await.expect("a plan");
        assert!(seen.is_nothing(), "{seen:?}");
    });
}

#[test]
fn twenty_thousand_people_are_imported_at_once() {
    on_each(async |bed| {
        import(&bed.ledger, roster(20_000)).await;
        assert_eq!(count(&bed.ledger).await.expect("a count").active, 20_000);
    });
}
