//! One case being told: the domain's moves, and the posts, turns, episodes, promises and
//! hand-offs that go with them, so that facts and events agree by construction.

use super::{
    cast::House,
    chance::{Numbers, one_of, seeded},
    names::Person,
    texts::{Problem, Slots, Talk, Telling, of_language},
};
use crate::domain::{
    case::{Case, Kind, Opening, Origin, Outcome, Priority, Remedy, Tone},
    customer::{Customer, Handle},
    event::{Actor, CaseEvent},
    history::{Episode, HandOff, History, Kept, Promise, PromiseState, Turn},
    ids::{CustomerId, HandleId},
    network::{Channel, Network},
    post::{Post, Visibility},
    time::Instant,
};
use chrono::TimeDelta;
use rand::{RngExt, seq::IndexedRandom};

/// Who speaks in a case, and how: the same every time it is asked for the same case.
#[derive(Clone, Debug)]
pub struct Voice {
    /// What went wrong; `None` for praise and noise.
    pub problem: Option<&'static Problem>,
    /// What is said about it.
    pub telling: Option<&'static Telling>,
    /// The language's small talk.
    pub talk: &'static Talk,
    /// The values of the slots.
    pub slots: Slots,
    /// Who answers.
    pub agent: &'static str,
}

impl Voice {
    /// The voice of a case.
    pub fn of(house: &House, case: &Case, customer: &Customer) -> Self {
        let mut rng = seeded(case.id.get().unsigned_abs());
        let language = customer.language.as_deref().unwrap_or("en");
        let agent = one_of(&mut rng, house.role.agents);
        let lore = &house.role.lore;
        let fitting: Vec<&'static Problem> = lore
            .problems
            .iter()
            .chain(lore.abroad)
            .filter(|it| it.language == language && Some(it.topic) == case.topic.as_deref())
            .filter(|it| it.kind == case.kind)
            .collect();
        let problem = fitting
            .choose_weighted(&mut rng, |it| it.tellings.len())
            .ok()
            .copied();
        // Times that people name end in 0 or 5.
        let mut clock = |minutes: std::ops::Range<i64>| {
            let at = case.opened_at + TimeDelta::minutes(rng.random_range(minutes));
            let at = crate::domain::time::from_ms(at.timestamp() / 300 * 300_000);
            at.with_timezone(&house.zone).format("%H:%M").to_string()
        };
        let (earlier, later) = (clock(-190..-25), clock(100..300));
        Self {
            problem,
            telling: problem.and_then(|it| it.tellings.choose(&mut rng)),
            talk: of_language(language),
            slots: Slots::of(
                &mut rng,
                language,
                [&customer.name, agent],
                [&earlier, &later],
            ),
            agent,
        }
    }
}

/// What opens a case.
#[derive(Clone, Debug)]
pub struct First<'a> {
    /// Who writes.
    pub person: Person,
    /// In which language.
    pub language: &'a str,
    /// Through which account of the brand.
    pub channel: &'a Channel,
    /// When.
    pub at: Instant,
    /// Below which post of ours, if any.
    pub below: Option<String>,
    /// What they want.
    pub kind: Kind,
    /// What it is about.
    pub topic: Option<&'a str>,
    /// How it sounds.
    pub tone: Tone,
    /// How pressing it is.
    pub priority: Priority,
}

/// A promise being made.
#[derive(Clone, Debug)]
pub struct Vow {
    /// What.
    pub what: String,
    /// Who says it.
    pub by: String,
    /// Who has to do it.
    pub fulfiller: String,
    /// By when.
    pub due_at: Instant,
    /// After which it is worth nothing.
    pub perishes_at: Option<Instant>,
}

/// One case being told.
#[derive(Debug)]
pub struct Tale<'a> {
    /// Whose.
    pub house: &'a House,
    /// As far as it has been told.
    pub history: History,
    /// Who speaks.
    pub voice: Voice,
    /// What the store has of it.
    pub kept: Kept,
    numbers: Numbers,
}

