//! The smaller tables: what comes back, and what is refused.

use super::{Done, Given, complaint, importing, says};
use throughline_domain::facts::{Criterion, InitiativeKind, Place, Side, Table, Vote};
use throughline_lake::{DateOrder, ImportOptions, LakeError};

fn given(files: &[(Table, &str)]) -> Result<Done, LakeError> {
    let names: Vec<String> = files
        .iter()
        .enumerate()
        .map(|(n, (table, _))| format!("{}{n}.csv", table.name()))
        .collect();
    let files: Vec<Given<'_>> = files
        .iter()
        .zip(&names)
        .map(|((table, text), name)| (*table, name.as_str(), text.as_bytes()))
        .collect();
    importing(&files, &ImportOptions::default())
}

fn good(files: &[(Table, &str)]) -> Done {
    given(files).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn units_match_by_all_their_names() {
    let units =
        "unit,parent,also_called\nGroup,,\nNorth,group,N1; North Branch\nSouth,Group,S1|Süd\n";
    let signals = "id,unit,score\na1,north  BRANCH,5\na2,N1,4\na3,SÜD,3\na4,West,2\na5,West,1\n";
    let voice = "id,unit,idea\nv1,s1,more staff\nv2,Wst,less paper\n";
    let done = good(&[
        (Table::Signals, signals),
        (Table::Units, units),
        (Table::Voice, voice),
    ]);
    let units: Vec<_> = done.rows().into_iter().filter_map(|row| row.unit).collect();
    assert_eq!(units, ["North", "North", "South", "West", "West"]);
    let unmatched: Vec<_> = done
        .report
        .unmatched_units
        .iter()
        .map(|one| (one.table, one.name.as_str(), one.rows))
        .collect();
    assert_eq!(
        unmatched,
        [(Table::Signals, "West", 2), (Table::Voice, "Wst", 1)]
    );
    let table = done.lake.units().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(table[1].parent.as_deref(), Some("Group"));
    assert_eq!(table[1].also_called, ["N1", "North Branch"]);
    // Without a units table nothing is unmatched.
    assert!(
        good(&[(Table::Signals, signals)])
            .report
            .unmatched_units
            .is_empty()
    );
}

#[test]
fn names_that_matched_nothing_are_filled_in_and_read_again() {
    let signals = "id,unit,score\na1,North,5\na2,N1,4\na3,N. Branch,3\na4,Nrth,2\na5,West,2\n";
    let units = "unit,parent,also_called\nGroup,,\nNorth,Group,\n";
    // As the file of names is written; the last row is left for later.
    let filled = "unit,parent,also_called,table,rows\nNorth,,N1,signals,1\nNorth,,N. Branch,signals,1\nnorth,,Nrth,signals,1\n,,West,signals,1\n";
    let done = super::importing(
        &[
            (Table::Signals, "s.csv", signals.as_bytes()),
            (Table::Units, "units.csv", units.as_bytes()),
            (Table::Units, "units.todo.csv", filled.as_bytes()),
        ],
        &throughline_lake::ImportOptions::default(),
    )
    .unwrap_or_else(|error| panic!("{error}"));
    let names: Vec<_> = done.rows().into_iter().filter_map(|row| row.unit).collect();
    assert_eq!(names, ["North", "North", "North", "North", "West"]);
    assert_eq!(done.report.unmatched_names(), 1);
    let mut files = done.report.files.iter();
    let todo = files.find(|file| file.file == "units.todo.csv");
    assert!(todo.is_some_and(|todo| todo.rows_rejected == 0 && todo.rows_left_out.len() == 1));
    // A parent may be called by any of its names.
    let same = "unit,parent,also_called\nGroup,,The Group\nNorth,Group,N1\nNorth,the group,N2\n";
    good(&[(Table::Units, same), (Table::Signals, signals)]);
    let two = "unit,parent,also_called\nGroup,,\nEast,,\nNorth,Group,N1\nNorth,East,N2\n";
    says(
        &complaint(given(&[(Table::Units, two)])),
        &["`North` has two parents, `Group` and `East`", "row 5"],
    );
}

#[test]
fn units_are_a_tree() {
    let check =
        |text: &str, parts: &[&str]| says(&complaint(given(&[(Table::Units, text)])), parts);
    check(
        "unit,parent\nNorth,North\n",
        &["`North` is its own parent", "row 2"],
    );
    check(
        "unit,parent\nA,B\nB,C\nC,A\n",
        &["A -> B -> C -> A", "row 2"],
    );
    check(
        "unit,parent\nNorth,Grup\nGroup,\n",
        &["`Grup`, which is no unit", "did you mean `Group`", "row 2"],
    );
    check(
        "unit,also_called\nNorth,N\nSouth,n\n",
        &["`n` is a name of both `North` and `South`", "row 3"],
    );
}

#[test]
fn the_chain_leads_to_stages() {
    let chain = "from,to,weight\nClerk,stage:support,2\nPayroll,clerk,\nPorter,Warehouse,1\n";
    let done = good(&[(Table::Chain, chain)]);
    let edges = done.lake.chain().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(edges[0].to, Place::Stage("support".to_owned()));
    assert_eq!(edges[1].to, Place::Role("Clerk".to_owned()));
    assert_eq!(edges[1].weight, 1.0);
    let note = done
        .report
        .notes
        .iter()
        .find(|note| note.contains("no way leads"))
        .cloned()
        .unwrap_or_default();
    says(&note, &["`Porter`", "`Warehouse`"]);
}

#[test]
fn a_chain_in_a_circle_is_named() {
    let check =
        |text: &str, parts: &[&str]| says(&complaint(given(&[(Table::Chain, text)])), parts);
    check(
        "from,to\nA,B\nB,C\nC,A\nC,stage:x\n",
        &["A -> B -> C -> A", "row 4"],
    );
    check("from,to\nA,a\n", &["A -> A", "row 2"]);
    // Two ways to one place are no circle.
    good(&[(Table::Chain, "from,to\nA,B\nA,C\nB,D\nC,D\nD,stage:x\n")]);
}

#[test]
fn roles_come_from_their_file_or_the_chains() {
    let roles = "role,title,unit,headcount\nClerk,Front clerk,North,12\n";
    let done = good(&[
        (Table::Chain, "from,to\nClerk,stage:support\nCook,Clerk\n"),
        (Table::Chain, roles),
    ]);
    let table = done.lake.roles().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        (table[0].role.as_str(), table[0].headcount),
        ("Clerk", Some(12))
    );
    assert!(
        done.report.notes.iter().any(|note| note.contains("`Cook`")),
        "{:?}",
        done.report.notes
    );
    let done = good(&[(
        Table::Chain,
        "from,to,title,headcount\nClerk,stage:a,Front clerk,3\nClerk,stage:b,Front clerk,3\n",
    )]);
    let table = done.lake.roles().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        (table.len(), table[0].title.as_deref()),
        (1, Some("Front clerk"))
    );
    // Answers name roles by title too.
    let voice = "id,job title,idea\nv1,front CLERK,open earlier\n";
    let done = good(&[(Table::Roles, roles), (Table::Voice, voice)]);
    let voice = done.lake.voice().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(voice[0].role.as_deref(), Some("Clerk"));
}

