//! Reading people as HR systems export them, and as they shouldn't.

use std::io::Write;
use throughline_domain::listen::Person;
use throughline_engine::people::{Given, PeopleRead, read};

fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a file can be made");
    file.write_all(bytes).expect("it can be written");
    file
}

fn people(text: impl AsRef<[u8]>) -> Result<PeopleRead, String> {
    let file = file(text.as_ref());
    let given = Given {
        path: file.path(),
        name: "people.csv",
    };
    read(given, None).map_err(|error| error.to_string())
}

fn refused(text: impl AsRef<[u8]>) -> String {
    people(text).err().expect("it is refused")
}

fn tree(read: &PeopleRead) -> Vec<(&str, Option<&str>)> {
    let units = read.roster.units.iter();
    units
        .map(|unit| (&*unit.unit, unit.parent.as_deref()))
        .collect()
}

#[test]
fn a_leavers_row_keeps_no_address_from_somebody_who_works_here() {
    for rows in [["1;Former", "2;Active"], ["2;Active", "1;Former"]] {
        let rows = rows.map(|row| {
            let (id, status) = row.split_once(';').expect("two parts");
            format!("{id};ada@example.org;Board;{status}\n")
        });
        let read = people(format!(
            "Employee Id;Work Email;Department;Employment Status\n{}",
            rows.concat()
        ))
        .expect("people");
        assert!(read.rejects.is_empty(), "{rows:?}");
        let active = read.roster.people.iter().find(|person| person.active);
        let active = active.expect("one works here");
        assert_eq!(
            (active.id.as_str(), active.email.as_deref()),
            ("2", Some("ada@example.org"))
        );
    }
}

#[test]
fn an_export_is_read_and_names_are_not() {
    let read = people(
        "\u{feff}Employee Id;First Name;Last Name;Work Email;Manager Email;Department;Job Title;Preferred Language;Employment Status;Salary\n\
         1;Ada;Lovelace;ADA@example.org;;Board;Head;English;Active;1\n\
         002;Grace;Hopper;grace@example.org;ada@example.org;Ships;Engineer;Español;On leave;2\n\
         3;Kay;Gone;;ada@example.org;Ships;Engineer;xx_YY;Terminated;3\n",
    )
    .expect("people");
    let expected = Person {
        id: "002".to_owned(),
        email: Some("grace@example.org".to_owned()),
        unit: "Ships".to_owned(),
        role: Some("Engineer".to_owned()),
        manager: Some("1".to_owned()),
        language: Some("es".to_owned()),
        active: true,
    };
    assert_eq!(read.roster.people[1], expected);
    assert_eq!(read.ignored, ["First Name", "Last Name", "Salary"]);
    let said = format!("{:?}", read.roster);
    assert!(
        !said.contains("Lovelace") && !said.contains("Grace\""),
        "{said}"
    );
    assert!(!read.roster.people[2].active);
    assert_eq!(tree(&read), [("Board", None), ("Ships", Some("Board"))]);
    assert!(read.rejects.is_empty());
}

#[test]
fn the_tree_comes_from_levels() {
    let read = people(
        "ID,Level 1,Level 2,Level 3,Level 10\n\
         1,Acme,,,\n2,Acme,North,Sales,\n3,Acme,South,Sales,Night\n4,acme,North,North,\n",
    )
    .expect("people");
    let units: Vec<&str> = read
        .roster
        .people
        .iter()
        .map(|person| &*person.unit)
        .collect();
    assert_eq!(units, ["Acme", "North / Sales", "Night", "North"]);
    assert_eq!(
        tree(&read),
        [
            ("Acme", None),
            ("North", Some("Acme")),
            ("North / Sales", Some("North")),
            ("South", Some("Acme")),
            ("South / Sales", Some("South")),
            ("Night", Some("South / Sales")),
        ]
    );
    assert!(
        read.notes[0].contains("2 units share their name"),
        "{:?}",
        read.notes
    );
}

#[test]
fn the_tree_comes_from_a_file_of_units() {
    let people = file(b"id,team\n1,Shop 1\n2,Shop 9\n");
    let units =
        file(b"unit,parent,also called\nShop 1,North,Store 1; Branch 1\nNorth,,\nshop 1,South,\n");
    let given = |file: &'static str, path| Given { path, name: file };
    let read = read(
        given("people.csv", people.path()),
        Some(given("units.csv", units.path())),
    )
    .expect("people");
    assert_eq!(tree(&read), [("Shop 1", Some("North")), ("North", None)]);
    assert_eq!(read.roster.units[0].also_called, ["Store 1", "Branch 1"]);
    assert!(read.rejects[0].reason.contains("came before, on row 2"));
    assert!(read.notes[0].contains("`Shop 9`"), "{:?}", read.notes);
}

#[test]
fn departments_above_one_another_stand_under_nothing() {
    let read = people("id,dept,manager id\n1,A,4\n2,A,1\n3,B,2\n4,B,3\n").expect("people");
    assert_eq!(tree(&read), [("A", None), ("B", None)]);
    assert!(
        read.notes
            .iter()
            .any(|note| note.contains("above one another"))
    );
}

