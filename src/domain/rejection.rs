//! Everything a person may be told “no” for, as sentences with a next step.

use serde::{Deserialize, Serialize};

/// A “no” that a person may read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Rejection {
    /// Solving what is solved.
    #[error("This case is already resolved. Reopen it first if something is left to do.")]
    AlreadyResolved,
    /// Asking or confirming before it is solved.
    #[error(
        "This case isn't resolved yet. Resolve it first, then the customer can say whether it is."
    )]
    NotResolved,
    /// What was typed is no e-mail address.
    #[error("“{0}” isn't an e-mail address. Write it like name@example.com.")]
    NotAnEmail(String),
    /// Two people with one address.
    #[error("Somebody has the e-mail address {0} already. Look for them in the list of people.")]
    EmailTaken(String),
    /// A name is missing, or is a novel.
    #[error("Give {0} of 1 to {1} letters.")]
    NameLength(&'static str, usize),
    /// A zone that no clock knows.
    #[error("“{0}” isn't a time zone. Choose one from the list, such as Europe/Berlin.")]
    NotAZone(String),
    /// Fewer letters than a password needs.
    #[error("The password needs at least {0} characters. A few unrelated words make a good one.")]
    PasswordShort(usize),
    /// More letters than anybody types.
    #[error("The password may have at most {0} characters. Shorten it a little.")]
    PasswordLong(usize),
    /// Known from leaks, or guessed quickly.
    #[error(
        "This password is too easy to guess: {0} Choose another, such as a few unrelated words."
    )]
    PasswordWeak(String),
    /// Typed twice, differently.
    #[error("The two passwords differ. Type the same one twice.")]
    PasswordsDiffer,
    /// The same for a wrong password and for somebody unknown.
    #[error(
        "This e-mail address and password don't belong together. Check both and try again; an administrator can give you a new link."
    )]
    WrongPassword,
    /// The own password, asked again.
    #[error("This isn't your password. Try again.")]
    NotYourPassword,
    /// Neither a current code of the app nor an unused recovery code.
    #[error(
        "This code isn't valid, or was used already. Wait for the next one in your app, or use a recovery code."
    )]
    WrongCode,
    /// Tried too often.
    #[error("Too many attempts. Try again in {}.", minutes(*.0))]
    TooManyAttempts(i64),
    /// The password is to be given again first.
    #[error("For this, confirm with your password first.")]
    NotConfirmed,
    /// Nobody could let anybody in any more.
    #[error("This is the last administrator. Make somebody else an administrator first.")]
    LastAdministrator,
    /// A team of that name is there.
    #[error("There is a team “{0}” already. Choose another name.")]
    TeamTaken(String),
    /// A brand of that name is there.
    #[error("There is a brand “{0}” already. Choose another name.")]
    BrandTaken(String),
    /// A person who is limited to no brand at all.
    #[error("Choose at least one brand, or all of them.")]
    NoBrand,
    /// Erasing somebody who can still get in.
    #[error("Switch this person off first; then they can be erased.")]
    NotSwitchedOff,
    /// There is nobody left to change.
    #[error("This person was erased. Invite them anew if they come back.")]
    IsErased,
    /// The confirmation that is typed by hand.
    #[error("To erase this person, type their e-mail address exactly as it stands above.")]
    NotTyped,
    /// A token that may read nothing.
    #[error("Choose at least one thing that the token may read.")]
    NoScope,
    /// A token for ever, or for never.
    #[error("A token works for 7, 30, 90 or 365 days. Choose one of them.")]
    TokenDays,
    /// Administrators decide about everything.
    #[error("An administrator sees all brands. Choose all brands, or another role.")]
    AdministratorOfSome,
    /// The role needs it.
    #[error("Your role needs a code of an app. Set up another app instead of removing this one.")]
    CodesNeeded,
    /// There is nothing to send.
    #[error("There is nothing to send yet. Write something first.")]
    NothingWritten,
    /// More than the network takes.
    #[error(
        "This is {over} too long: {network} takes {most}. Shorten it, or send it in two parts."
    )]
    TooLong {
        /// How much too long, by the network's own rule.
        over: usize,
        /// Which network.
        network: String,
        /// How much it takes.
        most: usize,
    },
    /// An archive, or a channel that nobody has connected.
    #[error(
        "The channel {0} isn't connected, so nothing can be sent through it. Connect it under Channels first."
    )]
    NotConnected(String),
    /// What is to be answered is gone.
    #[error(
        "The post you answer was deleted by its author. Your text is kept as a draft; answer in private, or another post."
    )]
    PostGone,
    /// Nobody wrote anything that could be answered.
    #[error("There is no post of the customer here that could be answered.")]
    NothingToAnswer,
    /// One key for two texts.
    #[error("This reply was sent already with another text. Open the case again to see it.")]
    KeyUsed,
    /// Somebody was faster.
    #[error("{0} has answered since you looked. Read that first; then send yours anyway, or not.")]
    SomebodyAnswered(String),
    /// The reply has gone further than that.
    #[error("It is too late for this: the reply stands at “{0}” now.")]
    ReplyMoved(String),
    /// Words are missing, or are too many; what, and how many at most.
    #[error("Write {0} of 1 to {1} letters.")]
    WordsLength(&'static str, usize),
    /// A moment that is over.
    #[error("That moment is over. Choose one that is still to come.")]
    Past,
    /// Nothing that a clock shows.
    #[error("Choose a day and a time.")]
    NotAMoment,
    /// Nobody, or somebody who can't work on it.
    #[error("Choose somebody who can work on cases of this brand.")]
    NotAWorker,
    /// No team.
    #[error("Choose a team.")]
    NotATeam,
    /// The case was handed over already.
    #[error(
        "This case is being handed over already. Wait until it is taken, or take it back first."
    )]
    HandOffOpen,
    /// There is nothing to take.
    #[error(
        "Nobody has offered this case to your team. It may have been taken or given back meanwhile; look at it again."
    )]
    NoHandOff,
    /// The packet wasn't opened.
    #[error(
        "Open the packet first: it holds everything the customer has already said, so that nobody has to say it twice."
    )]
    PacketUnread,
    /// Settled before.
    #[error("This promise is settled already. Make a new one if something is still to come.")]
    PromiseSettled,
    /// A promise is kept when it arrived.
    #[error("Say what shows that it arrived: a receipt, a tracking number, the customer's word.")]
    NoProof,
    /// Nothing waits.
    #[error("Nothing waits for an answer here.")]
    NothingWaits,
    /// A case is no case but itself.
    #[error("Choose another case of the same brand that wasn't merged already.")]
    NotMergeable,
    /// Which posts go?
    #[error("Choose some posts, but not the first one: it is what this case began with.")]
    NotSplittable,
    /// Too late to undo.
    #[error("This can't be undone any more: a day is over, or it was undone already.")]
    NotUndoable,
    /// A second person decides.
    #[error("Somebody else has to agree. Ask a colleague to look at it.")]
    NeedsAnother,
    /// Decided before.
    #[error("This is decided already. Look at the case again.")]
    Decided,
    /// No sum of money.
    #[error("Write the sum as 50 or 49.90, and the currency in three letters, such as EUR.")]
    NotMoney,
    /// Beyond what one may give.
    #[error("This is more than you may give yourself. Ask somebody with a higher limit.")]
    BeyondLimit,
    /// One of the choices is missing.
    #[error("Choose one of {0}.")]
    NotAChoice(&'static str),
    /// The customer has been asked, or can't be.
    #[error("The customer was asked about this already. Their link still works.")]
    AskedAlready,
    /// The demo is for everybody and keeps no passwords.
    #[error("People of the demo have no passwords. Start Sundown without --demo to use your own.")]
    OnlyInvented,
}

/// Seconds as people are told them: whole minutes, rounded up.
fn minutes(seconds: i64) -> String {
    match (seconds + 59) / 60 {
        ..=1 => "a minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    }
}