#[test]
fn measures_come_back() {
    let text = "unit,period,measure,side,value,n,sd\nNorth,2026-01,engagement,employee,3.9,40,\nNorth,2026-01,nps,Customers,\"12,5\",,1\n";
    let done = good(&[(Table::Measures, text)]);
    let rows = done
        .lake
        .measures()
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        (rows[0].side, rows[0].value, rows[0].n, rows[0].sd),
        (Side::Employee, 3.9, Some(40.0), None)
    );
    assert_eq!((rows[1].side, rows[1].value), (Side::Customer, 12.5));
    let bad = "unit,period,measure,side,value\nNorth,2026-01,nps,both,1\n";
    says(
        &complaint(given(&[(Table::Measures, bad)])),
        &["column `side`", "none of `employee`, `customer`", "`both`"],
    );
}

#[test]
fn votes_of_half_a_form_are_refused() {
    let refused = |text: &str| {
        complaint(importing(
            &[(Table::Votes, "v.csv", text.as_bytes())],
            &ImportOptions::default(),
        ))
    };
    for text in ["item,loser\na,b\n", "winner,vote\na,yes\n"] {
        says(
            &refused(text),
            &["v.csv", "`winner`, `loser`", "`item`, `vote`"],
        );
    }
    // What -1 means in one file says nothing of another.
    let two = "item,vote,criterion,voter\na,0,ease,1\n";
    let other = "item,vote,criterion,voter\nb,-1,ease,1\nb,0,ease,2\n";
    let done = good(&[(Table::Votes, two), (Table::Votes, other)]);
    let said: Vec<Option<bool>> = done
        .lake
        .votes()
        .unwrap_or_else(|error| panic!("{error}"))
        .iter()
        .map(|vote| match vote {
            Vote::Single { vote, .. } => *vote,
            Vote::Pair { .. } => panic!("{vote:?}"),
        })
        .collect();
    assert_eq!(said, [Some(false), Some(false), None]);
    let said = good(&[(Table::Votes, "winner,loser\na,b\n")])
        .report
        .notes
        .join(" ");
    says(&said, &["1 of 1 votes name no `voter`", "votes on impact"]);
}

