//! Every way in which a network fails.

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use std::{convert::Infallible, io, time::Duration};

/// Bytes of an answer that is far too long.
const HUGE: usize = 5 * 1024 * 1024;

/// What is asked when it fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum On {
    /// Whatever is asked.
    Anything,
    /// Posting.
    Post,
    /// Reading the feed.
    Feed,
    /// Looking for a post.
    LookUp,
}

/// What happens after the network did what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The answer never comes.
    Silence,
    /// The connection breaks in the middle of it.
    Reset,
    /// It says 500 all the same.
    Error,
    /// It answers something that can't be read.
    Garbage,
}

/// One way to fail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// Does nothing, and says so.
    Refuse {
        /// Such as 401, 403, 404, 413, 422, 500.
        status: u16,
        /// Whether it says that it has the same text already.
        #[serde(default)]
        duplicate: bool,
    },
    /// Does nothing, and asks to wait.
    Wait {
        /// `Retry-After`, as it stands there: anything.
        retry_after: Option<String>,
    },
    /// Does it, then fails.
    AcceptThen {
        /// How.
        ending: Ending,
    },
    /// Does nothing, and answers with a page for people.
    Html,
    /// Does it, and answers 5 MB.
    Huge,
    /// Does it, and answers one byte a second.
    Drip,
    /// Tells everything twice.
    Twice,
    /// Tells everything the other way round.
    Backwards,
}

/// When it fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// At what.
    pub on: On,
    /// How.
    #[serde(flatten)]
    pub fault: Fault,
    /// How many times; for ever when missing.
    #[serde(default)]
    pub times: Option<u32>,
    /// For which account alone; for all when missing.
    #[serde(default)]
    pub account: Option<String>,
}

impl Rule {
    /// Once.
    pub const fn once(on: On, fault: Fault) -> Self {
        Self {
            on,
            fault,
            times: Some(1),
            account: None,
        }
    }

    /// From now on.
    pub const fn always(on: On, fault: Fault) -> Self {
        Self {
            on,
            fault,
            times: None,
            account: None,
        }
    }
}

/// Takes the fault that is due for something an account asks.
pub fn next(rules: &mut Vec<Rule>, on: On, account: Option<&str>) -> Option<Fault> {
    let place = rules.iter().position(|it| {
        (it.on == on || it.on == On::Anything)
            && it
                .account
                .as_deref()
                .is_none_or(|only| account == Some(only))
    })?;
    let rule = &mut rules[place];
    let fault = rule.fault.clone();
    if let Some(times) = &mut rule.times {
        *times = times.saturating_sub(1);
        if *times == 0 {
            rules.remove(place);
        }
    }
    Some(fault)
}

/// Answers as a fault wants it; `act` is what would be done and answered without it.
pub async fn answer(fault: Option<Fault>, act: impl FnOnce() -> Response) -> Response {
    match fault {
        None | Some(Fault::Twice | Fault::Backwards) => act(),
        Some(Fault::Refuse { status, duplicate }) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            no(status, if duplicate { "duplicate" } else { "refused" })
        }
        Some(Fault::Wait { retry_after }) => {
            let mut answer = no(StatusCode::TOO_MANY_REQUESTS, "too many");
            let after = retry_after.and_then(|it| HeaderValue::from_str(&it).ok());
            if let Some(after) = after {
                answer.headers_mut().insert(header::RETRY_AFTER, after);
            }
            answer
        }
        Some(Fault::Html) => (
            [(header::CONTENT_TYPE, "text/html")],
            "<!doctype html><title>Down for maintenance</title><h1>Back soon</h1>",
        )
            .into_response(),
        Some(Fault::Huge) => {
            let status = act().status();
            (status, vec![b' '; HUGE]).into_response()
        }
        Some(Fault::Drip) => drip(act()).await,
        Some(Fault::AcceptThen { ending }) => end(act(), ending).await,
    }
}

async fn end(answer: Response, ending: Ending) -> Response {
    match ending {
        Ending::Silence => std::future::pending().await,
        Ending::Error => no(StatusCode::INTERNAL_SERVER_ERROR, "something broke"),
        Ending::Garbage => (answer.status(), "{\"id\": \"7\", \"auth").into_response(),
        Ending::Reset => {
            let pieces = [
                Ok(Bytes::from_static(b"{\"id\":")),
                Err(io::Error::from(io::ErrorKind::ConnectionReset)),
            ];
            (answer.status(), Body::from_stream(stream::iter(pieces))).into_response()
        }
    }
}

async fn drip(answer: Response) -> Response {
    let (parts, body) = answer.into_parts();
    let body = axum::body::to_bytes(body, HUGE).await.unwrap_or_default();
    let bytes = stream::unfold((body, 0), |(body, at)| async move {
        let byte = body.get(at..=at).map(Bytes::copy_from_slice)?;
        #[expect(
            clippy::disallowed_methods,
            reason = "to answer slowly is what this fault is"
        )]
        tokio::time::sleep(Duration::from_secs(1)).await;
        Some((Ok::<_, Infallible>(byte), (body, at + 1)))
    });
    (parts.status, Body::from_stream(bytes)).into_response()
}

/// A “no” in the network's own words.
pub fn no(status: StatusCode, why: &str) -> Response {
    (status, axum::Json(serde_json::json!({ "error": why }))).into_response()
}
