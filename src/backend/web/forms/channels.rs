//! The page of channels, drawn by the server alone, and its forms.

use crate::{
    backend::{
        Error, Result,
        services::{
            channels::{self, NewConnection},
            intake,
        },
        web::{
            answers::{Fields, read, refused},
            router::Web,
        },
    },
    domain::{
        account::Outcome, connection::ConnectionKind, ids::ChannelId, person::Viewer, reply::Guard,
    },
    server_fns::AppError,
    ui::doors::channels::{ChannelAct, page},
};
use axum::{
    extract::{Extension, Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

/// Shows every channel.
pub async fn show(State(web): State<Web>, Extension(viewer): Extension<Viewer>) -> Response {
    draw(&web, &viewer, StatusCode::OK, Outcome::default()).await
}

async fn draw(web: &Web, viewer: &Viewer, status: StatusCode, outcome: Outcome) -> Response {
    match channels::page(&web.ctx, viewer).await {
        Ok(shown) => web.door(status, "Channels", page(shown, outcome)),
        Err(error) => web.failed(AppError::from(error)),
    }
}

/// Pauses a channel, lets it go on, connects it, or tries a dead letter again.
pub async fn post(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    request: Request,
) -> Response {
    let fields = match read(request).await {
        Ok((_, fields)) => fields,
        Err(answer) => return answer,
    };
    match act(&web, &viewer, &fields).await {
        Ok(()) => Redirect::to("/channels").into_response(),
        Err(error) => match refused(fields.get("act"), &fields, error) {
            Ok(outcome) => draw(&web, &viewer, StatusCode::UNPROCESSABLE_ENTITY, outcome).await,
            Err(error) => web.failed(error),
        },
    }
}

async fn act(web: &Web, viewer: &Viewer, fields: &Fields) -> Result<()> {
    let ctx = &web.ctx;
    let act: ChannelAct = fields.get("act").parse().map_err(|_| Error::Missing)?;
    if act == ChannelAct::Replay {
        let letter = fields.get("letter").parse().map_err(|_| Error::Missing)?;
        return intake::replay(ctx, viewer, letter).await;
    }
    let channel: ChannelId = fields.get("channel").parse().map_err(|_| Error::Missing)?;
    channels::check_sees(ctx, viewer, channel).await?;
    match act {
        ChannelAct::Pause => channels::pause(ctx, viewer, channel, true).await,
        ChannelAct::Resume => channels::pause(ctx, viewer, channel, false).await,
        ChannelAct::Connect | ChannelAct::Replay => {
            let new = NewConnection {
                channel,
                kind: ConnectionKind::Scripted,
                address: fields.get("address").trim().to_owned(),
                secret: fields.get("secret").trim().to_owned(),
                guard: Guard::Key,
            };
            channels::connect(ctx, viewer, new).await
        }
    }
}
