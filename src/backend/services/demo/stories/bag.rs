//! Story 1, the bag: found within a quarter of an hour.

use super::{BAG, begin, complaint, day, person, solve};
use crate::{
    backend::services::demo::cast::House,
    domain::{
        case::{Outcome, Remedy, Tone},
        event::Actor,
        history::History,
        network::Network,
        post::Visibility::Public,
        time::Instant,
    },
};
use chrono::TimeDelta;

/// Told from its first post to its last word.
pub fn tell(house: &House, now: Instant) -> History {
    let day = day(house, now, 2);
    let who = person("Noor Winterhalter", BAG, 1_840);
    let first = complaint(house, Network::Bluesky, who, day.at(10, 12), "baggage");
    let mut tale = begin(
        house,
        1,
        first,
        "Bag lost between you and your partner on the way to Amman. Third call: your phone desk “can't see past the check-in”. 25 minutes on hold each. Can anybody there see my suitcase? Tag FLK 330918",
    );
    tale.answers(
        day.at(10, 16),
        Public,
        Actor::Agent,
        "I can, Noor: we see the partner's scans here, the phone desk doesn't. It was read in Vienna at 06:40. Give me ten minutes, I'm calling the hall. – Maya".to_owned(),
    );
    tale.offers(day.at(10, 17), "Social", "Baggage");
    tale.accepts(day.at(10, 19), Some(TimeDelta::seconds(8)));
    tale.hears(
        day.at(10, 20),
        Tone::Neutral,
        "Thank you. It's dark red with a yellow ribbon. I've been told “no” so often that I stopped asking.".to_owned(),
    );
    let found = day.at(10, 26) + TimeDelta::seconds(40);
    tale.answers(
        found,
        Public,
        Actor::Agent,
        "Found: dark red, yellow ribbon, standing in hall 3 in Vienna. It flies at 13:05 and is with you tonight. And the phone's “no” is overturned: your expenses are covered. – Maya".to_owned(),
    );
    solve(
        &mut tale,
        found + TimeDelta::seconds(15),
        Remedy::Fixed,
        Outcome::Claimed,
    );
    tale.asks(day.at(20, 30));
    tale.confirms(day.at(20, 52));
    tale.thanks(
        day.at(20, 55),
        "My suitcase is here. Three phone calls: nothing. One post: found in a quarter of an hour by Maya, who could see and was allowed to act. Thank you, Fairlark! 💛".to_owned(),
    );
    tale.history
}