impl<'a> Tale<'a> {
    /// Begins a tale; `body` says what the first post is, once it is known who speaks.
    pub fn begin(
        house: &'a House,
        seed: u64,
        first: First<'_>,
        body: impl FnOnce(&Voice) -> String,
    ) -> Self {
        let mut numbers = Numbers::seeded(seed);
        let customer = Customer {
            id: numbers.next(first.at),
            brand: house.brand.id,
            name: first.person.name.clone(),
            language: Some(first.language.to_owned()),
        };
        let handle = Handle {
            id: numbers.next(first.at),
            brand: house.brand.id,
            customer: customer.id,
            network: first.channel.network,
            handle: first.person.handle.clone(),
            followers: first.person.followers,
        };
        let seen_at =
            first.at + TimeDelta::milliseconds(i64::from(first.at.timestamp_subsec_millis()) + 900);
        let origin = if first.below.is_some() {
            Origin::Brand
        } else {
            Origin::Customer
        };
        let opening = Opening {
            id: numbers.next(first.at),
            brand: house.brand.id,
            channel: first.channel.id,
            network: first.channel.network,
            customer: customer.id,
            origin,
            kind: first.kind,
            priority: first.priority,
            topic: first.topic.map(str::to_owned),
            tone: first.tone,
            published_at: first.at,
            seen_at,
            reach: first.person.followers,
        };
        let (case, told) = Case::open(opening, &house.rules, &house.zone);
        let voice = Voice::of(house, &case, &customer);
        let body = body(&voice);
        let mut tale = Self {
            history: History {
                customer,
                handles: vec![handle.clone()],
                joiners: Vec::new(),
                posts: Vec::new(),
                events: vec![told],
                episodes: Vec::new(),
                turns: Vec::new(),
                promises: Vec::new(),
                hand_offs: Vec::new(),
                case,
            },
            house,
            voice,
            kept: Kept::default(),
            numbers,
        };
        if let Some(ours) = first.below {
            let before =
                first.at - TimeDelta::minutes(95) - TimeDelta::seconds(first.at.timestamp() % 7200);
            tale.post(
                before,
                first.channel,
                None,
                Actor::Agent,
                Visibility::Public,
                ours,
            );
            tale.history.case.posts += 1;
        }
        tale.post(
            first.at,
            first.channel,
            Some(&handle),
            Actor::Customer,
            visibility_on(first.channel),
            body,
        );
        tale.follow(None, first.at, Actor::Customer);
        tale
    }

    /// Takes up a tale that the store has.
    pub fn resume(house: &'a House, history: History) -> Self {
        let seed = history
            .case
            .id
            .get()
            .unsigned_abs()
            .wrapping_add(history.events.len() as u64);
        Self {
            voice: Voice::of(house, &history.case, &history.customer),
            numbers: Numbers::seeded(seed),
            kept: history.as_kept(),
            house,
            history,
        }
    }

    /// The case as it stands.
    pub fn case(&self) -> &Case {
        &self.history.case
    }

    /// When the last thing happened.
    pub fn last_at(&self) -> Instant {
        self.history
            .events
            .iter()
            .map(|it| it.at)
            .max()
            .unwrap_or(self.history.case.opened_at)
    }

