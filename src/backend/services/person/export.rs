//! Hands out everything that is kept about a person.

use super::{Who, find};
use crate::{
    backend::{
        ctx::Ctx,
        error::Result,
        store::{Tx, customers, erasures, histories, work},
    },
    domain::{
        case::Case,
        customer::{Customer, Handle},
        event::{Actor, CaseEvent},
        history::{Episode, HandOff, History, Promise, Turn},
        ids::{CaseId, HandleId, PostId},
        post::Post,
        time::Instant,
        work::{Answer, BadActorMark, Note, Offer, PriorAttempt},
    },
};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};

/// Everything that is kept about a person.
#[derive(Clone, Debug, Serialize)]
pub struct PersonFile {
    /// When it was put together.
    pub exported_at: Instant,
    /// The person, once for each brand that knows them.
    pub customers: Vec<Customer>,
    /// Their accounts.
    pub handles: Vec<Handle>,
    /// Their own cases, in full but for what others wrote there.
    pub cases: Vec<CaseFile>,
    /// What they wrote in other people's cases.
    pub posts_elsewhere: Vec<PostFile>,
}

/// One case of theirs.
#[derive(Clone, Debug, Serialize)]
pub struct CaseFile {
    /// The case.
    pub case: Case,
    /// What they wrote and what we answered.
    pub posts: Vec<PostFile>,
    /// Opened → resolved, each time.
    pub episodes: Vec<Episode>,
    /// Their posts and our answers.
    pub turns: Vec<Turn>,
    /// What we promised.
    pub promises: Vec<Promise>,
    /// Where the case went.
    pub hand_offs: Vec<HandOff>,
    /// What colleagues noted about it.
    pub notes: Vec<Note>,
    /// What they had tried before.
    pub attempts: Vec<PriorAttempt>,
    /// What they wanted, and what they were offered.
    pub offers: Vec<Offer>,
    /// What is said of them as somebody who abuses the channel.
    pub mark: Option<BadActorMark>,
    /// What they said when they were asked.
    pub answers: Vec<Answer>,
    /// What happened.
    pub events: Vec<CaseEvent>,
}

/// One post with what it said before it was edited.
#[derive(Clone, Debug, Serialize)]
pub struct PostFile {
    /// As it is now.
    #[serde(flatten)]
    pub post: Post,
    /// As it was, oldest first.
    pub versions: Vec<VersionFile>,
}

/// What a post said once.
#[derive(Clone, Debug, Serialize)]
pub struct VersionFile {
    /// Counted from 1.
    pub version: i64,
    /// The text.
    pub body: String,
    /// When.
    pub published_at: Instant,
}

/// Puts together everything that is kept about a person.
///
/// # Errors
/// When there is nobody of that name, or more than one.
pub async fn export(ctx: &Ctx, who: &Who) -> Result<PersonFile> {
    let mut tx = ctx.store.read().await?;
    let person = find(&mut tx, who).await?;
    let accounts: BTreeSet<HandleId> = person.accounts.iter().map(|it| it.id).collect();
    let ids: Vec<HandleId> = accounts.iter().copied().collect();
    let mut file = PersonFile {
        exported_at: ctx.clock.now(),
        customers: customers::find_all(&mut tx, &person.customers).await?,
        handles: customers::handles_of(&mut tx, &person.customers).await?,
        cases: Vec::new(),
        posts_elsewhere: Vec::new(),
    };
    let own = erasures::cases_of(&mut tx, &person.customers).await?;
    for &case in &own {
        let Some(history) = histories::find(&mut tx, case).await? else {
            continue;
        };
        file.cases
            .push(case_file(&mut tx, history, &accounts, file.exported_at).await?);
    }
    let elsewhere: Vec<CaseId> = erasures::cases_with(&mut tx, &ids)
        .await?
        .into_iter()
        .filter(|it| own.binary_search(it).is_err())
        .collect();
    for case in elsewhere {
        if let Some(history) = histories::find(&mut tx, case).await? {
            let posts = history.posts.into_iter().filter(|it| is_by(it, &accounts));
            let posts = with_versions(&mut tx, posts.collect()).await?;
            file.posts_elsewhere.extend(posts);
        }
    }
    Ok(file)
}

fn is_by(post: &Post, accounts: &BTreeSet<HandleId>) -> bool {
    post.handle.is_some_and(|it| accounts.contains(&it))
}

async fn case_file(
    tx: &mut Tx,
    history: History,
    accounts: &BTreeSet<HandleId>,
    now: Instant,
) -> Result<CaseFile> {
    let id = history.case.id;
    // What other people wrote is theirs, and not handed out.
    let posts = history
        .posts
        .into_iter()
        .filter(|it| is_by(it, accounts) || !matches!(it.by, Actor::Customer | Actor::Joiner))
        .collect();
    Ok(CaseFile {
        posts: with_versions(tx, posts).await?,
        notes: work::notes::of_case(tx, id).await?,
        attempts: work::notes::attempts(tx, id).await?,
        offers: work::offers::of_case(tx, id).await?,
        mark: work::marks::of(tx, history.case.customer, now).await?,
        answers: work::confirmations::of_case(tx, id)
            .await?
            .into_iter()
            .filter_map(|it| it.answer)
            .collect(),
        case: history.case,
        episodes: history.episodes,
        turns: history.turns,
        promises: history.promises,
        hand_offs: history.hand_offs,
        events: history.events,
    })
}

async fn with_versions(tx: &mut Tx, posts: Vec<Post>) -> Result<Vec<PostFile>> {
    let ids: Vec<PostId> = posts.iter().map(|it| it.id).collect();
    let mut versions: HashMap<PostId, Vec<VersionFile>> = HashMap::new();
    for (post, version, body, published_at) in erasures::versions_of(tx, &ids).await? {
        versions.entry(post).or_default().push(VersionFile {
            version,
            body,
            published_at,
        });
    }
    Ok(posts
        .into_iter()
        .map(|post| PostFile {
            versions: versions.remove(&post.id).unwrap_or_default(),
            post,
        })
        .collect())
}
