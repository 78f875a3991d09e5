//! The channels: how each reaches its network, what got stuck, and the forms to change that.
//! Drawn by the server alone.

use crate::domain::{
    account::Outcome,
    channels::{ChannelLine, ChannelsPage, DeadLetter, moment},
    connection::ConnectionState,
    network::ChannelSource,
    words::words,
};
use crate::ui::kit::told::Told;
use leptos::prelude::*;

words! {
    /// What a form of this page asks for.
    ChannelAct, "a change of a channel", {
        /// Stop reading.
        Pause = "pause", "Pause";
        /// Go on.
        Resume = "resume", "Go on";
        /// Connect, new or again.
        Connect = "connect", "Connect";
        /// Try a dead letter again.
        Replay = "replay", "Try again";
    }
}

/// The page.
pub fn page(page: ChannelsPage, outcome: Outcome) -> AnyView {
    let channels: Vec<AnyView> = page.channels.into_iter().map(|it| line(&it)).collect();
    let dead: Vec<AnyView> = page.dead.iter().map(letter).collect();
    let letters = if dead.is_empty() {
        view! { <p>"Everything that came was worked through."</p> }.into_any()
    } else {
        view! { <ul class="settings-list">{dead}</ul> }.into_any()
    };
    view! {
        <div class="room-head"><h1>"Channels"</h1></div>
        <p class="question">"Every account of ours, and how reading from it goes."</p>
        <Told outcome=Some(outcome) />
        <section class="card" aria-label="Channels">
            <ul class="settings-list">{channels}</ul>
        </section>
        <section class="card settings-after" aria-labelledby="stuck">
            <h2 id="stuck">"What got stuck"</h2>
            {letters}
        </section>
    }
    .into_any()
}

fn line(it: &ChannelLine) -> AnyView {
    let id = it.channel.id.to_string();
    let name = format!("{} · @{}", it.channel.network.label(), it.channel.handle);
    let came = it.connection.as_ref().and_then(|it| it.last_delivery_at);
    let came = came.map(|at| view! { <p class="entry-note">"Last delivery: " {moment(at)}</p> });
    let trouble = it
        .connection
        .as_ref()
        .and_then(|it| it.last_trouble.clone());
    let trouble = trouble.map(|why| view! { <p class="entry-note">{why}</p> });
    let is_paused = it
        .connection
        .as_ref()
        .map(|it| it.state == ConnectionState::Paused);
    let pause = is_paused.map(|is_paused| {
        let act = if is_paused { ChannelAct::Resume } else { ChannelAct::Pause };
        let label = format!("{} {name}", act.label());
        view! {
            <form method="post" action="/channels">
                <input type="hidden" name="channel" value=id.clone() />
                <button class="button" name="act" value=act.as_str() aria-label=label>{act.label()}</button>
            </form>
        }
    });
    let address = it.connection.as_ref().map(|it| it.address.clone());
    let connect = (it.channel.source != ChannelSource::Archive)
        .then(|| connect(id.clone(), address.unwrap_or_default()));
    view! {
        <li>
            <h2>{name}</h2>
            <p>{it.state()}</p>
            {trouble}
            {came}
            {pause}
            {connect}
        </li>
    }
    .into_any()
}

fn connect(id: String, address: String) -> AnyView {
    let (place, secret) = (format!("address-{id}"), format!("secret-{id}"));
    view! {
        <details>
            <summary>"Connect to a rehearsal network"</summary>
            <form class="form" method="post" action="/channels">
                <input type="hidden" name="channel" value=id />
                <div class="entry">
                    <label for=place.clone()>"Address"</label>
                    <input class="field" id=place name="address" type="url" value=address required />
                </div>
                <div class="entry">
                    <label for=secret.clone()>"Token"</label>
                    <input class="field" id=secret name="secret" type="password" autocomplete="off" />
                </div>
                <button class="button" data-primary="" name="act" value=ChannelAct::Connect.as_str()>
                    {ChannelAct::Connect.label()}
                </button>
            </form>
        </details>
    }
    .into_any()
}

fn letter(it: &DeadLetter) -> AnyView {
    view! {
        <li>
            <p>{it.why.clone()}</p>
            <p class="entry-note">{format!("{}, {}", it.channel, moment(it.at))}</p>
            <form method="post" action="/channels">
                <input type="hidden" name="letter" value=it.id.to_string() />
                <button class="button" name="act" value=ChannelAct::Replay.as_str()>
                    {ChannelAct::Replay.label()}
                </button>
            </form>
        </li>
    }
    .into_any()
}
