//! The one way out: every request to another machine goes through here.
//!
//! A name is resolved once, each of its addresses is checked, and the connection is made to what was
//! checked, so that a name can't lead inside by answering differently a second time. No redirects,
//! no proxies, a deadline for the whole of it, and an end to what is read.
//!
//! Invariant: nothing that was sent or answered appears in a log or in an error.

use reqwest::{
    Client, Method, StatusCode, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{HeaderMap, HeaderName, HeaderValue},
    redirect,
};
use rustls::{ClientConfig, RootCertStore};
use std::{
    error::Error as _,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

/// What bounds a request.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// From the first look at the name to the last byte of the answer.
    pub deadline: Duration,
    /// The most of an answer that is read, unpacked, in bytes.
    pub most: usize,
    /// Whether this machine itself may be asked: only for what was set up so.
    pub loopback: bool,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(30),
            most: 2 * 1024 * 1024,
            loopback: false,
        }
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Not a byte of the request left this machine.
    #[error("{0}")]
    NotSent(String),
    /// It may have arrived: something broke, or took too long, after writing began.
    #[error("{0}")]
    Broken(String),
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// All of it, or why it couldn't be read to its end.
    pub body: Result<Vec<u8>, String>,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// GET, POST, …
    pub method: Method,
    /// Where.
    pub url: Url,
    /// Headers; values may be secret.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// What is sent.
    pub body: Option<Vec<u8>>,
}

/// Asks other machines; cheap to clone.
#[derive(Clone, Debug)]
pub struct Egress {
    client: Client,
    bounds: Bounds,
}

