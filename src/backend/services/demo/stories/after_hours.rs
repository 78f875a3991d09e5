//! Story 4, four minutes, after hours; and what others ask in the same hour.

use super::{AFTER_HOURS, begin, complaint, day, person, solve};
use crate::{
    backend::services::demo::{cast::House, tale::First},
    domain::{
        case::{Kind, Outcome, Priority, Remedy, Tone},
        event::Actor,
        history::History,
        network::Network,
        post::Visibility::Public,
        time::Instant,
    },
};
use chrono::TimeDelta;

/// Told from its first post to its last word.
pub fn tell(house: &House, now: Instant) -> Vec<History> {
    let night = day(house, now, 3);
    let opened = night.at(23, 41);
    let minutes = |n: i64| opened + TimeDelta::minutes(n);
    let who = person("Kahu Ellingham", AFTER_HOURS, 640);
    let mut first = complaint(house, Network::Facebook, who, opened, "gate-delays");
    first.kind = Kind::Question;
    first.tone = Tone::Neutral;
    let mut tale = begin(
        house,
        4,
        first,
        "Forty of us at gate A9 in Edinburgh for FLK 871, nobody from the airline anywhere. Is the flight going tonight or should we look for beds?",
    );
    tale.answers(
        minutes(4),
        Public,
        Actor::Agent,
        "It isn't, Kahu, and I'm sorry that nobody told you: the crew is out of hours. Beds are booked for all forty at the hotel opposite, show this post. First flight 07:10. – Tui".to_owned(),
    );
    solve(&mut tale, minutes(17), Remedy::Explained, Outcome::Claimed);
    tale.asks(minutes(30));
    tale.confirms(minutes(36));
    tale.thanks(
        minutes(41),
        "Question at 23:41, answer at 23:45, in bed before one. At midnight! Tui, whoever you are: thank you from all of gate A9. 🙌".to_owned(),
    );
    // Praise wants an answer too, though it has no clock.
    tale.answers(
        minutes(49),
        Public,
        Actor::Agent,
        "Thank YOU, Kahu, for showing the others the way to the hotel. Sleep well, all of gate A9. – Tui".to_owned(),
    );
    let mut told = vec![tale.history];

    let others = [
        (
            2,
            Network::X,
            "Petra Novak",
            "petranovak71",
            310,
            "FLK 871 Edinburgh, gate A9: what's happening? No staff, no announcement.",
        ),
        (
            5,
            Network::Bluesky,
            "Yusuf Carrow",
            "ycarrow.sky.example",
            95,
            "Anyone from Fairlark awake? FLK 871, we're all still sitting here.",
        ),
        (
            9,
            Network::X,
            "Lakshmi Doyle",
            "lakshmi_doyle",
            1_120,
            "My kids are asleep on the floor at A9. Is FLK 871 cancelled, yes or no?",
        ),
    ];
    for (place, (after, network, name, handle, followers, body)) in (40..).zip(others) {
        let at = minutes(after);
        let first = complaint(
            house,
            network,
            person(name, handle, followers),
            at,
            "gate-delays",
        );
        let mut tale = begin(house, place, first, body);
        tale.answers(
            at + TimeDelta::minutes(3) + TimeDelta::seconds(after),
            Public,
            Actor::Agent,
            format!("Cancelled, I'm sorry: the crew is out of hours. A bed at the hotel opposite is booked for you, {}. First flight 07:10. – Tui", name.split(' ').next().unwrap_or(name)),
        );
        solve(
            &mut tale,
            at + TimeDelta::minutes(14),
            Remedy::Explained,
            Outcome::Claimed,
        );
        tale.asks(at + TimeDelta::minutes(40));
        tale.lapses(at + TimeDelta::minutes(40) + TimeDelta::hours(36));
        told.push(tale.history);
    }

    let praised = day(house, now, 2).at(9, 20);
    let first = First {
        kind: Kind::Praise,
        topic: None,
        tone: Tone::Positive,
        priority: Priority::Normal,
        ..complaint(
            house,
            Network::X,
            person("Kahu Ellingham", "kahu_e", 820),
            praised,
            "gate-delays",
        )
    };
    let mut tale = begin(
        house,
        49,
        first,
        "Airlines get a lot of stick on here, so: @FairlarkCare answered me in four minutes in the middle of the night and had beds for forty people. That's it, that's the post.",
    );
    tale.answers(
        praised + TimeDelta::minutes(18),
        Public,
        Actor::Agent,
        "That's going up on the wall in our office, Kahu. Welcome home. – Tui".to_owned(),
    );
    solve(
        &mut tale,
        praised + TimeDelta::minutes(20),
        Remedy::Explained,
        Outcome::NotActionable,
    );
    told.push(tale.history);
    told
}
