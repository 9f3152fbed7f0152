//! Reading files that users bring: what a file is, told from its bytes and not from its name, and
//! its rows as blocks of text cells, in order.
//!
//! Nothing here knows tables or fields; what a column means is decided in `columns`.

pub(crate) mod cells;
pub(crate) mod columnar;
pub(crate) mod compression;
pub(crate) mod delimited;
pub(crate) mod encoding;
pub(crate) mod json;
mod json_list;
pub(crate) mod sniff;
pub(crate) mod tickets;
pub(crate) mod workbook;

use crate::error::LakeError;
use cells::Cells;
use compression::Packing;
use delimited::Dialect;
use encoding::{Decoded, Encoding};
use std::borrow::Cow;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;

/// What a reader hands on: whole records as bytes (to be split elsewhere, in parallel), or cells.
pub(crate) enum Block {
    Bytes { bytes: Vec<u8>, first_line: u64 },
    Cells(Cells),
}

/// Takes blocks in order; says whether to go on.
pub(crate) type Feed<'a> = dyn FnMut(Block) -> Result<bool, LakeError> + 'a;

/// How the rows of a file lie in it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Layout {
    /// `first_line`: where the records after the headers start.
    Delimited {
        dialect: Dialect,
        first_line: u64,
    },
    /// `list`: the list that objects stand in, where they aren't one a line.
    JsonLines {
        list: Option<json_list::List>,
        tickets: bool,
    },
    Remarks,
    Sheet {
        name: String,
        first_line: u64,
    },
    Parquet,
}

/// A file whose kind is known.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    /// As the user named it.
    pub path: PathBuf,
    /// Where its bytes are (a temporary copy for pipes and packed sheets).
    pub bytes_at: PathBuf,
    /// How it is packed.
    pub packing: Packing,
    /// Its encoding, for text.
    pub encoding: Encoding,
    /// Bytes of a byte-order mark.
    pub mark: usize,
}

/// The columns by which blocks are split.
#[derive(Clone, Debug, Default)]
pub(crate) struct Split {
    pub columns: Vec<String>,
}

impl Opened {
    /// Runs `then` on the file's text as UTF-8.
    pub(crate) fn text<T>(
        &self,
        count: &AtomicU64,
        then: impl FnOnce(&mut dyn Read) -> Result<T, LakeError>,
    ) -> Result<T, LakeError> {
        compression::unpacked(&self.bytes_at, &self.packing, count, |reader| {
            let mut mark = vec![0; self.mark];
            reader
                .read_exact(&mut mark)
                .map_err(|error| compression::unreadable(&self.path, &error))?;
            if self.encoding == Encoding::Utf8 {
                then(reader)
            } else {
                // Buffered: the decoder can't serve reads of a few bytes.
                then(&mut BufReader::with_capacity(
                    1 << 16,
                    Decoded::new(reader, self.encoding),
                ))
            }
        })
        .map_err(|error| self.by_its_name(error))
    }

    /// Hands the rows after the header on, block by block.
    pub(crate) fn feed(
        &self,
        layout: &Layout,
        width: usize,
        count: &AtomicU64,
        feed: &mut Feed<'_>,
    ) -> Result<(), LakeError> {
        match layout {
            Layout::Delimited {
                dialect,
                first_line,
            } => self.text(count, |reader| {
                delimited::feed_blocks(&self.path, reader, *dialect, *first_line, feed)
            }),
            Layout::JsonLines {
                list: Some(list), ..
            } => self.text(count, |reader| {
                let mut lines = json_list::ListLines::new(reader, list.brackets);
                delimited::feed_blocks(&self.path, &mut lines, Dialect::LINES, 0, feed)
            }),
            Layout::JsonLines { .. } | Layout::Remarks => self.text(count, |reader| {
                delimited::feed_blocks(&self.path, reader, Dialect::LINES, 0, feed)
            }),
            Layout::Sheet { name, first_line } => {
                let mut feed = std::panic::AssertUnwindSafe(feed);
                workbook::guarded(&self.path, "workbook", move || {
                    workbook::feed_blocks(&self.bytes_at, name, *first_line, width, &mut **feed)
                })
                .map_err(|error| self.by_its_name(error))
            }
            Layout::Parquet => {
                let mut feed = std::panic::AssertUnwindSafe(feed);
                workbook::guarded(&self.path, "Parquet file", move || {
                    columnar::feed_blocks(&self.bytes_at, &mut **feed)
                })
                .map_err(|error| self.by_its_name(error))
            }
        }
    }

    /// An error about a temporary copy is one about the file that the user named.
    fn by_its_name(&self, error: LakeError) -> LakeError {
        match error {
            LakeError::Input(mut complaint) if complaint.file.is_some() => {
                complaint.file = Some(self.path.display().to_string());
                LakeError::Input(complaint)
            }
            other => other,
        }
    }
}

impl Layout {
    /// Makes cells of a block. Pure, so that blocks can be split in parallel.
    pub(crate) fn cells(&self, block: Block, split: &Split) -> Cells {
        match (block, self) {
            (Block::Cells(cells), _) => cells,
            (Block::Bytes { bytes, first_line }, Self::Delimited { dialect, .. }) => {
                delimited::split(bytes, first_line, *dialect, split.columns.len())
            }
            (Block::Bytes { bytes, first_line }, Self::JsonLines { tickets, .. }) => {
                json::split(&bytes, first_line, &split.columns, *tickets)
            }
            (Block::Bytes { bytes, first_line }, _) => json::split_remarks(bytes, first_line),
        }
    }
}

/// A file's name without its folder, as notes call it: a brief goes where nobody should learn how folders are named.
pub(crate) fn file_name(path: &Path) -> Cow<'_, str> {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
}
