//! A list of JSON objects, by itself or wrapped in an object (`{"reviews": [...]}`), taken as JSON lines.

use std::io::{self, BufReader, Read};

/// Bytes before the bracket of the first list that holds objects; 0 where the text is a list itself.
pub(crate) fn before_list(bytes: &[u8]) -> Option<u64> {
    let start = bytes.len() - bytes.trim_ascii_start().len();
    if bytes.get(start) == Some(&b'[') {
        return Some(0);
    }
    let (mut in_text, mut escaped) = (false, false);
    for (at, byte) in bytes.iter().enumerate().skip(start) {
        match byte {
            b'"' if !in_text => in_text = true,
            b'"' if !escaped => in_text = false,
            b'[' if !in_text => {
                let inside = bytes[at + 1..].trim_ascii_start();
                if inside.first() == Some(&b'{') {
                    return Some(at as u64);
                }
            }
            _ => {}
        }
        escaped = in_text && *byte == b'\\' && !escaped;
    }
    None
}

/// A stream that turns a list of objects into lines: what stands before and after the list, its brackets and the
/// commas between objects are dropped, line ends inside objects become spaces. Rows are then counted by object.
pub(crate) struct ListLines<R> {
    inner: BufReader<R>,
    before: u64,
    depth: u32,
    in_text: bool,
    escaped: bool,
    ended: bool,
}

impl<R: Read> ListLines<R> {
    /// `before`: bytes before the list's bracket.
    pub(crate) fn new(inner: R, before: u64) -> Self {
        Self {
            inner: BufReader::with_capacity(1 << 16, inner),
            before,
            depth: 0,
            in_text: false,
            escaped: false,
            ended: false,
        }
    }

    /// What a byte becomes.
    fn turn(&mut self, byte: u8) -> u8 {
        if self.before > 0 || self.ended {
            self.before = self.before.saturating_sub(1);
            return b' ';
        }
        if self.in_text {
            let ends = byte == b'"' && !self.escaped;
            self.escaped = byte == b'\\' && !self.escaped;
            self.in_text = !ends;
            return if byte == b'\n' { b' ' } else { byte };
        }
        match byte {
            b'"' => self.in_text = true,
            b'[' | b'{' => {
                self.depth += 1;
                if self.depth == 1 {
                    return b' ';
                }
            }
            b']' | b'}' => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    self.ended = true;
                    return b' ';
                }
            }
            b',' if self.depth == 1 => return b'\n',
            b'\n' | b'\r' => return b' ',
            _ => {}
        }
        byte
    }
}

impl<R: Read> Read for ListLines<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(to)?;
        if read == 0 && !to.is_empty() && !self.ended {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        for byte in &mut to[..read] {
            *byte = self.turn(*byte);
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        let before = before_list(text.as_bytes()).expect("a list");
        let mut lines = String::new();
        ListLines::new(text.as_bytes(), before)
            .read_to_string(&mut lines)
            .expect("whole");
        lines.lines().map(|line| line.trim().to_owned()).collect()
    }

    #[test]
    fn a_list_is_found_wherever_it_stands() {
        let rows = [r#"{"a": "x, ]"}"#, r#"{"a": [1, {"b": 2}]}"#];
        let list = rows.join(",");
        assert_eq!(lines(&format!("[{list}]")), rows);
        assert_eq!(lines(&format!(" [\n{list}\n] ")), rows);
        assert_eq!(
            lines(&format!(
                r#"{{"note": "a [{{ \"", "all": [1], "data": {{"reviews": [{list}], "n": [{{}}]}}}}"#
            )),
            rows
        );
        assert_eq!(before_list(br#"{"a": "[{", "b": [1, 2]}"#), None);
    }

    #[test]
    fn a_list_that_is_cut_short_is_an_error() {
        let mut read = Vec::new();
        let text = br#"{"reviews": [{"a": 1}, {"a": "#;
        let before = before_list(text).unwrap_or_default();
        assert!(before > 0);
        let error = ListLines::new(&text[..], before).read_to_end(&mut read);
        assert_eq!(
            error.map_err(|error| error.kind()),
            Err(io::ErrorKind::UnexpectedEof)
        );
    }
}
