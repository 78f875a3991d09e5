//! Keys for programs: what they open, what they don't, and how they end.

use crate::{
    people::{founded, visitor},
    rights::{Answer, House, case_of, staffed},
};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use chrono::TimeDelta;
use serde_json::Value;
use std::{fs, path::Path};
use sundown::{
    backend::services::{
        demo, people,
        tokens::{self, Known},
    },
    domain::{
        people::Place,
        person::{Brands, Role, Viewer},
        rejection::Rejection,
        route::{Kind, ROUTES},
        token::{NewToken, TokenScope},
    },
};

/// Makes a token as an administrator does on the page; the token.
pub async fn made(house: &House, cookie: &str, fields: &str) -> String {
    let request = Request::post("/settings/tokens")
        .header(header::HOST, "localhost")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("act=make&name=Report&{fields}")))
        .expect("a request");
    let answer = house.send(request).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let at = answer.body.find("value=\"sundown_").expect("a token") + 7;
    answer.body[at..at + 72].to_owned()
}

async fn asked(house: &House, method: &str, path: &str, token: Option<&str>) -> Answer {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    house
        .send(request.body(Body::empty()).expect("a request"))
        .await
}

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|why| panic!("{why}: {}", answer.body))
}

fn wanted(scopes: &[TokenScope], brands: Brands) -> NewToken {
    NewToken {
        name: "Report".to_owned(),
        scopes: scopes.to_vec(),
        brands,
        days: 7,
    }
}

async fn key(house: &House, ada: &Viewer, scopes: &[TokenScope], brands: Brands) -> String {
    let (_, secret) = tokens::make(&house.ctx, ada, wanted(scopes, brands))
        .await
        .expect("a token");
    secret.reveal().to_owned()
}

