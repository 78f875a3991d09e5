//! What the Inbox's forms ask for: one form is one act. Reads its fields, calls one move.

use super::{
    assign::{self, To},
    confirm,
    ending::{self, Ending},
    hand_off, join, marks, notes, offers,
    promises::{self, Draft, End},
    snooze,
};
use crate::{
    backend::{Error, Result, ctx::Ctx, services::notify},
    domain::{
        account::Outcome as Told,
        case::{Outcome, Remedy},
        forms::Form,
        ids::{CaseId, PostId},
        notice::QuietHours,
        person::Viewer,
        rejection::Rejection,
        time::Instant,
        work::Money,
    },
};
use chrono::{Days, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use std::str::FromStr;

/// The hour at which “tomorrow” begins, on the reader's wall clock.
const MORNING: u32 = 8;

/// Does what a form asks for; returns what to say about it.
///
/// # Errors
/// When a field is missing or makes no sense, and as the move itself.
pub async fn act(ctx: &Ctx, viewer: &Viewer, form: &Form) -> Result<Told> {
    let name = form.get("act");
    let said = match name {
        "read" | "quiet" => about_notices(ctx, viewer, form).await?,
        "keep" | "break" | "withdraw" | "replace" => about_promise(ctx, viewer, form).await?,
        "undo" => {
            join::undo(ctx, viewer, id(form, "join")?).await?;
            "Undone."
        }
        "ask" => {
            let link = confirm::ask(ctx, viewer, case(form)?).await?;
            return Ok(Told {
                act: name.to_owned(),
                said: Some("Hand this link to the customer; it works for 14 days.".to_owned()),
                link: Some(link),
                ..Told::default()
            });
        }
        _ => about_case(ctx, viewer, form, case(form)?).await?,
    };
    Ok(Told {
        act: name.to_owned(),
        said: Some(said.to_owned()),
        ..Told::default()
    })
}

async fn about_case(ctx: &Ctx, viewer: &Viewer, form: &Form, case: CaseId) -> Result<&'static str> {
    match form.get("act") {
        "take" => assign::take(ctx, viewer, case).await.map(drop)?,
        "release" => drop(assign::assign(ctx, viewer, case, To::Nobody).await?),
        "assign" => drop(assign::assign(ctx, viewer, case, whom(form.get("to"))?).await?),
        "hand_off" => {
            let team = id(form, "team")?;
            hand_off::offer(ctx, viewer, case, team, form.get("ask")).await?;
            return Ok("Offered. That team is told.");
        }
        "open_packet" => drop(hand_off::open_packet(ctx, viewer, case).await?),
        "accept" => drop(hand_off::accept(ctx, viewer, case).await?),
        "give_back" => drop(hand_off::give_back(ctx, viewer, case, form.get("why")).await?),
        "promise" => {
            let draft = draft(ctx, viewer, form)?;
            promises::log(ctx, viewer, case, draft).await?;
            return Ok("Logged. Whoever sees to it is told in time.");
        }
        "note" => drop(notes::write(ctx, viewer, case, form.get("body")).await?),
        "edit_note" => {
            let note = id(form, "note")?;
            notes::change(ctx, viewer, case, note, form.get("body")).await?;
        }
        "attempt" | "forget_attempt" | "want" | "offer" | "decide" => {
            return about_remedy(ctx, viewer, form, case).await;
        }
        "snooze" => {
            let until = until(ctx, viewer, form)?;
            snooze::snooze(ctx, viewer, case, until, form.get("why")).await?;
            return Ok("Put aside. The customer's clock goes on.");
        }
        "wake" => drop(snooze::wake(ctx, viewer, case).await?),
        "merge" => {
            join::merge(ctx, viewer, case, id(form, "with")?).await?;
            return Ok("Merged. You can undo it for a day.");
        }
        "split" => {
            let chosen = form.0.keys().filter_map(|it| it.strip_prefix("post."));
            let chosen: Vec<PostId> = chosen.filter_map(|it| it.parse().ok()).collect();
            join::split(ctx, viewer, case, &chosen).await?;
            return Ok("Split off. You can undo it for a day.");
        }
        "same" => {
            join::merge_people(ctx, viewer, case, id(form, "customer")?).await?;
            return Ok("One person now. You can undo it for a day.");
        }
        "no_answer" => {
            let is_noise = form.is_ticked("noise");
            ending::no_answer(ctx, viewer, case, is_noise).await?;
        }
        "resolve" => {
            let topic = form.get("topic");
            let ending = Ending {
                remedy: choice(form, "remedy", "the remedies")?,
                outcome: match form.get("outcome") {
                    "" => Outcome::Claimed,
                    _ => choice(form, "outcome", "the outcomes")?,
                },
                topic: (!topic.is_empty()).then(|| topic.to_owned()),
                cause: form.get("cause").to_owned(),
                tone: form.get("tone").parse().ok(),
            };
            ending::resolve(ctx, viewer, case, ending).await?;
            return Ok("Resolved, as far as we know. Now ask the customer.");
        }
        "reopen" => drop(ending::reopen(ctx, viewer, case).await?),
        "thanks" => {
            ending::thanks(ctx, viewer, case, id(form, "post")?).await?;
            return Ok("A win.");
        }
        "bad" => {
            let days = form.get("days").parse().unwrap_or(30);
            marks::suggest(ctx, viewer, case, form.get("why"), days).await?;
            return Ok("Noted. Nothing follows before a colleague agrees.");
        }
        "agree" => drop(marks::agree(ctx, viewer, case).await?),
        "lift" => drop(marks::lift(ctx, viewer, case).await?),
        _ => return Err(Error::Missing),
    }
    Ok("Done.")
}

