//! Who may ask for what: every address, by every role, over HTTP, against a table written by hand.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use serde_json::json;
use std::{collections::BTreeSet, fs, path::Path};
use sundown::{
    app::App,
    backend::{
        ctx::Ctx,
        services::{demo, people, sessions},
        store,
        web::{Doors, assets::Site, router},
    },
    domain::{
        board_query::{BoardQuery, Preset, Range},
        brand::Brand,
        ids::{CaseId, PersonId},
        people::Place,
        person::{Person, Role, Standing},
        question::{Filter, Which},
        route::ROUTES,
    },
};
use tower::ServiceExt;

use crate::people::{founded, visitor};

/// What each address answers: `ok`, `no` (403), `in` (to the sign-in), `401`.
/// Columns: signed out, viewer, agent, lead, administrator. Signing out ends at the sign-in, and so
/// does looking for a setup that is done.
const EXPECTED: &str = "
GET  /health                                          ok  ok ok ok ok
GET  /sign-in                                         ok  ok ok ok ok
POST /sign-in                                         ok  ok ok ok ok
GET  /signed-in                                       in  ok ok ok ok
POST /sign-out                                        in  in in in in
GET  /setup                                           in  in in in in
GET  /setup/:token                                    ok  ok ok ok ok
POST /setup/:token                                    ok  ok ok ok ok
GET  /link/:token                                     ok  ok ok ok ok
POST /link/:token                                     ok  ok ok ok ok
POST /demo                                            ok  ok ok ok ok
GET  /confirm/:token                                  ok  ok ok ok ok
POST /confirm/:token                                  ok  ok ok ok ok
POST /fn/sundown/server_fns/account/rate_password     ok  ok ok ok ok
GET  /                                                in  ok ok ok ok
POST /fn/sundown/server_fns/board/load_board          401 ok ok ok ok
GET  /export/board.csv                                401 ok ok ok ok
GET  /cases                                           in  ok ok ok ok
GET  /cases/:id                                       in  ok ok ok ok
POST /fn/sundown/server_fns/cases/load_cases          401 ok ok ok ok
POST /fn/sundown/server_fns/cases/load_case           401 ok ok ok ok
POST /fn/sundown/server_fns/triage/correct_triage     401 no ok ok ok
GET  /export/cases.csv                                401 ok ok ok ok
GET  /inbox                                           in  ok ok ok ok
GET  /inbox/:id                                       in  ok ok ok ok
POST /fn/sundown/server_fns/inbox/load_pane           401 ok ok ok ok
POST /fn/sundown/server_fns/replies/send_reply        401 no ok ok ok
POST /fn/sundown/server_fns/replies/decide_reply      401 no ok ok ok
POST /fn/sundown/server_fns/replies/keep_draft        401 no ok ok ok
POST /work                                            in  no ok ok ok
GET  /promises                                        in  ok ok ok ok
GET  /export/promises.csv                             401 ok ok ok ok
GET  /notifications                                   in  ok ok ok ok
POST /notifications                                   in  ok ok ok ok
GET  /channels                                        in  no no ok ok
POST /channels                                        in  no no ok ok
GET  /account                                         in  ok ok ok ok
POST /account                                         in  ok ok ok ok
GET  /settings                                        in  ok ok ok ok
GET  /settings/people                                 in  no no no ok
POST /settings/people                                 in  no no no ok
GET  /settings/tokens                                 in  no no no ok
POST /settings/tokens                                 in  no no no ok
GET  /audit                                           in  no no no ok
POST /audit                                           in  no no no ok
GET  /export/audit.csv                                401 no no no ok
GET  /export/audit.jsonl                              401 no no no ok
GET  /api/v1/board                                    401 401 401 401 401
GET  /api/v1/cases                                    401 401 401 401 401
GET  /api/v1/cases/:id                                401 401 401 401 401
GET  /settings/people/:id                             in  no no no ok
POST /settings/people/:id                             in  no no no ok
GET  /settings/teams                                  in  no no no ok
POST /settings/teams                                  in  no no no ok
GET  /settings/rules/targets                          in  no no ok ok
POST /settings/rules/targets                          in  no no ok ok
GET  /settings/rules/sundown                          in  no no ok ok
POST /settings/rules/sundown                          in  no no ok ok
GET  /settings/rules/calendar                         in  no no ok ok
POST /settings/rules/calendar                         in  no no ok ok
POST /settings/rules/calendar/choose                   in  no no ok ok
POST /settings/rules/calendar/holidays                in  no no ok ok
GET  /settings/topics                                 in  no no ok ok
POST /settings/topics                                 in  no no ok ok
GET  /settings/urgency                                in  no no no ok
POST /settings/urgency                                in  no no no ok
GET  /settings/macros                                 in  no no ok ok
POST /settings/macros                                 in  no no ok ok
GET  /settings/retention                              in  no no no ok
POST /settings/retention                              in  no no no ok
GET  /settings/brands                                 in  no no no ok
POST /settings/brands                                 in  no no no ok
";

