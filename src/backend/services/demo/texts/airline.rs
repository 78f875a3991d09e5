//! What passengers of the invented airline say in English, and what it answers.

use super::Problem;
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
        posts: &[
            "My bag never came out in {city}. The desk says it left {home}, the app says it didn't. Tag {tag}.",
            "Landed in {city} {hours} hours ago, suitcase still in {home} apparently. Nobody at the counter can tell me anything.",
            "{flight} to {city}: I arrived, my suitcase didn't. It has my wedding outfit in it and the wedding is tomorrow.",
            "Day {days} without my bag. Your hotline can't see past check-in, your partner says ask you. Who has it?",
            "Standing at an empty carousel in {city} with forty others from {flight}. Is there a plan or do we just go home?",
            "The tracker has said “on its way” since {time}. It's a suitcase, not a comet. Where is it? Tag {tag}",
        ],
        answers: &[
            "I'm sorry, {name}, that's no way to start a stay. I can see {tag} in our system and I'm calling the station now. Where are you staying in {city}?",
            "That's on us, {name}. Your bag missed the transfer in {home}; I've put it on the next flight to {city} and will follow it myself. – {agent}",
            "Thank you for the tag number, {name}. I've asked the baggage hall to look with their own eyes, not just the screen. Back to you shortly. – {agent}",
            "So sorry about the wait, {name}. I'm tracing {tag} right now. Could you send me your phone number in a private message so that the courier can reach you?",
        ],
        details: &[
            "Tag {tag}, black hard case with a green ribbon. I'm at a hotel near the station in {city}.",
            "It's {tag}. Grey, about 20 kg, a luggage strap with stripes. Please hurry, I leave again in two days.",
            "Sent you the hotel address. The bag is dark blue with a broken zip on the front pocket.",
        ],
        solved: &[
            "Found it, {name}: your bag is on the {time} to {city} and a driver brings it to your door this evening. – {agent}",
            "Good news: {tag} was scanned in {city} and the courier has it. Please tell me when it's in your hands. – {agent}",
            "Your suitcase has been delivered to the reception, signed for at {time}. I've also put the essentials you had to buy on your claim. – {agent}",
        ],
        promise: "your bag at your hotel in {city}",
    },
    Problem {
        topic: "baggage",
        language: "en",
        kind: Complaint,
        remedy: Compensated,
        team: Some("Baggage"),
        posts: &[
            "Two wheels and a handle short. This is what came off {flight}. Was it dragged behind the plane?",
            "My pushchair came back from {city} bent in half. The form wants a receipt from {years} years ago. Seriously?",
            "Guitar case cracked right through on {flight}. It had three “fragile” stickers on it. Who pays for this?",
            "Suitcase arrived soaked, everything in it ruined. The desk in {city} said “fill in the website”. The website crashes.",
        ],
        answers: &[
            "Ouch. I'm sorry, {name}. A photo and {tag} are enough for me to open the damage claim here, no form needed. – {agent}",
            "That isn't how it should come back, {name}. You don't need an old receipt: send me the make and I'll take it from there.",
            "I'm really sorry to see that, {name}. I'm opening the claim for you now so that you don't have to go through the website.",
        ],
        details: &[
            "Photos sent. It was bought in spring, about {amount}.",
            "Tag {tag}. I've sent you three pictures, the last one is the worst.",
        ],
        solved: &[
            "All done, {name}: {amount} goes to your card within five working days. The reference is {ref}. – {agent}",
            "Baggage have accepted the claim. You'll get a replacement of the same size, or {amount} if you'd rather choose your own.",
        ],
        promise: "the decision on your claim {ref}",
    },
    Problem {
        topic: "rebooking",
        language: "en",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Airport ops"),
        posts: &[
            "Missed my connection in {home} because {flight} was {mins} minutes late. Now the queue at the desk is longer than the flight was.",
            "Cancelled at {time}, rebooked for the day after tomorrow. There are two earlier flights with seats, I can see them on your own site.",
            "Your system rebooked me via {city}. I don't want to go to {city}. I want to go home.",
            "Third rebooking today. Every time I get to the gate it has changed. Can one human please look at {ref}?",
            "My mother (78) is alone in {home} after you cancelled {flight}. She has no app and no idea where to go. Please help her.",
            "On hold for {mins} minutes to change one date. The music is nice. The waiting isn't.",
        ],
        answers: &[
            "I'm so sorry, {name}. I've got {ref} open in front of me and I'm holding a seat on the {time} while we talk. Does that work for you?",
            "That route makes no sense, I agree. Give me a few minutes, {name}, I'm looking for something direct. – {agent}",
            "Thanks for telling us, {name}. Please stay where you are: I'm asking a colleague at the airport to find you. – {agent}",
            "{name}, sorry that you got stuck on the phone for this. I can change it right here, just send me the new date privately.",
        ],
        details: &[
            "The {time} is fine, thank you. Two passengers, one cabin bag each.",
            "Booking {ref}. Any flight before tomorrow noon is good.",
            "Yes please, and could you keep us together? We are travelling with a child.",
        ],
        solved: &[
            "Done, {name}: you're confirmed on the {time}, seat {seat}. The new boarding pass is in your mail. – {agent}",
            "You're on the direct flight now, no extra charge. I've checked it twice, it won't change again. – {agent}",
            "A colleague has met you at the gate, I hear. The new booking {ref} is confirmed and the meal voucher is in it.",
        ],
        promise: "a confirmed seat on another flight",
    },
    Problem {
        topic: "rebooking",
        language: "en",
        kind: Question,
        remedy: Explained,
        team: None,
        posts: &[
            "Can I change the name on {ref}? My surname changed after we married last month.",
            "If I miss the first leg to {city}, does the rest of the ticket really vanish?",
            "Is it possible to move {flight} to the day before without paying for the whole thing again?",
        ],
        answers: &[
            "Congratulations, {name}! A change of surname is free: a photo of the certificate in a private message is all I need. – {agent}",
            "Good question, {name}. Normally yes, but tell us before departure and we keep the rest alive for you. Shall I note it on {ref}?",
            "It is, {name}. On your fare you only pay the difference, today that would be {amount}. Shall I do it?",
        ],
        details: &[
            "Yes please, that would be great.",
            "Sent. Thanks for the quick reply!",
        ],
        solved: &[
            "That's noted on {ref} and the new confirmation is in your mail. Have a good trip! – {agent}",
            "All changed, {name}. Anything else, just write here.",
        ],
        promise: "",
    },
    Problem {
        topic: "refund",
        language: "en",
        kind: Complaint,
        remedy: Compensated,
        team: Some("Refunds"),
        posts: &[
            "{weeks} weeks since you cancelled {flight}. {weeks} weeks since you promised me {amount}. My bank statement is still waiting.",
            "You refunded {amount}. I paid more than twice that. Where's the rest?",
            "“Your refund will be processed in 7 days.” That was {weeks} weeks ago, reference {ref}.",
            "I'm entitled to compensation for {hours} hours of delay on {flight} and you send me a voucher I never asked for?",
            "Form says “claim not found”. Phone says “use the form”. Mail says “do not reply”. Refund {ref}. Please.",
            "The voucher code you sent me instead of money says “invalid”. You couldn't make it up.",
        ],
        answers: &[
            "You've waited far too long, {name}, I'm sorry. I've found {ref} and I'm asking Refunds why it is stuck. – {agent}",
            "You're right, {name}: the second passenger was left out. I'm having the remaining sum checked now.",
            "A voucher is only an offer, {name}, you may have money instead. I'm changing it over for you. – {agent}",
            "I'm sorry about that circle, {name}. No more forms: I have your claim here and will stay on it until it's paid.",
        ],
        details: &[
            "It was booked on my card, two passengers, {amount} in all.",
            "Reference {ref}, under my name. I'd like it back on the card, not as a voucher.",
        ],
        solved: &[
            "{amount} left our bank today, {name}, reference {ref}. It should reach you within three working days. – {agent}",
            "Refunds have released the rest: {amount} to the card you paid with. Sorry that you had to chase us. – {agent}",
            "Your compensation is approved, {name}: {amount}. The confirmation is in your mail.",
        ],
        promise: "{amount} back on your card",
    },
    Problem {
        topic: "refund",
        language: "en",
        kind: Complaint,
        remedy: Declined,
        team: Some("Refunds"),
        posts: &[
            "You charged me {amount} for a bag that was measured smaller than your own sizer. I have a photo.",
            "{amount} to print a boarding pass. For a piece of paper. In this century.",
            "I was ill, I have a doctor's letter, and you keep the whole {amount}. Thanks for nothing.",
        ],
        answers: &[
            "I can see why that stings, {name}. Please send me the photo and {ref} privately and I'll have it checked. – {agent}",
            "Sorry to hear that, {name}. Your fare has conditions I can't simply wave away, but let me see what we may do. – {agent}",
        ],
        details: &[
            "Photo is on its way. {ref}.",
            "Here's the letter. I only want what's fair.",
        ],
        solved: &[
            "I've looked at it from every side, {name}: the fee follows the fare's rules, so I can't return it. The taxes I can, and have. – {agent}",
            "We had to say no to this one, {name}, and I'd rather tell you plainly than keep you waiting. – {agent}",
        ],
        promise: "",
    },
    Problem {
        topic: "gate-delays",
        language: "en",
        kind: Complaint,
        remedy: Explained,
        team: Some("Airport ops"),
        posts: &[
            "{flight} gate {gate} says delayed, nobody at the desk, no announcement for {mins} minutes. Any status?",
            "Gate {gate} changed three times. Half the plane is running through the terminal with children and prams.",
            "{hours} hours on the tarmac, no water, no word. {flight} to {city}. What's going on?",
            "We've been at gate {gate} since {time}. The board says “on time”. The plane isn't even here.",
            "Why does everyone know that {flight} is cancelled except the people sitting at gate {gate}?",
            "Boarding “in 10 minutes” for the last {mins} minutes. Staff shrug. I'd just like the truth.",
        ],
        answers: &[
            "I'm sorry that you're left in the dark, {name}. The inbound aircraft lands at {time}; the crew is ready and waiting. I'll write as soon as it moves. – {agent}",
            "Thank you for telling us, {name}. A technician is checking a door sensor on {flight}. I've asked for someone to come to {gate} and say so out loud.",
            "You deserve the truth, {name}: a late inbound from {city}. New departure {time}, and that one I believe myself. – {agent}",
            "So sorry, {name}. I've just spoken with the gate: water is on its way and the next update comes at {time}.",
        ],
        details: &[
            "Thank you. Will I still catch my connection at {time}?",
            "Someone has come to the gate now. Please keep us posted.",
        ],
        solved: &[
            "You're boarding, {name}, and your connection knows. Have a good flight after all. – {agent}",
            "{flight} is in the air now. I'm sorry for the {mins} minutes without a word, that is what we're working on.",
            "The cause was a late inbound, {name}, not you and not the crew. A meal voucher is on your booking. – {agent}",
        ],
        promise: "a colleague at gate {gate}",
    },
    Problem {
        topic: "gate-delays",
        language: "en",
        kind: Question,
        remedy: Explained,
        team: None,
        posts: &[
            "Is {flight} to {city} going tonight? The app says yes, the airport says no.",
            "How early do I have to be at gate {gate} with a wheelchair booked?",
            "Fog in {home} this morning: should I even leave the house for {flight}?",
        ],
        answers: &[
            "It is, {name}: {time} from {gate}, the airport's screen is a little behind. – {agent}",
            "Please come 60 minutes before departure, {name}, and a colleague will meet you at the entrance. – {agent}",
            "Yes, please come as planned, {name}. The fog lifts at about {time} and we don't leave without you.",
        ],
        details: &["Perfect, thank you.", "Great, on my way then."],
        solved: &[
            "You're welcome, {name}. Safe travels! – {agent}",
            "Any time. Have a smooth flight, {name}.",
        ],
        promise: "",
    },
    Problem {
        topic: "seats",
        language: "en",
        kind: Complaint,
        remedy: Fixed,
        team: None,
        posts: &[
            "Paid {amount} to sit together. You put my six-year-old in row 31 and me in row 4. Is she supposed to order the wine?",
            "I booked an aisle seat because of my knee. Now I'm in the middle of the last row. {ref}",
            "Seat {seat} was mine when I paid. At check-in it's somebody else's. Explain?",
            "Extra legroom paid, no legroom received. My knees send their regards from {flight}.",
            "You changed the aircraft and with it all our seats. Family of five, five different rows. {flight}.",
        ],
        answers: &[
            "No child of six should fly alone in row 31, {name}. I'm putting you together right now, one moment. – {agent}",
            "I'm sorry, {name}: the aircraft was changed and the seats were shuffled by machine. A human is on it now. – {agent}",
            "That seat was yours and should have stayed yours. Let me see what I can free up on {flight}, {name}.",
        ],
        details: &[
            "{ref}, three passengers. Thank you for looking.",
            "Anywhere, as long as we're together.",
        ],
        solved: &[
            "You're all in one row now, {name}: seats around {seat}. The new boarding passes are in the app. – {agent}",
            "Aisle, row 6, and the fee goes back to your card. Sorry for the scare, {name}. – {agent}",
        ],
        promise: "",
    },
    Problem {
        topic: "seats",
        language: "en",
        kind: Complaint,
        remedy: Goodwill,
        team: None,
        posts: &[
            "Seat {seat} on {flight}: broken recline, broken light, broken screen. {hours} hours of it.",
            "The vegetarian meal I ordered turned into “sorry, chicken only”. Again. {flight}",
            "My seat was wet. They gave me a blanket to sit on. On a flight to {city}.",
        ],
        answers: &[
            "That's a long way to sit on something broken, {name}. I've reported {seat} to maintenance. May I have your booking? – {agent}",
            "I'm sorry, {name}, an order is an order. Let me find out where it got lost and make it up to you.",
        ],
        details: &[
            "{ref}. The crew were lovely, it wasn't their fault.",
            "Booking {ref}, under my name.",
        ],
        solved: &[
            "The seat is fixed and I've put a voucher over {amount} on your account, {name}. – {agent}",
            "I've added miles for the trouble, {name}, and the meal is now tied to your profile. – {agent}",
        ],
        promise: "",
    },
    Problem {
        topic: "app",
        language: "en",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Digital"),
        posts: &[
            "The app says I never checked in. The mail says I did. The gate opens at {time}. Who's right?",
            "Frequent flyer number won't go on my ticket. {mins} minutes on the phone already and it's “impossible”.",
            "Your app logged me out with my boarding pass inside it. At security. Well done.",
            "Error 500 at the payment step for three days. My money would like to come to you but can't.",
            "Every time I add a bag in the app it charges me and adds nothing. That's {amount} for zero bags now.",
        ],
        answers: &[
            "You're checked in, {name}, I can see it here. I'm sending the boarding pass to your mail so that you have it on paper too. – {agent}",
            "It's possible, {name}, and it takes me a minute: please send your number privately and I'll put it on {ref}. – {agent}",
            "I'm sorry, {name}. Let me do by hand what the app won't. Which bag, which flight?",
            "Thanks for the report, {name}. Our digital team is looking at it; I'll finish your booking here meanwhile. – {agent}",
        ],
        details: &[
            "It's {ref}, and the version in the store from last week.",
            "Number sent. Thank you for doing it by hand.",
        ],
        solved: &[
            "It's on your ticket now, {name}, and the miles of the last flight too. – {agent}",
            "The team found it: an update went wrong last night. It works again, and the double charge is reversed. – {agent}",
            "Your pass is in your mail and the app shows it as well after signing in again. Good flight, {name}!",
        ],
        promise: "a working boarding pass",
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
