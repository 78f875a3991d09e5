//! What passengers of the invented airline say in English, and what it answers.

use super::{Problem, telling as t};
use crate::domain::case::{
    Kind::{Complaint, Question},
    Remedy::{Compensated, Declined, Explained, Fixed, Goodwill},
};

/// Problems, by topic.
pub const PROBLEMS: &[Problem] = &[
    Problem {
        topic: "baggage",
        language: "en",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Baggage"),
        promise: "your bag at your hotel in {city}",
        tellings: &[
            t(
                "My bag never came out in {city}. The desk says it left {home}, the app says it didn't. Tag {tag}.",
                "The desk and the app can't both be right, {name}. I'm calling the hall in {home} so that somebody looks with their own eyes. Where are you staying in {city}? – {agent}",
                "Hotel near the station in {city}. It's a black hard case with a green ribbon.",
                "The app was right: black case, green ribbon, still in {home}. It's on the next flight and a driver brings it to your hotel. – {agent}",
            ),
            t(
                "Landed in {city} {hours} hours ago, suitcase still in {home} apparently. Nobody at the counter can tell me anything.",
                "{hours} hours without a word is too long, {name}, I'm sorry. It missed the loading in {home}; I've booked it on the {later} and will follow it myself. – {agent}",
                "Thank you. I leave the hotel at seven tomorrow, can it be here by then?",
                "It has landed in {city} and the courier has it, so well before seven. Tell me when you hold it, please. – {agent}",
            ),
            t(
                "{flight} to {city}: I arrived, my suitcase didn't. It has my wedding outfit in it and the wedding is tomorrow.",
                "Then this goes before everything else, {name}. I've found it in {home} and I'm getting it onto the {later}. Please send me your number privately for the driver. – {agent}",
                "Number sent. It's a long blue garment bag inside a grey case.",
                "The grey case is in the van, {name}, garment bag and all. Have a wonderful wedding! – {agent}",
            ),
            t(
                "Day {days} without my bag. Your hotline can't see past check-in, your partner says ask you. Who has it?",
                "We do, {name}, and we can see the partner's scans here. Give me a few minutes with tag {tag}. – {agent}",
                "Dark blue, a broken zip on the front pocket, my name inside.",
                "It stood in the partner's lost property under the wrong name. It's on its way to you now, and what you had to buy is covered. – {agent}",
            ),
            t(
                "Standing at an empty carousel in {city} with forty others from {flight}. Is there a plan or do we just go home?",
                "There is, {name}: the hold's belt was stuck, the bags come out on carousel 3 in about twenty minutes. If you'd rather leave, give me {tag} and we deliver. – {agent}",
                "I'd rather go home, the little one is asleep on my arm. Address sent.",
                "Yours came out with the first ones, {name}. The courier has the address and rings twice. Sleep well, both of you. – {agent}",
            ),
            t(
                "The tracker has said “on its way” since {earlier}. It's a suitcase, not a comet. Where is it? Tag {tag}",
                "A fair point, {name}. The last real scan was in {home}, so the tracker is guessing. I'm asking the hall. – {agent}",
                "Silver, about 20 kg, a strap with stripes.",
                "Found behind a pillar, silver with stripes. It flies tonight, and this time with a scan. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "baggage",
        language: "en",
        kind: Complaint,
        remedy: Compensated,
        team: Some("Baggage"),
        promise: "the decision on your claim {ref}",
        tellings: &[
            t(
                "Two wheels and a handle short. This is what came off {flight}. Was it dragged behind the plane?",
                "Ouch. I'm sorry, {name}. A photo and your tag number are enough for me to open the claim here, no form needed. – {agent}",
                "Photo and tag {tag} sent. It was nearly new.",
                "Accepted, {name}: you may choose a replacement of the same size or {amount}. Which shall it be? – {agent}",
            ),
            t(
                "My pushchair came back from {city} bent in half. The form wants a receipt from {years} years ago. Seriously?",
                "You don't need an old receipt, {name}: the make and a photo will do. And do you need one to borrow today? – {agent}",
                "Picture sent. Yes please, we can't carry her all day.",
                "A loan pushchair waits at the service desk, and {amount} for a new one goes to your card. – {agent}",
            ),
            t(
                "Guitar case cracked right through on {flight}. It had three “fragile” stickers on it. Who pays for this?",
                "We do, {name}. Is the guitar itself all right? Please send pictures of both and I'll open the claim. – {agent}",
                "The guitar survived, the case didn't. Pictures sent, it cost {amount}.",
                "{amount} for a new case is approved, {name}. We're glad about the guitar. – {agent}",
            ),
            t(
                "Suitcase arrived soaked, everything in it ruined. The desk in {city} said “fill in the website”. The website crashes.",
                "No website, {name}, I'll write it down for you here. What was in it, roughly? – {agent}",
                "Clothes, two books and a present. About {amount} in all, list sent.",
                "Your list was taken as it is: {amount}, within five working days. I'm sorry about the present. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "rebooking",
        language: "en",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Airport ops"),
        promise: "a confirmed seat on another flight",
        tellings: &[
            t(
                "Missed my connection in {home} because {flight} was {mins} minutes late. Now the queue at the desk is longer than the flight was.",
                "You can leave that queue, {name}: I'm holding a seat on the {later} while we talk. Does that work for you? – {agent}",
                "The {later} is fine, thank you. One cabin bag.",
                "Confirmed: {later}, seat {seat}. The boarding pass is in your mail, and there's a meal voucher in it. – {agent}",
            ),
            t(
                "Cancelled {flight}, rebooked for the day after tomorrow. There are two earlier flights with seats, I can see them on your own site.",
                "You see right, {name}. The machine only looks at one fare; I can look at all of them. Tonight or tomorrow morning? – {agent}",
                "Tonight if you can. {ref}, two passengers.",
                "You both fly tonight at {later}, no extra charge. I've checked it twice. – {agent}",
            ),
            t(
                "Your system rebooked me via {city}. I don't want to go to {city}. I want to go home.",
                "That detour makes no sense, {name}, I agree. Give me a few minutes to find something direct. – {agent}",
                "Thank you. Booking {ref}. I don't mind waiting a little.",
                "Direct, {later}, seat {seat}. No {city} today. – {agent}",
            ),
            t(
                "Third rebooking today. Every time I get to the gate it has changed. Can one human please look at {ref}?",
                "One human here, {name}. I've locked {ref} so that no machine moves it again and I'm looking for the best way. – {agent}",
                "Thank you, human. Anything before tomorrow noon.",
                "You're on the {later} and it stays that way, my name is on the note. – {agent}",
            ),
            t(
                "My mother (78) is alone in {home} after you cancelled {flight}. She has no app and no idea where to go. Please help her.",
                "I'm asking a colleague at the airport to find her right now, {name}. What's she wearing, and may I have her name privately? – {agent}",
                "Name sent. A red coat, and she'll be near the information desk. Thank you.",
                "She's sitting with my colleague over a cup of tea and flies at {later}. He'll walk her to the gate. – {agent}",
            ),
            t(
                "On hold for {mins} minutes to change one date. The music is nice. The waiting isn't.",
                "Sorry that you got stuck there, {name}. I can change it right here: which booking and which new date? – {agent}",
                "{ref}, a day later please, same time.",
                "Done, {name}: a day later, same time, no fee after all that music. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "rebooking",
        language: "en",
        kind: Question,
        remedy: Explained,
        team: None,
        promise: "",
        tellings: &[
            t(
                "Can I change the name on {ref}? My surname changed after we married last month.",
                "Congratulations, {name}! A change of surname is free: a photo of the certificate in a private message is all I need. – {agent}",
                "Sent. Thanks for the quick reply!",
                "The new name is on {ref} and the confirmation in your mail. All the best to you two! – {agent}",
            ),
            t(
                "If I miss the first leg to {city}, does the rest of the ticket really vanish?",
                "Normally yes, {name}, but tell us before departure and we keep the rest alive for you. Shall I note it on your booking? – {agent}",
                "Yes please, {ref}. I'd be coming by train instead.",
                "Noted: the rest of {ref} is safe. Enjoy the train! – {agent}",
            ),
            t(
                "Is it possible to move {flight} to the day before without paying for the whole thing again?",
                "It is, {name}. On your fare you only pay the difference, today that would be {amount}. Shall I do it? – {agent}",
                "That's fair. Yes please.",
                "All changed, {name}, the new ticket is in your mail. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "refund",
        language: "en",
        kind: Complaint,
        remedy: Compensated,
        team: Some("Refunds"),
        promise: "{amount} back on your card",
        tellings: &[
            t(
                "{weeks} weeks since you cancelled {flight}. {weeks} weeks since you promised me {amount}. My bank statement is still waiting.",
                "{weeks} weeks are far too long, {name}, I'm sorry. I've found it and I'm asking Refunds where it's stuck. – {agent}",
                "Reference {ref}. I'd like it on the card, not as a voucher.",
                "It was stuck behind an expired card number. {amount} left our bank today, to the new one. – {agent}",
            ),
            t(
                "You refunded {amount}. I paid more than twice that. Where's the rest?",
                "You're right, {name}: the second passenger was left out. I'm having the rest worked out now. – {agent}",
                "Thank you. It's {ref}, my wife and me.",
                "The other half is on its way to the same card, {name}. Sorry that you had to do our sums. – {agent}",
            ),
            t(
                "“Your refund will be processed in 7 days.” That was {weeks} weeks ago, reference {ref}.",
                "Seven days have to mean seven days, {name}. I've got {ref} open and will stay on it until it's paid. – {agent}",
                "It was paid by card, two passengers.",
                "Released, {name}: {amount}, with you in three working days. And I mean three. – {agent}",
            ),
            t(
                "I'm entitled to compensation for {hours} hours of delay on {flight} and you send me a voucher I never asked for?",
                "A voucher is only an offer, {name}, you may have money instead. I'm changing it over for you. – {agent}",
                "Money, please. Booking {ref}.",
                "Approved as money: {amount} to your card, the voucher is void. – {agent}",
            ),
            t(
                "Form says “claim not found”. Phone says “use the form”. Mail says “do not reply”. Refund {ref}. Please.",
                "I'm sorry about that circle, {name}. No more forms: I have {ref} in front of me. – {agent}",
                "You're the first who says that. It's {amount}, cancelled in spring.",
                "Paid today, {name}: {amount}. And the form has been taught to find claims like yours. – {agent}",
            ),
            t(
                "The voucher code you sent me instead of money says “invalid”. You couldn't make it up.",
                "You couldn't, {name}. Let's forget the voucher: would you like {amount} back on your card instead? – {agent}",
                "Yes! That's all I ever wanted. {ref}.",
                "Then that's what you get: {amount}, sent a minute ago. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "refund",
        language: "en",
        kind: Complaint,
        remedy: Declined,
        team: Some("Refunds"),
        promise: "",
        tellings: &[
            t(
                "You charged me {amount} for a bag that was measured smaller than your own sizer. I have a photo.",
                "Please send me the photo and your booking privately, {name}, and I'll have it measured against the rule. – {agent}",
                "Photo is on its way, booking {ref}.",
                "I've looked from every side, {name}: with the wheels it's 4 cm over, so the fee stands. I'd rather tell you plainly than keep you waiting. – {agent}",
            ),
            t(
                "{amount} to print a boarding pass. For a piece of paper. In this century.",
                "I can see why that stings, {name}. Was there a reason why the app didn't work? Then it would be on us. – {agent}",
                "No, my phone was just empty. Still, {amount}?",
                "Then I can't return it, {name}, sorry. Your pass is in the wallet without a network, for next time. – {agent}",
            ),
            t(
                "I was ill, I have a doctor's letter, and you keep the whole {amount}. Thanks for nothing.",
                "I'm sorry that you were ill, {name}. The fare isn't refundable, but let me see what may be. Would you send me the letter? – {agent}",
                "Letter sent. I only want what's fair.",
                "The fare I can't return, the taxes I can, and have. I hope you're better now, {name}. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "gate-delays",
        language: "en",
        kind: Complaint,
        remedy: Explained,
        team: Some("Airport ops"),
        promise: "a colleague at gate {gate}",
        tellings: &[
            t(
                "{flight} gate {gate} says delayed, nobody at the desk, no announcement for {mins} minutes. Any status?",
                "I'm sorry that you're left in the dark, {name}. The inbound is late; the crew is ready. I've asked for someone to come to {gate} and say so out loud. – {agent}",
                "Thank you. Will I still catch my connection at {later}?",
                "You're boarding, {name}, and your connection knows and waits. Have a good flight after all. – {agent}",
            ),
            t(
                "Gate {gate} changed three times. Half the plane is running through the terminal with children and prams.",
                "That's no way to treat anybody, {name}. I've just spoken with operations: it's {gate} and it stays {gate}. – {agent}",
                "We're there, out of breath. Please keep an eye on it.",
                "I did: boarding at {gate} now, prams first. The cause was a broken jet bridge. – {agent}",
            ),
            t(
                "{hours} hours on the tarmac, no water, no word. {flight} to {city}. What's going on?",
                "I've just reached the crew through operations, {name}: water is on its way down the aisle, and the captain will speak. A lightning strike closed the ramp. – {agent}",
                "Water has come. Thank you. A word from up front would be good too.",
                "You're rolling, {name}. The ramp was closed for lightning; you should have been told that at once. – {agent}",
            ),
            t(
                "We've been at gate {gate} since {earlier}. The board says “on time”. The plane isn't even here.",
                "The board is wrong and you're right, {name}: the aircraft is still on its way. I'd count on {later}. – {agent}",
                "An honest answer, thank you. Then we'll get something to eat.",
                "It has landed and boarding begins, {name}. The board now says so too. – {agent}",
            ),
            t(
                "Why does everyone know that {flight} is cancelled except the people sitting at gate {gate}?",
                "Because nobody walked over and said it, {name}, and I'm sorry. It is. A colleague is on the way to you with the new flights. – {agent}",
                "She's here now. But why was it cancelled?",
                "A cracked windscreen, {name}. You're all on the {later}, rooms are booked for those who'd rather stay. – {agent}",
            ),
            t(
                "Boarding “in 10 minutes” for the last {mins} minutes. Staff shrug. I'd just like the truth.",
                "You deserve it, {name}: a technician is checking a door sensor. It's done when it's done, I'd say {later}. – {agent}",
                "See, that wasn't so hard. Thank you.",
                "The sensor is fine and you're boarding. I've passed on what you said about the shrugging. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "gate-delays",
        language: "en",
        kind: Question,
        remedy: Explained,
        team: None,
        promise: "",
        tellings: &[
            t(
                "Is {flight} to {city} going? The app says yes, the airport says no.",
                "It is, {name}: {later} from {gate}, the airport's screen is a little behind. – {agent}",
                "Great, on my way then.",
                "You're welcome, {name}. Safe travels! – {agent}",
            ),
            t(
                "How early do I have to be at gate {gate} with a wheelchair booked?",
                "Please come 60 minutes before departure, {name}, and a colleague will meet you at the entrance. – {agent}",
                "Perfect, thank you.",
                "It's noted on your booking. Have a smooth flight, {name}. – {agent}",
            ),
            t(
                "Fog in {home}: should I even leave the house for {flight}?",
                "Yes, please come as planned, {name}. It lifts before {later} and we don't leave without you. – {agent}",
                "Good to know. Putting my shoes on.",
                "See? Clear as glass. Have a good flight, {name}! – {agent}",
            ),
        ],
    },
    Problem {
        topic: "seats",
        language: "en",
        kind: Complaint,
        remedy: Fixed,
        team: None,
        promise: "",
        tellings: &[
            t(
                "Paid {amount} to sit together. You put my six-year-old in row 31 and me in row 4. Is she supposed to order the wine?",
                "No child of six should fly alone in row 31, {name}. I'm putting you together right now, one moment. – {agent}",
                "{ref}, two of us. Thank you for looking.",
                "You sit side by side now, around {seat}, she at the window. Juice only. – {agent}",
            ),
            t(
                "I booked an aisle seat because of my knee. Now I'm in the middle of the last row. {ref}",
                "I'm sorry, {name}: the aircraft was changed and a machine shuffled the seats. I'm looking for an aisle for the knee. – {agent}",
                "Left side would be best, if that's possible.",
                "Aisle, left, row 6. The new boarding pass is in the app, {name}. – {agent}",
            ),
            t(
                "Seat {seat} was mine when I paid. At check-in it's somebody else's. Explain?",
                "It was sold twice, {name}, and yours was the first sale. Let me put that right before boarding. – {agent}",
                "Thanks. I only want the one I paid for.",
                "{seat} is yours again and the other passenger has been moved up. Sorry for the scare. – {agent}",
            ),
            t(
                "Extra legroom paid, no legroom received. My knees send their regards from {flight}.",
                "My apologies to both of them, {name}. What's your booking? The fee comes back and I'll look for a better row on the way home. – {agent}",
                "{ref}. The way home is on Sunday.",
                "Row 12 at the exit on Sunday, free of charge, and the fee is returned. – {agent}",
            ),
            t(
                "You changed the aircraft and with it all our seats. Family of five, five different rows. {flight}.",
                "That happens when nobody looks, {name}. I'm looking. Would three and two be all right, one behind the other? – {agent}",
                "That would be perfect, thank you.",
                "Done: three and two, rows 14 and 15. Have a good family trip. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "seats",
        language: "en",
        kind: Complaint,
        remedy: Goodwill,
        team: None,
        promise: "",
        tellings: &[
            t(
                "Seat {seat} on {flight}: broken recline, broken light, broken screen. {hours} hours of it.",
                "That's a long way on something broken, {name}. I've reported {seat} to maintenance. May I have your booking? – {agent}",
                "{ref}. The crew were lovely, it wasn't their fault.",
                "The seat is fixed and a voucher over {amount} is on your account. I'll tell the crew. – {agent}",
            ),
            t(
                "The vegetarian meal I ordered turned into “sorry, chicken only”. Again. {flight}",
                "An order is an order, {name}, I'm sorry. Let me find out where it gets lost. – {agent}",
                "It's in my profile since {years} years. {ref}.",
                "It got lost between two systems. It's tied to you now and not to the ticket, and I've added miles for the hungry hours. – {agent}",
            ),
            t(
                "My seat was wet. They gave me a blanket to sit on. On a flight to {city}.",
                "A blanket isn't an answer to a wet seat, {name}. I'm sorry. Which booking was it? – {agent}",
                "{ref}, seat {seat}.",
                "{seat} has been taken out and dried, and {amount} comes back to you. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "app",
        language: "en",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Digital"),
        promise: "a working boarding pass",
        tellings: &[
            t(
                "The app says I never checked in. The mail says I did. The gate opens at {later}. Who's right?",
                "The mail, {name}: I see you checked in. I'm sending the pass to your mail so that you have it in hand. – {agent}",
                "Got it, thank you. The app still disagrees.",
                "Please sign out and in once: the app has come round. Good flight, {name}! – {agent}",
            ),
            t(
                "Your app logged me out with my boarding pass inside it. At security. Well done.",
                "What a place for it, {name}, I'm sorry. Show them this reference: {ref}. I'm sending the pass as a picture at the same time. – {agent}",
                "They let me through with the picture. Phew.",
                "Phew indeed. From now on the pass stays readable without signing in. – {agent}",
            ),
            t(
                "Checked in, bag paid, and now the app shows an empty page instead of my pass. {flight} leaves at {later}.",
                "Everything is there on our side, {name}: seat {seat}, one bag. I'm sending the pass to your mail now. – {agent}",
                "It's there. Is it normal that the app is so blank?",
                "It isn't: an update went wrong. It's repaired, {name}. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "app",
        language: "en",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Digital"),
        promise: "",
        tellings: &[
            t(
                "My miles from {city} have been “pending” for {weeks} weeks. They can't still be in the air, can they?",
                "They've landed, {name}, just not on your account. May I have your member number privately? – {agent}",
                "Number sent. It was {flight}.",
                "Booked, {name}, with the ones of the way back. – {agent}",
            ),
            t(
                "Error 500 at the payment step for three days. My money would like to come to you but can't.",
                "We'd like to have it, {name}. Let me book by hand what the site won't, at the price you saw. Which flight? – {agent}",
                "{flight}, two people, the fare was {amount}.",
                "Booked at {amount}, confirmation in your mail. And the error is found: a card check that had expired. – {agent}",
            ),
            t(
                "Every time I add a bag in the app it charges me and adds nothing. That's {amount} for zero bags now.",
                "I see three charges and no bag, {name}. I'm adding one bag by hand and sending the rest back. – {agent}",
                "Thank you! It's {ref}.",
                "One bag on {ref}, two charges reversed, and the button is repaired. – {agent}",
            ),
        ],
    },
];

/// Praise: language and text.
pub const PRAISE: &[(&str, &str)] = &[
    (
        "en",
        "Best crew in years on {flight}. They noticed my mum was nervous and never let her out of their sight. 💛",
    ),
    (
        "en",
        "Lost my passport in {home}, your ground staff found it in {mins} minutes. I owe somebody a cake.",
    ),
    (
        "en",
        "Shout-out to {agent} at gate {gate} who ran after us with the forgotten teddy. Child happy, parents happier.",
    ),
    (
        "en",
        "Delayed, yes. But you told us why, every ten minutes. That's how it's done. 👏",
    ),
    (
        "en",
        "Smoothest landing ever in a storm over {city}. The whole cabin clapped. Thank you, captain!",
    ),
    (
        "en",
        "Just want to say: the new seats on {flight} are lovely and the coffee is actually coffee.",
    ),
    (
        "de",
        "Großes Lob an die Crew von {flight}! So freundlich wird man selten empfangen. Danke! 🙏",
    ),
    (
        "fr",
        "Bravo à l'équipe du vol {flight}, un accueil au top malgré le retard. Merci !",
    ),
    (
        "es",
        "Gracias a la tripulación de {flight}, cuidaron de mis hijos como si fueran suyos. 😊",
    ),
    (
        "ja",
        "{flight}便の客室乗務員の方がとても親切でした。ありがとうございました。✨",
    ),
    (
        "pt",
        "Obrigado à equipa do voo {flight}! Simpatia do princípio ao fim. 👏",
    ),
];

/// Our own posts, below which people comment.
pub const ANNOUNCEMENTS: &[&str] = &[
    "Winter schedule is out: {city} daily from December, with breakfast worth waking up for. ☀️",
    "We've repainted the first of our fleet. Have you spotted her yet?",
    "Five new routes from {home}. Where would you like to go first?",
    "Meet {agent}, who has guided aircraft in {home} for {years} years, rain or shine.",
    "Our app has a new look: boarding passes now live on the first screen.",
];
