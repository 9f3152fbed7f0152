//! Tokens of machines: made by an owner, shown once, kept as a hash.

use crate::audit::{self, Act};
use crate::entity::{account, token};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::secret;
use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};
use throughline_domain::listen::{AccountRole, Scope};
use uuid::Uuid;

/// How a token begins, so that people and scanners of leaked secrets know one.
const PREFIX: &str = "tl_";
/// Letters a token's name may have.
const LONGEST_NAME: usize = 60;

/// A token, without what would let one use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: Uuid,
    /// What it is called; the audit log says `token:NAME`.
    pub name: String,
    /// What it is for.
    pub scopes: Vec<Scope>,
    /// The owner who made it.
    pub account: Uuid,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends, if it does.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A token to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// What to call it.
    pub name: String,
    /// What it is for.
    pub scopes: Vec<Scope>,
    /// The owner who makes it; without one, whoever was first made an owner (the command line).
    pub account: Option<Uuid>,
    /// When it ends, if it does.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Makes one and gives its secret, which is nowhere kept.
///
/// # Errors
/// Where the name is taken or none, nothing is allowed by it, or nobody owns the workspace yet.
pub async fn make(
    ledger: &Ledger,
    who: &str,
    new: NewToken,
    now: DateTime<Utc>,
) -> Result<(Token, String)> {
    let name = new.name.trim().to_owned();
    let plain = |letter: char| letter.is_alphanumeric() || " -_.".contains(letter);
    if name.is_empty() || name.chars().count() > LONGEST_NAME || !name.chars().all(plain) {
        return Err(LedgerError::refused(
            format!("`{name}` can't be a token's name"),
            format!(
                "use up to {LONGEST_NAME} letters, digits, spaces, dots, dashes: it stands in the audit log"
            ),
        ));
    }
    let mut scopes = new.scopes;
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() {
        return Err(LedgerError::refused(
            "the token would allow nothing",
            "choose at least one thing that it is for",
        ));
    }
    let secret = format!("{PREFIX}{}", secret::token());
    let (hash, who) = (secret::hash(&secret), who.to_owned());
    let token = ledger
        .write(move |transaction| {
            Box::pin(async move {
                let taken = token::Entity::find()
                    .filter(token::Column::Name.eq(&name))
                    .one(transaction)
                    .await?;
                if taken.is_some() {
                    return Err(LedgerError::refused(
                        format!("there is a token called `{name}`"),
                        "choose another name, or revoke that one first",
                    ));
                }
                let account = match new.account {
                    Some(account) => account,
                    None => first_owner(transaction).await?,
                };
                let names: Vec<&str> = scopes.iter().map(|scope| scope.name()).collect();
                let act = Act::new(who, "token.make", &name).detail(names.join(" "));
                let row = token::Model {
                    id: Uuid::new_v4(),
                    hash,
                    name,
                    scopes: serde_json::json!(names),
                    account_id: account,
                    created_at: now.trunc_subsecs(6),
                    expires_at: new.expires_at.map(|at| at.trunc_subsecs(6)),
                };
                let made = read(row.clone());
                row.into_active_model().insert(transaction).await?;
                audit::append(transaction, act).await?;
                Ok(made)
            })
        })
        .await?;
    Ok((token, secret))
}

/// All tokens, by name.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn list(ledger: &Ledger) -> Result<Vec<Token>> {
    let rows = token::Entity::find()
        .order_by_asc(token::Column::Name)
        .all(ledger.reading())
        .await?;
    Ok(rows.into_iter().map(read).collect())
}

/// Takes one away: what carries it is refused from now on.
///
/// # Errors
/// Where there is none of that id.
pub async fn revoke(ledger: &Ledger, who: &str, id: Uuid) -> Result<()> {
    let who = who.to_owned();
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let row = token::Entity::find_by_id(id).one(transaction).await?;
                let row = row.ok_or(LedgerError::NotFound { what: "such token" })?;
                crate::idempotency::forget(transaction, id).await?;
                token::Entity::delete_by_id(id).exec(transaction).await?;
                audit::append(transaction, Act::new(who, "token.revoke", row.name)).await
            })
        })
        .await
}

/// The token of that secret, if it is good now: not ended, and its maker still an owner whose account
/// is open.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn by_secret(ledger: &Ledger, text: &str, now: DateTime<Utc>) -> Result<Option<Token>> {
    if !text.starts_with(PREFIX) {
        return Ok(None);
    }
    let found = token::Entity::find()
        .filter(token::Column::Hash.eq(secret::hash(text)))
        .one(ledger.reading())
        .await?
        .map(read)
        .filter(|token| token.expires_at.is_none_or(|end| now < end));
    let Some(token) = found else {
        return Ok(None);
    };
    let maker = account::Entity::find_by_id(token.account)
        .one(ledger.reading())
        .await?;
    let owner = AccountRole::Owner.name();
    let may = maker.is_some_and(|maker| !maker.disabled && maker.role == owner);
    Ok(may.then_some(token))
}

async fn first_owner(transaction: &impl ConnectionTrait) -> Result<Uuid> {
    account::Entity::find()
        .filter(account::Column::Role.eq(AccountRole::Owner.name()))
        .filter(account::Column::Disabled.eq(false))
        .order_by_asc(account::Column::CreatedAt)
        .one(transaction)
        .await?
        .map(|owner| owner.id)
        .ok_or_else(|| {
            LedgerError::refused(
                "nobody owns this workspace yet",
                "start `throughline serve` and use the link it prints for the owner",
            )
        })
}

/// A scope that this version doesn't know allows nothing.
fn read(row: token::Model) -> Token {
    let names: Vec<String> = serde_json::from_value(row.scopes).unwrap_or_default();
    Token {
        id: row.id,
        name: row.name,
        scopes: names.iter().filter_map(|name| Scope::named(name)).collect(),
        account: row.account_id,
        created_at: row.created_at,
        expires_at: row.expires_at,
    }
}
