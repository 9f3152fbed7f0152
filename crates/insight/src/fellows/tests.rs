//! Parts of made-up answers: what joins them and what keeps them apart.

use super::*;

const EVERYONE: [f64; 3] = [30.0, 30.0, 40.0];
/// Weight in each answer of a word that all use.
const COMMON: f32 = 0.5;

/// Answers of a part, each by a new person, so many from each role.
fn part(answers: &mut Vec<Answer>, vector: [f32; 3], roles: [usize; 3]) {
    let number = answers.last().map_or(0, |answer| answer.part + 1);
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    for (role, count) in roles.into_iter().enumerate() {
        for _ in 0..count {
            answers.push(Answer {
                vector: vector.iter().map(|x| x / length).collect(),
                words: vec![(0, COMMON), (number + 1, (1.0 - COMMON * COMMON).sqrt())],
                role: Some(role as u32),
                person: answers.len() as u32,
                part: number,
                ..Answer::default()
            });
        }
    }
}

fn fixes(answers: &[Answer], floor: usize) -> Vec<u32> {
    let labels = groups(answers, &EVERYONE, floor).expect("roles are known");
    let parts = answers.last().map_or(0, |answer| answer.part);
    let label = |part| answers.iter().position(|answer| answer.part == part);
    (0..=parts)
        .filter_map(|part| Some(labels[label(part)?]))
        .collect()
}

#[test]
fn related_words_of_the_same_people_are_joined_and_of_others_not() {
    let of = |roles, floor| {
        let mut answers = Vec::new();
        part(&mut answers, [1.0, 0.0, 0.0], [18, 0, 0]);
        part(&mut answers, [-0.2, 0.0, 1.0], [0, 6, 30]);
        part(&mut answers, [0.95, 0.3, 0.0], roles);
        fixes(&answers, floor)
    };
    // Same words every time: the people decide.
    assert_eq!(of([18, 0, 0], 1), [0, 1, 0]);
    assert_eq!(of([0, 18, 0], 1), [0, 1, 2]);
    assert_eq!(of([18, 0, 0], 3), [0, 1, 2]);
}

#[test]
fn people_who_speak_of_both_join_what_shares_no_word() {
    let of = |both: usize| {
        let mut answers = Vec::new();
        part(&mut answers, [1.0, 0.0, 0.0], [16, 0, 0]);
        part(&mut answers, [0.1, 1.0, 0.0], [16, 0, 0]);
        part(&mut answers, [0.0, 0.0, 1.0], [0, 20, 20]);
        for at in 0..both {
            answers[16 + at].person = at as u32;
        }
        fixes(&answers, 1)
    };
    assert_eq!(of(0), [0, 1, 2]);
    assert_eq!(of(12), [0, 0, 1]);
}

#[test]
fn the_same_people_speak_for_one_fix_however_many_they_are() {
    // Related, of different words: other people never make it likelier that both are one.
    for size in [18, 50, 100, 300] {
        let of = |roles| {
            let mut answers = Vec::new();
            part(&mut answers, [1.0, 0.0, 0.0], [size, 0, 0]);
            part(&mut answers, [0.6, 0.8, 0.0], roles);
            part(&mut answers, [0.0, 0.0, 1.0], [0, size, size]);
            fixes(&answers, 1)
        };
        let (same, other) = (of([size, 0, 0]), of([0, size, 0]));
        assert_eq!(same[0], same[1], "{size}");
        assert_ne!(other[0], other[1], "{size}");
        assert_ne!(same[2], same[0], "{size}");
    }
}

#[test]
fn the_same_people_alone_join_no_two_subjects() {
    let mut answers = Vec::new();
    part(&mut answers, [1.0, 0.0, 0.0], [40, 0, 0]);
    part(&mut answers, [0.2, 1.0, 0.0], [40, 0, 0]);
    part(&mut answers, [0.0, 0.0, 1.0], [0, 30, 30]);
    assert_eq!(fixes(&answers, 1), [0, 1, 2]);
}

