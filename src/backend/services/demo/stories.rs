//! The seven stories that Sundown is built from, to the minute, with invented people.
//!
//! Each is found by its customer's account; an end-to-end test follows them. They lie in the days
//! before the demo was filled, so that the Board's month holds all of them.

use super::{
    cast::{House, World},
    names::{Person, Taken},
    tale::{First, Tale, Vow},
};
use crate::domain::{
    calendar::instant_of,
    case::{Kind, Outcome, Priority, Remedy, Tone},
    event::Actor,
    history::History,
    network::Network,
    post::Visibility::{Private, Public},
    time::Instant,
};
use chrono::{Days, TimeDelta};

/// Story 1, the bag: found within a quarter of an hour.
pub const BAG: &str = "noorwinterhalter.sky.example";
/// Story 2, the influencer: an hour, then 85 minutes.
pub const INFLUENCER: &str = "idamarlow.sky.example";
/// Story 3, four days of silence.
pub const SILENCE: &str = "tomw@toot.example";
/// Story 4, four minutes, after hours.
pub const AFTER_HOURS: &str = "kahu.ellingham";
/// Story 5, the deleted post.
pub const DELETED: &str = "ruth.abernathy";
/// Story 6, five minutes, confirmed.
pub const FIVE_MINUTES: &str = "dee_o";
/// Story 7, the check is in the mail.
pub const CHEQUE: &str = "hassan.karimi@post.example";

/// All of them, in order.
pub const ALL: [&str; 7] = [
    BAG,
    INFLUENCER,
    SILENCE,
    AFTER_HOURS,
    DELETED,
    FIVE_MINUTES,
    CHEQUE,
];

/// Tells all seven, and the few cases beside the fourth.
pub fn tell(world: &World, now: Instant, taken: &mut Taken) -> Vec<History> {
    let mut told = vec![
        the_bag(world.airline(), now),
        the_influencer(world.airline(), now),
        four_days_of_silence(world.airline(), now),
    ];
    told.extend(four_minutes_after_hours(world.airline(), now));
    told.push(the_deleted_post(world.airline(), now));
    told.push(five_minutes_confirmed(world.airline(), now));
    told.push(the_check_is_in_the_mail(world.telecom(), now));
    for history in &told {
        for handle in &history.handles {
            taken.insert((handle.brand, handle.network, handle.handle.clone()));
        }
    }
    told
}

/// The wall clock of a desk, so many days before today.
struct Day<'a> {
    house: &'a House,
    now: Instant,
    back: u64,
}

impl Day<'_> {
    fn at(&self, hour: u32, minute: u32) -> Instant {
        let today = self.now.with_timezone(&self.house.zone).date_naive();
        instant_of(
            &self.house.zone,
            today - Days::new(self.back),
            hour * 60 + minute,
        )
    }
}

fn day(house: &House, now: Instant, back: u64) -> Day<'_> {
    Day { house, now, back }
}

fn person(name: &str, handle: &str, followers: i64) -> Person {
    Person {
        name: name.to_owned(),
        handle: handle.to_owned(),
        followers,
    }
}

fn complaint<'a>(
    house: &'a House,
    network: Network,
    who: Person,
    at: Instant,
    topic: &'a str,
) -> First<'a> {
    First {
        person: who,
        language: "en",
        channel: house.channel(network),
        at,
        below: None,
        kind: Kind::Complaint,
        topic: Some(topic),
        tone: Tone::Negative,
        priority: Priority::High,
    }
}

/// The place of a story among the seeds, far away from those of the generator.
fn begin<'a>(house: &'a House, number: u64, first: First<'_>, body: &str) -> Tale<'a> {
    Tale::begin(house, 0x5707_1e00 + number, first, |_| body.to_owned())
}

/// “Solved”; every story knows whether it still can be.
fn solve(tale: &mut Tale<'_>, at: Instant, remedy: Remedy, outcome: Outcome) {
    tale.resolves(at, remedy, outcome);
}

