//! Strategies: from an order of answers to who wrote which.

use super::disk::{Disk, Order};
use super::town::Town;
use std::collections::HashMap;
use uuid::Uuid;

/// The best of all orders, each forwards and backwards: how many are right, and by which.
pub fn best(disk: &Disk, right: impl Fn(&Order) -> usize) -> (usize, String) {
    let mut found = (0, String::new());
    for order in &disk.orders {
        let mut backwards = order.clone();
        backwards.name.push_str(", backwards");
        backwards.texts.reverse();
        for order in [order, &backwards] {
            let count = right(order);
            if count > found.0 {
                found = (count, order.name.clone());
            }
        }
    }
    found
}

/// The insider: in each cell, the first to answer wrote the first answer, and so on. What was moved
/// came before what waits.
pub fn by_order(town: &Town, disk: &Disk, order: &Order) -> usize {
    let mut right = 0;
    for (cell, texts) in cells(disk, order) {
        let (waiting, moved): (Vec<&String>, Vec<&String>) = texts
            .into_iter()
            .partition(|text| disk.waiting.contains(*text));
        let people: Vec<_> = town
            .answered
            .iter()
            .filter(|one| one.cell == cell)
            .collect();
        let count = |texts: &[&String]| {
            let texts = texts.iter();
            let same = people.iter().zip(texts);
            same.filter(|(one, text)| one.text == ***text).count()
        };
        let split: Vec<&String> = moved.iter().chain(&waiting).copied().collect();
        right += count(&split);
    }
    right
}

/// The same for those that wait alone: the last to answer wrote the last of them.
pub fn by_order_of_latest(town: &Town, disk: &Disk, order: &Order) -> usize {
    let mut right = 0;
    for (cell, texts) in cells(disk, order) {
        let waiting = texts.iter().filter(|text| disk.waiting.contains(**text));
        let people = town.answered.iter().filter(|one| one.cell == cell);
        let same = people.rev().zip(waiting.rev());
        right += same.filter(|(one, text)| one.text == ***text).count();
    }
    right
}

/// Without the order: the first mark on the disk goes with the first answer of its cell.
pub fn by_marks(town: &Town, disk: &Disk, order: &Order) -> usize {
    let mut best = 0;
    for backwards in [false, true] {
        let mut marks = disk.marks.clone();
        if backwards {
            marks.reverse();
        }
        let mut right = 0;
        for (cell, texts) in cells(disk, order) {
            let people = marks
                .iter()
                .filter_map(|mark| town.by_mark.get(mark))
                .filter(|one| one.cell == cell);
            let same = people.zip(texts);
            right += same.filter(|(one, text)| one.text == **text).count();
        }
        best = best.max(right);
    }
    best
}

fn cells<'a>(disk: &Disk, order: &'a Order) -> HashMap<Uuid, Vec<&'a String>> {
    let mut cells: HashMap<Uuid, Vec<&String>> = HashMap::new();
    for text in &order.texts {
        if let Some(cell) = disk.cells.get(text) {
            cells.entry(*cell).or_default().push(text);
        }
    }
    cells
}
