//! A file's rows, round by round: one thread reads ahead, the caller works on a round's blocks.
//!
//! Order is kept: a round's blocks come in the file's order, and rounds too.

use crate::error::LakeError;
use crate::options::Watch;
use crate::read::{Block, Layout, Opened};
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::{Receiver, sync_channel};

/// Bytes of text in a round: enough that a row group is worth its overhead, few enough for memory.
const ROUND_BYTES: usize = 24 << 20;
/// Blocks read ahead: a round's.
const AHEAD: usize = 24;

/// The rounds of one file.
pub(crate) struct Rounds<'a> {
    blocks: Receiver<Block>,
    watch: &'a dyn Watch,
    /// Bytes of text so far.
    text: u64,
}

impl Rounds<'_> {
    /// The next round's blocks; empty at the end.
    pub(crate) fn next(&mut self) -> Result<Vec<Block>, LakeError> {
        let mut round = Vec::new();
        let mut bytes = 0;
        while bytes < ROUND_BYTES {
            if self.watch.cancelled() {
                return Err(LakeError::Cancelled);
            }
            let Ok(block) = self.blocks.recv() else { break };
            let size = match &block {
                Block::Bytes { bytes, .. } => bytes.len(),
                Block::Cells(cells) => cells.bytes(),
            };
            bytes += size;
            self.text += size as u64;
            self.watch.text(self.text);
            round.push(block);
        }
        Ok(round)
    }
}

/// Reads a file and hands its rounds to `work`.
pub(crate) fn rounds<T>(
    opened: &Opened,
    layout: &Layout,
    width: usize,
    count: &AtomicU64,
    watch: &dyn Watch,
    work: impl FnOnce(&mut Rounds<'_>) -> Result<T, LakeError>,
) -> Result<T, LakeError> {
    std::thread::scope(|scope| {
        let (sender, blocks) = sync_channel::<Block>(AHEAD);
        let reader = scope.spawn(move || {
            opened.feed(layout, width, count, &mut |block| {
                if watch.cancelled() {
                    return Err(LakeError::Cancelled);
                }
                // Nobody listens any more: the work has failed and says why.
                Ok(sender.send(block).is_ok())
            })
        });
        let mut rounds = Rounds {
            blocks,
            watch,
            text: 0,
        };
        let worked = work(&mut rounds);
        drop(rounds);
        let read = reader
            .join()
            .unwrap_or_else(|_| Err(LakeError::Fault("the reader of a file panicked".to_owned())));
        match (worked, read) {
            (Err(error), _) | (Ok(_), Err(error)) => Err(error),
            (Ok(done), Ok(())) => Ok(done),
        }
    })
}
