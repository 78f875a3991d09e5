//! What holds for every request: nothing from another site is done, nothing is changed by reading,
//! every answer says what a browser may do with it, and no secret is told.

use crate::{
    people::founded,
    rights::{Answer, House},
};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};
use sundown::{
    backend::services::demo,
    domain::{
        ids::PersonId,
        route::{Kind, ROUTES, Route},
    },
};
use tracing_subscriber::fmt::MakeWriter;

/// An address that leads to something, as far as that is known beforehand.
fn address(route: &Route) -> String {
    route.path.replace(":id", "1").replace(":token", "nothing")
}

fn request(route: &Route, to: &str) -> axum::http::request::Builder {
    let kind = match route.kind {
        Kind::Call => "application/json",
        Kind::Page | Kind::Form | Kind::File | Kind::Api => "application/x-www-form-urlencoded",
    };
    Request::builder()
        .method(route.method)
        .uri(to)
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, kind)
}

fn unsafe_routes() -> impl Iterator<Item = &'static Route> {
    ROUTES
        .iter()
        .filter(|it| !Method::from_bytes(it.method.as_bytes()).is_ok_and(|it| it.is_safe()))
}

fn read_routes() -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().filter(|it| it.method == "GET")
}

/// Every nonce of a page, and every script or style that has none.
fn scripts(page: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut nonces, mut bare) = (Vec::new(), Vec::new());
    for open in ["<script", "<style"] {
        for (at, _) in page.match_indices(open) {
            let tag = page[at..].split('>').next().unwrap_or_default();
            match tag
                .split("nonce=\"")
                .nth(1)
                .and_then(|it| it.split('"').next())
            {
                Some(nonce) => nonces.push(nonce),
                None => bare.push(tag),
            }
        }
    }
    (nonces, bare)
}

/// A log that is kept.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("the log").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Kept {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

async fn as_administrator(house: &House) -> (PersonId, String) {
    let ada = founded(&house.ctx).await;
    (ada.person, house.sign_in(ada.person).await)
}

