//! What joins the two sides, numbers from teams, and what a review found.

use super::write::{Month, each, object, rounded};
use throughline_domain::brief::{
    AdoptionPicture, Brief, ChainPicture, Commitment, Match, MeasurePicture, Quote, ReviewState,
    StagePicture,
};

object! {
    /// A problem and a fix that belong together.
    Matched(found: Match) => |out| {
        out.put("pain", &found.pain)?;
        out.put("lever", &found.lever)?;
        out.put("strength", &found.strength)?;
        out.number("score", found.score)?;
        out.maybe("probability", found.probability)?;
        out.number("meaning", found.meaning)?;
        out.number("centres", found.centres)?;
        out.number("bridge", found.bridge)?;
        out.number("topics", found.topics)?;
        out.number("words", found.words)?;
        out.maybe("place", found.place)?;
        out.maybe("movement", found.movement)?;
        out.put("movement_units", &found.movement_units)?;
        out.maybe("movement_evidence", found.movement_evidence)?;
        out.put("because", &found.because)?;
    }
}

object! {
    /// What has no partner.
    Gaps(brief: Brief<Quote>) => |out| {
        out.put("pains", &brief.gap_pains)?;
        out.put("levers", &brief.gap_levers)?;
    }
}

object! {
    /// How work reaches customers.
    Chain(chain: ChainPicture) => |out| {
        out.put("stages", &each(&chain.stages, Stage))?;
        out.put("roles", &chain.roles)?;
        out.put("unconnected", &chain.unconnected)?;
    }
}

object! {
    /// A step of the journey.
    Stage(stage: StagePicture) => |out| {
        out.put("stage", &stage.stage)?;
        out.number("share", stage.share)?;
        out.put("pains", &stage.pains)?;
        out.put("served_by", &stage.served_by)?;
    }
}

object! {
    /// A number per unit and period.
    Measured(measure: MeasurePicture) => |out| {
        out.put("measure", &measure.measure)?;
        out.put("side", &measure.side)?;
        out.figure("now", &measure.now)?;
        out.put("period", &measure.period)?;
        out.put("units", &measure.units)?;
        out.put("periods", &each(&measure.periods, Month))?;
    }
}

object! {
    /// How committed teams say they are.
    Committed(commitment: Commitment) => |out| {
        out.figure("rating", &commitment.rating)?;
        out.put("scale", &commitment.scale)?;
        let shares: Vec<(f64, f64)> = commitment
            .shares
            .iter()
            .map(|(value, share)| (rounded(*value), rounded(*share)))
            .collect();
        out.put("shares", &shares)?;
    }
}

object! {
    /// A spending line.
    Spending(line: AdoptionPicture) => |out| {
        out.put("name", &line.name)?;
        out.put("kind", &line.kind)?;
        out.maybe("spend", line.spend)?;
        out.maybe("eligible", line.eligible)?;
        out.figure("adopted", &line.adopted)?;
    }
}

object! {
    /// What a review found.
    Review(review: ReviewState) => |out| {
        out.put("assignments", &review.assignments)?;
        out.maybe("right_share", review.right_share)?;
        out.put("pairs", &review.pairs)?;
        out.put("corrected", &review.corrected)?;
        out.put("calibrated", &review.calibrated)?;
    }
}
