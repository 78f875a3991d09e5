//! What customers of the invented telecom say in English, and what it answers.

use super::{Problem, telling as t};
use crate::domain::case::{
    Kind::{Complaint, Question},
    Remedy::{Compensated, Explained, Fixed, Goodwill},
};

/// Problems, by topic.
pub const PROBLEMS: &[Problem] = &[
    Problem {
        topic: "coverage",
        language: "en",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Network"),
        promise: "an engineer at the mast in {area}",
        tellings: &[
            t(
                "No signal in {area} since {earlier}. My neighbours have none either. Are you aware?",
                "We are, {name}, and I'm sorry: a mast in {area} has lost its power feed. An engineer is on the way. – {agent}",
                "Good. Both phones in the house are dead, so it isn't my handset.",
                "The mast has power again, {name}. Could you restart your phone once and tell me? – {agent}",
            ),
            t(
                "Third outage in {area} this month. I work from home. My boss is starting to think I made you up.",
                "You didn't, {name}. Three times is no accident; I've asked the network team for the cause and not just a reset. – {agent}",
                "Thank you. {street} in {area}, if it matters.",
                "It was a failing fan in the cabinet at {street}. Replaced, {name}. And I'm happy to write to your boss. – {agent}",
            ),
            t(
                "Whole street in {area} without network and your map shows bright green. The map is lying.",
                "The map was wrong and you were right, {name}. I've had {area} turned red and raised it with the network team. – {agent}",
                "At least we agree now. It's {street}.",
                "Back in {street}, {name}, and the map now asks the masts themselves. – {agent}",
            ),
            t(
                "My dad's emergency button uses your network. {hours} hours without signal in {area}. This isn't a game.",
                "It isn't, {name}: this goes first. I'm on the line with the network team. Is there a landline on which I can reach your dad? – {agent}",
                "Landline sent. He's fine so far, but alone.",
                "I've spoken with your dad, the signal is back and his button has just been tested with him. – {agent}",
            ),
            t(
                "Emergency calls only in {area}. For {days} days now. What exactly am I paying for?",
                "Not for that, {name}. Nothing is down near you, so I'd like to look at your SIM. Does the number end in {digits}? – {agent}",
                "It does. Restarted it ten times already.",
                "Your SIM was stuck on an old mast's list. It's registered afresh, and the {days} days come off your bill. – {agent}",
            ),
            t(
                "One bar in the kitchen, none in the rest of the house, since you “upgraded” the mast in {area}.",
                "That shouldn't be after an upgrade, {name}. Could you tell me the street? I'd like to have the antenna's angle checked. – {agent}",
                "{street}. It's worst on the garden side.",
                "The antenna looked two degrees too high. It's turned, and our van has just measured full bars in {street}. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "coverage",
        language: "en",
        kind: Question,
        remedy: Explained,
        team: None,
        promise: "",
        tellings: &[
            t(
                "Moving to {area} next month. Will I have a signal indoors or do I need to live in the garden?",
                "Indoors is fine there, {name}, a little weaker in cellars. Calls over wifi fill the gap. – {agent}",
                "Good to know, thanks!",
                "You're welcome. Enjoy the new place, {name}! – {agent}",
            ),
            t(
                "Is there work on the mast near {street} tonight? A heads-up would be nice.",
                "Yes, {name}, between midnight and four. You should have had a message about it, sorry. – {agent}",
                "Thank you, that's all I needed.",
                "Any time, {name}. It'll be faster in the morning. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "billing",
        language: "en",
        kind: Complaint,
        remedy: Compensated,
        team: Some("Billing"),
        promise: "{amount} back on your account",
        tellings: &[
            t(
                "{amount} on my bill for “premium services”. I have never ordered a premium anything in my life.",
                "I'm sorry, {name}. It came from a third-party service; I've blocked it and I'm getting {amount} back for you. – {agent}",
                "Thank you. The number ends in {digits}.",
                "{amount} is on its way back, and the lock stays on so that nothing of the kind gets through. – {agent}",
            ),
            t(
                "Charged twice this month. “It will correct itself.” It didn't correct itself last month either.",
                "Twice is once too often, {name}. I've found both payments and I'm returning one of them, by hand. – {agent}",
                "And last month's, please. Account ends in {digits}.",
                "Both months are put right: {amount} in all. The double order is deleted, so there won't be a third. – {agent}",
            ),
            t(
                "I cancelled in spring. You've taken {amount} every month since. I'd like it back, all of it.",
                "You did cancel, {name}, I can see the letter. It was never entered. Billing have it on their desk as of this minute. – {agent}",
                "Finally somebody sees it. Account ends in {digits}.",
                "All months since spring are paid back, {name}, and the contract is really over now. – {agent}",
            ),
            t(
                "The price on the contract says one thing, the bill says {amount}. Which of the two do I frame?",
                "The contract, {name}. A discount fell off by mistake; I'm putting it back on and correcting the bill. – {agent}",
                "Thanks. I'll keep the frame ready.",
                "The new bill is in your mail and looks like the contract. Lovely frame, I hope. – {agent}",
            ),
            t(
                "You disconnected me for a bill I paid on the first. I have the receipt. Your chat has a robot.",
                "A human here, {name}. I see your payment and I'm switching you back on right away. – {agent}",
                "Receipt attached, just in case.",
                "You're connected again and the fee is gone. I'm sorry, {name}, that one was entirely ours. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "roaming",
        language: "en",
        kind: Complaint,
        remedy: Goodwill,
        team: Some("Billing"),
        promise: "",
        tellings: &[
            t(
                "{amount} for roaming on a ferry. A ferry! I was asleep!",
                "Ships carry their own expensive network, {name}, and phones love to join it. Let me see what I can take off. – {agent}",
                "Ends in {digits}. I really was asleep.",
                "All of it is off, {name}, and ships are now blocked on your number. Sleep well next time. – {agent}",
            ),
            t(
                "“Roaming included” until the message with the bill arrives. {amount} for {days} days in {city}.",
                "I'm sorry for the shock, {name}. I'm checking which network your phone used in {city}. – {agent}",
                "Number ends in {digits}. I was there from Monday.",
                "It had joined the wrong one, which you couldn't know. {amount} comes off, and a cap is set. – {agent}",
            ),
            t(
                "Landed in {city}, no data at all. I bought your travel pass for exactly this.",
                "The pass is there, it just hasn't been switched on, {name}. Please turn flight mode on and off in two minutes. – {agent}",
                "Still nothing. Ends in {digits}.",
                "Now it's live, with two extra days on top for the trouble. Enjoy {city}! – {agent}",
            ),
            t(
                "I switched roaming off. You charged me {amount} anyway. How does that even work?",
                "It shouldn't, {name}. Voicemail can still cause a charge abroad, let me see whether it was that. – {agent}",
                "Voicemail? Nobody has left me one since {years} years ago.",
                "It was. I've taken {amount} off and switched it off for you abroad. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "router",
        language: "en",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Field service"),
        promise: "an engineer at your door, {street}",
        tellings: &[
            t(
                "Router blinks orange since {earlier}. Turned it off and on again so often that we're on first-name terms now.",
                "Orange means that it can't reach the exchange, {name}. I'm testing your line from here right now. – {agent}",
                "{street} in {area}. Orange, then red, then orange.",
                "Your line is green again: a loose contact in the cabinet on {street}. Greetings to the router. – {agent}",
            ),
            t(
                "Waited at home all day for your engineer. Nobody came, nobody called. Second time.",
                "A whole day for nothing, and for the second time: I'm truly sorry, {name}. I've asked the dispatcher for the very next slot. – {agent}",
                "{street}, somebody is home. Please let it be real this time.",
                "He has just left you with full speed, I hear. Both lost days come off your bill. – {agent}",
            ),
            t(
                "Internet drops every evening at eight sharp. You sent me a new router. It drops at eight sharp too.",
                "If it's eight sharp with two routers, it isn't the router, {name}. I'm having the line watched. – {agent}",
                "Thank you! I've been saying so for {weeks} weeks.",
                "A street lamp's timer disturbed the line in {street}. It's shielded now. Who would have thought. – {agent}",
            ),
            t(
                "“We tried to deliver your router.” No, you didn't. I was sitting next to the door. {street}, {area}.",
                "I believe you, {name}. The courier's photo shows a different door. A new one goes out, with a signature. – {agent}",
                "Our door is green with a brass knocker. Hard to miss.",
                "Handed over at the green door, signed for. Is it running, {name}? – {agent}",
            ),
            t(
                "{days} days without broadband. Two children with homework, one with opinions. Please fix it.",
                "I'd like to help all three, {name}. A mobile router with free data goes out to you now, and I'm testing the line meanwhile. – {agent}",
                "The homework thanks you. Account ends in {digits}.",
                "The line is back, {name}, keep the mobile router for emergencies. {amount} comes off the bill. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "contract",
        language: "en",
        kind: Complaint,
        remedy: Explained,
        team: None,
        promise: "",
        tellings: &[
            t(
                "Your shop sold my gran three contracts. She owns one phone. She is 84.",
                "That's not right, {name}. Please send me your gran's number privately and I'll look at all three. – {agent}",
                "Ends in {digits}. She only wants to keep the one.",
                "Two of the three are cancelled from the first day, {name}. Greetings to your gran. – {agent}",
            ),
            t(
                "I was told “cancel any time”. Now it's {days} more months. The person who told me has left, of course.",
                "I'd be cross too, {name}. I'm listening to the call's recording; whatever was said to you counts. – {agent}",
                "The call was about {weeks} weeks ago. Number ends in {digits}.",
                "It was said, so it counts: your contract ends this month. – {agent}",
            ),
            t(
                "Price goes up {amount} a year in the middle of the contract? Where did I sign that?",
                "On page 7, {name}, in a size nobody reads. You may leave without a fee because of it; shall I show you the choices? – {agent}",
                "Yes please. I'd rather stay for the old price.",
                "You stay for the old price until the end of the term. It's in writing in your mail. – {agent}",
            ),
            t(
                "Loyal for {years} years and new customers get twice the data for less. Why do I bother?",
                "Fair question, {name}. Let me find that tariff and see about giving it to you. – {agent}",
                "That would be something. Number ends in {digits}.",
                "You're on the new tariff from tomorrow: twice the data, for less. Thank you for {years} years. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "porting",
        language: "en",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Porting"),
        promise: "your number on the new SIM",
        tellings: &[
            t(
                "My number has been “porting” for {days} days. Old SIM dead, new SIM dead, me nearly.",
                "Between two networks is no place to live, {name}. I'm calling the other side's desk now. – {agent}",
                "It's a business line, ends in {digits}. Every hour counts.",
                "Your number rings again, {name}: I've just called it and hung up after two tones. – {agent}",
            ),
            t(
                "You ported the wrong number. I now get calls for a pizza place in {area}. They're nice, but still.",
                "I'm sorry, {name}, two digits were swapped. We're bringing your own number home, and the pizza's too. – {agent}",
                "Mine ends in {digits}. Somebody has just ordered a Margherita.",
                "Yours is back and the pizza place has its own. They say thanks for taking the orders. – {agent}",
            ),
            t(
                "Transfer code expired because you took {weeks} weeks. Now I'm to ask for a new one and wait again?",
                "You won't need a new code, {name}: I've had yours extended. I'll stay on it until it rings. – {agent}",
                "Code {ref}, number ends in {digits}.",
                "Ported, {name}. Please put the new SIM in and restart once. – {agent}",
            ),
            t(
                "I can call out, nobody can call in. Day {days} after porting to you. Customers think I'm gone.",
                "Then one network still thinks you're elsewhere, {name}. I'm having all of them told where you are. – {agent}",
                "Thank you. Number ends in {digits}, I'm a plumber.",
                "I've called you from three networks and it rang on all. Your customers can find you again. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "porting",
        language: "en",
        kind: Question,
        remedy: Explained,
        team: None,
        promise: "",
        tellings: &[
            t(
                "How long does it take to bring my number over? I can't be without it on a Monday.",
                "One working day, {name}, and at most an hour of silence in it. We can pick a Friday. – {agent}",
                "Friday is perfect.",
                "It's booked for Friday, {name}. You'll get a message an hour before. – {agent}",
            ),
            t(
                "Can I keep my landline number when I move from {area} to {home}?",
                "You can, {name}, as long as you stay with broadband. Shall I set it up for the moving day? – {agent}",
                "Yes please, number ends in {digits}.",
                "All set, {name}. Good luck with the boxes! – {agent}",
            ),
        ],
    },
];

/// Praise: language and text.
pub const PRAISE: &[(&str, &str)] = &[
    (
        "en",
        "Engineer came an hour early, fixed it in {mins} minutes, petted the dog. Ten out of ten.",
    ),
    (
        "en",
        "Credit where it's due: full signal on top of a hill near {area}. Called my mum from the summit. ⛰️",
    ),
    (
        "en",
        "{agent} from your shop in {home} spent {mins} minutes teaching my grandad video calls. You have a customer for life.",
    ),
    (
        "en",
        "Switched to you last month and the porting took… one hour. I was ready for a fight. Thank you!",
    ),
    (
        "pl",
        "Świetna obsługa w salonie, wszystko załatwione w {mins} minut. Dziękuję! 👍",
    ),
    (
        "pt",
        "Internet nova instalada num dia, técnico muito simpático. Obrigada! 💚",
    ),
];

/// Our own posts, below which people comment.
pub const ANNOUNCEMENTS: &[&str] = &[
    "Faster in {area}: 41 new masts went live this week. Tell us what you measure!",
    "New: roaming in 47 countries at no extra charge. Where do you go first?",
    "Our shops open on Sundays in December. Bring the phone, we bring the biscuits.",
    "Repair, don't replace: free battery checks all month in {home}.",
];