engines! {
    async fn a_token_opens_what_it_is_for_and_nothing_else(world: World) {
        let house = House::over(world);
        demo::fill(&house.ctx).await.expect("cases");
        let ada = founded(&house.ctx).await;
        let mut keys = Vec::new();
        for scope in TokenScope::ALL {
            keys.push((Some(*scope), key(&house, &ada, &[*scope], Brands::All).await));
        }
        let revoked = key(&house, &ada, TokenScope::ALL, Brands::All).await;
        let newest = tokens::page(&house.ctx, &ada).await.expect("a page").tokens[0].id;
        tokens::revoke(&house.ctx, &ada, newest).await.expect("revoked");
        keys.push((None, revoked));
        keys.push((None, "sundown_nonsense".to_owned()));
        let mut opened = 0;
        for route in ROUTES {
            let path = route.path.replace(":id", "1").replace(":token", "nothing");
            let alone = asked(&house, route.method, &path, None).await;
            for (scope, token) in &keys {
                let at = format!("{} {} with {scope:?}", route.method, route.path);
                let answer = asked(&house, route.method, &path, Some(token)).await;
                match (route.scope, scope) {
                    // Where no token is taken, none is looked at.
                    (None, _) => assert_eq!(answer.status, alone.status, "{at}"),
                    (Some(_), None) => {
                        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{at}");
                        assert_eq!(json(&answer)["status"], 401, "{at}");
                        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json", "{at}");
                        assert_eq!(answer.headers[header::WWW_AUTHENTICATE], "Bearer", "{at}");
                    }
                    (Some(needed), Some(scope)) if needed == *scope => {
                        let is_case = route.path.ends_with(":id");
                        let status = if is_case { StatusCode::NOT_FOUND } else { StatusCode::OK };
                        assert_eq!(answer.status, status, "{at}: {}", answer.body);
                        opened += 1;
                    }
                    (Some(_), Some(_)) => assert_eq!(answer.status, StatusCode::FORBIDDEN, "{at}"),
                }
            }
        }
        assert_eq!(opened, 8);
        // Nothing of it changes anything, but for when a token was last used.
        assert!(ROUTES.iter().all(|it| it.scope.is_none() || it.method == "GET"));
        assert!(ROUTES.iter().all(|it| it.kind != Kind::Api || it.scope.is_some()));
    }

    async fn a_token_of_one_brand_knows_nothing_of_others(world: World) {
        let house = House::over(world);
        let (brands, staff) = staffed(&house.ctx).await;
        let (own, other) = (&brands[0], &brands[1]);
        let ada = staff.last().expect("an administrator").1;
        let cookie = house.sign_in(ada).await;
        let fields = format!("scope=board&scope=cases&reach=some&brand={}&days=7", own.id);
        let token = made(&house, &cookie, &fields).await;
        for path in [
            "/export/cases.csv?show=all&range=all", "/export/board.csv?range=all",
            "/api/v1/board?range=all", "/api/v1/cases?show=all&range=all&limit=200",
        ] {
            for more in [String::new(), format!("&brand={}", other.key)] {
                let it = asked(&house, "GET", &format!("{path}{more}"), Some(&token)).await;
                assert_eq!(it.status, StatusCode::OK, "{path}");
                assert!(!it.body.contains(&other.name) && !it.body.contains(&format!("\"{}\"", other.key)), "{path}");
                assert!(!more.is_empty() || it.body.contains(&own.name) || it.body.contains(&own.key), "{path}");
            }
        }
        let (own_case, other_case) = (case_of(&house.ctx, own).await, case_of(&house.ctx, other).await);
        let ask = async |id: String| asked(&house, "GET", &format!("/api/v1/cases/{id}"), Some(&token)).await;
        let mine = ask(own_case.to_string()).await;
        assert_eq!(mine.status, StatusCode::OK);
        assert_eq!(json(&mine)["id"], own_case.to_string());
        assert!(!json(&mine)["story"].as_array().expect("a story").is_empty());
        let (theirs, none) = (ask(other_case.to_string()).await, ask("1".to_owned()).await);
        assert_eq!((theirs.status, &theirs.body), (none.status, &none.body));
        assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    }

    async fn a_token_ends_by_time_by_revoking_and_with_its_makers_rights(world: World) {
        let house = House::over(world);
        let ctx = &house.ctx;
        let ada = founded(ctx).await;
        let status = async |token: &str| asked(&house, "GET", "/api/v1/board", Some(token)).await.status;
        let token = key(&house, &ada, &[TokenScope::Board], Brands::All).await;
        assert_eq!(status(&token).await, StatusCode::OK);
        // Another administrator makes one, and then is none any more.
        let (grace, _) = crate::people::joined(ctx, &ada, "grace", Role::Administrator).await;
        let cookie = house.sign_in(grace).await;
        let hers = made(&house, &cookie, "scope=board&reach=all&days=365").await;
        assert_eq!(status(&hers).await, StatusCode::OK);
        people::change(ctx, &ada, grace, Place::of(Role::Lead, true, Vec::new(), Vec::new())).await.expect("a lead");
        assert_eq!(status(&hers).await, StatusCode::UNAUTHORIZED);
        let now = ctx.clock.now();
        ctx.clock.set(now + TimeDelta::days(7) - TimeDelta::milliseconds(1));
        assert_eq!(status(&token).await, StatusCode::OK);
        ctx.clock.set(now + TimeDelta::days(7));
        assert_eq!(status(&token).await, StatusCode::UNAUTHORIZED);
    }

    async fn making_and_revoking_asks_for_the_password_and_is_recorded(world: World) {
        let house = House::over(world);
        let ctx = &house.ctx;
        let ada = founded(ctx).await;
        let token = key(&house, &ada, &[TokenScope::Board], Brands::All).await;
        let refused = async |new: NewToken| tokens::make(ctx, &ada, new).await.err().map(|it| it.to_string());
        let said = |it: Rejection| Some(it.to_string());
        assert_eq!(refused(wanted(&[], Brands::All)).await, said(Rejection::NoScope));
        assert_eq!(refused(wanted(&[TokenScope::Board], Brands::Only(Vec::new()))).await, said(Rejection::NoBrand));
        let endless = NewToken { days: 366, ..wanted(&[TokenScope::Board], Brands::All) };
        assert_eq!(refused(endless).await, said(Rejection::TokenDays));
        ctx.clock.set(ctx.clock.now() + TimeDelta::minutes(11));
        assert_eq!(refused(wanted(&[TokenScope::Board], Brands::All)).await, said(Rejection::NotConfirmed));
        let id = tokens::page(ctx, &ada).await.expect("a page").tokens[0].id;
        assert!(tokens::revoke(ctx, &ada, id).await.is_err());
        // The page asks for it and goes on with what was filled in.
        let cookie = house.sign_in(ada.person).await;
        ctx.clock.set(ctx.clock.now() + TimeDelta::minutes(11));
        let post = async |fields: &str| {
            let request = Request::post("/settings/tokens")
                .header(header::HOST, "localhost")
                .header(header::COOKIE, &cookie)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(fields.to_owned()))
                .expect("a request");
            house.send(request).await
        };
        let fields = "act=make&name=Weekly&scope=cases&reach=all&days=90";
        let no = post(fields).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(no.body.contains("confirm with your password first") && no.body.contains("value=\"Weekly\""));
        assert_eq!(post(&format!("{fields}&confirmation=wrong")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let yes = post(&format!("{fields}&confirmation=sextant+lamp+orchard")).await;
        assert_eq!(yes.status, StatusCode::OK, "{}", yes.body);
        assert_eq!(post(&format!("act=revoke&token={id}")).await.status, StatusCode::OK);
        let told = world.texts("select action from audit where action like 'token.%' order by number").await;
        assert_eq!(told, ["token.made", "token.made", "token.revoked"]);
        // Of the token itself only its hash is kept.
        assert!(!world.everything().await.join(" ").contains(&token));
    }

    async fn wrong_tokens_are_counted_and_right_ones_are_not(world: World) {
        let house = House::over(world);
        let ctx = &house.ctx;
        let ada = founded(ctx).await;
        let token = key(&house, &ada, &[TokenScope::Board], Brands::All).await;
        let wrong = format!("sundown_{}", "0".repeat(64));
        let know = async |token: &str| tokens::know(ctx, &visitor(), token, TokenScope::Board).await.expect("an answer");
        for _ in 0..20 {
            assert!(matches!(know(&wrong).await, Known::No));
        }
        assert!(matches!(know(&wrong).await, Known::TooMany(300)));
        assert!(matches!(know(&token).await, Known::Yes(_)));
        ctx.clock.set(ctx.clock.now() + TimeDelta::minutes(5));
        assert!(matches!(know(&wrong).await, Known::No));
    }

    async fn cases_come_page_by_page_each_once(world: World) {
        let house = House::over(world);
        demo::fill(&house.ctx).await.expect("cases");
        let ada = founded(&house.ctx).await;
        let token = key(&house, &ada, &[TokenScope::Cases], Brands::All).await;
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        let count = loop {
            let path = format!("/api/v1/cases?show=all&range=all&limit=200{cursor}");
            let page = json(&asked(&house, "GET", &path, Some(&token)).await);
            let cases = page["cases"].as_array().expect("cases");
            seen.extend(cases.iter().map(|it| it["id"].as_str().expect("an id").to_owned()));
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break page["count"].as_u64().expect("a count"),
            }
        };
        assert!(count > 200, "more than a page");
        assert_eq!(seen.len() as u64, count);
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len() as u64, count, "none twice");
        for wrong in ["limit=0", "limit=201", "limit=x", "cursor=x", "show=moon"] {
            let answer = asked(&house, "GET", &format!("/api/v1/cases?{wrong}"), Some(&token)).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}");
            assert_eq!(json(&answer)["parameter"], wrong.split('=').next().expect("a name"), "{wrong}");
        }
    }

    async fn the_examples_of_the_documentation_work(world: World) {
        let house = House::over(world);
        demo::fill(&house.ctx).await.expect("cases");
        let ada = founded(&house.ctx).await;
        let token = key(&house, &ada, TokenScope::ALL, Brands::All).await;
        let mut tx = house.ctx.store.read().await.expect("a snapshot");
        let last = sundown::backend::store::events::last(&mut tx).await.expect("a number");
        let ids = sundown::backend::store::events::changed_after(&mut tx, last - 1, last).await.expect("a case");
        drop(tx);
        let text = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/API.md");
        let text = fs::read_to_string(text).expect("the documentation");
        let calls: Vec<&str> = text.lines().filter(|it| it.starts_with("curl ")).collect();
        assert!(calls.len() >= 6, "there are examples");
        for call in &calls {
            assert!(call.contains("-H \"Authorization: Bearer $SUNDOWN_TOKEN\""), "{call}");
            let path = call.split("https://sundown.example.com").nth(1).expect("an address");
            let path = path.split('"').next().expect("its end").replace("CASE", &ids[0].to_string());
            let answer = asked(&house, "GET", &path, Some(&token)).await;
            assert_eq!(answer.status, StatusCode::OK, "{call}: {}", answer.body);
        }
        // Every address for programs is shown, and every field of a case and of the figures named.
        for route in ROUTES.iter().filter(|it| it.scope.is_some()) {
            let path = route.path.replace(":id", "CASE");
            assert!(calls.iter().any(|it| it.contains(&path)), "{path} has no example");
        }
        let page = json(&asked(&house, "GET", "/api/v1/cases?limit=1&show=all&range=all", Some(&token)).await);
        let board = json(&asked(&house, "GET", "/api/v1/board?range=all", Some(&token)).await);
        let fields = |it: &Value| it.as_object().expect("fields").keys().cloned().collect::<Vec<_>>();
        for field in [fields(&page), fields(&page["cases"][0]), fields(&board), fields(&board["total"])].concat() {
            assert!(text.contains(&format!("`{field}`")), "{field} is not documented");
        }
    }
}
