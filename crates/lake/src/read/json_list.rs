//! A list of JSON objects, by itself or wrapped in an object (`{"reviews": [...]}`), taken as JSON lines.

use std::fmt;
use std::io::{self, BufReader, Read};

/// What is wrong with a text that begins as a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// Another value follows it.
    More,
    /// Brackets or commas are missing or too many at this object, counted from 1.
    At(u64),
    /// It ends after this object began.
    CutShort(u64),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::More => f.write_str("after the list of objects comes more"),
            Self::At(object) => write!(
                f,
                "the list of objects is broken at object {object}: a bracket is missing or one too many, or a comma is missing"
            ),
            Self::CutShort(object) => write!(
                f,
                "the file ends inside the list of objects or what wraps it, after object {object} began: it is cut short, or a bracket or a quote is missing"
            ),
        }
    }
}

impl std::error::Error for Broken {}

impl Broken {
    /// What an error of [`ListLines`] says.
    pub(crate) fn of(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref::<Self>().copied()
    }

    /// What the user can do about it.
    pub(crate) fn hint(self) -> &'static str {
        match self {
            Self::More => "write one list of all of them, or one object a line (JSON lines)",
            Self::At(_) | Self::CutShort(_) => {
                "download or copy it again, or mend it; quotes inside texts are written as `\\\"`"
            }
        }
    }
}

/// A list of objects in a JSON text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct List {
    /// Opening brackets before its own.
    pub brackets: u32,
    /// The key it stands under; empty for a text that is a list itself.
    pub name: String,
    /// Objects in it, as far as the text goes.
    pub objects: usize,
}

/// Lists of objects in the first JSON value of a text, those in no other list; `None` where another value follows it.
pub(crate) fn lists(bytes: &[u8]) -> Option<Vec<List>> {
    let mut found: Vec<List> = Vec::new();
    let mut within: Vec<u8> = Vec::new();
    let mut outside = Outside::default();
    // How deep the list lies that is open, and where the last text began and ended.
    let mut open: Option<usize> = None;
    let mut last = 0..0;
    let (mut key, mut brackets, mut ended) = (0..0, 0, false);
    for (at, byte) in bytes.iter().enumerate() {
        if !outside.is_after(*byte) {
            last.end = at + 1;
            continue;
        }
        if ended && !byte.is_ascii_whitespace() {
            return None;
        }
        match byte {
            b'"' if outside.in_text => last = at + 1..at + 1,
            b':' => key = last.clone(),
            b'[' | b'{' => {
                if *byte == b'[' && !within.contains(&b'[') {
                    let name = bytes.get(key.clone()).filter(|_| !within.is_empty());
                    found.push(List {
                        brackets,
                        name: String::from_utf8_lossy(name.unwrap_or_default()).into_owned(),
                        objects: 0,
                    });
                    open = Some(within.len() + 1);
                } else if let Some(list) = found.last_mut()
                    && *byte == b'{'
                    && open == Some(within.len())
                {
                    list.objects += 1;
                }
                brackets += u32::from(*byte == b'[');
                within.push(*byte);
            }
            b']' | b'}' => {
                if open == Some(within.len()) {
                    open = None;
                }
                within.pop();
                ended = within.is_empty();
            }
            _ => {}
        }
    }
    found.retain(|list| list.objects > 0);
    Some(found)
}

/// Whether one is inside a JSON text.
#[derive(Default)]
struct Outside {
    in_text: bool,
    escaped: bool,
}

impl Outside {
    /// Takes a byte; whether it stands outside of texts (the quotes that begin and end one do).
    fn is_after(&mut self, byte: u8) -> bool {
        if !self.in_text {
            self.in_text = byte == b'"';
            return true;
        }
        let ends = byte == b'"' && !self.escaped;
        self.escaped = byte == b'\\' && !self.escaped;
        self.in_text = !ends;
        ends
    }
}

/// A stream that turns a list of objects into lines: what stands before and after the list, its brackets and the
/// commas between objects are dropped, line ends inside objects become spaces. Rows are then counted by object. Of a
/// list that isn't whole, or not all there is, it makes an error.
pub(crate) struct ListLines<R> {
    inner: BufReader<R>,
    outside: Outside,
    /// Brackets still to come before the list's.
    before: u32,
    /// Brackets that are open.
    open: Vec<u8>,
    /// How many are, inside the list; 0 outside of it.
    list: usize,
    listed: bool,
    /// Objects, lists and texts of the list that have begun, and whether the last has ended without a comma.
    begun: u64,
    ended: bool,
    broken: Option<Broken>,
}

impl<R: Read> ListLines<R> {
    /// `brackets`: those before the list's own.
    pub(crate) fn new(inner: R, brackets: u32) -> Self {
        Self {
            inner: BufReader::with_capacity(1 << 16, inner),
            outside: Outside::default(),
            before: brackets,
            open: Vec::new(),
            list: 0,
            listed: false,
            begun: 0,
            ended: false,
            broken: None,
        }
    }

