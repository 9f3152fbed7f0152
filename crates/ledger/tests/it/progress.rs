//! Progress: once a day, in tenths, of large units alone.

use crate::bed::{draft, import, on_each, open_round, today};
use crate::roster::roster;
use throughline_domain::listen::Answer;
use throughline_ledger::ballot_box::{Kind, Outcome, Payload, Submission, submit};
use throughline_ledger::progress::{self, Progress};
use throughline_ledger::{Ledger, invitations, rounds, ways_in};
use uuid::Uuid;

const WHO: &str = "hr@example.org";
/// Days after which the round's last day is over.
const AFTER: i64 = 40;

async fn of(ledger: &Ledger, round: Uuid, days: i64) -> Option<Progress> {
    let round = rounds::by_id(ledger, round).await.expect("a round");
    let day = today() + chrono::Duration::days(days);
    progress::of(ledger, &round, day)
        .await
        .expect("it can be counted")
}

fn said(progress: &Progress) -> Vec<(Option<&str>, usize, u8)> {
    let units = progress.units.iter();
    units
        .map(|unit| (unit.unit.as_deref(), unit.depth, unit.tenths))
        .collect()
}

/// Sends an answer by each of these links.
async fn answer(ledger: &Ledger, tokens: &[String]) {
    for token in tokens {
        let way = ways_in::resolve(ledger, token, Kind::Answer, today()).await;
        let way = way.expect("it answers").expect("it leads in");
        let submission = Submission {
            round: way.round,
            cell: way.cell,
            mark: way.mark,
            id: Uuid::new_v4(),
            receipt: None,
            payload: Payload::Answer(Answer {
                commitment: Some(4),
                ..Answer::default()
            }),
        };
        let outcome = submit(ledger, submission, today()).await;
        assert_eq!(outcome.expect("it answers"), Outcome::Stored);
    }
}

#[test]
fn it_is_the_same_all_day_and_never_none_or_all() {
    on_each(async |bed| {
        let round = open_round(&bed.ledger, 80).await;
        let first = of(&bed.ledger, round, 0).await.expect("progress");
        assert_eq!(
            said(&first)[..3],
            [(None, 0, 1), (Some("Company"), 1, 1), (Some("North"), 2, 1)]
        );
        let links = invitations::links(&bed.ledger, round, Kind::Answer, today(), WHO.into())
            .await
            .expect("links");
        let tokens: Vec<String> = links.into_iter().map(|link| link.token).collect();
        answer(&bed.ledger, &tokens[..40]).await;
        assert_eq!(of(&bed.ledger, round, 0).await, Some(first));
        let next = of(&bed.ledger, round, 1).await.expect("progress");
        assert_eq!(said(&next)[0], (None, 0, 5));
        answer(&bed.ledger, &tokens[40..]).await;
        // A clock that was set back shows what was shown last.
        assert_eq!(of(&bed.ledger, round, -3).await, Some(next));
        let later = of(&bed.ledger, round, 2).await.expect("progress");
        assert_eq!(said(&later)[0], (None, 0, 7));
    });
}

/// A round of eighty in which half answered after the day's count, and which closed so many days later:
/// what was counted, then what is told so many days from its beginning.
async fn closed_after(ledger: &Ledger, days: i64, told: &[i64]) -> (Progress, Vec<Progress>) {
    let round = open_round(ledger, 80).await;
    let first = of(ledger, round, 0).await.expect("progress");
    let links = invitations::links(ledger, round, Kind::Answer, today(), WHO.into())
        .await
        .expect("links");
    let tokens: Vec<String> = links.into_iter().map(|link| link.token).collect();
    answer(ledger, &tokens[..40]).await;
    let day = today() + chrono::Duration::days(days);
    rounds::close(ledger, round, day, WHO.into())
        .await
        .expect("it closes");
    let mut all = Vec::new();
    for day in told {
        all.push(of(ledger, round, *day).await.expect("progress"));
    }
    (first, all)
}

#[test]
fn a_round_that_the_calendar_closed_is_counted_once_more_after_that_day() {
    on_each(async |bed| {
        // Long afterwards what was counted may be deleted: nothing is counted any more.
        let (first, told) = closed_after(&bed.ledger, AFTER, &[AFTER, AFTER + 31]).await;
        assert_eq!(told, [first.clone(), first]);
    });
    on_each(async |bed| {
        let (_, told) = closed_after(&bed.ledger, AFTER, &[AFTER + 3, AFTER + 4]).await;
        assert_eq!(said(&told[0])[0], (None, 0, 5));
        assert_eq!(told[0], told[1]);
    });
}

#[test]
fn whoever_closes_a_round_chooses_no_count() {
    on_each(async |bed| {
        let (first, told) = closed_after(&bed.ledger, 0, &[0, 1, 3]).await;
        assert!(told.iter().all(|one| *one == first));
    });
}

#[test]
fn small_units_are_not_there() {
    on_each(async |bed| {
        let mut people = roster(80);
        for person in people.people.iter_mut().skip(60) {
            person.unit = "North".to_owned();
        }
        for person in people.people.iter_mut().skip(68) {
            person.unit = "Tiny".to_owned();
        }
        import(&bed.ledger, people).await;
        let round = rounds::create(&bed.ledger, draft(), WHO.into())
            .await
            .expect("a draft");
        rounds::open(&bed.ledger, round, today(), WHO.into())
            .await
            .expect("open");
        let progress = of(&bed.ledger, round, 0).await.expect("progress");
        assert!(
            said(&progress)
                .iter()
                .all(|(unit, _, _)| *unit != Some("Tiny"))
        );
        let few = rounds::create(&bed.ledger, draft(), WHO.into())
            .await
            .expect("a draft");
        assert_eq!(of(&bed.ledger, few, 0).await, None, "a draft has none");
    });
}

#[test]
fn an_audience_of_four_has_none() {
    on_each(async |bed| {
        let round = open_round(&bed.ledger, 4).await;
        assert_eq!(of(&bed.ledger, round, 0).await, None);
    });
}
