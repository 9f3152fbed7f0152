//! Which ideas a lever takes up.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "lever_idea")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub lever_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub idea_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
