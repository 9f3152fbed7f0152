//! Ways that respondents tap, and what leads make of them.

use crate::bed::{on_each, open_round};
use throughline_domain::facts::{Edge, Place};
use throughline_ledger::ballot_box::tap;
use throughline_ledger::roles;

#[test]
fn what_ten_people_tapped_is_proposed_and_can_be_taken_up() {
    on_each(async |bed| {
        let round = open_round(&bed.ledger, 40).await;
        let known = roles::all(&bed.ledger).await.expect("roles");
        let id = |name: &str| {
            let role = known.iter().find(|role| role.name == name);
            role.expect("a role").id
        };
        let (clerk, nurse) = (id("Clerk"), id("Nurse"));
        let nurses = format!("role:{nurse}");
        let proposed = async || roles::proposed(&bed.ledger).await.expect("proposals");
        for n in 0..19 {
            // Nine for the other one.
            let (from, to) = match n % 2 {
                0 => (clerk, nurses.clone()),
                _ => (nurse, "stage:Ward".to_owned()),
            };
            tap(&bed.ledger, round, from, to).await.expect("a tap");
        }
        assert_eq!(proposed().await, [], "nine wait in memory");
        tap(&bed.ledger, round, clerk, nurses).await.expect("a tap");
        let found = proposed().await;
        let to = Place::Role("Nurse".to_owned());
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].from == "Clerk" && found[0].to == to);
        let take_up = || roles::take_up(&bed.ledger, "Clerk", &to, "hr@example.org".into());
        take_up().await.expect("it is added");
        assert_eq!(proposed().await, []);
        assert_eq!(roles::chain(&bed.ledger).await.expect("a chain").len(), 1);
        assert!(take_up().await.is_err(), "it isn't proposed any more");
        let ward = Place::Stage("Ward".to_owned());
        let refused = roles::take_up(&bed.ledger, "Nurse", &ward, "hr@example.org".into());
        assert!(refused.await.is_err(), "only nine tapped it");
    });
}

#[test]
fn a_role_goes_when_nothing_names_it() {
    on_each(async |bed| {
        open_round(&bed.ledger, 40).await;
        let who = || "hr@example.org".to_owned();
        let edge = |from: &str| Edge {
            from: from.to_owned(),
            to: Place::Stage("Ward".to_owned()),
            weight: 1.0,
        };
        let import = async |from: &str| {
            let edges = vec![edge(from)];
            roles::import(&bed.ledger, Vec::new(), edges, who()).await
        };
        import("Nurze").await.expect("a chain");
        let known = roles::all(&bed.ledger).await.expect("roles");
        let id = |name: &str| {
            let role = known.iter().find(|role| role.name == name);
            role.expect("a role").id
        };
        let held = roles::held(&bed.ledger).await.expect("roles");
        assert!(held.contains(&id("Nurse")) && !held.contains(&id("Nurze")));
        let remove = async |name: &str| {
            let removed = roles::remove(&bed.ledger, id(name), who()).await;
            removed.map_err(|error| error.to_string())
        };
        for (name, why) in [
            ("Nurze", "the chain names it"),
            ("Nurse", "the list of people"),
        ] {
            let refused = remove(name).await.expect_err("it is in use");
            assert!(refused.contains(why), "{refused}");
        }
        import("Nurse").await.expect("a chain");
        remove("Nurze").await.expect("it goes");
        let left = roles::all(&bed.ledger).await.expect("roles");
        assert!(left.iter().all(|role| role.name != "Nurze"));
        assert!(remove("Nurze").await.is_err(), "it is gone");
    });
}
