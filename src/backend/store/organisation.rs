//! The organisation: one row, there from the setup on.

use super::{
    error::Result,
    tx::{Tx, on},
};
use crate::domain::{person::Role, time::Instant};

/// Who runs this installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// The IANA zone of its people, unless they choose another.
    pub zone: String,
    /// Roles that need a code of an app beside the password.
    pub code_roles: Vec<Role>,
}

const FIND: &str = "select name, zone, code_roles from organisation where id = 1";

/// The organisation; `None` before the setup.
pub async fn find(tx: &mut Tx) -> Result<Option<Organisation>> {
    let row: Option<(String, String, String)> =
        on!(tx, |db| sqlx::query_as(FIND).fetch_optional(db).await)?;
    Ok(row.map(|(name, zone, roles)| Organisation {
        name,
        zone,
        code_roles: roles
            .split_whitespace()
            .filter_map(|it| it.parse().ok())
            .collect(),
    }))
}

const SAVE: &str = "
    insert into organisation (id, name, zone, code_roles, created_at) values (1, $1, $2, $3, $4)
    on conflict (id) do update set
        name = excluded.name, zone = excluded.zone, code_roles = excluded.code_roles";

/// Keeps the organisation as it is now.
pub async fn save(tx: &mut Tx, it: &Organisation, now: Instant) -> Result<()> {
    let roles: Vec<&str> = it.code_roles.iter().map(|it| it.as_str()).collect();
    on!(tx, |db| sqlx::query(SAVE)
        .bind(&it.name)
        .bind(&it.zone)
        .bind(roles.join(" "))
        .bind(now.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}