#[test]
fn votes_come_in_two_forms() {
    let pairs =
        "winner,loser,criterion,voter\ni1,i2,ease,anna@example.com\ni1,i2,ease,anna@example.com\n";
    let done = good(&[(Table::Votes, pairs)]);
    let votes = done.lake.votes().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(votes.len(), 2);
    let Vote::Pair {
        winner,
        loser,
        criterion,
        voter,
    } = &votes[0]
    else {
        panic!("{votes:?}")
    };
    assert_eq!(
        (winner.as_str(), loser.as_str(), *criterion),
        ("i1", "i2", Criterion::Ease)
    );
    assert!(voter.is_some() && !done.stores("anna"));
    let check = |text: &str, expected: &[Option<bool>]| {
        let votes = good(&[(Table::Votes, text)])
            .lake
            .votes()
            .unwrap_or_else(|error| panic!("{error}"));
        let said: Vec<_> = votes
            .iter()
            .map(|vote| match vote {
                Vote::Single { vote, .. } => *vote,
                Vote::Pair { .. } => panic!("{vote:?}"),
            })
            .collect();
        assert_eq!(said, expected);
    };
    check(
        "item,vote\ni1,yes\ni1,No\ni1,pass\n",
        &[Some(true), Some(false), None],
    );
    check("item,vote\ni1,1\ni1,0\n", &[Some(true), Some(false)]);
    check(
        "item,vote\ni1,1\ni1,0\ni1,-1\n",
        &[Some(true), None, Some(false)],
    );
}

#[test]
fn themes_and_initiatives_come_back() {
    let themes =
        "id,title,merge_into,hide,ease,owner\np1,Waiting,,no,0.8,Ops\np2,,p1,,,\np3,,,yes,,\n";
    let initiatives =
        "id,name,kind,spend,period,eligible,adopted\nx1,New phones,Tool,\"12,000\",2026,100,40\n";
    let done = good(&[(Table::Themes, themes), (Table::Initiatives, initiatives)]);
    let themes = done.lake.themes().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        (themes[0].title.as_deref(), themes[0].ease, themes[0].hide),
        (Some("Waiting"), Some(0.8), false)
    );
    assert_eq!(themes[1].merge_into.as_deref(), Some("p1"));
    assert!(themes[2].hide);
    let lines = done
        .lake
        .initiatives()
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        (lines[0].kind, lines[0].spend, lines[0].adopted),
        (InitiativeKind::Technology, Some(12_000.0), Some(40.0))
    );
    says(
        &complaint(given(&[(Table::Themes, "id,ease\np1,7\n")])),
        &["ease runs from 0"],
    );
}

