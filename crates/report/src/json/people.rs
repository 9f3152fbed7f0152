//! Employees' side: proposed fixes and what staff need.

use super::write::object;
use throughline_domain::brief::{Lever, Need, Quote, Rank};

object! {
    /// A proposed fix. Counts that are withheld are `null`, never 0.
    Fix(lever: Lever<Quote>) => |out| {
        let support = &lever.support;
        let shown = |count: u64| (count > 0).then_some(count);
        out.put("id", &lever.id)?;
        out.put("title", &lever.title)?;
        out.put("words", &lever.words)?;
        out.put("named_after", &lever.named_after)?;
        out.put("people", &support.people)?;
        out.put("units", &shown(support.units))?;
        out.put("roles", &shown(support.roles))?;
        out.put("ideas", &shown(support.ideas))?;
        out.put("blocks", &shown(support.blocks))?;
        out.put("unit_names", &support.unit_names)?;
        out.put("role_names", &support.role_names)?;
        out.put("steps_from_customer", &support.steps_from_customer)?;
        out.figure("ease", &lever.ease.figure)?;
        out.put("ease_from", &lever.ease.from)?;
        out.figure("impact", &lever.impact.figure)?;
        out.put("impact_from", &lever.impact.by)?;
        out.figure("in_play_points", &lever.in_play_points)?;
        out.figure("in_play_share", &lever.in_play_share)?;
        match &lever.rank {
            Some(rank) => {
                out.put("rank", &Place(rank))?;
                out.number("top5_probability", rank.top5_probability)?;
            }
            None => {
                // A fix without a place has no size: the reason is the size's.
                let reason = lever
                    .in_play_points
                    .reason()
                    .or(lever.in_play_share.reason())
                    .map_or_else(|| "not in the order".to_owned(), ToString::to_string);
                for key in ["rank", "top5_probability"] {
                    out.put(key, &None::<()>)?;
                    out.put(&format!("{key}_reason"), &reason)?;
                }
            }
        }
        out.put("pains", &lever.pains)?;
        out.put("overlaps", &lever.overlaps)?;
        out.put("alike", &lever.alike)?;
        let step = lever.first_step.as_ref();
        out.put("first_step", &step.map(|step| step.words.as_str()))?;
        out.put("first_step_from", &step.map(|step| step.from.as_str()))?;
        out.quotes(&lever.quotes)?;
        out.put("owner", &lever.owner)?;
    }
}

object! {
    /// A place in the order.
    Place(rank: Rank) => |out| {
        out.put("place", &rank.place)?;
        out.put("low", &rank.low)?;
        out.put("high", &rank.high)?;
    }
}

object! {
    /// What staff need.
    Needed(need: Need<Quote>) => |out| {
        out.put("id", &need.id)?;
        out.put("title", &need.title)?;
        out.put("words", &need.words)?;
        out.put("people", &need.people)?;
        out.quotes(&need.quotes)?;
    }
}