/// The server over a store, and what it is asked with.
pub struct House {
    /// What services are handed.
    pub ctx: Ctx,
    app: Router,
}

impl House {
    /// A server over a world's store.
    pub fn over(world: &crate::world::World) -> Self {
        let folder = world.path("site");
        fs::create_dir(&folder).expect("a folder");
        fs::write(
            folder.join("site.json"),
            r#"{"pkg": "pkg/0", "chunks": {}}"#,
        )
        .expect("a site");
        let site = Site::in_folder(&folder).expect("a site");
        let ctx = world.ctx.clone();
        Self {
            app: router(site, ctx.clone(), Doors::default()),
            ctx,
        }
    }

    /// Signs somebody in; the cookie that says so.
    pub async fn sign_in(&self, who: PersonId) -> String {
        let mut tx = self.ctx.store.write().await.expect("a change");
        let token = sessions::begin(&self.ctx, &mut tx, &visitor(), who, false)
            .await
            .expect("a sign-in");
        tx.commit().await.expect("committed");
        format!("sundown={}", token.reveal())
    }

    /// Asks as somebody, with a sign-in of its own; returns the status, where it leads, the body.
    async fn ask(
        &self,
        who: Option<PersonId>,
        method: &str,
        path: &str,
        body: Option<String>,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost");
        if let Some(who) = who {
            request = request.header(header::COOKIE, self.sign_in(who).await);
        }
        let kind = if path.starts_with("/fn/") && !is_posted_by_a_form(path) {
            "application/json"
        } else {
            "application/x-www-form-urlencoded"
        };
        let request = request.header(header::CONTENT_TYPE, kind);
        let request = request
            .body(body.map_or_else(Body::empty, Body::from))
            .expect("a request");
        self.send(request).await
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let answer = self.app.clone().oneshot(request).await.expect("an answer");
        let leads_to = answer
            .headers()
            .get(header::LOCATION)
            .map(|it| it.to_str().expect("an address").to_owned());
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = to_bytes(answer.into_body(), usize::MAX)
            .await
            .expect("a body");
        Answer {
            status,
            leads_to,
            headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }
}

/// What came back.
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    leads_to: Option<String>,
    /// Its headers.
    pub headers: HeaderMap,
    /// What it says.
    pub body: String,
}

impl Answer {
    fn word(&self) -> &'static str {
        match (self.status, self.leads_to.as_deref()) {
            (StatusCode::UNAUTHORIZED, _) => "401",
            (StatusCode::FORBIDDEN, _) => "no",
            (StatusCode::SEE_OTHER, Some(to))
                if to.starts_with("/sign-in?next=") || to == "/sign-in" =>
            {
                "in"
            }
            (StatusCode::METHOD_NOT_ALLOWED, _) => "broken",
            (status, _) if status.is_server_error() => "broken",
            _ => "ok",
        }
    }
}

fn everything(brand: Option<&str>) -> BoardQuery {
    BoardQuery {
        range: Range::Preset(Preset::All),
        filter: Filter {
            brand: brand.map(str::to_owned),
            ..Filter::default()
        },
        ..BoardQuery::default()
    }
}

/// Server functions that pages without scripts post to.
fn is_posted_by_a_form(path: &str) -> bool {
    [
        "/correct_triage",
        "/send_reply",
        "/decide_reply",
        "/keep_draft",
    ]
    .iter()
    .any(|it| path.ends_with(it))
}

/// What a server function or form is sent.
fn body(path: &str, id: &str, brand: Option<&str>) -> String {
    let query = everything(brand);
    let json = match path.rsplit('/').next().unwrap_or_default() {
        _ if !path.starts_with("/fn/") => return String::new(),
        "load_board" => json!({"query": query}),
        "load_cases" => json!({"query": query, "which": Which::All, "page": 1}),
        "load_case" => json!({"id": id}),
        "correct_triage" => {
            return format!("case={id}&kind=noise&tone=neutral&priority=low&topic=&back=/cases");
        }
        "load_pane" => json!({"pane": "Side", "search": "", "case": id}),
        "send_reply" => {
            return format!("case={id}&kind=public&body=hello&key=k&seen=0");
        }
        "decide_reply" => return "reply=1&decision=take-back".to_owned(),
        "keep_draft" => return format!("case={id}&kind=public&body=hello&key=k"),
        "rate_password" => json!({"password": "x", "own": ""}),
        _ => json!({}),
    };
    json.to_string()
}

