//! One value of one row: from either database into a backup's JSON, and back.

use crate::error::Result;
use crate::tables::Kind;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use sea_orm::{QueryResult, Value};
use serde_json::Value as Json;
use uuid::Uuid;

/// The value at a place of a row. Doubles are written as text, so that they come back to the bit.
pub(super) fn read(row: &QueryResult, at: usize, kind: Kind) -> Result<Json> {
    Ok(match kind {
        Kind::Uuid => text(row.try_get_by_index::<Option<Uuid>>(at)?),
        Kind::Bytes => row
            .try_get_by_index::<Option<Vec<u8>>>(at)?
            .map_or(Json::Null, |bytes| Json::from(hex::encode(&bytes))),
        // In a list of its own: a null that was stored isn't a value that is missing.
        Kind::Json => row
            .try_get_by_index::<Option<Json>>(at)?
            .map_or(Json::Null, |json| Json::Array(vec![json])),
        Kind::Time => row
            .try_get_by_index::<Option<DateTime<Utc>>>(at)?
            .map_or(Json::Null, |time| {
                Json::from(time.to_rfc3339_opts(SecondsFormat::AutoSi, true))
            }),
        Kind::Date => text(row.try_get_by_index::<Option<NaiveDate>>(at)?),
        Kind::Text => Json::from(row.try_get_by_index::<Option<String>>(at)?),
        Kind::Integer => Json::from(row.try_get_by_index::<Option<i32>>(at)?),
        Kind::Bigint => Json::from(row.try_get_by_index::<Option<i64>>(at)?),
        Kind::Double => row
            .try_get_by_index::<Option<f64>>(at)?
            .map_or(Json::Null, |number| Json::from(format!("{number:?}"))),
        Kind::Boolean => Json::from(row.try_get_by_index::<Option<bool>>(at)?),
    })
}

fn text(value: Option<impl ToString>) -> Json {
    Json::from(value.map(|value| value.to_string()))
}

/// The value for a column of that kind; `None` where it isn't one.
pub(super) fn value(kind: Kind, cell: &Json) -> Option<Value> {
    if cell.is_null() {
        return Some(match kind {
            Kind::Uuid => Value::Uuid(None),
            Kind::Bytes => Value::Bytes(None),
            Kind::Json => Value::Json(None),
            Kind::Time => Value::ChronoDateTimeUtc(None),
            Kind::Date => Value::ChronoDate(None),
            Kind::Text => Value::String(None),
            Kind::Integer => Value::Int(None),
            Kind::Bigint => Value::BigInt(None),
            Kind::Double => Value::Double(None),
            Kind::Boolean => Value::Bool(None),
        });
    }
    Some(match kind {
        Kind::Uuid => Value::from(cell.as_str()?.parse::<Uuid>().ok()?),
        Kind::Bytes => Value::from(hex::decode(cell.as_str()?).ok()?),
        Kind::Json => match cell.as_array()?.as_slice() {
            [json] => Value::from(json.clone()),
            _ => return None,
        },
        Kind::Time => Value::from(
            DateTime::parse_from_rfc3339(cell.as_str()?)
                .ok()?
                .with_timezone(&Utc),
        ),
        Kind::Date => Value::from(cell.as_str()?.parse::<NaiveDate>().ok()?),
        Kind::Text => Value::from(cell.as_str()?.to_owned()),
        Kind::Integer => Value::from(i32::try_from(cell.as_i64()?).ok()?),
        Kind::Bigint => Value::from(cell.as_i64()?),
        Kind::Double => Value::from(cell.as_str()?.parse::<f64>().ok()?),
        Kind::Boolean => Value::from(cell.as_bool()?),
    })
}
