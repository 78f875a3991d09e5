//! Story 2, the influencer: an hour until an answer, then 85 minutes for nobody.

use super::{INFLUENCER, begin, complaint, day, person, solve};
use crate::{
    backend::services::demo::{cast::House, tale::Vow},
    domain::{
        case::{Outcome, Priority, Remedy, Tone},
        event::Actor,
        history::History,
        network::Network,
        post::Visibility::{Private, Public},
        time::Instant,
    },
};
use chrono::TimeDelta;

/// Told from its first post to its last word.
pub fn tell(house: &House, now: Instant) -> History {
    let day = day(house, now, 1);
    let opened = day.at(15, 49);
    let who = person("Ida Marlow", INFLUENCER, 398_000);
    let mut first = complaint(house, Network::Bluesky, who, opened, "gate-delays");
    first.priority = Priority::Urgent;
    let mut tale = begin(
        house,
        2,
        first,
        "Three rebookings, no one at the desk, and now the app says I never checked in. Can somebody please help?",
    );
    let joiners = [
        (
            6,
            "Wes Achterberg",
            "wesach.sky.example",
            2_300,
            "Stuck at B14 too. Not a soul here.",
        ),
        (
            21,
            "Talia Fonoti",
            "taliafonoti.sky.example",
            810,
            "Sharing, this airline needs to read its mentions.",
        ),
        (
            38,
            "Bo Lindqvist",
            "bolind.sky.example",
            12_400,
            "If they don't answer Ida, whom do they answer?",
        ),
    ];
    for (minutes, name, handle, followers, body) in joiners {
        let at = opened + TimeDelta::minutes(minutes);
        tale.joins(at, &person(name, handle, followers), body.to_owned());
    }
    tale.hears(
        day.at(16, 49),
        Tone::Negative,
        "Still waiting for some assistance. It's been an hour since my original post. Gate B14."
            .to_owned(),
    );
    tale.answers(
        day.at(16, 50),
        Public,
        Actor::Agent,
        "I'm sorry, Ida: an hour is too long to stand there without an answer. We'd like to offer you a voucher or 5,000 miles, whichever you prefer. – Leo".to_owned(),
    );
    tale.offers(
        day.at(16, 50) + TimeDelta::seconds(30),
        "Social",
        "Airport ops",
    );
    tale.accepts(
        day.at(16, 51) + TimeDelta::seconds(30),
        Some(TimeDelta::seconds(20)),
    );
    tale.answers(
        day.at(16, 52),
        Private,
        Actor::Agent,
        "Ida, your seat on the 18:20 standby list is held (12C). Our duty manager comes to you at gate B14 by 17:05.".to_owned(),
    );
    tale.promises(
        day.at(16, 52),
        Vow {
            what: "the duty manager at gate B14".to_owned(),
            by: "Leo".to_owned(),
            fulfiller: "Airport ops".to_owned(),
            due_at: day.at(17, 5),
            perishes_at: Some(day.at(18, 15)),
        },
    );
    tale.hears(
        day.at(16, 58),
        Tone::Negative,
        "I don't want miles. I want somebody to explain what happened, and I want to get on that flight.".to_owned(),
    );
    tale.answers(
        day.at(17, 1),
        Public,
        Actor::Agent,
        "Understood: no miles, an explanation. Your inbound was late and the connection was dropped by the system. The duty manager is on the way. – Leo".to_owned(),
    );
    tale.breaks(day.at(18, 17));
    tale.hears(
        day.at(18, 21),
        Tone::Negative,
        "85 minutes. Nobody came. The flight has just left without me. I wrote it all down, it will be in Sunday's column.".to_owned(),
    );
    tale.answers(
        day.at(18, 33),
        Public,
        Actor::Agent,
        "You're right, Ida: we promised and nobody came. There's nothing to add to that but an apology; a room and the first flight tomorrow are booked. – Leo".to_owned(),
    );
    solve(
        &mut tale,
        day.at(18, 40),
        Remedy::Goodwill,
        Outcome::TooLate,
    );
    tale.history
}
