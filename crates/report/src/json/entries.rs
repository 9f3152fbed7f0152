//! What joins the two sides, numbers from teams, and what a review found.

use super::write::{Month, each, object, rounded};
use throughline_domain::brief::{
    AdoptionPicture, Brief, ChainPicture, Commitment, LinkPicture, Match, MeasurePicture, Quote,
    ReviewState, StagePicture,
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
        out.maybe("expected", found.expected)?;
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
    /// A link between two measures, in one direction.
    Linked(link: LinkPicture) => |out| {
        out.put("from", &link.from)?;
        out.put("to", &link.to)?;
        out.put("lag", &link.lag)?;
        out.maybe("path", link.path)?;
        out.maybe("low", link.low)?;
        out.maybe("high", link.high)?;
        out.maybe("standardised", link.standardised)?;
        out.maybe("standardised_low", link.standardised_low)?;
        out.maybe("standardised_high", link.standardised_high)?;
        out.put("n_units", &link.n_units)?;
        out.put("n_waves", &link.n_waves)?;
        out.put("verdict", &link.verdict)?;
        out.put("reason", &link.reason)?;
        out.put("method", &link.method)?;
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