    /// What a byte becomes.
    fn turn(&mut self, byte: u8) -> u8 {
        let inside = self.list > 0;
        if !self.outside.is_after(byte) {
            return if inside && byte != b'\n' { byte } else { b' ' };
        }
        if self.listed && self.open.is_empty() && !byte.is_ascii_whitespace() {
            self.broken.get_or_insert(Broken::More);
        }
        let own = inside && self.open.len() == self.list;
        match byte {
            b'[' | b'{' => {
                self.begin(own);
                if byte == b'[' && !self.listed {
                    if self.before == 0 {
                        self.listed = true;
                        self.list = self.open.len() + 1;
                    }
                    self.before = self.before.saturating_sub(1);
                }
                self.open.push(byte);
            }
            b']' | b'}' => {
                if self.open.pop() != Some(if byte == b']' { b'[' } else { b'{' }) {
                    self.broken.get_or_insert(Broken::At(self.begun));
                }
                if own {
                    self.list = 0;
                }
                self.ended = self.list > 0 && self.open.len() == self.list;
            }
            b',' if own => {
                self.ended = false;
                return b'\n';
            }
            _ if !byte.is_ascii_whitespace() => self.begin(own && byte == b'"'),
            _ => {}
        }
        match byte {
            // Blank lines, so that nothing after the list is a long one.
            _ if self.listed && self.list == 0 => b'\n',
            _ if !inside || own && matches!(byte, b'[' | b']') => b' ',
            b'\n' | b'\r' => b' ',
            byte => byte,
        }
    }

    /// A value begins, perhaps right in the list.
    fn begin(&mut self, own: bool) {
        if own {
            self.begun += 1;
            if self.ended {
                self.broken.get_or_insert(Broken::At(self.begun));
            }
        }
    }
}

impl<R: Read> Read for ListLines<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let failed = |broken| Err(io::Error::new(io::ErrorKind::InvalidData, broken));
        if let Some(broken) = self.broken {
            return failed(broken);
        }
        let read = self.inner.read(to)?;
        for (at, byte) in to[..read].iter_mut().enumerate() {
            *byte = self.turn(*byte);
            if let Some(broken) = self.broken {
                // What came before is good; the error comes with the next read.
                return if at > 0 { Ok(at) } else { failed(broken) };
            }
        }
        let whole = self.listed && self.open.is_empty() && !self.outside.in_text;
        if read == 0 && !to.is_empty() && !whole {
            return failed(Broken::CutShort(self.begun));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, brackets: u32) -> io::Result<Vec<String>> {
        let mut lines = String::new();
        ListLines::new(text.as_bytes(), brackets).read_to_string(&mut lines)?;
        Ok(lines
            .lines()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect())
    }

    #[test]
    fn a_list_is_found_wherever_it_stands() {
        let rows = [r#"{"a": "x, ]é"}"#, r#"{"a": [1, {"b": 2}]}"#];
        let list = rows.join(",");
        for (text, brackets, name) in [
            (format!("[{list}]"), 0, ""),
            (format!(" [\n{list}\n] \n"), 0, ""),
            (
                format!(r#"{{"n": "a [{{ \" é", "all": [1], "reviews": [{list}]}}"#),
                1,
                "reviews",
            ),
            (
                format!(r#"{{"data": {{"re\"views": [{list}], "n": [1]}}}}"#),
                0,
                r#"re\"views"#,
            ),
        ] {
            let found = lists(text.as_bytes()).expect("one value");
            let expected = List {
                brackets,
                name: name.to_owned(),
                objects: 2,
            };
            assert_eq!(found, [expected], "{text}");
            assert_eq!(read(&text, brackets).expect("whole"), rows);
        }
        assert_eq!(lists(br#"{"a": "[{", "b": [1, 2]}"#), Some(Vec::new()));
        let two = lists(br#"{"links": [{}], "rows": [{}, {}"#).expect("one value, so far");
        let objects: Vec<usize> = two.iter().map(|list| list.objects).collect();
        assert_eq!(objects, [1, 2]);
        assert_eq!(lists(b"{\"a\": [{}]}\n{\"a\": [{}]}"), None);
    }

    #[test]
    fn a_list_that_is_not_whole_or_not_alone_is_an_error() {
        let broken = |text: &str| {
            let error = read(text, 0).err()?;
            error.get_ref()?.downcast_ref::<Broken>().copied()
        };
        for (text, expected) in [
            (r#"{"reviews": [{"a": 1}, {"a": "#, Broken::CutShort(2)),
            (r#"{"reviews": [{"a": 1}], "next": "#, Broken::CutShort(1)),
            (r#"[{"a": 1}"#, Broken::CutShort(1)),
            (r#"[{"a": "5" screen"}, {"a": 1}]"#, Broken::CutShort(1)),
            ("[{}]\n[{}]", Broken::More),
            ("{\"a\": [{}]} {\"a\": [{}]}", Broken::More),
            ("[{}] and", Broken::More),
            // A bracket too many, one too few, and a comma.
            ("[{}, {}}, {}]", Broken::At(2)),
            (r#"[{"a": 1}, {"a": {"b": 1}, {"a": 2}]"#, Broken::At(2)),
            ("[{} {}]", Broken::At(2)),
        ] {
            assert_eq!(broken(text), Some(expected), "{text}");
        }
    }
}
