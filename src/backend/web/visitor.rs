//! What a request tells about whoever sent it: address, browser, cookies, the host they asked.

use crate::domain::person::{Role, Visitor};
use axum::{
    extract::ConnectInfo,
    http::{HeaderMap, HeaderValue, Request, header},
};
use std::net::{IpAddr, SocketAddr};

/// Where somebody comes from: the peer, or what a proxy that is trusted says in the rightmost place
/// of `X-Forwarded-For`. What stands further left anybody could have written.
pub fn visitor<B>(request: &Request<B>, proxies: &[IpAddr]) -> Visitor {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|it| it.0.ip().to_canonical());
    let forwarded = peer
        .filter(|it| proxies.contains(it))
        .and_then(|_| last_forwarded(request.headers()));
    Visitor {
        address: forwarded
            .or(peer)
            .map_or_else(|| "unknown".to_owned(), |it| it.to_string()),
        browser: text(request.headers(), header::USER_AGENT)
            .unwrap_or_default()
            .to_owned(),
    }
}

fn last_forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// The address of this installation as whoever asks wrote it, without a slash at its end.
pub fn origin(headers: &HeaderMap) -> String {
    let host = text(headers, header::HOST).unwrap_or("localhost");
    let scheme = if is_loopback(headers) {
        "http"
    } else {
        "https"
    };
    format!("{scheme}://{host}")
}

/// Whether this machine asks itself. Only then cookies may go without TLS.
pub fn is_loopback(headers: &HeaderMap) -> bool {
    let host = text(headers, header::HOST).unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|it| it.is_loopback())
}

/// Browsers drop what begins with `__Host-` unless it is `Secure`, and that without TLS. They also
/// give cookies to every port of this machine, so there the port is part of the name.
fn session_name(headers: &HeaderMap) -> String {
    if !is_loopback(headers) {
        return "__Host-sundown".to_owned();
    }
    let host = text(headers, header::HOST).unwrap_or_default();
    match host.rsplit_once(':') {
        Some((_, port)) if !port.is_empty() && port.bytes().all(|it| it.is_ascii_digit()) => {
            format!("sundown-{port}")
        }
        _ => "sundown".to_owned(),
    }
}

const DEMO: &str = "sundown-demo";
/// As long as a sign-in can live.
const WEEK_S: u32 = 7 * 24 * 3600;

/// The token that a browser has of us.
pub fn token(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, &session_name(headers))
}

/// The token that a program sends along; any other kind of authorization isn't ours.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = text(headers, header::AUTHORIZATION)?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Whom somebody wants to be in the demo.
pub fn demo_role(headers: &HeaderMap) -> Option<Role> {
    cookie(headers, DEMO)?.parse().ok()
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter();
    all.filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(';'))
        .filter_map(|it| it.trim().split_once('='))
        .find(|it| it.0 == name)
        .map(|it| it.1)
}

/// Gives a browser its token.
pub fn keep_token(headers: &HeaderMap, token: &str) -> Option<HeaderValue> {
    let secure = if is_loopback(headers) { "" } else { "; Secure" };
    let name = session_name(headers);
    let text = format!("{name}={token}; Path=/; Max-Age={WEEK_S}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).ok()
}

/// Takes the token back.
pub fn drop_token(headers: &HeaderMap) -> Option<HeaderValue> {
    let secure = if is_loopback(headers) { "" } else { "; Secure" };
    let name = session_name(headers);
    let text = format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).ok()
}

/// Remembers whom somebody wants to be in the demo.
pub fn keep_demo_role(role: Role) -> Option<HeaderValue> {
    let text = format!("{DEMO}={role}; Path=/; HttpOnly; SameSite=Lax");
    HeaderValue::from_str(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(peer: &str, forwarded: &[&'static str]) -> Request<()> {
        let mut request = Request::new(());
        let peer: SocketAddr = peer.parse().expect("an address");
        request.extensions_mut().insert(ConnectInfo(peer));
        for it in forwarded {
            request
                .headers_mut()
                .append("x-forwarded-for", HeaderValue::from_static(it));
        }
        request
    }

    #[test]
    fn only_a_trusted_proxy_says_where_somebody_is() {
        let proxy: IpAddr = "10.0.0.1".parse().expect("an address");
        let spoofed = request("192.0.2.7:5", &["198.51.100.9"]);
        assert_eq!(visitor(&spoofed, &[proxy]).address, "192.0.2.7");
        let honest = request("10.0.0.1:5", &["6.6.6.6, 198.51.100.9"]);
        assert_eq!(visitor(&honest, &[proxy]).address, "198.51.100.9");
        let twice = request("[::ffff:10.0.0.1]:5", &["6.6.6.6", "198.51.100.9"]);
        assert_eq!(visitor(&twice, &[proxy]).address, "198.51.100.9");
        assert_eq!(
            visitor(&request("10.0.0.1:5", &["x"]), &[proxy]).address,
            "10.0.0.1"
        );
    }

    #[test]
    fn a_cookie_needs_tls_unless_this_machine_asks_itself() {
        let asked = |host: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            let it = keep_token(&headers, "t").expect("a cookie");
            it.to_str().expect("letters").to_owned()
        };
        for (host, name) in [
            ("localhost:3000", "sundown-3000"),
            ("127.0.0.1", "sundown"),
            ("[::1]:3000", "sundown-3000"),
        ] {
            let it = asked(host);
            assert!(
                it.starts_with(&format!("{name}=t;")) && !it.contains("Secure"),
                "{host}: {it}"
            );
        }
        for host in ["care.example.com", "localhost.example.com", "10.0.0.1:80"] {
            let it = asked(host);
            assert!(
                it.starts_with("__Host-sundown=t;") && it.ends_with("; Secure"),
                "{host}: {it}"
            );
            assert!(
                it.contains("HttpOnly") && it.contains("SameSite=Lax") && it.contains("Path=/;")
            );
        }
    }
}