/// Two brands with cases, and somebody of every role; all but the administrator see the first only.
pub async fn staffed(ctx: &Ctx) -> (Vec<Brand>, Vec<(Role, PersonId)>) {
    demo::fill(ctx).await.expect("two brands with cases");
    let ada = founded(ctx).await;
    let mut tx = ctx.store.read().await.expect("a snapshot");
    let brands = store::brands::list(&mut tx).await.expect("brands");
    drop(tx);
    let with_cases: Vec<Brand> = brands
        .into_iter()
        .filter(|it| it.key != "parcels-co")
        .collect();
    let mut staff = Vec::new();
    for role in [Role::Viewer, Role::Agent, Role::Lead] {
        let place = Place::of(role, false, vec![with_cases[0].id], Vec::new());
        let email = format!("{role}@example.com");
        let (person, _) = people::invite(ctx, &ada, (role.label(), &email), place)
            .await
            .expect("an invitation");
        let mut tx = ctx.store.write().await.expect("a change");
        store::people::save(
            &mut tx,
            &Person {
                standing: Standing::On,
                ..person.clone()
            },
        )
        .await
        .expect("saved");
        tx.commit().await.expect("committed");
        staff.push((role, person.id));
    }
    staff.push((Role::Administrator, ada.person));
    (with_cases, staff)
}

pub async fn case_of(ctx: &Ctx, brand: &Brand) -> CaseId {
    let mut tx = ctx.store.read().await.expect("a snapshot");
    let last = store::events::last(&mut tx).await.expect("a number");
    let ids = store::events::changed_after(&mut tx, 0, last)
        .await
        .expect("cases");
    let cases = store::cases::find_all(&mut tx, &ids).await.expect("cases");
    cases
        .iter()
        .find(|it| it.brand == brand.id)
        .expect("a case")
        .id
}

/// The columns: nobody, then every role.
fn expected() -> Vec<(String, String, Vec<String>)> {
    let lines = EXPECTED.lines().filter(|it| !it.trim().is_empty());
    lines
        .map(|line| {
            let mut words = line.split_whitespace().map(str::to_owned);
            let mut next = || words.next().expect("a word");
            let (method, path) = (next(), next());
            (method, path, words.collect())
        })
        .collect()
}

