//! The log of changes: searched, paged, taken away.

use crate::{
    people::{founded, joined},
    rights::House,
};
use axum::{
    body::Body,
    http::{Request, header},
};
use futures_util::TryStreamExt;
use sundown::{
    backend::{
        ctx::Ctx,
        services::{
            account,
            audit::{self, Format},
            people::switch_off,
        },
    },
    domain::{
        audit::{AuditPage, AuditQuery, Chain},
        person::{Role, Viewer},
    },
};

async fn found(ctx: &Ctx, ada: &Viewer, query: AuditQuery) -> AuditPage {
    audit::page(ctx, ada, &query).await.expect("a page")
}

fn actions(page: &AuditPage) -> Vec<&str> {
    page.lines
        .iter()
        .map(|it| it.entry.action.as_str())
        .collect()
}

async fn text(ctx: &Ctx, ada: &Viewer, query: AuditQuery, format: Format) -> String {
    let pieces: Vec<Vec<u8>> = audit::file(ctx.clone(), ada, query, format)
        .try_collect()
        .await
        .expect("a file");
    String::from_utf8(pieces.concat()).expect("text")
}

engines! {
    async fn the_log_is_searched_by_whom_what_when_and_text(world: World) {
        let ctx = &world.ctx;
        let ada = founded(ctx).await;
        let (femi, _) = joined(ctx, &ada, "femi", Role::Agent).await;
        switch_off(ctx, &ada, femi).await.expect("off");
        let all = found(ctx, &ada, AuditQuery::default()).await;
        assert_eq!(actions(&all), ["person.switched_off", "invitation.accepted", "person.invited", "organisation.founded"]);
        assert_eq!(all.lines[0].subject_name.as_deref(), Some("femi"));
        let change = all.lines[0].changes.iter().map(|(field, was, is)| format!("{field}: {was} > {is}"));
        assert_eq!(change.collect::<Vec<_>>(), ["standing: on > off"]);
        let by = AuditQuery { person: Some(femi), ..AuditQuery::default() };
        assert_eq!(actions(&found(ctx, &ada, by).await), ["invitation.accepted"]);
        let what = AuditQuery { action: Some("person.invited".to_owned()), ..AuditQuery::default() };
        assert_eq!(actions(&found(ctx, &ada, what).await), ["person.invited"]);
        let about = AuditQuery { subject: Some(femi.to_string()), ..AuditQuery::default() };
        assert_eq!(found(ctx, &ada, about).await.lines.len(), 3);
        let words = AuditQuery { text: Some("FEMI@EXAMPLE".to_owned()), ..AuditQuery::default() };
        assert_eq!(actions(&found(ctx, &ada, words).await), ["person.switched_off", "person.invited"]);
        // Signs that patterns know are letters like any other.
        let sign = AuditQuery { text: Some("%".to_owned()), ..AuditQuery::default() };
        assert!(found(ctx, &ada, sign).await.lines.is_empty());
        let day = |it: &str| Some(it.parse().expect("a date"));
        for (from, until, count) in [("2026-07-01", "2026-07-01", 4), ("2026-07-02", "2026-07-09", 0), ("2026-06-01", "2026-06-30", 0)] {
            let days = AuditQuery { from: day(from), until: day(until), ..AuditQuery::default() };
            assert_eq!(found(ctx, &ada, days).await.lines.len(), count, "{from} to {until}");
        }
    }

    async fn every_line_is_on_one_page_and_in_the_files(world: World) {
        let ctx = &world.ctx;
        let ada = founded(ctx).await;
        for number in 0..120 {
            account::change(ctx, &ada, &format!("=Ada {number}"), "Europe/Berlin").await.expect("changed");
        }
        let (mut numbers, mut before) = (Vec::new(), None);
        loop {
            let page = found(ctx, &ada, AuditQuery { before, ..AuditQuery::default() }).await;
            numbers.extend(page.lines.iter().map(|it| it.entry.number));
            before = page.older;
            if before.is_none() {
                break;
            }
        }
        assert_eq!(numbers, (1..=121).rev().collect::<Vec<i64>>());
        let query = AuditQuery { action: Some("account.changed".to_owned()), ..AuditQuery::default() };
        let lines = text(ctx, &ada, query.clone(), Format::JsonLines).await;
        assert_eq!(lines.lines().count(), 120);
        let first: serde_json::Value = serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
        assert_eq!((&first["number"], &first["after"][0]), (&121.into(), &"=Ada 119".into()));
        let mut again = ada.clone();
        again.name = "=1+1".to_owned();
        account::change(ctx, &again, "Ada", "Europe/Berlin").await.expect("changed");
        let table = text(ctx, &ada, query, Format::Csv).await;
        assert_eq!(table.lines().count(), 122);
        assert!(table.starts_with("number,at,person,name,address,action,subject,before,after\r\n"));
        assert!(table.contains("'=1+1"), "no cell is a formula");
        let lines = world.number("select count(*) from audit").await;
        assert_eq!(lines, 122, "reading isn't recorded");
    }

    async fn the_page_says_whether_the_log_is_whole(world: World) {
        let house = House::over(world);
        let ada = founded(&house.ctx).await;
        joined(&house.ctx, &ada, "femi", Role::Agent).await;
        let cookie = house.sign_in(ada.person).await;
        let check = async || {
            let request = Request::post("/audit?action=person.invited")
                .header(header::HOST, "localhost")
                .header(header::COOKIE, &cookie)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from("act=verify"))
                .expect("a request");
            house.send(request).await.body
        };
        let whole = check().await;
        assert!(whole.contains("3 lines, each as it was written"), "{whole}");
        assert!(whole.contains("Person invited") && !whole.contains("Femi joined"));
        world.change("update audit set name = 'Eve' where number = 2").await;
        assert!(check().await.contains("line 2 is missing"));
        assert_eq!(audit::chain(&house.ctx).await.expect("a verdict"), Chain::Broken(2));
    }
}
