//! What a connector sees.

use super::{
    Network,
    faults::{self, Fault, On, no},
    state::Sent,
};
use crate::backend::connectors::scripted::mapping::{Account, Feed};
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;

/// The connector's door.
pub fn router() -> Router<Network> {
    Router::new()
        .route("/me", get(me))
        .route("/feed", get(feed))
        .route("/own", get(own))
        .route("/posts", post(write))
        .route("/posts/{id}", get(one))
}

impl Network {
    /// Whose token a request carries.
    fn holder(&self, headers: &HeaderMap) -> Option<Account> {
        let said = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        self.state().holder(said.strip_prefix("Bearer ")?)
    }

    /// Does what an account asks, unless it is to fail.
    async fn act(
        &self,
        on: On,
        headers: &HeaderMap,
        act: impl FnOnce(Account, Option<&Fault>) -> Response,
    ) -> Response {
        let holder = self.holder(headers);
        let account = holder.as_ref().map(|it| it.handle.as_str());
        let fault = faults::next(&mut self.state().faults, on, account);
        let Some(holder) = holder else {
            return no(StatusCode::UNAUTHORIZED, "unknown token");
        };
        let seen = fault.clone();
        faults::answer(fault, || act(holder, seen.as_ref())).await
    }
}

async fn me(State(network): State<Network>, headers: HeaderMap) -> Response {
    let act = |holder: Account, _: Option<&Fault>| Json(holder).into_response();
    network.act(On::LookUp, &headers, act).await
}

#[derive(Deserialize)]
struct Since {
    cursor: String,
    limit: usize,
}

async fn feed(
    State(network): State<Network>,
    headers: HeaderMap,
    Query(since): Query<Since>,
) -> Response {
    let act = |holder: Account, fault: Option<&Fault>| {
        let state = network.state();
        // A cursor of an earlier life of the network begins anew.
        let (epoch, after) = since.cursor.split_once('.').unwrap_or_default();
        let after = if epoch.parse() == Ok(state.epoch) {
            after.parse().unwrap_or(0)
        } else {
            0
        };
        let (mut items, next, has_more) =
            state.feed_of(&holder.handle, after, since.limit.clamp(1, 500));
        match fault {
            Some(Fault::Twice) => {
                items = items
                    .iter()
                    .flat_map(|it| [it.clone(), it.clone()])
                    .collect()
            }
            Some(Fault::Backwards) => items.reverse(),
            _ => {}
        }
        let cursor = format!("{}.{next}", state.epoch);
        Json(Feed {
            items,
            cursor,
            has_more,
        })
        .into_response()
    };
    network.act(On::Feed, &headers, act).await
}

#[derive(Deserialize)]
struct Below {
    in_reply_to: String,
}

async fn own(
    State(network): State<Network>,
    headers: HeaderMap,
    Query(below): Query<Below>,
) -> Response {
    let act = |holder: Account, _: Option<&Fault>| {
        let found = network.state().own(&holder.handle, &below.in_reply_to);
        Json(found).into_response()
    };
    network.act(On::LookUp, &headers, act).await
}

async fn one(
    State(network): State<Network>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let act = |_: Account, _: Option<&Fault>| match network.state().find(&id) {
        Some(kept) if kept.deleted_at.is_none() => Json(kept.post.clone()).into_response(),
        Some(_) => no(StatusCode::GONE, "no such post"),
        None => no(StatusCode::NOT_FOUND, "no such post"),
    };
    network.act(On::LookUp, &headers, act).await
}

async fn write(
    State(network): State<Network>,
    headers: HeaderMap,
    Json(mut sent): Json<Sent>,
) -> Response {
    let key = headers.get("idempotency-key");
    sent.idempotency_key = key.and_then(|it| it.to_str().ok()).map(str::to_owned);
    let now = network.clock.now();
    let act = |holder: Account, _: Option<&Fault>| {
        let posted = network.state().post(&holder.handle, &sent, now);
        match posted {
            Ok(shown) => (StatusCode::CREATED, Json(shown)).into_response(),
            Err(why @ "no such post") => no(StatusCode::NOT_FOUND, why),
            Err(why @ "duplicate") => no(StatusCode::FORBIDDEN, why),
            Err(why) => no(StatusCode::UNPROCESSABLE_ENTITY, why),
        }
    };
    network.act(On::Post, &headers, act).await
}
