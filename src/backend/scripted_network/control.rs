//! The door for whoever directs the play. Everything is JSON, so that no other site's page can
//! post to it.

use super::{Draft, Habits, Network, Rule, faults::no, state::Counts};
use crate::{
    backend::connectors::scripted::mapping::{Account, Shown},
    domain::time::Instant,
};
use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::Value;

/// The director's door.
pub fn router() -> Router<Network> {
    Router::new()
        .route("/accounts", post(account))
        .route("/posts", get(all).post(write))
        .route("/posts/{id}/edit", post(edit))
        .route("/posts/{id}/delete", post(delete))
        .route("/tell", post(tell))
        .route("/faults", post(fail))
        .route("/faults/clear", post(work))
        .route("/habits", post(habits))
        .route("/counts", get(counts))
}

#[derive(Deserialize)]
struct NewAccount {
    #[serde(flatten)]
    account: Account,
    token: Option<String>,
}

async fn account(State(network): State<Network>, Json(new): Json<NewAccount>) -> StatusCode {
    network.account(new.account, new.token.as_deref());
    StatusCode::NO_CONTENT
}

async fn write(State(network): State<Network>, Json(draft): Json<Draft>) -> Response {
    match network.write(draft) {
        Ok(shown) => Json(shown).into_response(),
        Err(why) => no(StatusCode::CONFLICT, why),
    }
}

async fn all(State(network): State<Network>) -> Json<Value> {
    Json(serde_json::to_value(network.posts()).unwrap_or_default())
}

#[derive(Deserialize)]
struct Text {
    text: String,
}

async fn edit(
    State(network): State<Network>,
    Path(id): Path<String>,
    Json(new): Json<Text>,
) -> Result<Json<Shown>, StatusCode> {
    let shown = network.edit(&id, &new.text);
    shown.map(Json).ok_or(StatusCode::NOT_FOUND)
}

#[derive(Deserialize)]
struct When {
    at: Option<Instant>,
}

async fn delete(
    State(network): State<Network>,
    Path(id): Path<String>,
    Json(when): Json<When>,
) -> StatusCode {
    if network.delete(&id, when.at) {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::NOT_FOUND
    }
}

#[derive(Deserialize)]
struct Told {
    to: String,
    item: Value,
}

async fn tell(State(network): State<Network>, Json(told): Json<Told>) -> StatusCode {
    network.tell(&told.to, told.item);
    StatusCode::NO_CONTENT
}

async fn fail(State(network): State<Network>, Json(rule): Json<Rule>) -> StatusCode {
    network.fail(rule);
    StatusCode::NO_CONTENT
}

async fn work(State(network): State<Network>, Json(_): Json<Value>) -> StatusCode {
    network.work();
    StatusCode::NO_CONTENT
}

async fn habits(State(network): State<Network>, Json(habits): Json<Habits>) -> StatusCode {
    network.habits(habits);
    StatusCode::NO_CONTENT
}

async fn counts(State(network): State<Network>) -> Json<Counts> {
    Json(network.counts())
}
