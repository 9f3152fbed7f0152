//! Reading how work reaches customers.

use std::io::Write;
use throughline_domain::facts::Place;
use throughline_engine::people::{ChainRead, Given, read_chain};

fn read(text: &str) -> Result<ChainRead, String> {
    let mut file = tempfile::NamedTempFile::new().expect("a file can be made");
    file.write_all(text.as_bytes()).expect("it can be written");
    let given = Given {
        path: file.path(),
        name: "chain.csv",
    };
    read_chain(given).map_err(|error| error.to_string())
}

#[test]
fn edges_lead_to_roles_and_steps() {
    let read = read(
        "from,to,weight,title\nWarehouse,Driver,2,Picker\nDriver,stage:Delivery,,\ndriver,STAGE: Returns,0.5,\n",
    )
    .expect("a chain");
    let roles: Vec<_> = read
        .roles
        .iter()
        .map(|role| (&*role.role, role.title.as_deref()))
        .collect();
    assert_eq!(roles, [("Warehouse", Some("Picker")), ("Driver", None)]);
    let edges: Vec<_> = read
        .edges
        .iter()
        .map(|edge| (&*edge.from, edge.weight))
        .collect();
    assert_eq!(
        edges,
        [("Warehouse", 2.0), ("Driver", 1.0), ("Driver", 0.5)]
    );
    assert_eq!(read.edges[2].to, Place::Stage("Returns".to_owned()));
    assert!(read.rejects.is_empty() && read.notes.is_empty());
}

#[test]
fn bad_rows_are_set_aside_and_circles_refused() {
    let made =
        read("from,to,weight\nA,B,0\nA,A,1\nA,stage:,1\n,B,1\nA,B,1\na,b,2\n").expect("a chain");
    let lines: Vec<u64> = made.rejects.iter().map(|reject| reject.line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 7]);
    assert!(made.notes[0].contains("stage:NAME"));
    let said = read("from,to\nA,B\nB,C\nC,A\n").err().expect("a circle");
    assert!(said.contains("A -> B -> C -> A"), "{said}");
}
