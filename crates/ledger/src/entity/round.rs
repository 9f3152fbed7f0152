//! Rounds.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "round")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    pub opens_on: Option<Date>,
    pub closes_on: Option<Date>,
    #[sea_orm(column_type = "JsonBinary")]
    pub languages: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub audience: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub wording: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub terms: Json,
    #[sea_orm(column_type = "Text")]
    pub channel: String,
    #[sea_orm(column_type = "Text")]
    pub scheduled_by: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub tree: Json,
    #[sea_orm(column_type = "VarBinary(StringLen::None)", nullable)]
    pub secret: Option<Vec<u8>>,
    pub opened_on: Option<Date>,
    pub closed_on: Option<Date>,
    pub votes_from: Option<Date>,
    pub votes_until: Option<Date>,
    #[sea_orm(column_type = "Text")]
    pub votes_by: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
