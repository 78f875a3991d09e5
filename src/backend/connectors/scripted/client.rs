//! Speaks to the network that plays a part, over HTTP.

use super::mapping::{Shown, after_s};
use crate::{
    backend::{
        connectors::Trouble,
        egress::{Answer, Egress, Failure, Question},
    },
    domain::outgoing::{Outgoing, Seen},
};
use reqwest::{
    Method, StatusCode, Url,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue},
};
use serde::de::DeserializeOwned;

/// Asks one account's questions.
pub struct Client {
    egress: Egress,
    base: Url,
    token: HeaderValue,
}

impl Client {
    /// A client of an account; `None` when the token can't stand in a header.
    pub fn new(egress: Egress, base: Url, token: &str) -> Option<Self> {
        let mut token = HeaderValue::from_str(&format!("Bearer {token}")).ok()?;
        token.set_sensitive(true);
        Some(Self {
            egress,
            base,
            token,
        })
    }

    fn question(&self, method: Method, path: &str, query: &[(&str, &str)]) -> Question {
        let mut url = self.base.clone();
        url.set_path(path);
        url.set_query(None);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Question {
            method,
            url,
            headers: vec![(AUTHORIZATION, self.token.clone())],
            body: None,
        }
    }

    /// Reads something.
    pub async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<T, Trouble> {
        let question = self.question(Method::GET, path, query);
        let answer = self.egress.ask(question).await.map_err(away)?;
        read(&answer)
    }

    /// The same, where “there is no such thing” is an answer.
    pub async fn find<T: DeserializeOwned>(&self, path: &str) -> Result<Option<T>, Trouble> {
        let question = self.question(Method::GET, path, &[]);
        let answer = self.egress.ask(question).await.map_err(away)?;
        match answer.status {
            // Only where the network says so in its own words: a proxy's 404 proves nothing.
            StatusCode::NOT_FOUND | StatusCode::GONE if says(&answer, "no such post") => Ok(None),
            _ => read(&answer).map(Some),
        }
    }

    /// Tries once to post; tells what was seen.
    pub async fn post(&self, outgoing: &Outgoing) -> Seen {
        let mut question = self.question(Method::POST, "/api/posts", &[]);
        let body = serde_json::json!({
            "id": outgoing.chosen_id,
            "in_reply_to": outgoing.in_reply_to,
            "to": outgoing.to,
            "visibility": outgoing.visibility,
            "text": outgoing.body,
            "reply_key": outgoing.key,
        });
        question.body = Some(body.to_string().into_bytes());
        let json = HeaderValue::from_static("application/json");
        question.headers.push((CONTENT_TYPE, json));
        if let Ok(key) = HeaderValue::from_str(&outgoing.key) {
            let name = HeaderName::from_static("idempotency-key");
            question.headers.push((name, key));
        }
        match self.egress.ask(question).await {
            Err(Failure::NotSent(why)) => Seen::NoConnection(why),
            Err(Failure::Broken(why)) => Seen::Broken(why),
            Ok(answer) => Seen::Answer {
                status: answer.status.as_u16(),
                says_duplicate: says(&answer, "duplicate"),
                accepted: accepted(&answer),
                after_s: after_s(&answer.headers),
            },
        }
    }
}

fn accepted(answer: &Answer) -> Option<crate::domain::outgoing::Accepted> {
    let shown: Shown = serde_json::from_slice(answer.body.as_ref().ok()?).ok()?;
    shown.accepted()
}

fn says(answer: &Answer, what: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct No {
        error: String,
    }
    let body = answer.body.as_ref().ok();
    let no = body.and_then(|it| serde_json::from_slice::<No>(it).ok());
    no.is_some_and(|it| it.error == what)
}

fn away(why: Failure) -> Trouble {
    Trouble::Away(why.to_string())
}

fn read<T: DeserializeOwned>(answer: &Answer) -> Result<T, Trouble> {
    match answer.status {
        StatusCode::OK => {}
        StatusCode::UNAUTHORIZED => return Err(Trouble::Reconnect),
        StatusCode::TOO_MANY_REQUESTS => return Err(Trouble::Wait(after_s(&answer.headers))),
        status => {
            return Err(Trouble::Away(format!(
                "The network answered {}.",
                status.as_u16()
            )));
        }
    }
    let body = answer
        .body
        .as_ref()
        .map_err(|why| Trouble::Away(why.clone()))?;
    // What serde says may quote what somebody wrote, so only the place is told.
    serde_json::from_slice(body).map_err(|why| {
        Trouble::Garbled(format!(
            "not readable at line {}, column {}",
            why.line(),
            why.column()
        ))
    })
}
