//! Story 3, four days of silence after a receipt.

use super::{SILENCE, begin, complaint, day, person, solve};
use crate::{
    backend::services::demo::{cast::House, tale::Vow},
    domain::{
        case::{Outcome, Remedy, Tone},
        event::Actor,
        history::History,
        network::Network,
        post::Visibility::{Private, Public},
        time::Instant,
    },
};

/// Told from its first post to its last word.
pub fn tell(house: &House, now: Instant) -> History {
    let (first_day, last_day) = (day(house, now, 12), day(house, now, 8));
    let who = person("Tom Wiremu", SILENCE, 1_200);
    let first = complaint(
        house,
        Network::Mastodon,
        who,
        first_day.at(16, 20),
        "refund",
    );
    let mut tale = begin(
        house,
        3,
        first,
        "You cancelled our flight home, we paid for another one ourselves. £418.60. Whom do I talk to?",
    );
    tale.answers(
        first_day.at(16, 29),
        Public,
        Actor::Agent,
        "Sorry about that, Tom. Please e-mail us at care@fairlark.example with your receipts. – Ravi".to_owned(),
    );
    let mailed = first_day.at(16, 42);
    let mail = tale.also_at(Network::Email, "tom.wiremu@post.example", 0, mailed);
    tale.hears_on(
        mailed,
        house.channel(Network::Email),
        Some(&mail),
        Private,
        Tone::Neutral,
        "Dear Fairlark team,\n\nas you asked: the receipts for two seats, £418.60, after you cancelled FLK 714. I'd be glad to hear what happens next.\n\nKind regards\nTom Wiremu".to_owned(),
    );
    tale.offers(first_day.at(16, 55), "Social", "Customer relations");
    tale.hears(
        last_day.at(16, 42),
        Tone::Negative,
        "Emailed as you asked four days ago. Nothing. Who do I talk to?".to_owned(),
    );
    // They call without having opened what was handed to them.
    tale.accepts(last_day.at(17, 1), None);
    tale.answers_on(
        last_day.at(17, 3),
        house.channel(Network::Email),
        Private,
        Actor::Department,
        "Note of our call with Tom Wiremu at 17:03: the caller had neither the post nor the mail before her, he told it all again. Agreed: £418.60 in full, a letter follows.".to_owned(),
    );
    tale.promises(
        last_day.at(17, 4),
        Vow {
            what: "a letter with the confirmation of £418.60".to_owned(),
            by: "Customer relations".to_owned(),
            fulfiller: "Customer relations".to_owned(),
            due_at: day(house, now, 5).at(17, 0),
            perishes_at: None,
        },
    );
    tale.answers(
        last_day.at(17, 20),
        Public,
        Actor::Agent,
        "Tom, you shouldn't have had to ask again. My colleague has called you, the letter is being written today. – Ravi".to_owned(),
    );
    tale.keeps(
        day(house, now, 6).at(11, 30),
        "Tracked letter, delivered and signed for at 11:30",
    );
    solve(
        &mut tale,
        day(house, now, 6).at(12, 5),
        Remedy::Compensated,
        Outcome::Claimed,
    );
    tale.asks(day(house, now, 6).at(12, 30));
    tale.lapses(day(house, now, 3).at(12, 30));
    tale.history
}
