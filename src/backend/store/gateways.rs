//! What each channel lets through.

use super::{
    error::Result,
    tx::{Tx, on},
};
use crate::domain::{gateway::Gateway, ids::ChannelId, time::from_ms};

type Row = (Option<i64>, Option<String>, Option<i64>, i64, i64, i64, i64);

const FIND: &str = "
    select paused_at, paused_by, blocked_until, level, counted_at, day, sent
    from   gateways
    where  channel_id = $1";

/// A channel's way out, where something went through it or was said about it.
pub async fn find(tx: &mut Tx, channel: ChannelId) -> Result<Option<Gateway>> {
    let row: Option<Row> = on!(tx, |db| sqlx::query_as(FIND)
        .bind(channel.get())
        .fetch_optional(db)
        .await)?;
    Ok(row.map(
        |(paused_at, paused_by, blocked_until, level, counted_at, day, sent)| Gateway {
            paused: paused_at.map(|at| (from_ms(at), paused_by.unwrap_or_default())),
            blocked_until: blocked_until.map(from_ms),
            level,
            counted_at: from_ms(counted_at),
            day,
            sent,
        },
    ))
}

const SAVE: &str = "
    insert into gateways (channel_id, paused_at, paused_by, blocked_until, level, counted_at, day, sent)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    on conflict (channel_id) do update set
        paused_at = excluded.paused_at, paused_by = excluded.paused_by,
        blocked_until = excluded.blocked_until, level = excluded.level,
        counted_at = excluded.counted_at, day = excluded.day, sent = excluded.sent";

/// Keeps a channel's way out.
pub async fn save(tx: &mut Tx, channel: ChannelId, it: &Gateway) -> Result<()> {
    on!(tx, |db| sqlx::query(SAVE)
        .bind(channel.get())
        .bind(it.paused.as_ref().map(|it| it.0.timestamp_millis()))
        .bind(it.paused.as_ref().map(|it| it.1.clone()))
        .bind(it.blocked_until.map(|it| it.timestamp_millis()))
        .bind(it.level)
        .bind(it.counted_at.timestamp_millis())
        .bind(it.day)
        .bind(it.sent)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}
