//! Codes of an app (TOTP, RFC 6238: SHA-1, six digits, thirty seconds) and recovery codes.

use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        services::secrets,
        store::{Tx, people, secrets::APP},
    },
    domain::{ids::PersonId, rejection::Rejection, time::Instant},
};
use totp_rs::{Builder, Secret, Totp};

/// So many recovery codes are made at a time.
const RECOVERY: usize = 10;
/// Letters that nobody mixes up.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A new secret in base32.
pub fn secret() -> Result<String> {
    let mut bytes = [0; 20];
    secrets::random(&mut bytes)?;
    Ok(Secret::new_stack(bytes).to_base32())
}

fn app(secret: &str) -> Result<Totp> {
    let secret = Secret::try_from_base32(secret)
        .map_err(|_| Error::Unusable("This secret isn't one of ours. Begin again.".to_owned()))?;
    Ok(Builder::new().with_secret(secret).build_noncompliant())
}

/// The step whose code this is, if it is one of now or a step beside it.
pub fn step(secret: &str, code: &str, now: Instant) -> Result<Option<i64>> {
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    let step = app(secret)?.check(&code, seconds);
    Ok(step.and_then(|it| i64::try_from(it).ok()))
}

/// The secret as a picture for the app: SVG, dark on light whatever the theme.
pub fn picture(secret: &str, email: &str) -> Result<String> {
    let label: String =
        form_urlencoded::byte_serialize(format!("Sundown:{email}").as_bytes()).collect();
    let address = format!("otpauth://totp/{label}?secret={secret}&issuer=Sundown");
    let code = qrcode::QrCode::new(address).map_err(|why| Error::Task(why.to_string()))?;
    let svg = code
        .render::<qrcode::render::svg::Color>()
        .min_dimensions(200, 200)
        .build();
    // Inside a page the declaration of a document is only noise.
    Ok(svg
        .split_once("?>")
        .map_or(svg.clone(), |(_, rest)| rest.to_owned()))
}

/// Keeps the secret of somebody's app, sealed, with the step whose code was given to show that it
/// works.
pub async fn keep(ctx: &Ctx, tx: &mut Tx, person: PersonId, secret: &str, step: i64) -> Result<()> {
    let place = APP.at(person.get());
    let sealed = ctx.vault.seal(tx, place, secret.as_bytes()).await?;
    Ok(people::set_codes(tx, person, Some(&sealed), step).await?)
}

/// Uses up a code of somebody's app, or one of their recovery codes.
pub async fn use_up(ctx: &Ctx, tx: &mut Tx, person: PersonId, code: &str) -> Result<()> {
    let now = ctx.clock.now();
    let sealed = people::codes(tx, person)
        .await?
        .ok_or(Rejection::WrongCode)?;
    let secret = ctx.vault.open(APP.at(person.get()), &sealed)?;
    let secret = String::from_utf8_lossy(secret.expose());
    if let Some(step) = step(&secret, code, now)?
        && people::use_step(tx, person, step).await?
    {
        return Ok(());
    }
    if people::use_recovery(tx, person, &hash_of(code), now).await? {
        return Ok(());
    }
    Err(Rejection::WrongCode.into())
}

/// Makes new recovery codes for somebody; shown once, kept as hashes.
pub async fn recovery(ctx: &Ctx, tx: &mut Tx, person: PersonId) -> Result<Vec<String>> {
    let mut made = Vec::with_capacity(RECOVERY);
    for _ in 0..RECOVERY {
        let mut bytes = [0; 10];
        secrets::random(&mut bytes)?;
        let code: String = bytes
            .iter()
            .map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]))
            .collect();
        let id = ctx.ids.next(ctx.clock.now());
        people::add_recovery(tx, id, person, &hash_of(&code)).await?;
        made.push(format!("{}-{}", &code[..5], &code[5..]));
    }
    Ok(made)
}

fn hash_of(code: &str) -> String {
    let plain: String = code.chars().filter(|it| it.is_alphanumeric()).collect();
    secrets::hash(&plain.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::from_ms;

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B: the last six digits of 94287082 at 59 s.
        let secret = Secret::from(b"12345678901234567890".to_vec()).to_base32();
        assert_eq!(
            step(&secret, "287 082", from_ms(59_000)).expect("a secret"),
            Some(1)
        );
        assert_eq!(
            step(&secret, "287082", from_ms(119_000)).expect("a secret"),
            None
        );
        assert_eq!(step(&secret, "", from_ms(59_000)).expect("a secret"), None);
    }

    #[test]
    fn the_picture_is_svg_and_nothing_else() {
        let svg = picture(&secret().expect("a secret"), "ada@example.com").expect("a picture");
        assert!(svg.trim_start().starts_with("<svg"), "{svg}");
    }
}