#[test]
fn bad_rows_are_set_aside_with_their_place() {
    let read = people(
        "Employee ID,E-mail,Unit,Status\n\
         1,a@example.org,North,Active\n\
         1,b@example.org,North,Active\n\
         ,c@example.org,North,Active\n\
         4,not an address,North,Active\n\
         5,A@example.org,North,Active\n\
         6,,,Active\n\
         7,,North,Perhaps\n\
         Employee ID,E-mail,Unit,Status\n\
         8,,North,\n",
    )
    .expect("people");
    let rejects: Vec<(u64, &str)> = read
        .rejects
        .iter()
        .map(|reject| (reject.line, reject.column.as_str()))
        .collect();
    assert_eq!(
        rejects,
        [
            (3, "Employee ID"),
            (4, "Employee ID"),
            (5, "E-mail"),
            (6, "E-mail"),
            (7, "Unit"),
            (8, "Status"),
            (9, ""),
        ]
    );
    assert_eq!(read.rejects[0].reason, "the id came before, on row 2");
    assert_eq!(read.rejects[2].value, "not an address");
    // Whoever was refused isn't gone.
    assert_eq!(read.roster.untouched, ["1", "4", "5", "6", "7"]);
    assert_eq!(read.roster.people.len(), 2);
}

#[test]
fn files_that_are_no_table_of_people_say_so() {
    let check = |text: &[u8], word: &str| {
        let said = refused(text);
        assert!(said.contains(word) && said.contains("people.csv"), "{said}");
    };
    check(b"", "empty");
    check(b"Employee ID,Unit\n", "no rows");
    check(b"Employee ID^Unit\n1^North\n", "one column");
    check(b"Name,Unit\nAda,North\n", "the employee's id");
    check(b"%PDF-1.7\n", "a PDF");
    check(&[0x50, 0x4b, 3, 4, 0, 0], "");
}

#[test]
fn a_title_and_a_second_header_row_are_left_out() {
    let read = people(
        "Headcount report,,\n\nPerson,,Organisation\nEmployee ID,Email,Department\n1,,North\n",
    )
    .expect("people");
    assert_eq!(read.roster.people.len(), 1);
    assert!(read.notes[0].contains("row 4"), "{:?}", read.notes);
}

#[test]
fn a_cell_of_ten_megabytes_is_set_aside() {
    let long = "x".repeat(10 << 20);
    let read = people(format!(
        "id,unit,role\n1,{long},a\n2,North,{long}\n3,North,b\n"
    ))
    .expect("people");
    assert_eq!(read.roster.people.len(), 1);
    assert_eq!(read.rejects.len(), 2);
    assert!(read.rejects[0].value.chars().count() <= 60);
    // A column that isn't asked for may hold what it likes.
    let read = people(format!("id,unit,life story\n1,North,{long}\n")).expect("people");
    assert_eq!(read.roster.people.len(), 1);
}

#[test]
fn what_can_not_be_seen_makes_no_second_unit() {
    let read = people(
        "id,unit,role\n1,Sales,Cook \u{1f373}\n2,Sa\u{200b}les,x\n3,\u{202e}Sales,=cmd()\n4\u{200b}2,Sales,x\n",
    )
    .expect("people");
    let units: Vec<&str> = read
        .roster
        .people
        .iter()
        .map(|person| &*person.unit)
        .collect();
    assert_eq!(units, ["Sales", "Sales", "Sales"]);
    assert_eq!(read.roster.units.len(), 1);
    assert_eq!(
        read.roster.people[0].role.as_deref(),
        Some("Cook \u{1f373}")
    );
    assert!(
        read.notes.iter().any(|note| note.starts_with("2 names")),
        "{:?}",
        read.notes
    );
    assert!(read.rejects[0].reason.contains("can't be seen"));
}

#[test]
fn windows_letters_and_tabs_are_read() {
    let read = people(b"id\tunit\n1\tM\xfcnchen\n").expect("people");
    assert_eq!(read.roster.people[0].unit, "M\u{fc}nchen");
}

#[test]
fn managers_by_id_or_address_and_the_top_as_her_own() {
    let read = people(
        "id,email,unit,manager\n1,a@example.org,X,1\n2,,X,A@Example.org\n3,,X,1\n4,,X,Ada Lovelace\n",
    )
    .expect("people");
    let managers: Vec<_> = read
        .roster
        .people
        .iter()
        .map(|person| person.manager.as_deref())
        .collect();
    assert_eq!(managers, [None, Some("1"), Some("1"), None]);
    assert!(
        read.notes[0].starts_with("1 people have a manager"),
        "{:?}",
        read.notes
    );
}

#[test]
fn headings_of_hr_systems_are_known() {
    for (id, manager) in [
        ("Employee #", "Reporting to"),
        ("Worker #", "Worker's Manager"),
        ("Emp. #", "Reports To (Employee ID)"),
        ("Employee ID", "Manager #"),
        ("Staff Number", "Reporting to"),
    ] {
        let read = people(format!(
            "{id},Email - Primary Work,Supervisory Organization,{manager}\n\
             7,a@example.org,X,\n8,,X,7\n"
        ))
        .unwrap_or_else(|error| panic!("{id}: {error}"));
        let people = &read.roster.people;
        assert_eq!(people[1].id, "8", "{id}");
        assert_eq!(people[1].manager.as_deref(), Some("7"), "{manager}");
        assert_eq!(people[0].email.as_deref(), Some("a@example.org"));
    }
}

#[test]
fn managers_names_are_not_read_and_that_is_said() {
    let read = people("Employee #,Department,Reports to (name)\n1,X,\n2,X,Ada Lovelace\n");
    let read = read.expect("people");
    assert!(read.ignored.contains(&"Reports to (name)".to_owned()));
    let note = "`Reports to (name)` holds names, which are never read";
    assert!(
        read.notes.iter().any(|said| said.starts_with(note)),
        "{:?}",
        read.notes
    );
    // Where ids are there beside them, nothing is lacking.
    let read = people("Employee #,Department,Reports to (name),Manager ID\n1,X,Ada,\n");
    assert!(read.expect("people").notes.is_empty());
}
