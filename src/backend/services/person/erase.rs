//! Erases a person: texts, names, accounts and the network's ids go; times, and with them every
//! figure, stay.
//!
//! Emptied are their posts everywhere, our answers, promises and notes in their cases, and mentions of them
//! in everybody else's posts. Names and ids become keyed hashes, so that a later import recognises
//! what it must not bring back. What triage had learned from their posts is unlearned: corrections of
//! them go, and every model, until the next one is made from what is left. It is one transaction, and on record without the data.

use super::{Who, find, marks::Marks};
use crate::{
    backend::{
        ctx::Ctx,
        error::Result,
        store::{Tx, cases, erasures, events, intake, triage},
    },
    domain::{
        erasure::without_mentions,
        event::{Actor, CaseEvent, EventKind},
        ids::{CaseId, CustomerId, HandleId},
        time::Instant,
    },
};
use serde::Serialize;
use std::collections::HashMap;

/// What an erasure did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Erasure {
    /// Accounts that have no name any more, counted once for each brand.
    pub accounts: usize,
    /// Posts of theirs of which tombstones are left.
    pub posts: usize,
    /// Answers of ours that were emptied.
    pub answers: u64,
    /// Posts of others in which they were mentioned.
    pub mentions: usize,
    /// Cases in which something was erased.
    pub cases: usize,
}

/// Erases a person.
///
/// # Errors
/// When there is nobody of that name, or more than one; when there is no key for the marks.
pub async fn erase(ctx: &Ctx, who: &Who) -> Result<Erasure> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.write().await?;
    erasures::overwrite(&mut tx).await?;
    let person = find(&mut tx, who).await?;
    let marks = Marks::begin(&mut tx, &ctx.vault).await?;
    let accounts: Vec<HandleId> = person.accounts.iter().map(|it| it.id).collect();
    let own = erasures::cases_of(&mut tx, &person.customers).await?;
    let mut touched = erasures::cases_with(&mut tx, &accounts).await?;
    touched.extend(&own);
    touched.sort_unstable();
    touched.dedup();
    let mut done = Erasure {
        accounts: accounts.len(),
        cases: touched.len(),
        ..Erasure::default()
    };
    done.answers = erasures::empty_answers(&mut tx, &own, now).await?;
    let mut names: HashMap<CustomerId, String> = HashMap::new();
    let mut buried = Vec::new();
    for account in &person.accounts {
        let mark = marks.account(account.network, &account.handle);
        for (post, external_id) in erasures::posts_of(&mut tx, &[account.id]).await? {
            let name = marks.post(account.network, &external_id);
            erasures::bury_post(&mut tx, post, &name, &mark, now).await?;
            buried.push(post);
            erasures::rename_parent(&mut tx, &external_id, &name, &touched).await?;
            done.posts += 1;
        }
        intake::forget_author(&mut tx, &account.handle).await?;
        intake::forget_beginnings(&mut tx, account.id).await?;
        done.mentions += forget_mentions(&mut tx, &account.handle).await?;
        erasures::bury_account(&mut tx, account.id, &mark).await?;
        names.insert(account.customer, mark);
    }
    let unlearned = triage::forget(&mut tx, &buried).await?;
    erasures::empty_versions(&mut tx).await?;
    erasures::empty_promises(&mut tx, &own).await?;
    erasures::empty_work(&mut tx, &own).await?;
    for (&customer, name) in &names {
        erasures::bury_customer(&mut tx, customer, name).await?;
    }
    let mut kept: Vec<String> = person
        .accounts
        .iter()
        .map(|it| marks.account(it.network, &it.handle))
        .collect();
    kept.sort_unstable();
    kept.dedup();
    let count = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
    let id: i64 = ctx.ids.next(now);
    let counts = (count(done.posts), count(done.cases));
    erasures::record(&mut tx, id, counts, &kept, now).await?;
    tell(&mut tx, &touched, now).await?;
    tx.commit().await?;
    if unlearned > 0 {
        ctx.triage.forget();
    }
    ctx.store.forget_log().await?;
    Ok(done)
}

/// Takes the mentions of an account out of everybody's posts.
async fn forget_mentions(tx: &mut Tx, handle: &str) -> Result<usize> {
    let text = format!("@{handle}");
    let is_meant = |name: &str| name.to_lowercase() == handle.to_lowercase();
    let mut count = 0;
    for (post, body) in erasures::posts_with_text(tx, &text).await? {
        if let Some(body) = without_mentions(&body, is_meant) {
            erasures::set_body(tx, post, &body).await?;
            count += 1;
        }
    }
    for (post, version, body) in erasures::versions_with_text(tx, &text).await? {
        if let Some(body) = without_mentions(&body, is_meant) {
            erasures::set_version(tx, post, version, &body).await?;
        }
    }
    Ok(count)
}

/// Puts it on record in each case: that it happened, and nothing else.
async fn tell(tx: &mut Tx, touched: &[CaseId], now: Instant) -> Result<()> {
    let mut told = Vec::with_capacity(touched.len());
    for some in touched.chunks(500) {
        for case in cases::find_all(tx, some).await? {
            told.push(CaseEvent {
                case: case.id,
                brand: case.brand,
                at: now,
                by: Actor::System,
                kind: EventKind::Erased,
            });
        }
    }
    events::append(tx, &told, now).await?;
    Ok(())
}
