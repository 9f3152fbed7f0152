//! `votes`: against choix, BradleyTerry2 and published files, by property and by simulation.

mod agreement;
mod edges;
mod live;
mod made;
mod order;
mod properties;
mod published;
mod reference;

use throughline_stats::votes::Vote;

/// Choices as (winner, loser).
fn wins(votes: &[(u32, u32)]) -> Vec<Vote> {
    votes.iter().map(|&(w, l)| Vote::win(w, l)).collect()
}
