//! Every table with its columns and its key, in an order in which each refers only to those before it
//! (or to itself): what a backup holds, and what has to be empty before a restore.

use crate::entity::{
    account, answer, audit, cell, edge, edge_tap, idea, idempotency, inbox, letter, lever,
    lever_idea, login_link, member, person, progress, release, role, round, session, setting, slip,
    token, unit, used, vote,
};
use sea_orm::{ColumnTrait, ColumnType, EntityTrait, IdenStatic, Iterable, PrimaryKeyToColumn};
use serde::{Deserialize, Serialize};

/// What a column holds, on either database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Uuid,
    Bytes,
    Json,
    Time,
    Date,
    Text,
    Integer,
    Bigint,
    Double,
    Boolean,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Column {
    pub name: String,
    pub kind: Kind,
}

/// A table.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub name: &'static str,
    pub columns: Vec<Column>,
    /// Places of the key's columns.
    pub key: Vec<usize>,
}

/// All of them.
pub(crate) fn all() -> Vec<Table> {
    vec![
        of::<unit::Entity>(),
        of::<role::Entity>(),
        of::<edge::Entity>(),
        of::<person::Entity>(),
        of::<account::Entity>(),
        of::<login_link::Entity>(),
        of::<session::Entity>(),
        of::<token::Entity>(),
        of::<idempotency::Entity>(),
        of::<setting::Entity>(),
        of::<audit::Entity>(),
        of::<round::Entity>(),
        of::<cell::Entity>(),
        of::<member::Entity>(),
        of::<letter::Entity>(),
        of::<slip::Entity>(),
        of::<used::Entity>(),
        of::<inbox::Entity>(),
        of::<answer::Entity>(),
        of::<idea::Entity>(),
        of::<vote::Entity>(),
        of::<edge_tap::Entity>(),
        of::<lever::Entity>(),
        of::<lever_idea::Entity>(),
        of::<progress::Entity>(),
        of::<release::Entity>(),
    ]
}

fn of<E: EntityTrait>() -> Table {
    let columns: Vec<Column> = E::Column::iter()
        .map(|column| Column {
            name: column.as_str().to_owned(),
            kind: kind(column.def().get_column_type()),
        })
        .collect();
    let key = E::PrimaryKey::iter()
        .filter_map(|part| {
            let name = part.into_column().as_str().to_owned();
            columns.iter().position(|column| column.name == name)
        })
        .collect();
    Table {
        name: E::default().table_name(),
        columns,
        key,
    }
}

fn kind(of: &ColumnType) -> Kind {
    match of {
        ColumnType::Uuid => Kind::Uuid,
        ColumnType::VarBinary(_) | ColumnType::Blob => Kind::Bytes,
        ColumnType::Json | ColumnType::JsonBinary => Kind::Json,
        ColumnType::TimestampWithTimeZone => Kind::Time,
        ColumnType::Date => Kind::Date,
        ColumnType::Integer => Kind::Integer,
        ColumnType::BigInteger => Kind::Bigint,
        ColumnType::Double => Kind::Double,
        ColumnType::Boolean => Kind::Boolean,
        _ => Kind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, all};
    use crate::connect::Where;
    use crate::ledger::Ledger;
    use sea_orm::{ConnectionTrait, DbBackend, Statement};
    use std::collections::BTreeMap;

    /// A column that the schema has and no entity names would be missing from every backup.
    #[tokio::test]
    async fn every_column_of_the_schema_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Where::File(folder.path().join("throughline.db"));
        let ledger = Ledger::open(&place).await.expect("it opens");
        let rows = ledger
            .reading()
            .query_all_raw(Statement::from_string(
                DbBackend::Sqlite,
                "SELECT t.name, c.name, c.type, c.pk FROM sqlite_master t, pragma_table_info(t.name) c \
                 WHERE t.type = 'table' AND t.name NOT LIKE 'seaql_%' AND t.name NOT LIKE 'sqlite_%'",
            ))
            .await
            .expect("the schema can be read");
        let mut schema: BTreeMap<(String, String), (String, bool)> = BTreeMap::new();
        for row in rows {
            let text = |at| row.try_get_by_index::<String>(at).expect("a text");
            let key: i32 = row.try_get_by_index(3).expect("a number");
            schema.insert((text(0), text(1)), (text(2).to_lowercase(), key > 0));
        }
        let mut named = BTreeMap::new();
        for table in all() {
            for (at, column) in table.columns.iter().enumerate() {
                let declared = match column.kind {
                    Kind::Uuid | Kind::Bytes => "blob",
                    Kind::Json | Kind::Time | Kind::Date | Kind::Text => "text",
                    Kind::Integer => "integer",
                    Kind::Bigint => "bigint",
                    Kind::Double => "double precision",
                    Kind::Boolean => "boolean",
                };
                named.insert(
                    (table.name.to_owned(), column.name.clone()),
                    (declared.to_owned(), table.key.contains(&at)),
                );
            }
        }
        assert_eq!(schema, named);
    }
}