impl Egress {
    /// A client within bounds.
    ///
    /// # Errors
    /// When TLS can't be set up.
    pub fn new(bounds: Bounds) -> Result<Self, Failure> {
        let failed = |why: String| Failure::NotSent(format!("The client can't be made: {why}"));
        let roots = RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|why| failed(why.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .referer(false)
            // A connection that is used again may be gone by then, and nobody could tell whether
            // what was written on it arrived.
            .pool_max_idle_per_host(0)
            .connect_timeout(bounds.deadline / 3)
            .timeout(bounds.deadline)
            .dns_resolver(Checked {
                loopback: bounds.loopback,
            })
            .user_agent(concat!("Sundown/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|why| failed(plain(&why)))?;
        Ok(Self { client, bounds })
    }

    /// Asks once.
    ///
    /// # Errors
    /// When there is no answer: see [`Failure`] for what that proves.
    pub async fn ask(&self, question: Question) -> Result<Answer, Failure> {
        self.check(&question.url)?;
        let mut request = self.client.request(question.method, question.url);
        for (name, value) in question.headers {
            request = request.header(name, value);
        }
        if let Some(body) = question.body {
            request = request.body(body);
        }
        let answer = request.send().await.map_err(|why| {
            if why.is_connect() || why.is_builder() {
                Failure::NotSent(plain(&why))
            } else {
                Failure::Broken(plain(&why))
            }
        })?;
        Ok(Answer {
            status: answer.status(),
            headers: answer.headers().clone(),
            body: read(answer, self.bounds.most).await,
        })
    }

    /// Addresses written as numbers never meet the resolver.
    fn check(&self, url: &Url) -> Result<(), Failure> {
        let no = |why: &str| Err(Failure::NotSent(why.to_owned()));
        if !matches!(url.scheme(), "http" | "https") {
            return no("Only http and https addresses can be asked.");
        }
        if url.scheme() == "http" && !self.bounds.loopback {
            return no("Only https addresses can be asked.");
        }
        let Some(host) = url.host_str() else {
            return no("The address names no machine.");
        };
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        match bare.parse::<IpAddr>() {
            Ok(address) if !may_ask(address, self.bounds.loopback) => {
                no("The address leads inside, where networks have no business.")
            }
            _ => Ok(()),
        }
    }
}

async fn read(mut answer: reqwest::Response, most: usize) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|why| plain(&why))? {
        if body.len() + chunk.len() > most {
            return Err(format!("The answer is longer than {most} bytes."));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// What an error says, with its causes and without the address that was asked.
fn plain(why: &reqwest::Error) -> String {
    if why.is_timeout() {
        return "It took too long.".to_owned();
    }
    let mut said = if why.is_connect() {
        "No connection".to_owned()
    } else {
        "The connection broke".to_owned()
    };
    let mut cause = why.source();
    while let Some(inner) = cause {
        if inner.source().is_none() {
            said.push_str(": ");
            said.push_str(&inner.to_string());
        }
        cause = inner.source();
    }
    said
}

/// Resolves names to what may be asked.
struct Checked {
    loopback: bool,
}

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let loopback = self.loopback;
        Box::pin(async move {
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            // One that leads inside spoils the name: nobody means to have both.
            if found.iter().any(|it| !may_ask(it.ip(), loopback)) {
                return Err("the name leads inside, where networks have no business".into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is out in the world; this machine itself only where it is allowed.
pub fn may_ask(address: IpAddr, loopback: bool) -> bool {
    match address {
        IpAddr::V4(address) => {
            if address.is_loopback() {
                loopback
            } else {
                is_public_v4(address)
            }
        }
        IpAddr::V6(address) => {
            if address == Ipv6Addr::LOCALHOST {
                loopback
            } else {
                is_public_v6(address, loopback)
            }
        }
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(a == 0
        || address.is_private()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_multicast()
        || address.is_documentation()
        // Carriers' own, benchmarks, protocol assignments, what is kept for later.
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (18..20).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || a >= 240)
}

fn is_public_v6(address: Ipv6Addr, loopback: bool) -> bool {
    let pieces = address.segments();
    let inner = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        may_ask(IpAddr::V4(Ipv4Addr::new(a, b, c, d)), loopback)
    };
    match pieces {
        // An IPv4 address in other clothes: mapped, compatible, translated, tunnelled.
        [0, 0, 0, 0, 0, 0xffff, high, low] => inner(high, low),
        [0, 0, 0, 0, 0, 0, ..] => false,
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => inner(high, low),
        [0x64, 0xff9b, ..] | [0x2001, 0, ..] | [0x2001, 0xdb8, ..] => false,
        [0x2002, high, low, ..] => inner(high, low),
        // Only what is given out to the world; the rest is local, multicast or not in use.
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_inside_is_ever_asked() {
        for inside in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::7f00:1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:0a00:0001::1",
            "2001::1",
            "2001:db8::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            let address = inside.parse().expect("an address");
            assert!(!may_ask(address, false), "{inside}");
        }
        for outside in [
            "1.1.1.1",
            "93.184.216.34",
            "172.32.0.1",
            "2606:4700::1111",
            "64:ff9b::101:101",
        ] {
            assert!(
                may_ask(outside.parse().expect("an address"), false),
                "{outside}"
            );
        }
    }

    #[test]
    fn this_machine_is_asked_only_where_that_was_set_up() {
        for own in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            assert!(may_ask(own.parse().expect("an address"), true), "{own}");
        }
        for inside in [
            "10.0.0.1",
            "169.254.169.254",
            "::ffff:192.168.0.1",
            "0.0.0.0",
        ] {
            assert!(
                !may_ask(inside.parse().expect("an address"), true),
                "{inside}"
            );
        }
    }

    async fn ask(egress: &Egress, url: &str) -> Result<Answer, Failure> {
        egress
            .ask(Question {
                method: Method::GET,
                url: url.parse().expect("an address"),
                headers: Vec::new(),
                body: None,
            })
            .await
    }

    #[tokio::test]
    async fn names_and_numbers_that_lead_inside_are_refused_before_a_byte_leaves() {
        let egress = Egress::new(Bounds::default()).expect("a client");
        for url in [
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://0x7f.1/",
            "https://2130706433/",
            "https://[::ffff:10.0.0.1]/",
            "https://169.254.169.254/latest/",
            "https://localhost/",
            "http://93.184.216.34/",
            "ftp://93.184.216.34/",
        ] {
            let why = ask(&egress, url).await.expect_err("a refusal");
            assert!(matches!(why, Failure::NotSent(_)), "{url}: {why:?}");
        }
    }
}
