//! Seats for connections: so many at once. Where all are taken, whoever has sat longest without asking
//! for anything leaves for the next; then whoever's request still hasn't come in whole. Nobody whose
//! request is being worked on leaves. What an answer's last bytes are still on their way to may: pages
//! are small enough to be on their way at once, a whole brief over a slow line may not be.
//!
//! No address counts: an office, or everybody behind a proxy, shares one.

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// Nothing is asked for; a request is coming in; it is being answered. Of those who may leave, the
/// first kind goes first.
const WAITING: u8 = 0;
const SENDING: u8 = 1;
const ANSWERED: u8 = 2;
/// It was told to leave.
const LEAVING: u8 = 3;

/// After how long somebody else is told to leave.
const AGAIN: Duration = Duration::from_millis(50);

/// All seats. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Seats(Arc<Inside>);

struct Inside {
    free: Arc<Semaphore>,
    taken: Mutex<HashMap<u64, Arc<State>>>,
    /// Counts what happens: who did something longer ago has a smaller number.
    moments: AtomicU64,
}

struct State {
    doing: AtomicU8,
    since: AtomicU64,
    leave: Notify,
}

impl Seats {
    /// So many, all free.
    pub(crate) fn new(count: usize) -> Self {
        Self(Arc::new(Inside {
            free: Arc::new(Semaphore::new(count)),
            taken: Mutex::default(),
            moments: AtomicU64::new(0),
        }))
    }

    /// The next seat; where all are taken, somebody is told to leave. `None` where there are no seats
    /// any more.
    pub(crate) async fn take(&self) -> Option<Seat> {
        let free = Arc::clone(&self.0.free);
        let permit = loop {
            if let Ok(permit) = Arc::clone(&free).try_acquire_owned() {
                break permit;
            }
            self.make_room();
            // Where nobody could leave just now, somebody can in a moment.
            let next = tokio::time::timeout(AGAIN, Arc::clone(&free).acquire_owned());
            if let Ok(permit) = next.await {
                break permit.ok()?;
            }
        };
        let id = self.moment();
        let state = Arc::new(State {
            doing: AtomicU8::new(WAITING),
            since: AtomicU64::new(id),
            leave: Notify::new(),
        });
        self.taken().insert(id, Arc::clone(&state));
        Some(Seat {
            seats: self.clone(),
            id,
            state,
            _permit: permit,
        })
    }

    fn make_room(&self) {
        let taken = self.taken();
        let seen = taken.values().map(|state| {
            let doing = state.doing.load(Ordering::Acquire);
            (doing, state.since.load(Ordering::Relaxed), state)
        });
        let first = seen
            .filter(|(doing, _, _)| matches!(*doing, WAITING | SENDING))
            .min_by_key(|(doing, since, _)| (*doing, *since));
        if let Some((doing, _, state)) = first {
            let told =
                state
                    .doing
                    .compare_exchange(doing, LEAVING, Ordering::AcqRel, Ordering::Acquire);
            if told.is_ok() {
                state.leave.notify_one();
            }
        }
    }

    fn moment(&self) -> u64 {
        self.0.moments.fetch_add(1, Ordering::Relaxed)
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<u64, Arc<State>>> {
        self.0.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A seat, taken until it is dropped.
pub(crate) struct Seat {
    seats: Seats,
    id: u64,
    state: Arc<State>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.taken().remove(&self.id);
    }
}

impl Seat {
    /// Somebody else needs it.
    pub(crate) async fn is_needed(&self) {
        self.state.leave.notified().await;
    }

    /// What watches the requests that come in on it.
    pub(crate) fn watch(&self) -> Watch {
        Watch {
            seats: self.seats.clone(),
            state: Arc::clone(&self.state),
        }
    }
}

/// Watches the requests of a seat: one after the other, as HTTP/1 has it.
#[derive(Clone)]
pub(crate) struct Watch {
    seats: Seats,
    state: Arc<State>,
}

impl Watch {
    /// A request's head is there; gives its body back, watched.
    pub(crate) fn asked(&self, body: Body) -> Body {
        self.turn(WAITING, SENDING);
        if body.is_end_stream() {
            self.turn(SENDING, ANSWERED);
            return body;
        }
        let watch = self.clone();
        Body::new(Watched {
            body,
            at_end: move || watch.turn(SENDING, ANSWERED),
            done: || {},
        })
    }

    /// The answer is there; gives its body back. Once that is gone, nothing is asked for.
    pub(crate) fn answers(&self, body: Body) -> Body {
        self.turn(SENDING, ANSWERED);
        let watch = self.clone();
        Body::new(Watched {
            body,
            at_end: || {},
            done: move || watch.turn(ANSWERED, WAITING),
        })
    }

    /// From one to the other, where it is that one.
    fn turn(&self, from: u8, to: u8) {
        let now = self.seats.moment();
        self.state.since.store(now, Ordering::Relaxed);
        let _ = (self.state.doing).compare_exchange(from, to, Ordering::AcqRel, Ordering::Acquire);
    }
}

/// A body that tells when it has come to its end, and when it is gone.
struct Watched<E: Fn(), D: Fn()> {
    body: Body,
    at_end: E,
    done: D,
}

impl<E: Fn(), D: Fn()> Drop for Watched<E, D> {
    fn drop(&mut self) {
        (self.done)();
    }
}

impl<E: Fn() + Unpin, D: Fn() + Unpin> HttpBody for Watched<E, D> {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if frame.is_none() || self.body.is_end_stream() {
            (self.at_end)();
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
