//! Cells in quotes: where they end, and what stands in them.

use super::{Dialect, QUOTE, newlines};
use memchr::{memchr, memchr2};

/// Whether an odd number of backslashes is before a quote.
pub(super) fn is_escaped(bytes: &[u8], quote: usize) -> bool {
    bytes[..quote]
        .iter()
        .rev()
        .take_while(|&&byte| byte == b'\\')
        .count()
        % 2
        == 1
}

/// Past the closing quote of a quoted cell whose text starts at `at`; and whether quotes are doubled
/// or escaped in it.
pub(super) fn quoted_end(bytes: &[u8], mut at: usize, dialect: Dialect) -> (usize, bool) {
    let start = at;
    let mut inner = false;
    while let Some(found) = memchr(QUOTE, &bytes[at..]) {
        let quote = at + found;
        if dialect.backslashes && is_escaped(bytes, quote) {
            inner = true;
            at = quote + 1;
        } else if bytes.get(quote + 1) == Some(&QUOTE) {
            inner = true;
            at = quote + 2;
        } else {
            let escapes = dialect.backslashes && memchr(b'\\', &bytes[start..quote]).is_some();
            return (quote + 1, inner || escapes);
        }
    }
    (bytes.len(), inner)
}

/// A quoted cell taken out of its quotes.
pub(super) struct QuotedCell {
    /// Where its text begins.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// Where what follows it is.
    pub(super) next: usize,
    /// Line ends inside it.
    pub(super) breaks: u64,
    /// Whether more than space follows the closing quote.
    pub(super) goes_on: bool,
}

/// Takes a quoted cell out of its quotes, in place. Bytes left over by doubled quotes become spaces, so that
/// the buffer stays valid UTF-8.
pub(super) fn quoted(bytes: &mut [u8], open: usize, dialect: Dialect) -> QuotedCell {
    let start = open + 1;
    let (close, inner) = quoted_end(bytes, start, dialect);
    let body = if close > start && bytes[close - 1] == QUOTE {
        close - 1
    } else {
        close
    };
    let breaks = newlines(&bytes[start..body], dialect);
    let next = match bytes.get(close) {
        Some(&byte) if byte == dialect.delimiter || byte == dialect.line_end => close,
        None => close,
        _ => memchr2(dialect.delimiter, dialect.line_end, &bytes[close..])
            .map_or(bytes.len(), |found| close + found),
    };
    let goes_on = !bytes[close..next].trim_ascii().is_empty();
    if !inner && (next == close || bytes[close..next] == *b"\r") {
        return QuotedCell {
            start,
            end: body,
            next,
            breaks,
            goes_on,
        };
    }
    let mut to = start;
    let mut from = start;
    while from < body {
        // A doubled quote stands for one, and so does an escaped one.
        let escaped = dialect.backslashes
            && bytes[from] == b'\\'
            && matches!(bytes.get(from + 1), Some(&(QUOTE | b'\\')));
        from += usize::from(escaped);
        bytes[to] = bytes[from];
        to += 1;
        from += if bytes[from] == QUOTE && !escaped {
            2
        } else {
            1
        };
    }
    // What follows the closing quote belongs to the cell, but for the `\r` of the line end.
    let tail = if next > close && bytes[next - 1] == b'\r' {
        next - 1
    } else {
        next
    };
    for from in close..tail {
        bytes[to] = bytes[from];
        to += 1;
    }
    bytes[to..next].fill(b' ');
    QuotedCell {
        start,
        end: to,
        next,
        breaks,
        goes_on,
    }
}
