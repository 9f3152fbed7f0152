//! A company for tests of the ledger and of the server.

use throughline_domain::facts::Unit;
use throughline_domain::listen::{Person, Roster};

/// A company of so many: two regions under `Company`, teams of twenty (`North 1`, `South 1`, ...)
/// below them, nurses and clerks in turn; one in three has no e-mail address (`p0`, `p3`, ...). The
/// others have `p1@example.org` and so on.
pub fn roster(people: usize) -> Roster {
    let unit = |name: String, parent: Option<&str>| Unit {
        unit: name,
        parent: parent.map(str::to_owned),
        also_called: Vec::new(),
    };
    let team = |n: usize| {
        let region = if (n / 20).is_multiple_of(2) {
            "North"
        } else {
            "South"
        };
        (region, format!("{region} {}", n / 40 + 1))
    };
    let mut units = vec![unit("Company".to_owned(), None)];
    for region in ["North", "South"] {
        units.push(unit(region.to_owned(), Some("Company")));
    }
    for n in (0..people).step_by(20) {
        let (region, name) = team(n);
        units.push(unit(name, Some(region)));
    }
    let person = |n: usize| Person {
        id: format!("p{n}"),
        email: (!n.is_multiple_of(3)).then(|| format!("p{n}@example.org")),
        unit: team(n).1,
        role: Some(
            if n.is_multiple_of(2) {
                "Nurse"
            } else {
                "Clerk"
            }
            .to_owned(),
        ),
        manager: (!n.is_multiple_of(20)).then(|| format!("p{}", n / 20 * 20)),
        language: Some(if n.is_multiple_of(5) { "es" } else { "en" }.to_owned()),
        active: true,
    };
    Roster {
        people: (0..people).map(person).collect(),
        units,
        has_tree: true,
        untouched: Vec::new(),
    }
}