async fn about_remedy(
    ctx: &Ctx,
    viewer: &Viewer,
    form: &Form,
    case: CaseId,
) -> Result<&'static str> {
    let words = form.get("words");
    match form.get("act") {
        "attempt" => {
            let at = match form.get("at") {
                "" => None,
                text => Some(moment(viewer, text)?),
            };
            let minutes = form.get("minutes").parse::<i64>().ok();
            let lasted_s = minutes.map(|it| it.clamp(0, 100_000) * 60);
            let outcome = choice(form, "outcome", "what came of it")?;
            let channel = form.get("channel");
            offers::tried(ctx, viewer, case, channel, (at, lasted_s), outcome).await?;
        }
        "forget_attempt" => {
            offers::not_tried(ctx, viewer, case, id(form, "attempt")?).await?;
        }
        "decide" => {
            let verdict = (form.get("verdict") == "yes", form.get("why"));
            offers::decide(ctx, viewer, case, id(form, "offer")?, verdict).await?;
        }
        name => {
            let is_offer = name == "offer";
            let remedy: Remedy = choice(form, "remedy", "the remedies")?;
            let sum = match form.get("sum") {
                "" => None,
                sum => Some(Money::parse(sum, form.get("currency"))?),
            };
            let sum = sum.filter(|_| is_offer);
            offers::name(ctx, viewer, case, is_offer, remedy, (words, sum)).await?;
        }
    }
    Ok("Noted.")
}

async fn about_promise(ctx: &Ctx, viewer: &Viewer, form: &Form) -> Result<&'static str> {
    let why = form.get("why").to_owned();
    let (end, said) = match form.get("act") {
        "keep" => {
            let arrived = match form.get("arrived") {
                "" => ctx.clock.now(),
                text => moment(viewer, text)?,
            };
            let proof = form.get("proof").to_owned();
            (End::Kept(arrived, proof), "Kept.")
        }
        "break" => (End::Broken, "Marked as broken. Tell the customer."),
        "withdraw" => (End::Withdrawn(why), "Taken back. Tell the customer."),
        _ => {
            let draft = draft(ctx, viewer, form)?;
            (End::Replaced(why, draft), "A new promise takes its place.")
        }
    };
    promises::settle(ctx, viewer, id(form, "promise")?, end).await?;
    Ok(said)
}