fn the_bag(house: &House, now: Instant) -> History {
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

fn the_influencer(house: &House, now: Instant) -> History {
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

fn four_days_of_silence(house: &House, now: Instant) -> History {
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

fn four_minutes_after_hours(house: &House, now: Instant) -> Vec<History> {
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

fn the_deleted_post(house: &House, now: Instant) -> History {
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

fn five_minutes_confirmed(house: &House, now: Instant) -> History {
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

fn the_check_is_in_the_mail(house: &House, now: Instant) -> History {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        backend::services::demo::replay,
        domain::{
            case::{Case, Origin, Status},
            history::PromiseState,
        },
    };

    fn now() -> Instant {
        "2026-11-20T00:05:00Z".parse().expect("an instant")
    }

    fn story(handle: &str) -> History {
        let world = World::fresh(1, now());
        tell(&world, now(), &mut Taken::new())
            .into_iter()
            .find(|it| it.handles[0].handle == handle)
            .expect("the story is told")
    }

    fn seconds(from: Instant, until: Option<Instant>) -> i64 {
        (until.expect("it happened") - from).num_seconds()
    }

    fn response_s(case: &Case) -> i64 {
        seconds(case.opened_at, case.first_answer_at)
    }

    #[test]
    fn every_story_agrees_with_its_events_and_lies_in_the_past_at_any_hour() {
        for hours in 0..24 {
            let now = now() + TimeDelta::hours(hours);
            let world = World::fresh(1, now);
            let told = tell(&world, now, &mut Taken::new());
            for history in &told {
                replay::assert_consistent(history, now);
            }
            for handle in ALL {
                assert!(
                    told.iter().any(|it| it.handles[0].handle == handle),
                    "{handle}"
                );
            }
        }
    }

    #[test]
    fn the_bag_is_found_within_a_quarter_of_an_hour_and_becomes_a_win() {
        let it = story(BAG);
        assert_eq!(response_s(&it.case), 4 * 60);
        assert!(seconds(it.case.opened_at, it.case.resolved_at) < 15 * 60);
        assert_eq!(
            (it.case.remedy, it.case.outcome),
            (Some(Remedy::Fixed), Some(Outcome::Confirmed))
        );
        assert!(it.case.thanked_at.is_some());
        assert_eq!(it.hand_offs[0].to_team, "Baggage");
        assert!(it.hand_offs[0].opened_at.is_some());
    }

    #[test]
    fn the_influencer_waits_61_minutes_and_then_85_for_nobody() {
        let it = story(INFLUENCER);
        assert_eq!(it.handles[0].followers, 398_000);
        assert_eq!(response_s(&it.case), 61 * 60);
        assert_eq!(it.case.chasers, 1);
        let promise = &it.promises[0];
        assert_eq!(promise.state, PromiseState::Broken);
        assert_eq!(seconds(promise.promised_at, promise.settled_at), 85 * 60);
        assert!(promise.settled_at > promise.perishes_at);
        assert_eq!(it.case.outcome, Some(Outcome::TooLate));
        assert!(it.case.asked_at.is_none());
    }

    #[test]
    fn four_days_of_silence_are_one_turn_over_two_channels() {
        let it = story(SILENCE);
        assert_eq!(response_s(&it.case), 9 * 60);
        let channels: std::collections::HashSet<_> = it.posts.iter().map(|it| it.channel).collect();
        assert_eq!(channels.len(), 2);
        let turn = &it.turns[1];
        assert_eq!(turn.posts, 2);
        assert_eq!(
            seconds(turn.started_at, turn.answered_at),
            4 * 86_400 + 21 * 60
        );
        assert_eq!(it.hand_offs[0].opened_at, None);
        assert_eq!(it.promises[0].state, PromiseState::Kept);
        assert!(it.promises[0].proof.is_some());
    }

    #[test]
    fn after_hours_the_answer_comes_in_four_minutes_and_no_staffed_time() {
        let it = story(AFTER_HOURS);
        assert_eq!(response_s(&it.case), 4 * 60);
        assert_eq!(it.case.first_answer_business_s, Some(0));
        assert_eq!(it.case.outcome, Some(Outcome::Confirmed));
        assert!(it.posts.last().is_some_and(|it| it.is_ours()));
    }

    #[test]
    fn the_deleted_question_keeps_its_place_and_is_denied_after_75_minutes() {
        let it = story(DELETED);
        assert_eq!(it.case.origin, Origin::Brand);
        assert!(it.posts[0].is_ours());
        let deleted = it.posts[1].deleted_at;
        assert_eq!(seconds(it.posts[1].published_at, deleted), 14 * 60);
        assert_eq!(response_s(&it.case), 75 * 60);
        assert_eq!((it.case.joiners, it.case.episode), (4, 2));
        assert!(it.case.disputed_at.is_some());
        assert_eq!(it.case.outcome, Some(Outcome::Lapsed));
    }

    #[test]
    fn five_minutes_are_enough_and_the_customer_is_asked_before_any_thanks() {
        let it = story(FIVE_MINUTES);
        assert_eq!(response_s(&it.case), 50);
        assert_eq!(it.case.first_public_answer_at, None);
        assert!(seconds(it.case.opened_at, it.case.resolved_at) < 300);
        assert!(it.case.asked_at < it.case.confirmed_at);
        assert!(it.case.confirmed_at < it.case.thanked_at);
        assert_eq!(it.case.status, Status::Resolved);
    }

    #[test]
    fn the_check_is_in_the_mail_three_times_and_then_everybody_reads_it() {
        let it = story(CHEQUE);
        use PromiseState::{Broken, Kept};
        let states: Vec<_> = it.promises.iter().map(|it| it.state).collect();
        assert_eq!(states, [Broken, Broken, Broken, Broken, Kept]);
        for pair in it.promises.windows(2) {
            assert_eq!(pair[1].replaces, Some(pair[0].id));
        }
        let public: Vec<_> = it
            .posts
            .iter()
            .filter(|it| it.by == Actor::Customer && it.visibility == Public)
            .collect();
        let networks: std::collections::HashSet<_> = public.iter().map(|it| it.channel).collect();
        assert_eq!(networks.len(), 3);
        let call = it
            .posts
            .iter()
            .find(|it| it.by == Actor::Department)
            .expect("a call");
        assert!(seconds(public[0].published_at, Some(call.published_at)) < 30 * 60);
        assert_eq!(it.case.joiners, 5);
        assert!(it.case.reach > 60_000);
        assert_eq!(it.case.outcome, Some(Outcome::Confirmed));
    }
}
