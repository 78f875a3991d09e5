//! What customers of the invented telecom say in English, and what it answers.

use super::Problem;
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
        posts: &[
            "No signal in {area} since {time}. My neighbours have none either. Are you aware?",
            "Third outage in {area} this month. I work from home. My boss is starting to think I made you up.",
            "Whole street in {area} without network and your map shows bright green. The map is lying.",
            "My dad's emergency button uses your network. {hours} hours without signal in {area}. This isn't a game.",
            "Emergency calls only in {area}. For {days} days now. What exactly am I paying for?",
            "One bar in the kitchen, none in the rest of the house, since you “upgraded” the mast in {area}.",
        ],
        answers: &[
            "I'm sorry, {name}. A mast in {area} lost its power feed at {time}; an engineer is on the way. I'll write when it's back. – {agent}",
            "Thank you for telling us, {name}: the map was wrong and you were right. I've raised {area} with the network team. – {agent}",
            "{name}, with an emergency button this goes first. I'm calling the network team now. Is there a landline I can reach your dad on?",
            "That shouldn't be after an upgrade, {name}. Could you tell me the street? I'd like to have the antenna's angle checked.",
        ],
        details: &[
            "It's {street} in {area}. Both phones in the house, so it isn't my handset.",
            "{street}. It drops completely after dark, if that helps.",
        ],
        solved: &[
            "Back since {time}, {name}: the mast in {area} has power again. Could you restart your phone once and tell me? – {agent}",
            "The antenna has been turned, and our measuring van has just passed {street} with full bars. – {agent}",
        ],
        promise: "an engineer at the mast in {area}",
    },
    Problem {
        topic: "coverage",
        language: "en",
        kind: Question,
        remedy: Explained,
        team: None,
        posts: &[
            "Moving to {area} next month. Will I have a signal indoors or do I need to live in the garden?",
            "Is there work on the mast near {street} tonight? A heads-up would be nice.",
        ],
        answers: &[
            "Indoors is fine around {street}, {name}, a little weaker in cellars. Calls over wifi fill the gap. – {agent}",
            "Yes, {name}, between midnight and four. You should have had a message about it, sorry. – {agent}",
        ],
        details: &["Good to know, thanks!", "Thank you, that's all I needed."],
        solved: &[
            "You're welcome, {name}. Enjoy the new place!",
            "Glad to help, {name}. – {agent}",
        ],
        promise: "",
    },
    Problem {
        topic: "billing",
        language: "en",
        kind: Complaint,
        remedy: Compensated,
        team: Some("Billing"),
        posts: &[
            "{amount} on my bill for “premium services”. I have never ordered a premium anything in my life.",
            "Charged twice this month. “It will correct itself.” It didn't correct itself last month either.",
            "I cancelled in spring. You've taken {amount} every month since. I'd like it back, all of it.",
            "The price on the contract says one thing, the bill says {amount}. Which of the two do I frame?",
            "You disconnected me for a bill I paid on the first. I have the receipt. Your chat has a robot.",
        ],
        answers: &[
            "I'm sorry, {name}. That came from a third-party service; I've blocked it and I'm getting {amount} back for you. – {agent}",
            "Twice is once too often, {name}. I've found both payments and I'm returning one of them now. – {agent}",
            "You did cancel, {name}, I can see the letter. It was never entered. Billing have it on their desk as of this minute.",
            "A human here, {name}. I see your payment and I'm switching you back on right away. – {agent}",
        ],
        details: &[
            "Account ending in {digits}. The receipt is attached.",
            "It's the number ending in {digits}, in my name.",
        ],
        solved: &[
            "{amount} is on its way back to your account, {name}, and the next bill is right. I checked it myself. – {agent}",
            "You're connected again and the fee is gone. I'm sorry, {name}, that one was entirely ours. – {agent}",
        ],
        promise: "{amount} back on your account",
    },
    Problem {
        topic: "roaming",
        language: "en",
        kind: Complaint,
        remedy: Goodwill,
        team: Some("Billing"),
        posts: &[
            "{amount} for roaming on a ferry. A ferry! I was asleep!",
            "“Roaming included” until the message with the bill arrives. {amount} for {days} days in {city}.",
            "Landed in {city}, no data at all. I bought your travel pass this morning for exactly this.",
            "I switched roaming off. You charged me {amount} anyway. How does that even work?",
        ],
        answers: &[
            "Ships carry their own expensive network, {name}, and phones love to join it. Let me see what I can take off. – {agent}",
            "I'm sorry for the shock, {name}. I'm checking which network your phone used in {city}. – {agent}",
            "The pass is there, it just hasn't been switched on, {name}. Please turn flight mode on and off in two minutes.",
        ],
        details: &[
            "Number ends in {digits}. I was there from Monday.",
            "Still nothing after the restart. Ends in {digits}.",
        ],
        solved: &[
            "I've taken {amount} off as a gesture, {name}, and set a cap so that it can't happen again. – {agent}",
            "Your pass is live now, with two extra days on top for the trouble. Enjoy {city}! – {agent}",
        ],
        promise: "",
    },
    Problem {
        topic: "router",
        language: "en",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Field service"),
        posts: &[
            "Router blinks orange since {time}. Turned it off and on again so often that we're on first-name terms now.",
            "Waited at home from 8 to 18 for your engineer. Nobody came, nobody called. Second time.",
            "Internet drops every evening at eight sharp. You sent me a new router. It drops at eight sharp too.",
            "“We tried to deliver your router.” No, you didn't. I was sitting next to the door. {street}, {area}.",
            "{days} days without broadband. Two children with homework, one with opinions. Please fix it.",
        ],
        answers: &[
            "I'm sorry, {name}. Orange means that it can't reach the exchange; I'm testing your line from here right now. – {agent}",
            "A whole day for nothing, {name}, I'm truly sorry. I've asked the dispatcher where the van was and for the first slot tomorrow. – {agent}",
            "If it's eight sharp with two routers, it isn't the router, {name}. I'm having the line watched tonight. – {agent}",
            "I believe you, {name}. The courier's photo shows a different door. A new one goes out today, with a signature.",
        ],
        details: &[
            "{street} in {area}. Somebody is home all day.",
            "Orange, then red, then orange. Account ends in {digits}.",
        ],
        solved: &[
            "Your line is green again since {time}, {name}: a loose contact in the cabinet on {street}. – {agent}",
            "The engineer has just left you with full speed, I hear. {amount} for the lost days comes off your bill. – {agent}",
        ],
        promise: "an engineer at your door, {street}",
    },
    Problem {
        topic: "contract",
        language: "en",
        kind: Complaint,
        remedy: Explained,
        team: None,
        posts: &[
            "Your shop sold my gran three contracts. She owns one phone. She is 84.",
            "I was told “cancel any time”. Now it's {days} more months. The person who told me has left, of course.",
            "Price goes up {amount} a year in the middle of the contract? Where did I sign that?",
            "Loyal for {years} years and new customers get twice the data for less. Why do I bother?",
        ],
        answers: &[
            "That's not right, {name}. Please send me your gran's number privately and I'll look at all three contracts today. – {agent}",
            "I'd be cross too, {name}. I'm listening to the call's recording; whatever was said to you counts. – {agent}",
            "Fair question, {name}. Let me find the tariff that new customers get and see about giving it to you. – {agent}",
        ],
        details: &[
            "Number ends in {digits}. She only wants to keep the one.",
            "It ends in {digits}, the call was about {weeks} weeks ago.",
        ],
        solved: &[
            "Two of the three are cancelled from the first day, {name}. Greetings to your gran. – {agent}",
            "You're on the new tariff from tomorrow: more data, {amount} less a year. – {agent}",
            "It was said, so it counts, {name}: your contract ends this month. – {agent}",
        ],
        promise: "",
    },
    Problem {
        topic: "porting",
        language: "en",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Porting"),
        posts: &[
            "My number has been “porting” for {days} days. Old SIM dead, new SIM dead, me nearly.",
            "You ported the wrong number. I now get calls for a pizza place in {area}. They're nice, but still.",
            "Transfer code expired because you took {weeks} weeks. Now I'm to ask for a new one and wait again?",
            "I can call out, nobody can call in. Day {days} after porting to you. Customers think I'm gone.",
        ],
        answers: &[
            "Between two networks is no place to live, {name}. I'm calling the other side's desk now. – {agent}",
            "I'm sorry, {name}, two digits were swapped. We're bringing your own number back and the pizza home. – {agent}",
            "You won't need a new code, {name}: I've had yours extended. I'll stay on it until it rings. – {agent}",
        ],
        details: &[
            "The number ends in {digits}, it's a business line.",
            "Code {ref}, number ends in {digits}.",
        ],
        solved: &[
            "Your number rings again, {name}: I've just called it and hung up after two tones. – {agent}",
            "Ported at {time}, {name}. Please put the new SIM in and restart once. – {agent}",
        ],
        promise: "your number on the new SIM",
    },
    Problem {
        topic: "porting",
        language: "en",
        kind: Question,
        remedy: Explained,
        team: None,
        posts: &[
            "How long does it take to bring my number over? I can't be without it on a Monday.",
            "Can I keep my landline number when I move from {area} to {home}?",
        ],
        answers: &[
            "One working day, {name}, and at most an hour of silence in it. We can pick a Friday. – {agent}",
            "You can, {name}, as long as you stay with broadband. Shall I set it up for the moving day? – {agent}",
        ],
        details: &["Friday is perfect.", "Yes please, number ends in {digits}."],
        solved: &[
            "It's booked, {name}. You'll get a message an hour before. – {agent}",
            "All set, {name}. Good luck with the boxes!",
        ],
        promise: "",
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