engines! {
    async fn every_address_answers_every_role_as_it_should(world: World) {
        let house = House::over(world);
        let (_, staff) = staffed(&house.ctx).await;
        let mut wrong = Vec::new();
        for (method, path, words) in expected() {
            let address = path.replace(":id", "1").replace(":token", "nothing");
            let asking = [None].into_iter().chain(staff.iter().map(|it| Some(*it)));
            for (who, word) in asking.zip(&words) {
                let sent = (method == "POST").then(|| body(&path, "1", None));
                let answer = house.ask(who.map(|it| it.1), &method, &address, sent).await;
                if answer.word() != word {
                    let who = who.map_or("nobody", |it| it.0.as_str());
                    wrong.push(format!("{method} {path} by {who}: {} ({}), not {word}", answer.word(), answer.status));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn of_other_brands_there_is_nothing(world: World) {
        let house = House::over(world);
        let (brands, staff) = staffed(&house.ctx).await;
        let (own, other) = (&brands[0], &brands[1]);
        let (own_case, other_case) = (case_of(&house.ctx, own).await, case_of(&house.ctx, other).await);
        for (role, who) in staff {
            let sees_all = role == Role::Administrator;
            let ask = async |method: &str, path: &str, body: Option<String>| house.ask(Some(who), method, path, body).await;
            let case = "/fn/sundown/server_fns/cases/load_case";
            let one = ask("POST", case, Some(body(case, &own_case.to_string(), None))).await;
            assert_eq!(one.status, StatusCode::OK, "{role}: a case of the own brand");
            let one = ask("POST", case, Some(body(case, &other_case.to_string(), None))).await;
            assert_eq!(one.status == StatusCode::OK, sees_all, "{role}: a case of another brand");
            let none = ask("POST", case, Some(body(case, "1", None))).await;
            assert!(sees_all || (one.status, &one.body) == (none.status, &none.body), "{role}: it tells that it exists");
            let page = ask("GET", &format!("/cases/{other_case}"), None).await;
            assert_eq!(page.status == StatusCode::OK, sees_all, "{role}: its page");

            for path in ["/fn/sundown/server_fns/board/load_board", "/fn/sundown/server_fns/cases/load_cases"] {
                for brand in [None, Some(other.key.as_str())] {
                    let it = ask("POST", path, Some(body(path, "", brand))).await;
                    assert_eq!(it.status, StatusCode::OK, "{role}: {path}");
                    let mut told: serde_json::Value = serde_json::from_str(&it.body).expect("JSON");
                    // Only what was asked for may say its name.
                    told.as_object_mut().expect("a report").remove("query");
                    assert_eq!(told.to_string().contains(&other.name), sees_all, "{role}: {path} of {brand:?}");
                }
            }
            for path in ["/export/cases.csv?show=all&range=all", "/export/board.csv?range=all", "/?range=all", "/cases?show=all&range=all"] {
                let it = ask("GET", path, None).await;
                assert_eq!(it.status, StatusCode::OK, "{role}: {path}");
                let tells = it.body.contains(&other.name) || it.body.contains(&other.key);
                assert_eq!(tells, sees_all, "{role}: {path}");
                assert!(it.body.contains(&own.name) || it.body.contains(&own.key), "{role}: {path} of the own");
            }
            for (brand, is_open) in [(own, role == Role::Lead || sees_all), (other, sees_all)] {
                let about = format!("brand={}", brand.key);
                let it = ask("GET", &format!("/settings/rules/targets?{about}"), None).await;
                assert_eq!(it.status == StatusCode::OK, is_open, "{role}: rules of {}", brand.key);
                let sent = format!("{about}&t.0.name=Kettles");
                let it = ask("POST", "/settings/topics", Some(sent)).await;
                let went_through = !it.status.is_client_error();
                assert_eq!(went_through, is_open, "{role}: topics of {}: {}", brand.key, it.status);
            }
            let asked = format!("/export/cases.csv?show=all&range=all&brand={}", other.key);
            let it = ask("GET", &asked, None).await;
            assert_eq!(it.body.lines().count() > 1, sees_all, "{role}: {asked}");
        }
    }

    async fn without_an_administrator_pages_lead_to_the_setup(world: World) {
        let house = House::over(world);
        let answer = house.ask(None, "GET", "/cases", None).await;
        assert_eq!(answer.leads_to.as_deref(), Some("/setup"));
        let hint = house.ask(None, "GET", "/setup", None).await;
        assert!(hint.body.contains("sundown setup-link"));
    }
}

#[test]
fn every_address_of_the_server_stands_in_the_table() {
    let table: BTreeSet<(String, String)> = ROUTES
        .iter()
        .map(|it| (it.method.to_owned(), it.path.to_owned()))
        .collect();
    let written: BTreeSet<(String, String)> =
        expected().into_iter().map(|it| (it.0, it.1)).collect();
    assert_eq!(
        table, written,
        "the table of routes and what is expected of it"
    );

    let mut there: BTreeSet<(String, String)> = BTreeSet::new();
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        there.insert((method.to_string(), path.to_owned()));
    }
    assert!(there.len() > 3, "no server function was found");
    for page in leptos_axum::generate_route_list(App) {
        there.insert((
            "GET".to_owned(),
            page.path().replace('{', ":").replace('}', ""),
        ));
    }
    // What axum itself routes can't be listed, so the text is read.
    let text = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/backend/web/router.rs");
    let text = fs::read_to_string(text).expect("the router");
    let routed = text.split(".route(").skip(1);
    for piece in routed.filter(|it| it.trim_start().starts_with('"')) {
        let path = piece
            .split('"')
            .nth(1)
            .expect("an address")
            .replace('{', ":")
            .replace('}', "");
        let handlers = piece.split(".route(").next().unwrap_or_default();
        let handlers = handlers.split("\n        .l").next().unwrap_or_default();
        // The two helpers of settings answer both.
        let handlers = handlers
            .replace("rules()", "get(post(")
            .replace("lists()", "get(post(");
        for (word, method) in [("get(", "GET"), ("post(", "POST")] {
            if handlers.contains(word) {
                there.insert((method.to_owned(), path.clone()));
            }
        }
    }
    let missing: Vec<_> = there.difference(&table).collect();
    assert!(
        missing.is_empty(),
        "not in the table of routes: {missing:?}"
    );
    let gone: Vec<_> = table.difference(&there).collect();
    assert!(gone.is_empty(), "in the table, but nowhere else: {gone:?}");
}
