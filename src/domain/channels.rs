//! What the page of channels shows.

use super::{
    connection::{Connection, ConnectionState},
    network::Channel,
    time::Instant,
};

/// One channel and how it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelLine {
    /// Which.
    pub channel: Channel,
    /// How it reaches its network, where it does.
    pub connection: Option<Connection>,
}

/// Something a network told that couldn't be worked through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetter {
    /// Its number.
    pub id: i64,
    /// Through which channel it came.
    pub channel: String,
    /// When it was given up.
    pub at: Instant,
    /// Why, as a sentence.
    pub why: String,
}

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelsPage {
    /// Every channel that one sees.
    pub channels: Vec<ChannelLine>,
    /// The newest dead letters.
    pub dead: Vec<DeadLetter>,
}

impl ChannelLine {
    /// How it goes, as one sentence.
    pub fn state(&self) -> String {
        let Some(it) = &self.connection else {
            return "Not connected.".to_owned();
        };
        let network = self.channel.network.label();
        match (it.state, it.failing_since) {
            (ConnectionState::Paused, _) => "Paused: nothing is read until it goes on.".to_owned(),
            (ConnectionState::Reconnect, _) => {
                format!("{network} no longer knows our sign-in. Connect it again.")
            }
            (ConnectionState::On, Some(since)) if it.is_delayed() => {
                format!("{network} delayed since {}.", moment(since))
            }
            (ConnectionState::On, Some(since)) => {
                format!("In trouble since {}; it is tried again.", moment(since))
            }
            (ConnectionState::On, None) if it.last_ok_at.is_none() => {
                "Connected; not read yet.".to_owned()
            }
            (ConnectionState::On, None) => "On.".to_owned(),
        }
    }
}

/// An instant as it stands on this page.
pub fn moment(at: Instant) -> String {
    at.format("%-d %b, %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        connection::ConnectionKind,
        network::{ChannelSource, Network},
        reply::Guard,
        time::from_ms,
    };

    #[test]
    fn a_channel_says_how_it_goes() {
        let channel = Channel {
            id: 7.into(),
            brand: 1.into(),
            network: Network::Mastodon,
            handle: "fairlark".to_owned(),
            source: ChannelSource::Live,
        };
        let line = |connection| ChannelLine {
            channel: channel.clone(),
            connection,
        };
        assert_eq!(line(None).state(), "Not connected.");
        let kind = ConnectionKind::Scripted;
        let mut it = Connection::new(7.into(), kind, String::new(), Guard::Key);
        for _ in 0..5 {
            it.fails(from_ms(0), "No answer.".to_owned(), 0.0);
        }
        let delayed = line(Some(it.clone())).state();
        assert_eq!(delayed, "Mastodon delayed since 1 Jan, 00:00 UTC.");
        it.works(from_ms(1), false);
        assert_eq!(line(Some(it)).state(), "On.");
    }
}
