//! The forms of the page of channels.

use crate::{
    backend::{
        Error, Result,
        services::{
            channels::{self, NewConnection},
            intake,
        },
        web::{
            answers::{Fields, read, refused},
            rooms,
            router::Web,
        },
    },
    domain::{connection::ConnectionKind, ids::ChannelId, person::Viewer, reply::Guard},
    ui::settings::channels::ChannelAct,
};
use axum::{
    extract::{Extension, Request, State},
    response::{IntoResponse, Redirect, Response},
};

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
            Ok(outcome) => rooms::channels::after(&web, &viewer, Some(outcome)).await,
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
