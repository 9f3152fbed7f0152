//! Plain text for a terminal: aligned columns under a rule, paragraphs broken at the width.
//!
//! `comfy-table` measures letters (wide and combining ones too) and breaks cells that don't fit.

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table as Grid, TableComponent};

/// The narrowest a table is made for; narrower terminals break its lines themselves.
pub(crate) const NARROWEST: usize = 60;

/// Which side a column's cells keep to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A table in the making.
pub(crate) struct Table {
    sides: Vec<Side>,
    grid: Grid,
}

impl Table {
    /// With these headers.
    pub(crate) fn new(columns: &[(&str, Side)]) -> Self {
        let mut grid = Grid::new();
        grid.load_preset(comfy_table::presets::NOTHING)
            .set_style(TableComponent::HeaderLines, '-')
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_header(columns.iter().map(|(name, side)| cell(name, *side)));
        grid.set_style(TableComponent::MiddleHeaderIntersections, ' ');
        for column in grid.column_iter_mut() {
            column.set_padding((0, 1));
        }
        Self {
            sides: columns.iter().map(|(_, side)| *side).collect(),
            grid,
        }
    }

    /// Adds a row; control characters in a cell become spaces, so that no file moves the cursor.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells = cells.into_iter().zip(&self.sides);
        self.grid
            .add_row(cells.map(|(text, side)| cell(&printable(&text), *side)));
    }

    /// The text, each line without blanks at its end.
    pub(crate) fn text(mut self, width: usize) -> String {
        self.grid
            .set_width(u16::try_from(width).unwrap_or(u16::MAX));
        let mut text = String::new();
        for line in self.grid.lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

fn cell(text: &str, side: Side) -> Cell {
    Cell::new(text).set_alignment(match side {
        Side::Left => CellAlignment::Left,
        Side::Right => CellAlignment::Right,
    })
}

/// Names from files, without what a terminal would obey.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

/// A paragraph broken at the width, lines after the first under its text.
pub(crate) fn wrapped(head: &str, paragraph: &str, width: usize) -> String {
    let indent = head.chars().count();
    let mut text = String::from(head);
    let mut at = indent;
    let mut first = true;
    for word in printable(paragraph).split_whitespace() {
        let long = word.chars().count();
        if !first && at + 1 + long > width {
            text.push('\n');
            text.push_str(&" ".repeat(indent));
            at = indent;
        } else if !first {
            text.push(' ');
            at += 1;
        }
        text.push_str(word);
        at += long;
        first = false;
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_and_cells_broken_at_the_width() {
        let mut table = Table::new(&[("name", Side::Left), ("share", Side::Right)]);
        table.row(["a\u{1b}[31m".to_owned(), "1.0".to_owned()]);
        table.row(["a long name of many words".to_owned(), "12.0".to_owned()]);
        let text = table.text(40);
        assert!(!text.contains('\u{1b}'));
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            lines.iter().all(|line| line.chars().count() <= 40),
            "{text}"
        );
        assert!(
            lines[0].starts_with("name") && lines[0].ends_with("share"),
            "{text}"
        );
        assert!(lines[1].starts_with("----"), "{text}");
        assert!(lines[2].ends_with(" 1.0"), "{text}");
        let mut narrow = Table::new(&[("name", Side::Left), ("share", Side::Right)]);
        narrow.row([
            "one two three four five six seven eight nine".to_owned(),
            "1".to_owned(),
        ]);
        let text = narrow.text(40);
        assert!(
            text.lines().all(|line| line.chars().count() <= 40),
            "{text}"
        );
    }

    #[test]
    fn paragraphs_are_broken_under_their_head() {
        assert_eq!(
            wrapped("note: ", "one two three four", 16),
            "note: one two\n      three four\n"
        );
    }
}
