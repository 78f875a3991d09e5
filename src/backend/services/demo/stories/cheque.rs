//! Story 7, the check is in the mail, three times.

use super::{CHEQUE, begin, complaint, day, person, solve};
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
use chrono::TimeDelta;

/// Told from its first post to its last word.
pub fn tell(house: &House, now: Instant) -> History {
    let day = |back| day(house, now, back);
    let mail = house.channel(Network::Email);
    let who = person("Hassan Karimi", CHEQUE, 0);
    let first = complaint(house, Network::Email, who, day(20).at(10, 5), "billing");
    let mut tale = begin(
        house,
        7,
        first,
        "Dear Wrenfield,\n\nyou charged me £312.40 for a router that I sent back in spring, with a receipt. Please return it.\n\nKind regards\nHassan Karimi",
    );
    let vow = |what: &str, due_at: Instant| Vow {
        what: what.to_owned(),
        by: "Anjali".to_owned(),
        fulfiller: "Billing".to_owned(),
        due_at,
        perishes_at: None,
    };
    let rounds = [
        (
            20,
            43,
            13,
            "You're right, Mr Karimi. A cheque over £312.40 is in the mail, you'll have it within a week. – Anjali",
            "The week is over. There is no cheque.",
        ),
        (
            13,
            40,
            9,
            "I'm sorry, it was sent to the old address. A new cheque is in the mail. – Anjali",
            "Once more: no cheque. Which address have you got?",
        ),
        (
            9,
            55,
            5,
            "It has left us today, by registered mail. You'll have it by Friday at the latest. – Anjali",
            "Nothing. Three times “in the mail”, three times nothing.",
        ),
    ];
    for (place, (from, minute, until, body, after)) in rounds.into_iter().enumerate() {
        let hour = if place == 0 { 10 } else { 11 };
        tale.answers(
            day(from).at(hour, minute),
            Private,
            Actor::Agent,
            body.to_owned(),
        );
        let due_at = day(until).at(9, 0);
        tale.promises(
            day(from).at(hour, minute + 1),
            vow("a cheque over £312.40", due_at),
        );
        tale.breaks(due_at);
        tale.hears(day(until).at(10, 30), Tone::Negative, after.to_owned());
    }
    tale.answers(
        day(5).at(11, 10),
        Private,
        Actor::Agent,
        "I'm asking Billing what has happened, Mr Karimi. – Anjali".to_owned(),
    );

    // The public campaign: two pages, three networks, one case.
    let campaign = day(4).at(9, 10);
    let m = |minutes: i64| campaign + TimeDelta::minutes(minutes);
    let pages = [
        (
            0,
            Network::X,
            "hassank",
            4_300,
            "Wrenfield owes me £312.40. “The check is in the mail” since three weeks, three times broken. I'll post this every day until it arrives.",
        ),
        (
            4,
            Network::Facebook,
            "hassan.karimi",
            520,
            "Dear @wrenfield.mobile, three promises, no cheque. Anyone else still waiting for their money?",
        ),
        (
            10,
            Network::Instagram,
            "hassan.karimi",
            760,
            "Day 20 without my £312.40. Here's a picture of my empty letter box. 📭",
        ),
    ];
    for (after, network, handle, followers, body) in pages {
        let account = tale.also_at(network, handle, followers, m(after));
        tale.hears_on(
            m(after),
            house.channel(network),
            Some(&account),
            Public,
            Tone::Negative,
            body.to_owned(),
        );
    }
    let joiners = [
        (
            13,
            "Imogen Farrow",
            "imogen.farrow@post.example",
            0,
            "I'm copied in here and I'm waiting for £80 myself.",
        ),
        (
            17,
            "Kofi Osei",
            "kofi.osei@post.example",
            0,
            "Same story, same words, even the same “registered mail”.",
        ),
    ];
    for (after, name, handle, followers, body) in joiners {
        tale.joins(m(after), &person(name, handle, followers), body.to_owned());
    }
    tale.offers(m(18), "Social", "Billing");
    tale.accepts(m(22), Some(TimeDelta::seconds(15)));
    tale.answers_on(
        m(26),
        mail,
        Private,
        Actor::Department,
        "Note of our call with Hassan Karimi at 09:36: apologised, the money goes by bank transfer instead. He gets an e-mail with the confirmation by noon.".to_owned(),
    );
    tale.promises(
        m(27),
        vow(
            "an e-mail with the transfer's confirmation",
            day(4).at(12, 0),
        ),
    );
    tale.answers_on(
        m(29),
        house.channel(Network::X),
        Public,
        Actor::Agent,
        "We've just spoken, Hassan, and we're sorry. You'll have it in writing by noon. – Sam"
            .to_owned(),
    );
    tale.breaks(day(4).at(12, 30));
    let more = [
        (
            200,
            "Una Jellicoe",
            "una.jellicoe",
            41_000,
            "So even the e-mail about the cheque is in the mail?",
        ),
        (
            215,
            "Thabo Ruiz",
            "thabo.ruiz",
            7_900,
            "Following. I cancelled last month and haven't seen a penny.",
        ),
        (
            260,
            "Maren Varga",
            "maren.varga",
            15_300,
            "How hard can it be to pay somebody back?",
        ),
    ];
    for (after, name, handle, followers, body) in more {
        tale.joins(m(after), &person(name, handle, followers), body.to_owned());
    }
    let x = tale
        .history
        .handles
        .iter()
        .find(|it| it.handle == "hassank")
        .cloned();
    tale.hears_on(
        m(275),
        house.channel(Network::X),
        x.as_ref(),
        Public,
        Tone::Negative,
        "Noon has come and gone. No e-mail. You couldn't make it up.".to_owned(),
    );
    tale.answers_on(
        m(300),
        house.channel(Network::X),
        Public,
        Actor::Agent,
        "It's paid, Hassan: instant transfer, reference in your messages. I'll only call this done when you see it. – Sam".to_owned(),
    );
    tale.promises(m(301), vow("£312.40 on the account", day(3).at(12, 0)));
    tale.keeps(
        day(3).at(9, 15),
        "Bank reference WM-77120; Mr Karimi sees it on his account",
    );
    solve(
        &mut tale,
        day(3).at(9, 40),
        Remedy::Compensated,
        Outcome::Claimed,
    );
    tale.asks(day(3).at(10, 0));
    tale.confirms(day(3).at(13, 25));
    tale.history
}
