//! The table of routes: every address of the server and who may ask for it.
//!
//! The guard looks here before anything else happens. Whatever doesn't stand here is refused, so a
//! new page, export or server function works from the line that says who may.

use super::{right::Action, token::TokenScope};

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody, signed in or not.
    Public,
    /// Whoever may do this.
    To(Action),
    /// Whoever has a token for it; a sign-in doesn't help.
    Token,
}

/// What an address is, which decides how a “no” looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A page: whoever isn't signed in is led to the sign-in.
    Page,
    /// A form's target: a page answers it.
    Form,
    /// A server function: answers [`AppError`](crate::server_fns::AppError).
    Call,
    /// A file to take away: answers a line of text.
    File,
    /// For programs: answers JSON, a “no” as a problem (RFC 9457).
    Api,
}

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// GET or POST; HEAD is GET.
    pub method: &'static str,
    /// The address; `:name` is one piece of any text.
    pub path: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Who may.
    pub access: Access,
    /// What a token must be good for, where one is taken; elsewhere none is looked at.
    pub scope: Option<TokenScope>,
}

const fn page(path: &'static str, action: Action) -> Route {
    Route {
        method: "GET",
        path,
        kind: Kind::Page,
        access: Access::To(action),
        scope: None,
    }
}

const fn form(path: &'static str, action: Action) -> Route {
    Route {
        method: "POST",
        path,
        kind: Kind::Form,
        access: Access::To(action),
        scope: None,
    }
}

const fn call(path: &'static str, action: Action) -> Route {
    Route {
        method: "POST",
        path,
        kind: Kind::Call,
        access: Access::To(action),
        scope: None,
    }
}

const fn file(path: &'static str, action: Action, scope: TokenScope) -> Route {
    Route {
        method: "GET",
        path,
        kind: Kind::File,
        access: Access::To(action),
        scope: Some(scope),
    }
}

const fn api(path: &'static str, scope: TokenScope) -> Route {
    Route {
        method: "GET",
        path,
        kind: Kind::Api,
        access: Access::Token,
        scope: Some(scope),
    }
}

const fn door(method: &'static str, path: &'static str, kind: Kind) -> Route {
    Route {
        method,
        path,
        kind,
        access: Access::Public,
        scope: None,
    }
}

/// Every route. Server functions stand by module and name below `/fn/sundown/server_fns/`.
pub const ROUTES: &[Route] = &[
    // Doors: open to everybody.
    door("GET", "/health", Kind::File),
    door("GET", "/sign-in", Kind::Page),
    door("POST", "/sign-in", Kind::Form),
    door("GET", "/signed-in", Kind::Page),
    door("POST", "/sign-out", Kind::Form),
    door("GET", "/setup", Kind::Page),
    door("GET", "/setup/:token", Kind::Page),
    door("POST", "/setup/:token", Kind::Form),
    door("GET", "/link/:token", Kind::Page),
    door("POST", "/link/:token", Kind::Form),
    door("POST", "/demo", Kind::Form),
    door("GET", "/confirm/:token", Kind::Page),
    door("POST", "/confirm/:token", Kind::Form),
    door(
        "POST",
        "/fn/sundown/server_fns/account/rate_password",
        Kind::Call,
    ),
    // The Board.
    page("/", Action::ReadBoard),
    call("/fn/sundown/server_fns/board/load_board", Action::ReadBoard),
    file("/export/board.csv", Action::Export, TokenScope::Board),
    // Cases.
    page("/cases", Action::ReadCases),
    page("/cases/:id", Action::ReadCases),
    call("/fn/sundown/server_fns/cases/load_cases", Action::ReadCases),
    call("/fn/sundown/server_fns/cases/load_case", Action::ReadCases),
    file("/export/cases.csv", Action::Export, TokenScope::Cases),
    // The Inbox.
    page("/inbox", Action::ReadCases),
    page("/inbox/:id", Action::ReadCases),
    call("/fn/sundown/server_fns/inbox/load_pane", Action::ReadCases),
    call(
        "/fn/sundown/server_fns/replies/send_reply",
        Action::WorkCases,
    ),
    call(
        "/fn/sundown/server_fns/replies/decide_reply",
        Action::WorkCases,
    ),
    call(
        "/fn/sundown/server_fns/replies/keep_draft",
        Action::WorkCases,
    ),
    call(
        "/fn/sundown/server_fns/triage/correct_triage",
        Action::WorkCases,
    ),
    // What happens around a reply.
    form("/work", Action::WorkCases),
    page("/promises", Action::ReadCases),
    file("/export/promises.csv", Action::Export, TokenScope::Cases),
    page("/notifications", Action::OwnAccount),
    form("/notifications", Action::OwnAccount),
    // Channels.
    page("/channels", Action::ManageChannels),
    form("/channels", Action::ManageChannels),
    // One's own account.
    page("/account", Action::OwnAccount),
    form("/account", Action::OwnAccount),
    // Who changed what.
    page("/audit", Action::ReadAudit),
    form("/audit", Action::ReadAudit),
    file("/export/audit.csv", Action::ReadAudit, TokenScope::Audit),
    file("/export/audit.jsonl", Action::ReadAudit, TokenScope::Audit),
    // For programs.
    api("/api/v1/board", TokenScope::Board),
    api("/api/v1/cases", TokenScope::Cases),
    api("/api/v1/cases/:id", TokenScope::Cases),
    // Settings.
    page("/settings", Action::OwnAccount),
    page("/settings/people", Action::ManagePeople),
    form("/settings/people", Action::ManagePeople),
    page("/settings/people/:id", Action::ManagePeople),
    form("/settings/people/:id", Action::ManagePeople),
    page("/settings/teams", Action::ManageTeams),
    form("/settings/teams", Action::ManageTeams),
    page("/settings/tokens", Action::ManageTokens),
    form("/settings/tokens", Action::ManageTokens),
    page("/settings/rules/targets", Action::ManagePolicies),
    form("/settings/rules/targets", Action::ManagePolicies),
    page("/settings/rules/sundown", Action::ManagePolicies),
    form("/settings/rules/sundown", Action::ManagePolicies),
    page("/settings/rules/calendar", Action::ManagePolicies),
    form("/settings/rules/calendar", Action::ManagePolicies),
    form("/settings/rules/calendar/holidays", Action::ManagePolicies),
    form("/settings/rules/calendar/choose", Action::ManagePolicies),
    page("/settings/topics", Action::ManageTopics),
    form("/settings/topics", Action::ManageTopics),
    page("/settings/urgency", Action::ManageUrgency),
    form("/settings/urgency", Action::ManageUrgency),
    page("/settings/macros", Action::ManageMacros),
    form("/settings/macros", Action::ManageMacros),
    page("/settings/retention", Action::ManageRetention),
    form("/settings/retention", Action::ManageRetention),
    page("/settings/brands", Action::ManageBrands),
    form("/settings/brands", Action::ManageBrands),
];

