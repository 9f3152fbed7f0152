//! Customers' side: standings, problems, strengths.

use super::write::{Month, Part, each, object};
use throughline_domain::brief::{Pain, PainSource, Praise, Quote, Standing};

object! {
    /// Where customers stand in one source.
    Stands(standing: Standing) => |out| {
        out.put("source", &standing.source)?;
        out.put("metric", &standing.metric)?;
        out.put("title", standing.metric.title())?;
        out.put("unit", standing.metric.unit())?;
        out.put("scale", &standing.scale)?;
        out.figure("score", &standing.score)?;
        out.figure("trend", &standing.trend)?;
        out.put("months", &each(&standing.months, Month))?;
        out.put("responses", &standing.responses)?;
        out.put("comments", &standing.comments)?;
    }
}

object! {
    /// A customer problem.
    Problem(pain: Pain<Quote>) => |out| {
        out.put("id", &pain.id)?;
        out.put("title", &pain.title)?;
        out.put("words", &pain.words)?;
        out.put("mixed", &pain.mixed)?;
        out.put("comments", &pain.comments)?;
        out.figure("reach", &pain.reach)?;
        out.figure("drag_points", &pain.drag_points)?;
        out.figure("size_points", &pain.size_points)?;
        out.figure("severity", &pain.severity)?;
        out.figure("trend", &pain.trend)?;
        out.figure("value", &pain.value)?;
        out.put("customers", &pain.customers)?;
        out.put("months", &each(&pain.months, Month))?;
        out.put("elsewhere", &each(&pain.elsewhere, Elsewhere))?;
        out.put("stages", &each(&pain.stages, Part))?;
        out.put("units", &each(&pain.units, Part))?;
        out.quotes(&pain.quotes)?;
        out.put("owner", &pain.owner)?;
    }
}

object! {
    /// A problem's reach in a further source.
    Elsewhere(other: PainSource) => |out| {
        out.put("source", &other.source)?;
        out.put("comments", &other.comments)?;
        out.figure("reach", &other.reach)?;
    }
}

object! {
    /// What customers praise.
    Praised(praise: Praise<Quote>) => |out| {
        out.put("id", &praise.id)?;
        out.put("title", &praise.title)?;
        out.put("words", &praise.words)?;
        out.put("comments", &praise.comments)?;
        out.figure("reach", &praise.reach)?;
        out.quotes(&praise.quotes)?;
    }
}
