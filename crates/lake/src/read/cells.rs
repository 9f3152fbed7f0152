//! A block of rows as text cells: what every reader makes, and every check starts from.
//!
//! Cells lie in one buffer and are found by their ends, so that ten million rows need no
//! allocation each. It knows nothing about tables or fields.

/// A row that could not be taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The line or row in the file, from 1.
    pub line: u64,
    /// The column, where it is about one.
    pub column: String,
    /// The value, where there is one.
    pub value: String,
    /// Why.
    pub reason: String,
}

/// Rows of text cells.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    /// Columns of every row.
    pub width: usize,
    text: String,
    spans: Vec<(u32, u32)>,
    lines: Vec<u64>,
    /// Rows that could not be read as cells.
    pub refused: Vec<Refusal>,
    /// Rows without any value, left out.
    pub empty_rows: u64,
    /// Keys of JSON objects that aren't columns so far.
    pub new_columns: Vec<String>,
    /// Whether bytes were found that are no valid UTF-8, how many, and how many letters beyond
    /// ASCII were written in valid UTF-8 (to tell another encoding from a few broken rows).
    pub broken_bytes: u64,
    /// See `broken_bytes`.
    pub wide_letters: u64,
    /// Whether a broken byte has no meaning in Windows-1252.
    pub not_windows: bool,
}

impl Cells {
    /// Cells over a text that already holds them.
    pub(crate) fn over(
        width: usize,
        text: String,
        spans: Vec<(u32, u32)>,
        lines: Vec<u64>,
    ) -> Self {
        debug_assert_eq!(spans.len(), lines.len() * width);
        Self {
            width,
            text,
            spans,
            lines,
            ..Self::default()
        }
    }

    /// No rows yet, to be filled with [`Self::push`].
    pub(crate) fn with_width(width: usize) -> Self {
        Self {
            width,
            ..Self::default()
        }
    }

    /// Rows.
    pub(crate) fn rows(&self) -> usize {
        self.lines.len()
    }

    /// Rows of the file behind these: kept, refused and empty.
    pub(crate) fn rows_read(&self) -> u64 {
        self.lines.len() as u64 + self.refused.len() as u64
    }

    /// Bytes of text.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// The row's line in the file.
    pub(crate) fn line(&self, row: usize) -> u64 {
        self.lines[row]
    }

    /// A cell, trimmed of white space.
    #[inline]
    pub(crate) fn cell(&self, row: usize, column: usize) -> &str {
        let (start, end) = self.spans[row * self.width + column];
        trim(&self.text[start as usize..end as usize])
    }

    /// Adds a row; missing cells are empty, cells past the width are dropped.
    pub(crate) fn push<'a>(&mut self, line: u64, cells: impl IntoIterator<Item = &'a str>) {
        let mut taken = 0;
        for cell in cells.into_iter().take(self.width) {
            let start = self.text.len() as u32;
            self.text.push_str(cell);
            self.spans.push((start, self.text.len() as u32));
            taken += 1;
        }
        let here = self.text.len() as u32;
        self.spans
            .extend(std::iter::repeat_n((here, here), self.width - taken));
        self.lines.push(line);
    }

    /// Whether every cell of a row is empty.
    pub(crate) fn is_blank(&self, row: usize) -> bool {
        (0..self.width).all(|column| self.cell(row, column).is_empty())
    }
}

/// Trims white space; cells that plainly have none at their ends are passed at once.
#[inline]
fn trim(text: &str) -> &str {
    let plain = |byte: Option<&u8>| byte.is_none_or(|&byte| byte > b' ' && byte < 0x7f);
    let bytes = text.as_bytes();
    if plain(bytes.first()) && plain(bytes.last()) {
        text
    } else {
        text.trim_matches(|letter: char| {
            letter.is_whitespace() || letter == '\u{feff}' || letter == '\u{200b}'
        })
    }
}
