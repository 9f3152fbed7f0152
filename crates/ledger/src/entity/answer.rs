//! Answers.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "answer")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub round_id: Uuid,
    pub cell_id: Uuid,
    #[sea_orm(column_type = "VarBinary(StringLen::None)", nullable)]
    pub receipt: Option<Vec<u8>>,
    #[sea_orm(column_type = "Text", nullable)]
    pub idea: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub block: Option<String>,
    pub commitment: Option<i32>,
    pub enps: Option<i32>,
    pub may_quote: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
