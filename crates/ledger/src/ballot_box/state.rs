//! What is known in memory and must not be on disk yet: marks that wait for others of their cell,
//! and cells whose inbox shows an order.

use crate::entity::used;
use crate::error::Result;
use sea_orm::{ConnectionTrait, EntityTrait};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// What is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An answer to the round's questions.
    Answer,
    /// Votes on its ideas.
    Votes,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Answer, Self::Votes];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Votes => "votes",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// That a way in was used, for one kind: a hash that only the round's secret can make. Never
/// printed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark(pub(crate) [u8; 32]);

impl Mark {
    /// As it is kept.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// One kind of one cell of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    pub round: Uuid,
    pub kind: Kind,
    pub cell: Uuid,
}

#[derive(Default)]
struct State {
    /// All marks, written or not.
    known: HashMap<(Uuid, Kind), HashSet<Mark>>,
    /// How many of them are of each cell.
    counts: HashMap<Place, usize>,
    /// Those that wait.
    pending: BTreeMap<Place, Vec<Mark>>,
    /// Cells to which something came since they were last stirred.
    unsettled: BTreeSet<Place>,
    /// Tables of which a database still keeps old versions of rows.
    left: BTreeSet<&'static str>,
    /// Who uses whose work, by round: role, place.
    taps: HashMap<Uuid, Vec<(Uuid, String)>>,
}

/// The state, shared.
#[derive(Default)]
pub(crate) struct Ballots(Mutex<State>);

impl Ballots {
    /// As the database has it. Everything that waits counts as unsettled, and old versions of rows as
    /// left: the program may have ended before they were cleared.
    pub(crate) async fn load(connection: &impl ConnectionTrait) -> Result<Self> {
        let mut state = State::default();
        for row in used::Entity::find().all(connection).await? {
            if let (Some(kind), Ok(mark)) = (Kind::named(&row.kind), row.mark.try_into()) {
                let known = state.known.entry((row.round_id, kind)).or_default();
                if known.insert(Mark(mark)) {
                    let place = Place {
                        round: row.round_id,
                        kind,
                        cell: row.cell_id,
                    };
                    *state.counts.entry(place).or_default() += 1;
                }
            }
        }
        state.unsettled = super::moving::waiting(connection)
            .await?
            .into_keys()
            .collect();
        state.left.extend(super::scrub::TABLES);
        Ok(Self(Mutex::new(state)))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the way in was used.
    pub(crate) fn is_used(&self, round: Uuid, kind: Kind, mark: &Mark) -> bool {
        let state = self.state();
        state
            .known
            .get(&(round, kind))
            .is_some_and(|known| known.contains(mark))
    }

    /// How many ways in of a cell were used, as far as is known.
    pub(crate) fn count(&self, place: Place) -> usize {
        self.state().counts.get(&place).copied().unwrap_or(0)
    }

    /// Keeps a mark until others of its cell wait with it.
    pub(crate) fn add(&self, place: Place, mark: Mark) {
        let mut state = self.state();
        let known = state.known.entry((place.round, place.kind)).or_default();
        if known.insert(mark) {
            *state.counts.entry(place).or_default() += 1;
            state.pending.entry(place).or_default().push(mark);
        }
    }

    /// That a cell's inbox shows an order.
    pub(crate) fn unsettle(&self, places: impl IntoIterator<Item = Place>) {
        self.state().unsettled.extend(places);
    }

    /// Takes the unsettled cells out.
    pub(crate) fn take_unsettled(&self) -> Vec<Place> {
        std::mem::take(&mut self.state().unsettled)
            .into_iter()
            .collect()
    }

    /// Tables that have to be written anew once more.
    pub(crate) fn leave(&self, tables: &[&'static str]) {
        self.state().left.extend(tables);
    }

    /// Takes these out.
    pub(crate) fn take_left(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.state().left).into_iter().collect()
    }

    /// Cells with at least so many marks that wait, and these.
    pub(crate) fn waiting_marks(&self, least: usize) -> Vec<(Place, Vec<Mark>)> {
        let state = self.state();
        let enough = state.pending.iter().filter(|(_, all)| all.len() >= least);
        enough
            .map(|(place, marks)| (*place, marks.clone()))
            .collect()
    }

    /// Those marks are on disk now.
    pub(crate) fn written(&self, place: Place, marks: &[Mark]) {
        let marks: HashSet<&Mark> = marks.iter().collect();
        if let Some(pending) = self.state().pending.get_mut(&place) {
            pending.retain(|mark| !marks.contains(mark));
        }
    }

    /// The round takes no more of that kind.
    pub(crate) fn forget(&self, round: Uuid, kind: Kind) {
        let mut state = self.state();
        let of = |place: &Place| place.round == round && place.kind == kind;
        state.known.remove(&(round, kind));
        state
            .counts
            .retain(|place, _| (place.round, place.kind) != (round, kind));
        state.pending.retain(|place, _| !of(place));
        state.unsettled.retain(|place| !of(place));
    }

    /// Keeps a tap until others wait with it.
    pub(crate) fn tap(&self, round: Uuid, from: Uuid, to: String) {
        self.state().taps.entry(round).or_default().push((from, to));
    }

    /// Puts taps back that couldn't be written.
    pub(crate) fn put_back(&self, round: Uuid, taps: Vec<(Uuid, String)>) {
        if !taps.is_empty() {
            self.state().taps.entry(round).or_default().extend(taps);
        }
    }

    /// Takes a round's taps out, if there are so many.
    pub(crate) fn take_taps(&self, round: Uuid, least: usize) -> Vec<(Uuid, String)> {
        let mut state = self.state();
        match state.taps.get_mut(&round) {
            Some(taps) if taps.len() >= least => std::mem::take(taps),
            _ => Vec::new(),
        }
    }
}
