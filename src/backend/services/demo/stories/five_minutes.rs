//! Story 6, five minutes, and asked before thanked.

use super::{FIVE_MINUTES, begin, complaint, day, person, solve};
use crate::{
    backend::services::demo::cast::House,
    domain::{
        case::{Outcome, Remedy, Tone},
        event::Actor,
        history::History,
        network::Network,
        post::Visibility::Private,
        time::Instant,
    },
};
use chrono::TimeDelta;

/// Told from its first post to its last word.
pub fn tell(house: &House, now: Instant) -> History {
    let day = day(house, now, 1);
    let opened = day.at(11, 20);
    let s = |seconds: i64| opened + TimeDelta::seconds(seconds);
    let who = person("Dee Okafor", FIVE_MINUTES, 2_400);
    let first = complaint(house, Network::X, who, opened, "app");
    let mut tale = begin(
        house,
        6,
        first,
        "Frequent flyer number won't go on my ticket. 30 min on the phone already: “impossible”. Is it?",
    );
    tale.began_in_private();
    tale.answers(
        s(50),
        Private,
        Actor::Agent,
        "It's possible, Dee, and I have your ticket open. What's the number? – Maya".to_owned(),
    );
    tale.hears(
        s(115),
        Tone::Neutral,
        "FLK 4471 902. That was quick!".to_owned(),
    );
    if let Some(post) = tale.history.posts.last_mut() {
        post.visibility = Private;
    }
    tale.answers(
        s(275),
        Private,
        Actor::Agent,
        "It's on your ticket, and the miles of the outbound flight with it. Could you have a look whether you see it too? – Maya".to_owned(),
    );
    solve(&mut tale, s(285), Remedy::Fixed, Outcome::Claimed);
    tale.asks(s(290));
    tale.confirms(s(540));
    tale.answers(
        s(600),
        Private,
        Actor::Agent,
        "Glad to hear it, Dee! Only if you like: would you say so where others can read it? – Maya"
            .to_owned(),
    );
    tale.thanks(
        s(1_500),
        "Half an hour on the phone: impossible. Five minutes with @FairlarkCare: done, checked, and asked whether I'm happy. I am. 👏".to_owned(),
    );
    tale.history
}
