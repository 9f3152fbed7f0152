//! Opening a file's bytes: plain, gzip, zstd, or the one file in a zip; with a bound against bombs.
//!
//! Everything streams, so a bomb costs time and never memory. Sheets (XLSX is a zip too) and
//! Parquet need their whole file and are handled by their own readers.

use super::json_list::Broken;
use crate::error::{Complaint, LakeError};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// How a file is packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Plain,
    Gzip,
    Zstd,
    /// A zip that holds one file: its number and name.
    Zip(usize, String),
}

impl Packing {
    /// Its name in reports.
    pub(crate) fn name(&self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Gzip => Some("gzip"),
            Self::Zstd => Some("zstd"),
            Self::Zip(..) => Some("zip"),
        }
    }
}

/// More inflated bytes than this, at more than `BOMB_RATIO` times the packed ones, is a bomb.
pub(crate) const BOMB_BYTES: u64 = 1 << 30;
/// See `BOMB_BYTES`. Plain text packs 3 to 50 times.
pub(crate) const BOMB_RATIO: u64 = 200;

const BOMB: &str = "the packed file inflates to more than 1 GiB, over 200 times its size";

/// Counts the bytes that were read from disk, for progress and for the bound.
pub(crate) struct Counted<'a, R> {
    inner: R,
    count: &'a AtomicU64,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(to)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Stops a stream that inflates beyond reason.
struct Bounded<'a, R> {
    inner: R,
    packed: &'a AtomicU64,
    packed_before: u64,
    inflated: u64,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(to)?;
        self.inflated += read as u64;
        let packed = self.packed.load(Ordering::Relaxed) - self.packed_before;
        if self.inflated > BOMB_BYTES && self.inflated / BOMB_RATIO > packed {
            return Err(io::Error::new(io::ErrorKind::QuotaExceeded, BOMB));
        }
        Ok(read)
    }
}

/// Opens a file and hands its unpacked bytes to `then`. `count` grows by the bytes read from disk.
pub(crate) fn unpacked<T>(
    path: &Path,
    packing: &Packing,
    count: &AtomicU64,
    then: impl FnOnce(&mut dyn Read) -> Result<T, LakeError>,
) -> Result<T, LakeError> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let packed_before = count.load(Ordering::Relaxed);
    let bounded = |inner| Bounded {
        inner,
        packed: count,
        packed_before,
        inflated: 0,
    };
    match packing {
        Packing::Plain => then(&mut Counted { inner: file, count }),
        Packing::Gzip => {
            let counted = BufReader::with_capacity(1 << 16, Counted { inner: file, count });
            let inflated: Box<dyn Read> = Box::new(flate2::bufread::MultiGzDecoder::new(counted));
            then(&mut bounded(inflated))
        }
        Packing::Zstd => {
            let counted = BufReader::with_capacity(1 << 16, Counted { inner: file, count });
            let mut inflated = zstd::stream::read::Decoder::with_buffer(counted)
                .map_err(|error| unreadable(path, &error))?;
            // 128 MiB: zstd's own default bound on the window that a frame may ask for.
            inflated
                .window_log_max(27)
                .map_err(|error| unreadable(path, &error))?;
            then(&mut bounded(Box::new(inflated)))
        }
        Packing::Zip(number, _) => {
            let mut archive = zip::ZipArchive::new(BufReader::new(file))
                .map_err(|error| bad_zip(path, &error))?;
            let entry = archive
                .by_index(*number)
                .map_err(|error| bad_zip(path, &error))?;
            // The entry counts by its packed size: reads through the archive can't be counted.
            count.fetch_add(entry.compressed_size(), Ordering::Relaxed);
            then(&mut bounded(Box::new(entry)))
        }
    }
}

pub(crate) fn bad_zip(path: &Path, error: &zip::result::ZipError) -> LakeError {
    Complaint::new(
        format!("the file starts like a zip or an XLSX, but can't be unpacked: {error}"),
        "it may be damaged, cut short or protected by a password; save or download it again",
    )
    .in_file(path)
    .into()
}

/// What can't be read from a file, in the user's words.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> LakeError {
    use io::ErrorKind as Kind;
    if let Some(broken) = Broken::of(error) {
        return Complaint::new(broken.to_string(), broken.hint())
            .in_file(path)
            .into();
    }
    let (what, hint) = match error.kind() {
        Kind::NotFound => (
            "there is no such file".to_owned(),
            "check the name and the folder",
        ),
        Kind::PermissionDenied => (
            "it is not permitted to read this file".to_owned(),
            "check the file's permissions",
        ),
        Kind::IsADirectory => (
            "this is a folder, not a file".to_owned(),
            "name the files in it, repeating the flag for each",
        ),
        Kind::QuotaExceeded if error.to_string() == BOMB => (
            BOMB.to_owned(),
            "if it is honest data, unpack it first and give the plain file",
        ),
        Kind::UnexpectedEof => (
            "the file is cut short".to_owned(),
            "download or copy it again",
        ),
        _ => (
            format!("the file can't be read: {error}"),
            "it may be damaged; download or copy it again",
        ),
    };
    Complaint::new(what, hint).in_file(path).into()
}