async fn about_notices(ctx: &Ctx, viewer: &Viewer, form: &Form) -> Result<&'static str> {
    if form.get("act") == "read" {
        let one = form.get("notice").parse().ok();
        notify::read(ctx, viewer, one).await?;
        return Ok("Read.");
    }
    let minute = |name: &str| {
        let time = NaiveTime::parse_from_str(form.get(name), "%H:%M").ok()?;
        Some((time - NaiveTime::MIN).num_minutes())
    };
    let (from, until) = (minute("from"), minute("until"));
    let hours = QuietHours {
        from_minute: from.or(until).unwrap_or(0),
        until_minute: until.or(from).unwrap_or(0),
        wants_mail: form.is_ticked("mail"),
    };
    notify::set_quiet(ctx, viewer, hours).await?;
    Ok("Saved.")
}

/// The case that a form is about.
fn case(form: &Form) -> Result<CaseId> {
    id(form, "case")
}

fn id<Id: FromStr>(form: &Form, name: &str) -> Result<Id> {
    form.get(name).parse().map_err(|_| Error::Missing)
}

fn choice<T: FromStr>(form: &Form, name: &str, what: &'static str) -> Result<T, Rejection> {
    let text = form.get(name);
    text.parse().map_err(|_| Rejection::NotAChoice(what))
}

/// `p.7` is a person, `t.7` a team.
fn whom(text: &str) -> Result<To, Rejection> {
    let number = |text: &str| text.parse::<i64>().map_err(|_| Rejection::NotAWorker);
    match text.split_once('.') {
        Some(("p", id)) => Ok(To::Person(number(id)?.into())),
        Some(("t", id)) => Ok(To::Team(number(id)?.into())),
        _ => Err(Rejection::NotAWorker),
    }
}

fn draft(ctx: &Ctx, viewer: &Viewer, form: &Form) -> Result<Draft, Rejection> {
    let perishes = form.get("perishes");
    let mut draft = Draft {
        what: form.get("what").to_owned(),
        owner: form.get("owner").parse().ok(),
        by_whom: form.get("by_whom").to_owned(),
        due_at: until(ctx, viewer, form)?,
        perishes_at: match perishes {
            "" => None,
            text => Some(moment(viewer, text)?),
        },
        ..Draft::default()
    };
    match form.get("by") {
        "" => {}
        text => match whom(text)? {
            To::Person(person) => draft.fulfiller = Some(person),
            To::Team(team) => draft.team = Some(team),
            To::Nobody => {}
        },
    }
    Ok(draft)
}

/// When something is to be, as a form says it: so many hours ahead, tomorrow, or a moment.
fn until(ctx: &Ctx, viewer: &Viewer, form: &Form) -> Result<Instant, Rejection> {
    let now = ctx.clock.now();
    let ahead = form.get("ahead");
    if let Ok(hours) = ahead.parse::<i64>() {
        return Ok(now + TimeDelta::hours(hours.clamp(1, 24 * 365)));
    }
    if ahead == "tomorrow" {
        let zone: Tz = viewer.zone.parse().unwrap_or(Tz::UTC);
        let day = now.with_timezone(&zone).date_naive();
        let morning = NaiveTime::from_hms_opt(MORNING, 0, 0);
        let at = day.checked_add_days(Days::new(1)).zip(morning);
        let at = at.map(|(day, time)| day.and_time(time));
        return instant(zone, at.ok_or(Rejection::NotAMoment)?);
    }
    moment(viewer, form.get("until"))
}

/// A moment on the reader's wall clock, as a browser's field writes it.
fn moment(viewer: &Viewer, text: &str) -> Result<Instant, Rejection> {
    let zone: Tz = viewer.zone.parse().unwrap_or(Tz::UTC);
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S"));
    instant(zone, local.map_err(|_| Rejection::NotAMoment)?)
}

/// The first instant of a local time: the earlier of two, and after a gap its end.
pub fn instant(zone: Tz, local: NaiveDateTime) -> Result<Instant, Rejection> {
    let found = zone.from_local_datetime(&local).earliest();
    let found = found.or_else(|| {
        let later = local.checked_add_signed(TimeDelta::hours(1))?;
        zone.from_local_datetime(&later).earliest()
    });
    let found = found.ok_or(Rejection::NotAMoment)?;
    Ok(found.with_timezone(&Utc))
}