engines! {
    async fn nothing_that_another_site_sends_is_done(world: World) {
        let house = House::over(world);
        let (_, cookie) = as_administrator(&house).await;
        let before = world.everything().await;
        let foreign = [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
        ];
        let mut sent = 0;
        for route in unsafe_routes() {
            for (name, value) in foreign {
                let it = request(route, &address(route))
                    .header(header::COOKIE, &cookie)
                    .header(name, value)
                    .body(Body::empty())
                    .expect("a request");
                let answer = house.send(it).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} with {name}: {value}", route.path);
                assert!(answer.body.contains("another site"), "{} says why", route.path);
                sent += 1;
            }
        }
        assert!(sent > 40, "the table of routes was walked");
        assert_eq!(world.everything().await, before);
        // Our own pages are heard.
        let own = ROUTES.iter().find(|it| it.path.ends_with("/rate_password")).expect("a function");
        let it = request(own, own.path)
            .header(header::COOKIE, &cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::ORIGIN, "http://localhost")
            .body(Body::from(r#"{"password":"x","own":""}"#))
            .expect("a request");
        assert_eq!(house.send(it).await.status, StatusCode::OK);
    }

    async fn reading_changes_nothing(world: World) {
        let house = House::over(world);
        demo::fill(&house.ctx).await.expect("cases");
        let (_, cookie) = as_administrator(&house).await;
        let before = world.everything().await;
        for route in read_routes() {
            for method in ["GET", "HEAD"] {
                for cookie in [None, Some(&cookie)] {
                    let mut it = request(route, &address(route)).method(method);
                    if let Some(cookie) = cookie {
                        it = it.header(header::COOKIE, cookie);
                    }
                    let answer = house.send(it.body(Body::empty()).expect("a request")).await;
                    assert!(!answer.status.is_server_error(), "{method} {}", route.path);
                }
            }
        }
        assert_eq!(world.everything().await, before);
        // What is changed by sending can't be had by reading either.
        for route in unsafe_routes() {
            let it = request(route, &address(route)).method("GET").header(header::COOKIE, &cookie);
            house.send(it.body(Body::empty()).expect("a request")).await;
        }
        assert_eq!(world.everything().await, before);
    }

    async fn every_answer_says_what_a_browser_may_do_with_it(world: World) {
        let house = House::over(world);
        demo::fill(&house.ctx).await.expect("cases");
        let (_, cookie) = as_administrator(&house).await;
        let always = [
            ("x-content-type-options", "nosniff"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ];
        let mut nonces = Vec::new();
        let addresses = ROUTES.iter().map(|it| (it, address(it)));
        let lost = ROUTES.iter().take(1).map(|it| (it, "/nowhere".to_owned()));
        for (route, to) in addresses.chain(lost) {
            for cookie in [None, Some(&cookie)] {
                let mut it = request(route, &to);
                if let Some(cookie) = cookie {
                    it = it.header(header::COOKIE, cookie);
                }
                let Answer { headers, body, .. } = house.send(it.body(Body::empty()).expect("a request")).await;
                let at = format!("{} {to}", route.method);
                let said = |name: &str| headers.get(name).map_or("", |it| it.to_str().expect("letters")).to_owned();
                for (name, value) in always {
                    assert_eq!(said(name), value, "{at}: {name}");
                }
                assert!(["same-origin", "no-referrer"].contains(&said("referrer-policy").as_str()), "{at}");
                assert!(["private, no-cache", "no-store"].contains(&said("cache-control").as_str()), "{at}");
                assert!(said("permissions-policy").contains("camera=()"), "{at}");
                let policy = said("content-security-policy");
                assert!(policy.starts_with("default-src 'none'"), "{at}: {policy}");
                assert!(policy.contains("frame-ancestors 'none'"), "{at}: {policy}");
                assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{at}: {policy}");
                if said("content-type").starts_with("text/html") {
                    assert!(policy.contains("base-uri 'none'") && policy.contains("form-action 'self'"), "{at}: {policy}");
                    let (found, bare) = scripts(&body);
                    assert!(bare.is_empty(), "{at} has what its own policy forbids: {bare:?}");
                    for nonce in &found {
                        assert!(policy.contains(&format!("'nonce-{nonce}'")), "{at}");
                    }
                    nonces.extend(found.first().map(|it| (*it).to_owned()));
                    for forbidden in [" onclick=", " onload=", " onerror=", "javascript:"] {
                        assert!(!body.contains(forbidden), "{at} has {forbidden}");
                    }
                }
            }
        }
        let all = nonces.len();
        assert!(all > 10, "pages were crawled");
        nonces.sort_unstable();
        nonces.dedup();
        assert_eq!(nonces.len(), all, "no nonce comes twice");
    }

    async fn beyond_this_machine_a_browser_is_told_to_keep_to_tls(world: World) {
        let house = House::over(world);
        let asked = async |host: &str| {
            let it = Request::builder().uri("/sign-in").header(header::HOST, host);
            let answer = house.send(it.body(Body::empty()).expect("a request")).await;
            answer.headers.contains_key(header::STRICT_TRANSPORT_SECURITY)
        };
        assert!(asked("care.example.com").await);
        assert!(!asked("127.0.0.1:3000").await);
    }

    async fn a_page_from_before_an_upgrade_is_told_to_load_again(world: World) {
        let house = House::over(world);
        let (_, cookie) = as_administrator(&house).await;
        let call = ROUTES.iter().find(|it| it.path.ends_with("/load_board")).expect("a function");
        let ask = async |build: Option<&str>| {
            let mut it = request(call, call.path).header(header::COOKIE, &cookie);
            if let Some(build) = build {
                it = it.header("x-sundown-build", build);
            }
            let query = r#"{"query":{"range":{"Preset":"All"},"compare":false,"filter":{},"attribution":"Opened","clock":"Calendar"}}"#;
            house.send(it.body(Body::from(query)).expect("a request")).await
        };
        let old = ask(Some("pkg/yesterday")).await;
        assert_eq!(old.status, StatusCode::CONFLICT);
        assert!(old.body.contains("Load the page again"), "{}", old.body);
        assert_eq!(old.headers.get("x-sundown-build").expect("today's"), "pkg/0");
        for build in [Some("pkg/0"), None] {
            assert_ne!(ask(build).await.status, StatusCode::CONFLICT);
        }
    }

    async fn nobody_sends_more_than_fits(world: World) {
        let house = House::over(world);
        let (_, cookie) = as_administrator(&house).await;
        let before = world.everything().await;
        for route in unsafe_routes() {
            let flood = "a=".to_owned() + &"x".repeat(2 * 1024 * 1024);
            let it = request(route, &address(route)).header(header::COOKIE, &cookie);
            let told = it.header(header::CONTENT_LENGTH, flood.len());
            let answer = house.send(told.body(Body::from(flood.clone())).expect("a request")).await;
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", route.path);
            // Whoever doesn't say how much is coming is cut off on the way; signing out reads none of
            // it, and may be done.
            if route.path == "/sign-out" {
                continue;
            }
            let it = request(route, &address(route)).header(header::COOKIE, &cookie);
            let answer = house.send(it.body(Body::from(flood)).expect("a request")).await;
            assert!(!answer.status.is_success(), "{}: {}", route.path, answer.status);
        }
        assert_eq!(world.everything().await, before);
    }

    async fn no_secret_is_told_by_a_page_or_the_log(world: World) {
        let house = House::over(world);
        let log = Kept::default();
        let talkative = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(log.clone())
            .finish();
        let _guard = tracing::subscriber::set_default(talkative);
        let (ada, cookie) = as_administrator(&house).await;
        let token = cookie.split_once('=').expect("a cookie").1.to_owned();
        let given = crate::tokens::made(&house, &cookie, "scope=board&scope=cases&scope=audit&reach=all&days=7").await;
        let kept = world
            .texts("select password from people where password is not null union select token from sessions union select token from links union select token from api_tokens")
            .await;
        assert!(kept.len() > 2, "there are secrets to look for");
        let password = "canary-hush-4711-word";
        let mut told = String::new();
        for route in ROUTES {
            // Signing out would end the rest of the walk.
            if route.path == "/sign-out" {
                continue;
            }
            let body = match route.kind {
                Kind::Call => format!(r#"{{"password":"{password}","own":"","id":"{ada}"}}"#),
                _ => format!("act=password&email=ada%40example.com&password={password}&again={password}&code={password}"),
            };
            let it = request(route, &address(route)).header(header::COOKIE, &cookie);
            let answer = house.send(it.body(Body::from(body)).expect("a request")).await;
            told += &format!("{} {}: {:?}\n{}\n", route.method, route.path, answer.headers, answer.body);
        }
        for route in ROUTES.iter().filter(|it| it.scope.is_some()) {
            for token in [given.clone(), given.replace("sundown_", "sundown_0")] {
                let it = request(route, &address(route)).header(header::AUTHORIZATION, format!("Bearer {token}"));
                let answer = house.send(it.body(Body::empty()).expect("a request")).await;
                told += &format!("{} {}: {:?}\n{}\n", route.method, route.path, answer.headers, answer.body);
            }
        }
        told += &String::from_utf8_lossy(&log.0.lock().expect("the log"));
        assert!(told.contains("select"), "the log was talkative");
        for secret in kept.iter().map(String::as_str).chain([token.as_str(), password, given.as_str()]) {
            let around = told.find(secret).map(|at| told[..at].chars().rev().take(120).collect::<String>());
            assert_eq!(around, None, "a secret was told");
        }
    }
}
