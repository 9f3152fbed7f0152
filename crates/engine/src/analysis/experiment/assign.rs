//! `throughline experiment assign`: who gets which arm.

use super::super::{complete, entrusted, no_answer};
use super::flags::{refused, weights};
use super::words::why;
use crate::error::Result;
use std::path::PathBuf;
use throughline_disclosure::Entrusted;
use throughline_domain::analysis::experiment::{ArmShare, Assigned, Assignment};
use throughline_lake::Wanted;
use throughline_stats::experiment::assign::{arm, balanced, fraction, place};

/// What is asked.
#[derive(Clone, Debug)]
pub struct AssignRequest {
    /// The experiment's key.
    pub key: String,
    /// Units named one by one.
    pub units: Vec<String>,
    /// A file with a column of units.
    pub data: Option<PathBuf>,
    /// That column.
    pub column: Option<String>,
    /// Balance the arms within the groups of this column.
    pub stratum: Option<String>,
    /// Names of the arms, parted by commas, control first.
    pub arms: String,
    /// Parts of the units, control first; equal if there are none.
    pub split: Option<String>,
    /// Share of units that take part.
    pub taking_part: f64,
}

/// Assigns.
///
/// # Errors
/// For a file that can't be read, and arms or parts that can't be.
pub fn assign(request: &AssignRequest) -> Result<Entrusted<Assignment>> {
    let names: Vec<String> = request
        .arms
        .split(',')
        .map(|name| name.trim().to_owned())
        .collect();
    let mut distinct = names.clone();
    distinct.sort();
    distinct.dedup();
    if names.len() < 2 || distinct.len() < names.len() || names.iter().any(String::is_empty) {
        return refused(
            format!("`--arms {}` are no arms", request.arms),
            "name two or more, all different, parted by commas, the control first",
        );
    }
    let parts = match request.split.as_deref() {
        Some(split) => weights(split)?,
        None => vec![1.0; names.len()],
    };
    if parts.len() != names.len() {
        return refused(
            format!("{} arms and {} parts", names.len(), parts.len()),
            "give `--split` a part for each arm",
        );
    }
    if !(request.taking_part > 0.0 && request.taking_part <= 1.0) {
        return refused(
            format!("`--taking-part {}` can't be", request.taking_part),
            "give a share above 0, up to 1",
        );
    }
    if request.stratum.is_some() && request.taking_part < 1.0 {
        return refused(
            "balanced lists take everybody".into(),
            "leave out `--taking-part`, or bring only those who take part",
        );
    }
    let (units, strata, mut warnings) = units(request)?;
    let failed = |reason| no_answer(why(&reason), "check `--key` and the units");
    let key = request.key.as_bytes();
    let arms: Vec<Option<usize>> = match &strata {
        Some(strata) => {
            let units: Vec<&[u8]> = units.iter().map(String::as_bytes).collect();
            let strata: Vec<&[u8]> = strata.iter().map(String::as_bytes).collect();
            balanced(key, &units, &strata, &parts)
                .map_err(failed)?
                .into_iter()
                .map(Some)
                .collect()
        }
        None => units
            .iter()
            .map(|unit| arm(key, unit.as_bytes(), &parts, request.taking_part).map_err(failed))
            .collect::<Result<_>>()?,
    };
    if request.key.len() < 16 {
        warnings.push(
            "the key is short: whoever guesses it knows who gets what; 16 letters or more can't be guessed"
                .to_owned(),
        );
    }
    let whole: f64 = parts.iter().sum();
    Ok(entrusted(Assignment {
        model: match &strata {
            Some(_) => "keyed hash (HMAC-SHA-256), balanced within groups".to_owned(),
            None => "keyed hash (HMAC-SHA-256)".to_owned(),
        },
        arms: names
            .iter()
            .enumerate()
            .map(|(k, name)| ArmShare {
                arm: name.clone(),
                share: parts[k] / whole,
                n: arms.iter().filter(|arm| **arm == Some(k)).count() as u64,
            })
            .collect(),
        units: units
            .into_iter()
            .zip(arms)
            .map(|(unit, arm)| {
                let place = place(key, unit.as_bytes()).map_err(failed)?;
                Ok(Assigned {
                    place: fraction(place.arm),
                    arm: arm.map(|arm| names[arm].clone()),
                    unit,
                })
            })
            .collect::<Result<_>>()?,
        warnings,
    }))
}

type Units = (Vec<String>, Option<Vec<String>>, Vec<String>);

/// Units once each, in the order given, with their groups.
fn units(request: &AssignRequest) -> Result<Units> {
    let (Some(data), Some(column)) = (&request.data, &request.column) else {
        if request.data.is_some() || request.column.is_some() || request.stratum.is_some() {
            return refused(
                "a list of units is a file and a column".into(),
                "give both `--data` and `--column`, or units with `--unit`",
            );
        }
        if request.units.is_empty() {
            return refused(
                "nobody to assign".into(),
                "name a unit with `--unit`, or a list with `--data` and `--column`",
            );
        }
        return Ok((request.units.clone(), None, Vec::new()));
    };
    let mut wanted = Wanted::new(data);
    let unit = wanted.label("--column", column);
    let stratum = request
        .stratum
        .as_ref()
        .map(|name| wanted.label("--stratum", name));
    let extract = wanted.read()?;
    let unit = extract.labels(unit);
    let stratum = stratum.map(|at| extract.labels(at));
    let mut columns = vec![unit.name.as_str()];
    columns.extend(stratum.map(|labels| labels.name.as_str()));
    let kept = complete(extract.rows(), &columns, |column, row| {
        if column == 0 {
            unit.codes[row].is_some()
        } else {
            stratum.is_none_or(|labels| labels.codes[row].is_some())
        }
    })?;
    let mut notes = extract.notes().to_vec();
    notes.extend(kept.warning);
    let mut seen: Vec<Option<u32>> = vec![None; unit.names.len()];
    let mut taken = vec![false; unit.names.len()];
    let (mut units, mut strata, mut again) = (Vec::new(), Vec::new(), 0u64);
    for &row in &kept.rows {
        let Some(code) = unit.codes[row] else {
            continue;
        };
        let place = code as usize;
        let group = stratum.and_then(|labels| labels.codes[row]);
        if taken[place] {
            again += 1;
            if seen[place] != group {
                let name = stratum.map_or("", |labels| labels.name.as_str());
                return Err(extract
                    .complaint(
                        row,
                        name,
                        &format!("`{}` is in two groups", unit.names[place]),
                        "a unit belongs to one group",
                    )
                    .into());
            }
            continue;
        }
        taken[place] = true;
        seen[place] = group;
        units.push(unit.names[place].clone());
        if let (Some(labels), Some(group)) = (stratum, group) {
            strata.push(labels.names[group as usize].clone());
        }
    }
    if again > 0 {
        notes.push(format!(
            "{again} rows name a unit again; each is assigned once"
        ));
    }
    Ok((units, stratum.map(|_| strata), notes))
}