#[test]
fn an_empty_correction_is_no_fault() {
    let done = good(&[
        (Table::Themes, "id,title\n"),
        (Table::Signals, "id,score\na1,5\n"),
    ]);
    assert_eq!(done.lake.themes().map(|themes| themes.len()).ok(), Some(0));
}

#[test]
fn periods_that_are_days_are_read_in_the_order_of_their_column() {
    let read = |days: &[&str], order| {
        let rows: String = days
            .iter()
            .map(|day| format!("North,{day},engagement,employee,3\n"))
            .collect();
        let options = ImportOptions {
            date_order: order,
            ..ImportOptions::default()
        };
        let text = format!("unit,period,measure,side,value\n{rows}");
        importing(&[(Table::Measures, "a.csv", text.as_bytes())], &options).map(|done| {
            let rows = done.lake.measures().unwrap_or_default();
            rows.into_iter().map(|row| row.period).collect::<Vec<_>>()
        })
    };
    let told = read(&["31/01/2026", "01/02/2026"], None);
    assert_eq!(
        told.ok().as_deref(),
        Some(&["2026-01-31".to_owned(), "2026-02-01".to_owned()][..])
    );
    let told = read(&["01/31/2026", "02/01/2026"], None);
    assert_eq!(
        told.ok().as_deref(),
        Some(&["2026-01-31".to_owned(), "2026-02-01".to_owned()][..])
    );
    let either = ["01/11/2025", "01/12/2025"];
    match read(&either, None) {
        Ok(read) => panic!("{read:?}"),
        Err(error) => says(
            &error.to_string(),
            &["column `period`", "01/11/2025", "--date-order"],
        ),
    }
    let told = read(&either, Some(DateOrder::DayMonthYear));
    assert_eq!(
        told.ok().as_deref(),
        Some(&["2025-11-01".to_owned(), "2025-12-01".to_owned()][..])
    );
    // Whatever is no day stays as it is written.
    let told = read(&["Nov-25", "Q1 2026", "Wave 3", "31.12.25"], None);
    assert_eq!(
        told.ok().map(|read| read.join("|")).as_deref(),
        Some("Nov-25|Q1 2026|Wave 3|31.12.25")
    );
}

#[test]
fn rows_of_totals_are_left_out() {
    let text = "unit,period,measure,side,value\nNorth,2026-01,nps,customer,1\n\
                Total,2026-01,nps,customer,1\nAverage,,nps,customer,1\n";
    let done = good(&[(Table::Measures, text)]);
    assert_eq!(done.lake.len(Table::Measures), 1);
    assert_eq!(
        done.report.files[0].rows_left_out,
        [("totals, not a unit's".to_owned(), 2)]
    );
    // Where there are no units but the total, it is what was measured.
    let text = "unit,period,measure,side,value\nTotal,2026-01,nps,customer,1\nTotal,2026-02,nps,customer,1\n";
    let done = good(&[(Table::Measures, text)]);
    assert_eq!(done.lake.len(Table::Measures), 2);
    for last in ["Average,,7.3,", ",Grand Total,1460,200 comments"] {
        let text =
            format!("Date,Branch,Score,Comment\n2026-01-02,North,7,Average\n,South,8,\n{last}\n");
        let done = good(&[(Table::Signals, &text)]);
        assert_eq!(done.lake.signals_len(), 2, "{last}");
        let left = [("totals, not answers".to_owned(), 1)];
        assert_eq!(done.report.files[0].rows_left_out, left, "{last}");
    }
    // `Average` can be an answer.
    let done = good(&[(Table::Signals, "Food,Score\nAverage,3\nGood,4\n")]);
    assert_eq!(done.lake.signals_len(), 2);
}
