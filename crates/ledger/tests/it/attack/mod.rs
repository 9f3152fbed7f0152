//! The attack: a whole round is simulated, then attacked with everything the disk holds.
//!
//! The attacker has every table in every physical order there is, the raw bytes of the files (of
//! SQLite's journal too), every token and the round's secret, and so knows from the marks who
//! answered as soon as these are written. The stronger one knows besides in which order people
//! answered: the insider who saw them. Free text is set aside: answers here are random words.
//!
//! What he gets is compared with what somebody gets who knows nothing but the cells ([`bound`]). A
//! leaky ballot box (in this test alone) is attacked likewise, and falls.
//!
//! Not part of it, since nothing could be done: copies of the disk taken again and again while people
//! answer, and PostgreSQL's own journal (`pg_wal`), by somebody who knows the order. `docs/TRUST.md`
//! says so.

mod bound;
mod disk;
mod guess;
mod leaky;
mod town;

use crate::ballot_box::today;
use crate::bed::on_each;
use disk::{Disk, Files};
use guess::{best, by_marks, by_order, by_order_of_latest};
use throughline_ledger::Ledger;
use throughline_ledger::ballot_box::{end_votes, seal, settle};
use town::Town;

#[test]
fn the_disk_of_an_open_round_tells_no_more_than_the_cells() {
    on_each(async |bed| {
        let mut bed = bed;
        let town = Town::answered(&mut bed).await;
        clear(&bed.ledger).await;
        let disk = Disk::read(&bed.place, &town).await;
        assert_eq!(disk.texts(), town.answered.len(), "every answer is there");
        let cells = town.round.cells.len();
        // Known from the marks: who answered, as far as these are written.
        let marked = best(&disk, |order| by_marks(&town, &disk, order));
        report("open, from the disk alone", &marked, bound::two_lots(cells));
        // Known from an earlier backup: which answers and which marks are new since.
        let later = disk.since(&town.early);
        let marked = best(&later, |order| by_marks(&town, &later, order));
        report("open, from two backups", &marked, bound::two_lots(cells));
        // Known besides: the order of all.
        let known = best(&disk, |order| by_order(&town, &disk, order));
        report("open, knowing the order", &known, bound::two_lots(cells));
        let latest = best(&disk, |order| by_order_of_latest(&town, &disk, order));
        report("open, the latest", &latest, bound::one_lot(cells));
    });
}

#[test]
fn the_disk_of_a_sealed_round_tells_no_more_than_the_cells() {
    on_each(async |bed| {
        let mut bed = bed;
        let town = Town::answered(&mut bed).await;
        let who = || "hr@example.org".to_owned();
        seal(&bed.ledger, town.round.id, today(), who())
            .await
            .expect("it closes");
        clear(&bed.ledger).await;
        let disk = Disk::read(&bed.place, &town).await;
        assert_eq!(disk.texts(), town.answered.len(), "every answer is there");
        let known = best(&disk, |order| by_order(&town, &disk, order));
        let expected = bound::one_lot(town.round.cells.len());
        report("sealed, knowing the order", &known, expected);
        // What is gone is gone from the files, too.
        let files = Files::read(&bed.place).await;
        assert_eq!(files.found(&town.withdrawn), [""; 0], "withdrawn words");
        assert_eq!(files.found_bytes(&town.forms), [], "ids of forms");
        assert_eq!(disk.marks.len(), 0);
        end_votes(&bed.ledger, town.round.id, today(), who())
            .await
            .expect("votes end");
        clear(&bed.ledger).await;
        let files = Files::read(&bed.place).await;
        let tokens: Vec<String> = town
            .round
            .asked
            .iter()
            .map(|one| one.token.clone())
            .collect();
        assert_eq!(files.found(&tokens), [""; 0], "tokens");
        assert_eq!(files.found_bytes(&town.slips()), [], "slips");
        assert_eq!(
            files.found_bytes(std::slice::from_ref(&town.round.secret)),
            [],
            "the secret"
        );
    });
}

#[test]
fn the_same_attack_breaks_a_leaky_ballot_box() {
    on_each(async |bed| {
        let town = leaky::answered(&bed.place).await;
        let disk = Disk::read(&bed.place, &town).await;
        let all = town.answered.len();
        let known = best(&disk, |order| by_order(&town, &disk, order));
        let marked = best(&disk, |order| by_marks(&town, &disk, order));
        eprintln!("leaky: {} and {} of {all}", known.0, marked.0);
        assert!(
            known.0 > all / 2 && marked.0 > all / 2,
            "{known:?} {marked:?}"
        );
    });
}

/// What the background task does within a minute. Where the database's own upkeep looks back at old
/// versions of rows, they are cleared when that has ended.
async fn clear(ledger: &Ledger) {
    for _ in 0..5 {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        settle(ledger).await.expect("it settles");
    }
}

fn report(what: &str, (right, strategy): &(usize, String), bound: bound::Bound) {
    eprintln!(
        "{what}: {right} right by `{strategy}`; {:.0} by chance, at most {}",
        bound.mean, bound.most
    );
    assert!(
        *right <= bound.most,
        "{what}: {right} right by `{strategy}`, {bound:?}"
    );
}
