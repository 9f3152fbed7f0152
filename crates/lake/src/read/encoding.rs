//! Text encodings: told by a byte-order mark, by pattern, or by what is no valid UTF-8; turned
//! into UTF-8 while streaming.
//!
//! Known: UTF-8, UTF-16 (either order), Windows-1252, and Mac Roman by its apostrophe. Other 8-bit encodings
//! can't be told apart from Windows-1252 without knowing the language, and are read as it.

use std::io::{self, Read};

/// The encoding of a text file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
    MacRoman,
}

impl Encoding {
    /// Its name in reports.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le | Self::Utf16Be => "utf-16",
            Self::Windows1252 => "windows-1252",
            Self::MacRoman => "mac-roman",
        }
    }

    /// The encoding of a file by its first bytes; and how many of them are a byte-order mark.
    pub(crate) fn of_sample(sample: &[u8], whole_file: bool) -> (Self, usize) {
        match sample {
            [0xef, 0xbb, 0xbf, ..] => return (Self::Utf8, 3),
            [0xff, 0xfe, ..] => return (Self::Utf16Le, 2),
            [0xfe, 0xff, ..] => return (Self::Utf16Be, 2),
            _ => {}
        }
        // UTF-16 without a mark: in most scripts every other byte of line ends, digits and
        // delimiters is zero.
        let head = &sample[..sample.len().min(4096)];
        let zeros = |odd: usize| {
            head.iter()
                .skip(odd)
                .step_by(2)
                .filter(|&&byte| byte == 0)
                .count()
        };
        let (even, odd) = (zeros(0), zeros(1));
        if head.len() >= 8 && odd * 4 > head.len() && even * 20 < head.len() {
            return (Self::Utf16Le, 0);
        }
        if head.len() >= 8 && even * 4 > head.len() && odd * 20 < head.len() {
            return (Self::Utf16Be, 0);
        }
        (Self::of_letters(sample, whole_file), 0)
    }

    /// UTF-8 unless most of what lies beyond ASCII is no valid UTF-8.
    fn of_letters(sample: &[u8], whole_file: bool) -> Self {
        let (mut broken, mut wide, mut at) = (0u64, 0u64, 0);
        let mut meaningless = false;
        while at < sample.len() {
            let (valid, length) = match std::str::from_utf8(&sample[at..]) {
                Ok(valid) => (valid, None),
                Err(error) => {
                    let end = at + error.valid_up_to();
                    let valid = std::str::from_utf8(&sample[at..end]).unwrap_or_default();
                    // A letter cut off by the sample's end is no fault.
                    let cut = error.error_len().is_none() && !whole_file;
                    (valid, (!cut).then(|| error.error_len().unwrap_or(1)))
                }
            };
            wide += valid.chars().filter(|letter| !letter.is_ascii()).count() as u64;
            at += valid.len();
            let Some(length) = length else { break };
            broken += 1;
            meaningless |= sample[at..at + length]
                .iter()
                .any(|&byte| has_no_meaning(byte));
            at += length;
        }
        // "couldn't" with the apostrophe of a Mac: nobody writes a capital there. In a file of Windows' letters one may
        // have been pasted.
        let apostrophes = sample
            .windows(3)
            .filter(|three| is_a_macs_apostrophe(three))
            .count();
        let of_windows = sample.iter().any(|byte| matches!(byte, 0x91..=0x97));
        if broken > wide && apostrophes as u64 * 4 >= broken && !of_windows && apostrophes > 0 {
            return Self::MacRoman;
        }
        Self::from_counts(broken, wide, meaningless)
    }

    /// The encoding that counts speak for: broken bytes, valid letters beyond ASCII, and whether a
    /// broken byte has no meaning in Windows-1252.
    pub(crate) fn from_counts(broken: u64, wide: u64, meaningless: bool) -> Self {
        if broken > wide && !meaningless {
            Self::Windows1252
        } else {
            Self::Utf8
        }
    }
}

fn is_a_macs_apostrophe(bytes: &[u8]) -> bool {
    matches!(bytes, [b'a'..=b'z', 0xd5, b'a'..=b'z'])
}

/// Whether Windows-1252 leaves the byte undefined.
pub(crate) fn has_no_meaning(byte: u8) -> bool {
    matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d)
}

/// A stream of UTF-8 made from another encoding.
pub(crate) struct Decoded<R> {
    inner: R,
    decoder: encoding_rs::Decoder,
    input: Vec<u8>,
    taken: usize,
    filled: usize,
    at_end: bool,
    flushed: bool,
}

impl<R: Read> Decoded<R> {
    pub(crate) fn new(inner: R, encoding: Encoding) -> Self {
        let known = match encoding {
            Encoding::Utf8 => encoding_rs::UTF_8,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::Windows1252 => encoding_rs::WINDOWS_1252,
            Encoding::MacRoman => encoding_rs::MACINTOSH,
        };
        Self {
            inner,
            decoder: known.new_decoder_without_bom_handling(),
            input: vec![0; 1 << 16],
            taken: 0,
            filled: 0,
            at_end: false,
            flushed: false,
        }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        // The decoder writes whole letters: a small target needs a buffer of its own.
        if to.len() < 16 {
            return Err(io::Error::other("the buffer is too small for a letter"));
        }
        loop {
            if self.taken == self.filled && !self.at_end {
                self.filled = self.inner.read(&mut self.input)?;
                self.taken = 0;
                self.at_end = self.filled == 0;
            }
            if self.flushed {
                return Ok(0);
            }
            let (result, read, written, _) =
                self.decoder
                    .decode_to_utf8(&self.input[self.taken..self.filled], to, self.at_end);
            self.taken += read;
            self.flushed = self.at_end && result == encoding_rs::CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_macs_apostrophe_tells_its_encoding() {
        let of = |bytes: &[u8]| Encoding::of_sample(bytes, true).0;
        assert_eq!(
            of(b"id,comment\n1,couldn\xd5t be better\n"),
            Encoding::MacRoman
        );
        assert_eq!(
            of(b"id,comment\n1,couldn\x92t, caf\xe9\n"),
            Encoding::Windows1252
        );
        assert_eq!(
            of(b"id,comment\n1,didn\xd5t, caf\xe9, na\xefve, caf\xe9, \xfcber\n"),
            Encoding::Windows1252
        );
        // A capital in Portuguese stands among capitals.
        assert_eq!(of(b"id,comment\n1,OP\xc7\xd5ES\n"), Encoding::Windows1252);
        assert_eq!(of("id,comment\n1,couldn’t\n".as_bytes()), Encoding::Utf8);
    }
}
