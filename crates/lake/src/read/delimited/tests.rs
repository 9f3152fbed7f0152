//! Splitting against the `csv` crate, and block boundaries against the whole.

use super::*;

const COMMA: Dialect = Dialect {
    delimiter: b',',
    line_end: b'\n',
    quotes: true,
    backslashes: false,
};

/// Seeded numbers (Knuth's MMIX generator), so that a failure comes again.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn text(&mut self, alphabet: &[&str], longest: usize) -> String {
        let length = self.below(longest + 1);
        (0..length)
            .map(|_| alphabet[self.below(alphabet.len())])
            .collect()
    }
}

/// Rows with their lines.
type Rows = Vec<(u64, Vec<String>)>;

/// Rows with their lines, and refused rows, of a text read in blocks of a size.
fn read(text: &[u8], dialect: Dialect, size: usize, width: usize) -> Option<(Rows, Vec<u64>)> {
    let (mut rows, mut refused) = (Vec::new(), Vec::new());
    let mut reader = text;
    let fed = feed_blocks_of(
        size,
        Path::new("a.csv"),
        &mut reader,
        dialect,
        0,
        &mut |block| {
            let Block::Bytes { bytes, first_line } = block else {
                return Ok(false);
            };
            let cells = split(bytes, first_line, dialect, width);
            for row in 0..cells.rows() {
                rows.push((
                    cells.line(row),
                    (0..width)
                        .map(|column| cells.cell(row, column).to_owned())
                        .collect(),
                ));
            }
            refused.extend(cells.refused.iter().map(|refusal| refusal.line));
            Ok(true)
        },
    );
    fed.ok().map(|()| (rows, refused))
}

#[test]
fn what_a_writer_wrote_is_read_back() {
    let mut draw = Draw(11);
    for round in 0..300 {
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        let mut expected = Vec::new();
        for _ in 0..20 {
            // A cell that starts with a letter: blank rows are skipped, and cells are trimmed.
            let row: Vec<String> = (0..3)
                .map(|_| {
                    format!(
                        "x{}y",
                        draw.text(&["a", "\"", ",", "\n", "\r\n", "é", " "], 9)
                    )
                })
                .collect();
            writer.write_record(&row).unwrap();
            expected.push(row);
        }
        let text = writer.into_inner().unwrap();
        for size in [1, 7, 64, 1 << 20] {
            let rows = read(&text, COMMA, size, 3)
                .map(|(rows, _)| rows.into_iter().map(|(_, row)| row).collect::<Vec<_>>());
            assert_eq!(
                rows.as_ref(),
                Some(&expected),
                "round {round}, blocks of {size}"
            );
        }
    }
}

#[test]
fn anything_is_read_as_the_csv_crate_does_where_lines_agree() {
    let mut draw = Draw(23);
    for round in 0..2000 {
        let text = draw.text(&["a", "b", "\"", "\"\"", ",", ",", "\n", "c d"], 40);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let blank = |row: &[String]| row.iter().all(|cell| cell.trim().is_empty());
        // A cell over several lines that goes on after its closing quote is refused by us: see `quoted`.
        let theirs: Vec<Vec<String>> = reader
            .records()
            .map(Result::unwrap)
            .filter(|record| !record.iter().any(|cell| cell.contains('\n')))
            .map(|record| {
                record
                    .iter()
                    .map(|cell| cell.trim().to_owned())
                    .collect::<Vec<_>>()
            })
            .filter(|row| row.len() == 2 && !blank(row))
            .collect();
        let Some((rows, _)) = read(text.as_bytes(), COMMA, 1 << 20, 2) else {
            continue;
        };
        let ours: Vec<Vec<String>> = rows
            .into_iter()
            .map(|(_, row)| row)
            .filter(|row| !blank(row))
            .collect();
        // Rows with empty cells past the last column are ours alone.
        let theirs_in_ours = theirs.iter().all(|row| ours.contains(row));
        assert!(
            theirs_in_ours,
            "round {round}: {text:?}\n{theirs:?}\n{ours:?}"
        );
    }
}

#[test]
fn blocks_end_where_records_do() {
    let mut draw = Draw(5);
    let dialects = [
        COMMA,
        Dialect {
            backslashes: true,
            ..COMMA
        },
        Dialect {
            line_end: b'\r',
            ..COMMA
        },
    ];
    let mut compared = 0;
    for round in 0..3000 {
        let dialect = dialects[round % dialects.len()];
        let text = draw.text(&["a", "\"", ",", "\n", "\r", "\\", "\"\"", "é"], 60);
        let whole = read(text.as_bytes(), dialect, 1 << 20, 2);
        for size in [1, 3, 16] {
            assert_eq!(
                read(text.as_bytes(), dialect, size, 2),
                whole,
                "round {round}, blocks of {size}: {text:?}"
            );
        }
        compared += usize::from(whole.is_some());
    }
    assert!(compared > 1000);
}

#[test]
fn lines_are_counted_as_an_editor_does() {
    let text = b"a,\"1\n2\"\n\nb,3\nc\nd,4";
    let (rows, refused) = read(text, COMMA, 4, 2).unwrap();
    assert_eq!(
        rows.iter().map(|(line, _)| *line).collect::<Vec<_>>(),
        [1, 4, 6]
    );
    assert_eq!(refused, [5]);
}
