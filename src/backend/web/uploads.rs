//! Files that people hand in: `POST /settings/rules/calendar/holidays`, a form with the file and the
//! brand, which leads back to the page it came from.

use super::guard;
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        services::settings::{self, holidays},
    },
    domain::{forms::Form, person::Viewer},
    server_fns::AppError,
};
use axum::{
    extract::{Extension, Multipart},
    response::{IntoResponse, Redirect, Response},
};

/// A calendar file with holidays.
pub async fn holidays(
    Extension(ctx): Extension<Ctx>,
    Extension(viewer): Extension<Viewer>,
    parts: Multipart,
) -> Response {
    match read(&ctx, &viewer, parts).await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(error) => {
            let error = AppError::from(error);
            (guard::status(&error), error.to_string()).into_response()
        }
    }
}

async fn read(ctx: &Ctx, viewer: &Viewer, mut parts: Multipart) -> Result<String> {
    let broken = |why: axum::extract::multipart::MultipartError| {
        Error::Unusable(format!(
            "The file couldn't be read ({}). It may be larger than {} KB; go back and choose another.",
            why.body_text(),
            holidays::FILE_BYTES / 1024
        ))
    };
    let mut form = Form::default();
    let mut file = None;
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        match part.name() {
            Some("brand") => form.set("brand", part.text().await.map_err(broken)?),
            Some("file") => {
                let name = part.file_name().unwrap_or_default().to_owned();
                file = Some((name, part.bytes().await.map_err(broken)?));
            }
            Some(_) | None => {}
        }
    }
    let (name, bytes) = file.unwrap_or_default();
    let id = holidays::take_in(ctx, viewer, &form, &name, bytes.into()).await?;
    form.set("holidays", id.to_string());
    Ok(format!(
        "/settings/rules/calendar?{}#holidays",
        settings::query(&form)
    ))
}
