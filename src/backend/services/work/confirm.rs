//! The customer's word. They are asked once an episode, by a signed link to a page without an
//! account; looking at it says nothing, only a button does.
//!
//! The link holds the case, the episode and the end of its time, under a key that is itself sealed:
//! nobody who can read the database without the key can make one, and none reaches further than its
//! own case.

use super::{Held, hold, hold_any};
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        services::notify,
        store::{
            Tx, attempts, brands, cases, customers, histories, posts,
            secrets::CONFIRMATION_KEY,
            work::{
                self as work,
                confirmations::{self, Asking},
            },
        },
        vault::Secret,
    },
    domain::{
        audit::Who,
        case::{Case, Outcome, Remedy, Status},
        confirm::{ConfirmPage, ConfirmStep, thread_address},
        event::{Actor, CaseEvent},
        ids::{CaseId, PersonId},
        notice::NoticeKind,
        person::{Viewer, Visitor},
        post::Visibility,
        rejection::Rejection,
        time::{Instant, from_ms},
        work::{Answer, WORDS_MOST},
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// So long a link works.
const VALID: TimeDelta = TimeDelta::days(14);
/// So long somebody may change their mind.
const SECOND_THOUGHTS: TimeDelta = TimeDelta::hours(1);
/// Whoever says nothing for so long has let it lapse.
const SILENCE: TimeDelta = TimeDelta::days(7);
/// How long attempts are remembered, and how many there may be from one address.
const WINDOW: TimeDelta = TimeDelta::minutes(5);
const PER_ADDRESS: i64 = 60;
/// Bytes of a key, and of a signature in a link.
const KEY: usize = 32;
const SIGNATURE: usize = 16;

async fn key(ctx: &Ctx, tx: &mut Tx) -> Result<Option<Secret<Vec<u8>>>> {
    match confirmations::sealed_key(tx).await? {
        Some(sealed) => Ok(Some(ctx.vault.open(CONFIRMATION_KEY.at(1), &sealed)?)),
        None => Ok(None),
    }
}

fn signature(key: &Secret<Vec<u8>>, case: CaseId, episode: i32, until_s: i64) -> Result<Vec<u8>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose())
        .map_err(|why| Error::Task(format!("a key without a length: {why}")))?;
    mac.update(format!("confirm/{case}/{episode}/{until_s}").as_bytes());
    Ok(mac.finalize().into_bytes()[..SIGNATURE].to_vec())
}

/// The page on which a case's customer says whether it is solved: `/confirm/…`, a path on this
/// site. Made once an episode; asked for again it is the same. Whoever sends it calls
/// [`Case::ask`](crate::domain::case::Case::ask) when the network has accepted it.
///
/// # Errors
/// When the case isn't resolved, or there is no key of secrets.
pub async fn link(ctx: &Ctx, tx: &mut Tx, case: &Case) -> Result<String> {
    if case.status != Status::Resolved {
        return Err(Rejection::NotResolved.into());
    }
    let now = ctx.clock.now();
    if confirmations::sealed_key(tx).await?.is_none() {
        let fresh: [u8; KEY] = rand::random();
        let sealed = ctx.vault.seal(tx, CONFIRMATION_KEY.at(1), &fresh).await?;
        confirmations::keep_sealed_key(tx, &sealed).await?;
    }
    let asking = Asking {
        case: case.id,
        episode: case.episode,
        expires_at: from_ms((now + VALID).timestamp() * 1000),
        answer: None,
    };
    confirmations::insert(tx, case.brand, &asking, now).await?;
    find_link(ctx, tx, case.id, case.episode)
        .await?
        .ok_or(Error::Missing)
}

/// The link of an episode, if one was made.
pub async fn find_link(
    ctx: &Ctx,
    tx: &mut Tx,
    case: CaseId,
    episode: i32,
) -> Result<Option<String>> {
    let made = confirmations::of_case(tx, case).await?;
    let made = made.into_iter().find(|it| it.episode == episode);
    let (Some(made), Some(key)) = (made, key(ctx, tx).await?) else {
        return Ok(None);
    };
    let until_s = made.expires_at.timestamp();
    let mut bytes = case.get().to_be_bytes().to_vec();
    bytes.extend(episode.to_be_bytes());
    bytes.extend(until_s.to_be_bytes());
    bytes.extend(signature(&key, case, episode, until_s)?);
    Ok(Some(format!("/confirm/{}", URL_SAFE_NO_PAD.encode(bytes))))
}