/// The line for a request; `None` is refused.
pub fn find(method: &str, path: &str) -> Option<&'static Route> {
    let method = if method == "HEAD" { "GET" } else { method };
    // What is written out comes before what has a gap.
    ROUTES
        .iter()
        .find(|it| it.method == method && it.path == path)
        .or_else(|| {
            ROUTES
                .iter()
                .find(|it| it.method == method && fits(it.path, path))
        })
}

/// Whether an address has the shape of a pattern.
fn fits(pattern: &str, path: &str) -> bool {
    let mut pieces = path.split('/');
    let all = pattern.split('/').all(|piece| {
        pieces
            .next()
            .is_some_and(|it| it == piece || (piece.starts_with(':') && !it.is_empty()))
    });
    all && pieces.next().is_none()
}

/// An address to go on to after signing in: only a page of ours, with its parameters.
///
/// What could lead elsewhere (another host, a backslash, an escaped slash) is the Board instead.
pub fn next(wanted: &str) -> &str {
    let path = wanted.split(['?', '#']).next().unwrap_or_default();
    let is_plain = |it: char| it.is_ascii_graphic() && !"\\%".contains(it);
    let is_page = path.chars().all(is_plain)
        && !wanted.contains(|it: char| it.is_control() || it == '\\')
        && find("GET", path).is_some_and(|it| {
            it.kind == Kind::Page && (it.access != Access::Public || it.path == "/signed-in")
        });
    if is_page { wanted } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_by_its_shape() {
        assert_eq!(
            find("GET", "/cases/7").map(|it| it.path),
            Some("/cases/:id")
        );
        assert_eq!(find("HEAD", "/").map(|it| it.path), Some("/"));
        for path in [
            "/cases/",
            "/cases/7/x",
            "/nowhere",
            "",
            "//",
            "/fn/",
            "/Cases",
        ] {
            assert_eq!(find("GET", path), None, "{path}");
        }
        assert_eq!(find("DELETE", "/cases"), None);
        assert_eq!(find("GET", "/fn/sundown/server_fns/board/load_board"), None);
    }

    #[test]
    fn nothing_leads_away_after_signing_in() {
        for wanted in [
            "/",
            "/?range=7d",
            "/cases?show=waiting&page=2",
            "/cases/7",
            "/account",
        ] {
            assert_eq!(next(wanted), wanted);
        }
        for wanted in [
            "//evil.example",
            "/\\evil.example",
            "\\\\evil",
            "https://evil.example",
            "https:evil",
            "/%2f%2fevil",
            "/\t/evil",
            "/cases\n",
            "javascript:alert(1)",
            "",
            "cases",
            "/sign-in",
            "/setup/x",
            "/link/x",
            "/export/cases.csv",
            "/cases/..%2f..",
            "/ /evil",
        ] {
            assert_eq!(next(wanted), "/", "{wanted:?}");
        }
    }

    #[test]
    fn no_line_stands_twice() {
        for (at, route) in ROUTES.iter().enumerate() {
            let again = ROUTES[at + 1..]
                .iter()
                .any(|it| (it.method, it.path) == (route.method, route.path));
            assert!(!again, "{} {}", route.method, route.path);
        }
    }
}
