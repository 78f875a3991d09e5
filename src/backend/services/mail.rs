//! Mail: links for people, through the organisation's own server.

use crate::{
    backend::{Error, Result},
    domain::{notice::Notice, person::Person},
};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use std::{net::IpAddr, time::Duration};

/// How long the server may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// A way to send mail.
pub struct Mail {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mail {
    /// Reads the settings: both, or neither.
    pub fn open(url: Option<&str>, from: Option<&str>) -> Result<Option<Self>> {
        let (url, from) = match (url, from) {
            (None, None) => return Ok(None),
            (Some(url), Some(from)) => (url, from),
            (Some(_), None) => return Err(missing("SUNDOWN_MAIL_FROM", "SUNDOWN_SMTP_URL")),
            (None, Some(_)) => return Err(missing("SUNDOWN_SMTP_URL", "SUNDOWN_MAIL_FROM")),
        };
        if is_plain(url) && !is_here(url) {
            return Err(Error::Unusable(
                "SUNDOWN_SMTP_URL would send links, and its password, over an open line. Write smtps://…, or add ?tls=required for STARTTLS; without either it may only be this machine.".to_owned(),
            ));
        }
        // What is wrong may hold the password, so only what would be right is told.
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| {
            Error::Unusable(
                "SUNDOWN_SMTP_URL isn't the address of a mail server. Write it like smtps://name:password@mail.example.com, or smtp://mail.example.com:587?tls=required.".to_owned(),
            )
        })?;
        let from = from.parse().map_err(|_| {
            Error::Unusable(format!(
                "SUNDOWN_MAIL_FROM is “{from}”, which isn't a sender. Write it like Sundown <care@example.com>."
            ))
        })?;
        Ok(Some(Self {
            server: server.timeout(Some(PATIENCE)).build(),
            from,
        }))
    }

    /// Sends somebody a link; `what` is what it is, as in “invitation”.
    pub async fn send_link(&self, person: &Person, what: &str, link: &str) -> Result<()> {
        let body = format!(
            "Hello {},\n\nhere is your {what} for Sundown. It works once:\n\n{link}\n\nIf you didn't expect it, leave it alone and tell whoever runs Sundown at your place.\n",
            person.name
        );
        self.send(person, format!("Your {what} for Sundown"), body)
            .await
    }

    /// Sends somebody what they haven't looked at.
    pub async fn send_digest(&self, person: &Person, notices: &[Notice]) -> Result<()> {
        // What people wrote stays in the house: the kinds and how many, no words of cases.
        let mut lines: Vec<String> = Vec::new();
        for notice in notices {
            let label = notice.kind.label();
            if !lines.iter().any(|it| it.starts_with(label)) {
                let count = notices.iter().filter(|it| it.kind == notice.kind).count();
                lines.push(format!("{label}: {count}"));
            }
        }
        let body = format!(
            "Hello {},\n\nthis waits for you in Sundown:\n\n{}\n\nOpen Sundown, Alerts, to see it. There you can also say when to be left alone, and end these mails.\n",
            person.name,
            lines.join("\n")
        );
        let count = notices.len();
        let subject = match count {
            1 => "One thing waits for you in Sundown".to_owned(),
            _ => format!("{count} things wait for you in Sundown"),
        };
        self.send(person, subject, body).await
    }

    async fn send(&self, person: &Person, subject: String, body: String) -> Result<()> {
        let failed = |why: String| Error::Task(format!("mail couldn't be sent: {why}"));
        let address = person
            .email
            .parse()
            .map_err(|_| failed("not an address".to_owned()))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(Some(person.name.clone()), address))
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(body)
            .map_err(|why| failed(why.to_string()))?;
        self.server
            .send(message)
            .await
            .map_err(|why| failed(why.to_string()))?;
        Ok(())
    }
}

/// Whether nothing makes the connection speak TLS.
fn is_plain(url: &str) -> bool {
    let settings = url.split_once('?').map_or("", |(_, it)| it);
    url.starts_with("smtp://") && !settings.split('&').any(|it| it == "tls=required")
}

/// Whether the server is this machine.
fn is_here(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, it)| it);
    let place = rest.split(['/', '?']).next().unwrap_or_default();
    let host = place.rsplit_once('@').map_or(place, |(_, it)| it);
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|it| it.is_loopback())
}

fn missing(what: &str, other: &str) -> Error {
    Error::Unusable(format!(
        "The environment sets {other} but not {what}. Mail needs both; set the other, or remove this one."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_is_set_up_whole_or_not_at_all() {
        assert!(matches!(Mail::open(None, None), Ok(None)));
        let half = Mail::open(Some("smtp://localhost"), None)
            .err()
            .expect("half");
        assert!(half.to_string().contains("SUNDOWN_MAIL_FROM"));
        let other = Mail::open(None, Some("care@example.com"))
            .err()
            .expect("half");
        assert!(other.to_string().contains("SUNDOWN_SMTP_URL"));
    }

    #[test]
    fn only_this_machine_is_mailed_to_without_tls() {
        let open = |url: &str| Mail::open(Some(url), Some("care@example.com"));
        for url in [
            "smtp://localhost:2525",
            "smtp://a:b@127.0.0.1:25",
            "smtp://[::1]:25",
            "smtps://a:b@mail.example.com",
            "smtp://mail.example.com:587?tls=required",
        ] {
            assert!(open(url).is_ok(), "{url}");
        }
        for url in [
            "smtp://mail.example.com",
            "smtp://localhost@mail.example.com",
            "smtp://ada:canary@mail.example.com:587?tls=opportunistic",
        ] {
            let why = open(url).err().expect("refused").to_string();
            assert!(
                why.contains("tls=required") && !why.contains("canary"),
                "{why}"
            );
        }
    }

    #[test]
    fn a_wrong_address_is_not_told_with_its_password() {
        let error = Mail::open(Some("ftp://ada:canary@x"), Some("care@example.com"));
        let error = error.err().expect("no mail server").to_string();
        assert!(
            error.contains("SUNDOWN_SMTP_URL") && !error.contains("canary"),
            "{error}"
        );
    }
}