/// What a token says, if it is one of ours whose time isn't over.
async fn read(ctx: &Ctx, tx: &mut Tx, token: &str) -> Result<(CaseId, i32)> {
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| Error::Missing)?;
    let (case, rest) = bytes.split_first_chunk::<8>().ok_or(Error::Missing)?;
    let (episode, rest) = rest.split_first_chunk::<4>().ok_or(Error::Missing)?;
    let (until, signed) = rest.split_first_chunk::<8>().ok_or(Error::Missing)?;
    let case = CaseId::from(i64::from_be_bytes(*case));
    let (episode, until_s) = (i32::from_be_bytes(*episode), i64::from_be_bytes(*until));
    let key = key(ctx, tx).await?.ok_or(Error::Missing)?;
    let is_ours = is_same(&signature(&key, case, episode, until_s)?, signed);
    if is_ours && ctx.clock.now().timestamp() < until_s {
        Ok((case, episode))
    } else {
        Err(Error::Missing)
    }
}

/// Compares without telling by the time it takes where two differ.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    let differs = one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b));
    one.len() == other.len() && differs == 0
}

/// Counts an attempt from an address.
async fn count(ctx: &Ctx, visitor: &Visitor) -> Result<()> {
    let mut tx = ctx.store.write().await?;
    let subject = format!("confirm:{}", visitor.address);
    let (count, left_s) = attempts::count(&mut tx, &subject, ctx.clock.now(), WINDOW).await?;
    tx.commit().await?;
    if count > PER_ADDRESS {
        return Err(Rejection::TooManyAttempts(left_s).into());
    }
    Ok(())
}

/// The page behind a link.
///
/// # Errors
/// When the link isn't one of ours, or its time is over.
pub async fn page(ctx: &Ctx, token: &str) -> Result<ConfirmPage> {
    let mut tx = ctx.store.read().await?;
    let (id, episode) = read(ctx, &mut tx, token).await?;
    let case = cases::find(&mut tx, id).await?.ok_or(Error::Missing)?;
    let asked = confirmations::of_case(&mut tx, id).await?;
    let asked = asked.into_iter().find(|it| it.episode == episode);
    let asked = asked.ok_or(Error::Missing)?;
    let brand = brands::list(&mut tx)
        .await?
        .into_iter()
        .find(|it| it.id == case.brand)
        .ok_or(Error::Missing)?;
    let person = customers::find_all(&mut tx, &[case.customer]).await?.pop();
    let thread = posts::of_case(&mut tx, id).await?;
    let first = thread
        .iter()
        .find(|it| it.by == Actor::Customer && it.visibility == Visibility::Public);
    let language = person.and_then(|it| it.language);
    let language = language.or_else(|| first.and_then(|it| it.language.clone()));
    let now = ctx.clock.now();
    let step = match &asked.answer {
        None => ConfirmStep::Asked,
        Some(answer) => ConfirmStep::Answered {
            is_solved: answer.is_solved,
            may_change: now < answer.at + SECOND_THOUGHTS,
        },
    };
    Ok(ConfirmPage {
        brand: brand.name,
        language,
        network: case.network,
        thread: first.and_then(|it| thread_address(case.network, &it.author, &it.external_id)),
        step,
    })
}