    /// The account through which the case began.
    pub fn channel(&self) -> &'a Channel {
        self.house.channel_of(self.history.case.channel)
    }

    /// The customer's first account.
    fn own_handle(&self) -> Option<Handle> {
        let customer = self.history.customer.id;
        self.history
            .handles
            .iter()
            .find(|it| it.customer == customer)
            .cloned()
    }

    /// The customer turns up with a further account. One person's accounts count once for reach,
    /// by the largest of them.
    pub fn also_at(
        &mut self,
        network: Network,
        handle: &str,
        followers: i64,
        at: Instant,
    ) -> Handle {
        let handle = Handle {
            id: self.numbers.next(at),
            brand: self.house.brand.id,
            customer: self.history.customer.id,
            network,
            handle: handle.to_owned(),
            followers,
        };
        self.history.handles.push(handle.clone());
        self.history.case.reach = self.history.case.reach.max(followers);
        handle
    }

    /// The first post is one that only we can read.
    pub fn began_in_private(&mut self) {
        if let Some(post) = self.history.posts.first_mut() {
            post.visibility = Visibility::Private;
        }
    }

    /// The customer writes again where the case began.
    pub fn hears(&mut self, at: Instant, tone: Tone, body: String) {
        let (channel, handle) = (self.channel(), self.own_handle());
        self.hears_on(
            at,
            channel,
            handle.as_ref(),
            visibility_on(channel),
            tone,
            body,
        );
    }

    /// The customer writes again, anywhere.
    pub fn hears_on(
        &mut self,
        at: Instant,
        channel: &Channel,
        handle: Option<&Handle>,
        visibility: Visibility,
        tone: Tone,
        body: String,
    ) {
        let before = self.history.case.unanswered_since;
        let told = self.history.case.hear(at, tone, &self.house.rules);
        self.post(at, channel, handle, Actor::Customer, visibility, body);
        self.tell(told);
        self.follow(before, at, Actor::Customer);
    }

    /// Somebody else speaks up.
    pub fn joins(&mut self, at: Instant, person: &Person, body: String) {
        let channel = self.channel();
        let id: CustomerId = self.numbers.next(at);
        self.history.joiners.push(Customer {
            id,
            brand: self.house.brand.id,
            name: person.name.clone(),
            language: self.history.customer.language.clone(),
        });
        let handle = Handle {
            id: self.numbers.next::<HandleId>(at),
            brand: self.house.brand.id,
            customer: id,
            network: channel.network,
            handle: person.handle.clone(),
            followers: person.followers,
        };
        self.history.handles.push(handle.clone());
        let told = self.history.case.join(at, person.followers);
        self.post(
            at,
            channel,
            Some(&handle),
            Actor::Joiner,
            Visibility::Public,
            body,
        );
        self.tell([told]);
    }

    /// We answer where the case began.
    pub fn answers(&mut self, at: Instant, visibility: Visibility, by: Actor, body: String) {
        let channel = self.channel();
        let visibility = match visibility_on(channel) {
            Visibility::Public => visibility,
            Visibility::Private => Visibility::Private,
        };
        self.answers_on(at, channel, visibility, by, body);
    }

    /// We answer, anywhere.
    pub fn answers_on(
        &mut self,
        at: Instant,
        channel: &Channel,
        visibility: Visibility,
        by: Actor,
        body: String,
    ) {
        let before = self.history.case.unanswered_since;
        let business_s = match self.history.case.first_answer_business_s {
            Some(known) => known,
            None => self.house.business_s(self.history.case.opened_at, at),
        };
        let told = self
            .history
            .case
            .answer(at, visibility, by, business_s, &self.house.rules);
        self.post(at, channel, None, by, visibility, body);
        self.tell([told]);
        self.follow(before, at, by);
    }

    /// Something is promised. It takes the place of the last promise when that was broken.
    pub fn promises(&mut self, at: Instant, vow: Vow) {
        let told = self
            .history
            .case
            .promise(at, vow.what.clone(), vow.due_at, &self.house.rules);
        let replaces = self
            .history
            .promises
            .last()
            .filter(|it| it.state == PromiseState::Broken)
            .map(|it| it.id);
        let promise = Promise {
            id: self.numbers.next(at),
            brand: self.house.brand.id,
            case: self.history.case.id,
            what: vow.what,
            promised_by: vow.by,
            fulfiller: vow.fulfiller,
            promised_at: at,
            due_at: vow.due_at,
            perishes_at: vow.perishes_at,
            proof: None,
            state: PromiseState::Open,
            settled_at: None,
            replaces,
        };
        self.history.promises.push(promise);
        self.tell([told]);
    }

    /// The promise that is still to be kept.
    pub fn open_promise(&self) -> Option<&Promise> {
        self.history
            .promises
            .last()
            .filter(|it| it.state == PromiseState::Open)
    }

    /// The open promise was kept: it arrived, and this shows it.
    pub fn keeps(&mut self, at: Instant, proof: &str) {
        self.settle(at, Some(proof));
    }

    /// The open promise was broken.
    pub fn breaks(&mut self, at: Instant) {
        self.settle(at, None);
    }

    fn settle(&mut self, at: Instant, proof: Option<&str>) {
        let Some(promise) = self
            .history
            .promises
            .last_mut()
            .filter(|it| it.state == PromiseState::Open)
        else {
            return;
        };
        promise.settled_at = Some(at);
        promise.proof = proof.map(str::to_owned);
        promise.state = match proof {
            Some(_) if at <= promise.due_at => PromiseState::Kept,
            Some(_) => PromiseState::KeptLate,
            None => PromiseState::Broken,
        };
        let told = self
            .history
            .case
            .settle_promise(at, proof.is_some(), None, &self.house.rules);
        self.tell([told]);
    }

    /// The case is offered to another team.
    pub fn offers(&mut self, at: Instant, from: &str, to: &str) {
        let told = self.history.case.offer_to(at, to);
        let hand_off = HandOff {
            id: self.numbers.next(at),
            brand: self.house.brand.id,
            case: self.history.case.id,
            from_team: from.to_owned(),
            to_team: to.to_owned(),
            offered_at: at,
            accepted_at: None,
            returned_at: None,
            opened_at: None,
        };
        self.history.hand_offs.push(hand_off);
        self.tell([told]);
    }

    /// That team takes it, and opens the packet with the whole story after so long (or never).
    pub fn accepts(&mut self, at: Instant, opens_after: Option<TimeDelta>) {
        let Some(hop) = self
            .history
            .hand_offs
            .last_mut()
            .filter(|it| it.accepted_at.is_none())
        else {
            return;
        };
        hop.accepted_at = Some(at);
        hop.opened_at = opens_after.map(|after| at + after);
        let told = self.history.case.taken_by(at, &hop.to_team);
        self.tell([told]);
    }

    /// The hop that nobody has taken yet.
    pub fn open_hand_off(&self) -> Option<&HandOff> {
        self.history
            .hand_offs
            .last()
            .filter(|it| it.accepted_at.is_none())
    }

    /// We say it is solved; says whether that was possible.
    pub fn resolves(&mut self, at: Instant, remedy: Remedy, outcome: Outcome) -> bool {
        let before = self.history.case.unanswered_since;
        match self.history.case.resolve(at, remedy, outcome) {
            Ok(told) => {
                self.tell([told]);
                self.follow(before, at, Actor::System);
                true
            }
            Err(_) => false,
        }
    }

    /// The customer is asked.
    pub fn asks(&mut self, at: Instant) {
        let told = self.history.case.ask(at);
        self.tell([told]);
    }

    /// The customer says yes; says whether that was possible.
    pub fn confirms(&mut self, at: Instant) -> bool {
        match self.history.case.confirm(at) {
            Ok(told) => {
                self.tell([told]);
                self.follow(None, at, Actor::System);
                true
            }
            Err(_) => false,
        }
    }

    /// The customer says no; says whether that was possible.
    pub fn disputes(&mut self, at: Instant) -> bool {
        match self.history.case.dispute(at, &self.house.rules) {
            Ok(told) => {
                self.tell(told);
                self.follow(None, at, Actor::Customer);
                true
            }
            Err(_) => false,
        }
    }

    /// The customer was asked and stayed silent.
    pub fn lapses(&mut self, at: Instant) {
        let told = self.history.case.lapse(at);
        self.tell([told]);
        self.follow(None, at, Actor::System);
    }

    /// The customer thanks us in public.
    pub fn thanks(&mut self, at: Instant, body: String) {
        let (channel, handle) = (self.channel(), self.own_handle());
        let told = self.history.case.thank(at);
        self.post(
            at,
            channel,
            handle.as_ref(),
            Actor::Customer,
            Visibility::Public,
            body,
        );
        self.tell([told]);
    }

    /// A post of the thread was deleted at an instant; its text goes, its times stay.
    pub fn deletes(&mut self, place: usize, at: Instant) {
        if let Some(post) = self.history.posts.get_mut(place) {
            post.deleted_at = Some(at);
        }
    }

    fn post(
        &mut self,
        at: Instant,
        channel: &Channel,
        handle: Option<&Handle>,
        by: Actor,
        visibility: Visibility,
        body: String,
    ) {
        let case = self.history.case.id;
        let place = self.history.posts.len() + 1;
        let mut lag = seeded(at.timestamp_millis().unsigned_abs());
        let seen_at = match by {
            Actor::Customer if at == self.history.case.opened_at => self.history.case.seen_at,
            Actor::Customer | Actor::Joiner => {
                at + TimeDelta::milliseconds(lag.random_range(400..2000))
            }
            Actor::Agent | Actor::Bot | Actor::System | Actor::Department => at,
        };
        let parent = self
            .history
            .posts
            .iter()
            .rfind(|it| it.channel == channel.id)
            .map(|it| it.external_id.clone());
        let post = Post {
            id: self.numbers.next(at),
            case: Some(case),
            channel: channel.id,
            handle: handle.map(|it| it.id),
            author: handle.map_or_else(|| channel.handle.clone(), |it| it.handle.clone()),
            by,
            visibility,
            external_id: format!("demo-{case}-{place}"),
            parent_external_id: parent,
            body,
            language: self.history.customer.language.clone(),
            published_at: at,
            seen_at,
            version: 1,
            deleted_at: None,
        };
        self.history.posts.push(post);
    }

    fn tell(&mut self, told: impl IntoIterator<Item = CaseEvent>) {
        self.history.events.extend(told);
    }

    /// Brings turns and episodes up to date after a move.
    fn follow(&mut self, before: Option<Instant>, at: Instant, by: Actor) {
        let case = &self.history.case;
        match (before, case.unanswered_since) {
            (None, Some(started_at)) => {
                let id = self.numbers.next(at);
                self.history.turns.push(Turn {
                    id,
                    brand: case.brand,
                    case: case.id,
                    started_at,
                    answered_at: None,
                    posts: 1,
                });
            }
            (Some(_), Some(_)) => {
                if let Some(turn) = self.history.turns.last_mut() {
                    turn.posts += 1;
                }
            }
            (Some(_), None) if matches!(by, Actor::Agent | Actor::Department) => {
                if let Some(turn) = self.history.turns.last_mut() {
                    turn.answered_at = Some(at);
                }
            }
            (Some(_) | None, None) => {}
        }
        let case = &self.history.case;
        let begun = self.history.episodes.len();
        if usize::try_from(case.episode).is_ok_and(|number| number > begun) {
            let id = self.numbers.next(at);
            self.history.episodes.push(Episode {
                id,
                brand: case.brand,
                case: case.id,
                number: case.episode,
                opened_at: if begun == 0 { case.opened_at } else { at },
                resolved_at: None,
                outcome: None,
                remedy: None,
            });
        }
        if let Some(episode) = self.history.episodes.last_mut() {
            episode.resolved_at = case.resolved_at;
            episode.outcome = case.outcome;
            episode.remedy = case.remedy;
        }
    }
}

/// Mail is read by the two sides only.
fn visibility_on(channel: &Channel) -> Visibility {
    match channel.network {
        Network::Email => Visibility::Private,
        Network::Bluesky
        | Network::Mastodon
        | Network::X
        | Network::Facebook
        | Network::Instagram
        | Network::Reddit => Visibility::Public,
    }
}