#[test]
fn a_stray_answer_goes_to_the_fix_it_belongs_to() {
    let mut answers = Vec::new();
    part(&mut answers, [1.0, 0.0, 0.0], [20, 0, 0]);
    part(&mut answers, [0.0, 1.0, 0.0], [0, 20, 0]);
    // Worded as the first part and put into the second.
    let stray = Answer {
        part: 1,
        person: 99,
        ..answers[0].clone()
    };
    answers.push(stray);
    let labels = groups(&answers, &EVERYONE, 1).expect("roles are known");
    assert_eq!(labels[40], labels[0]);
    assert_ne!(labels[40], labels[20]);
}

#[test]
fn an_answer_that_words_place_nowhere_goes_where_its_topics_say() {
    let of = |topic: usize| {
        let mut answers = Vec::new();
        part(&mut answers, [1.0, 0.0, 0.0], [20, 0, 0]);
        part(&mut answers, [0.0, 1.0, 0.0], [0, 20, 0]);
        let leaning = |topic: usize| (0..2).map(|at| f32::from(u8::from(at == topic))).collect();
        for answer in &mut answers {
            answer.leaning = leaning(answer.part as usize);
        }
        // As near to the one as to the other, of no known role, put into the first.
        answers.push(Answer {
            vector: vec![0.5f32.sqrt(), 0.5f32.sqrt(), 0.0],
            leaning: leaning(topic),
            person: 99,
            ..Answer::default()
        });
        let labels = groups(&answers, &EVERYONE, 1).expect("roles are known");
        assert_ne!(labels[0], labels[20]);
        [labels[40] == labels[0], labels[40] == labels[20]]
    };
    assert_eq!(of(0), [true, false]);
    assert_eq!(of(1), [false, true]);
}

#[test]
fn answers_are_drawn_only_where_enough_fixes_are_large() {
    let of = |floor| {
        let mut answers = Vec::new();
        part(&mut answers, [1.0, 0.0, 0.0], [3, 0, 0]);
        part(&mut answers, [0.0, 1.0, 0.0], [0, 20, 0]);
        part(&mut answers, [0.0, 0.0, 1.0], [0, 0, 20]);
        fixes(&answers, floor)
    };
    // Two are large: with a floor of three, the three people keep their own.
    assert_eq!(of(3), [0, 1, 2]);
    assert_ne!(of(2), [0, 1, 2]);
}

#[test]
fn without_roles_or_with_a_single_one_they_tell_nothing() {
    let mut known = Vec::new();
    part(&mut known, [1.0, 0.0, 0.0], [5, 0, 0]);
    let unknown: Vec<Answer> = known
        .iter()
        .map(|answer| Answer {
            role: None,
            ..answer.clone()
        })
        .collect();
    assert_eq!(groups(&unknown, &EVERYONE, 1), None);
    assert_eq!(groups(&known, &[40.0, 0.0, 0.0], 1), None);
    assert_eq!(groups(&known, &EVERYONE, 1), Some(vec![0; 5]));
    let half = [known, unknown.clone(), unknown].concat();
    assert_eq!(groups(&half, &EVERYONE, 1), None);
    assert_eq!(groups(&[], &EVERYONE, 1), None);
}

#[test]
fn links_of_an_answer_weigh_one_in_all() {
    let answers: Vec<Answer> = [0, 0, 0, 1]
        .into_iter()
        .map(|person| Answer {
            person,
            ..Answer::default()
        })
        .collect();
    let links = links(&answers);
    assert_eq!(links.len(), 3);
    let of = |at| -> f64 {
        let its = links.iter().filter(|link| link.answers.contains(&at));
        its.map(|link| link.weight).sum()
    };
    assert_eq!([of(0), of(1), of(2), of(3)], [1.0, 1.0, 1.0, 0.0]);
}