/// What the customer says, pressed on the page.
///
/// # Errors
/// As [`page`]; and when they have said so already and the time for second thoughts is over.
pub async fn answer(
    ctx: &Ctx,
    visitor: &Visitor,
    token: &str,
    is_solved: bool,
    said: &str,
) -> Result<()> {
    count(ctx, visitor).await?;
    let (id, episode) = {
        let mut tx = ctx.store.read().await?;
        read(ctx, &mut tx, token).await?
    };
    let mut held = hold_any(ctx, id).await?;
    let asked = confirmations::of_case(&mut held.tx, id).await?;
    let asked = asked.into_iter().find(|it| it.episode == episode);
    let before = asked.ok_or(Error::Missing)?.answer;
    if let Some(before) = &before
        && held.now >= before.at + SECOND_THOUGHTS
    {
        return Err(Rejection::Decided.into());
    }
    let said: String = said.trim().chars().take(WORDS_MOST).collect();
    let answer = Answer {
        is_solved,
        // Nobody loses their first words by changing their mind.
        said: match (&before, said.is_empty()) {
            (Some(before), true) => before.said.clone(),
            _ => said,
        },
        // The time for second thoughts counts from the first answer.
        at: before.as_ref().map_or(held.now, |it| it.at),
    };
    let told = match (&before, is_solved) {
        (Some(before), _) if before.is_solved == is_solved => Vec::new(),
        (_, true) => yes(&mut held, episode, before.as_ref()).await?,
        (_, false) => no(&mut held, episode).await?,
    };
    confirmations::answer(&mut held.tx, (id, episode), &answer).await?;
    let owner = work::find(&mut held.tx, id).await?.owner;
    let owner: Vec<PersonId> = owner.into_iter().collect();
    let words = match is_solved {
        true => "The customer says it is solved.",
        false => "The customer says it isn't solved.",
    };
    let what = (NoticeKind::CustomerSpoke, &held.case, words);
    notify::tell(ctx, &mut held.tx, None, &owner, what).await?;
    let who = Who {
        person: PersonId::default(),
        name: "Customer".to_owned(),
        address: visitor.address.clone(),
    };
    let (before, after) = (before.map(|it| it.is_solved), is_solved);
    held.done(
        ctx,
        who,
        "case.answered_by_customer",
        &told,
        (&before, &after),
    )
    .await?;
    Ok(())
}

async fn yes(held: &mut Held, episode: i32, before: Option<&Answer>) -> Result<Vec<CaseEvent>> {
    let (at, case) = (held.now, &mut held.case);
    if case.status == Status::Resolved && case.episode == episode {
        return Ok(vec![case.confirm(at)?]);
    }
    // Their own no opened it again; whatever else did is stronger than a yes to what was before.
    let is_own_doing = case.episode == episode + 1
        && before.is_some_and(|it| !it.is_solved)
        && case
            .disputed_at
            .is_some_and(|no| no >= case.last_customer_post_at);
    if !is_own_doing {
        return Ok(Vec::new());
    }
    let episodes = histories::episodes_of(&mut held.tx, case.id).await?;
    let remedy = episodes
        .iter()
        .find(|it| it.number == episode)
        .and_then(|it| it.remedy)
        .unwrap_or(Remedy::Fixed);
    Ok(held.case.confirm_after_all(at, remedy)?)
}

async fn no(held: &mut Held, episode: i32) -> Result<Vec<CaseEvent>> {
    let is_this = held.case.episode >= episode && held.case.status == Status::Resolved;
    if !is_this {
        return Ok(Vec::new());
    }
    let rules = held.desk.rules(held.now).clone();
    Ok(held.case.dispute(held.now, &rules)?)
}

/// Asks the customer by whatever way somebody sends the link: makes it and puts the asking on
/// record; returns the link's path.
pub async fn ask(ctx: &Ctx, viewer: &Viewer, id: CaseId) -> Result<String> {
    let mut held = hold(ctx, viewer, id).await?;
    if held.case.asked_at.is_some() {
        return Err(Rejection::AskedAlready.into());
    }
    let link = link(ctx, &mut held.tx, &held.case).await?;
    let told = held.case.ask(held.now);
    held.done(ctx, viewer, "case.customer_asked", &[told], (&(), &()))
        .await?;
    Ok(link)
}

/// Lets lapse what customers were asked and said nothing about for a week; returns how many.
pub async fn tick(ctx: &Ctx) -> Result<usize> {
    let before = ctx.clock.now() - SILENCE;
    let silent = {
        let mut tx = ctx.store.read().await?;
        confirmations::silent(&mut tx, before).await?
    };
    let mut count = 0;
    for id in silent {
        let mut held = hold_any(ctx, id).await?;
        let case = &mut held.case;
        let Some(asked) = case.asked_at.filter(|it| *it <= before) else {
            continue;
        };
        if case.outcome != Some(Outcome::Claimed) {
            continue;
        }
        let over: Instant = asked + SILENCE;
        let told = case.lapse(over);
        held.save(ctx, &[told]).await?;
        held.tx.commit().await?;
        count += 1;
    }
    Ok(count)
}
