//! Story 5, the deleted post.

use super::{DELETED, begin, complaint, day, person, solve};
use crate::{
    backend::services::demo::cast::House,
    domain::{
        case::{Outcome, Remedy, Tone},
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
    let day = day(house, now, 6);
    let who = person("Ruth Abernathy", DELETED, 2_150);
    let mut first = complaint(house, Network::Facebook, who, day.at(14, 5), "seats");
    first.below =
        Some("We've repainted the first of our fleet. Have you spotted her yet?".to_owned());
    let mut tale = begin(
        house,
        5,
        first,
        "Lovely paint. Could you also answer why seat 14A on FLK 226 was sold twice, and why my mother had to stay behind?",
    );
    // Our own post stands first, the question second.
    tale.deletes(1, day.at(14, 19));
    let bluesky = tale.also_at(
        Network::Bluesky,
        "ruthabernathy.sky.example",
        3_480,
        day.at(14, 52),
    );
    let elsewhere = house.channel(Network::Bluesky);
    tale.hears_on(
        day.at(14, 52),
        elsewhere,
        Some(&bluesky),
        Public,
        Tone::Negative,
        "I asked @fairlark.example a polite question on their page. It's gone. Did you delete it?"
            .to_owned(),
    );
    tale.answers_on(
        day.at(15, 20),
        elsewhere,
        Public,
        Actor::Agent,
        "Hi Ruth, we don't delete questions on our page. – Ines".to_owned(),
    );
    tale.hears_on(
        day.at(15, 31),
        elsewhere,
        Some(&bluesky),
        Public,
        Tone::Negative,
        "Here's the screenshot with the time on it. So: you deleted it, and now you deny it."
            .to_owned(),
    );
    let joiners = [
        (
            38,
            "Gareth Penhaligon",
            "gpenhaligon",
            5_400,
            "I saw that question. It was there at two.",
        ),
        (
            44,
            "Wanjiru Kamara",
            "wanjiru.k",
            930,
            "They did it to mine as well, last summer.",
        ),
        (
            57,
            "Arthur Whitlock",
            "arthurwhitlock",
            18_700,
            "Deleting is bad. Denying is worse. Sharing.",
        ),
        (
            75,
            "Elif Yilmaz",
            "elif.yilmaz",
            2_210,
            "Following this one.",
        ),
    ];
    for (after, name, handle, followers, body) in joiners {
        let at = day.at(15, 0) + TimeDelta::minutes(after);
        tale.joins(at, &person(name, handle, followers), body.to_owned());
    }
    tale.answers_on(
        day.at(18, 40),
        elsewhere,
        Public,
        Actor::Agent,
        "Ruth, you're right and we were wrong, twice: your question was removed on our side and I told you it wasn't. It shouldn't have happened. Seat 14A was sold twice by mistake; your mother's costs are paid. – Ines".to_owned(),
    );
    solve(
        &mut tale,
        day.at(18, 55),
        Remedy::Explained,
        Outcome::Claimed,
    );
    tale.asks(day.at(19, 20));
    tale.disputes(day.at(19, 44));
    tale.answers_on(
        day.at(20, 10),
        elsewhere,
        Private,
        Actor::Agent,
        "I understand, Ruth. Here's who removed it, when, and what we've changed: from today it takes two of us and a written reason. – Ines".to_owned(),
    );
    solve(
        &mut tale,
        day.at(20, 30),
        Remedy::Explained,
        Outcome::Claimed,
    );
    tale.asks(day.at(21, 0));
    tale.lapses(self::day(house, now, 3).at(21, 0));
    tale.history
}
