//! A brand's topics and their words: rows `t.N.key`, `.name`, `.words`; a row without a name is
//! removed.

use super::plain::{faulty, slug};
use crate::{
    backend::{
        Result,
        ctx::Ctx,
        store::{self, Tx},
    },
    domain::{
        brand::Brand,
        forms::{Fault, Form, Reader},
        settings::plain::{PlainPreview, PreviewRow},
        topic::{KEYWORDS, Keyword, LETTERS, Topic, fold},
    },
};
use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization;

/// So many of the newest posts are looked at.
const POSTS: i64 = 200;
/// So many of those found are shown.
const SHOWN: usize = 12;
/// Topics that a brand may have.
const TOPICS: usize = 100;

pub async fn filled(tx: &mut Tx, brand: &Brand) -> Result<Form> {
    let mut form = Form::default();
    for (row, it) in store::topics::list(tx, brand.id)
        .await?
        .into_iter()
        .enumerate()
    {
        form.set(format!("t.{row}.key"), it.key);
        form.set(format!("t.{row}.name"), it.name);
        form.set(format!("t.{row}.words"), it.keywords);
    }
    Ok(form)
}

/// Topics to keep, and fields with keys of those to remove.
type Wanted = (Vec<Topic>, Vec<(String, String)>);

fn read(form: &Form) -> Result<Wanted, Vec<Fault>> {
    let mut reader = Reader::new(form);
    let (mut topics, mut removed) = (Vec::new(), Vec::new());
    let mut keys = HashSet::new();
    let rows = form.rows("t");
    if rows.len() > TOPICS + 5 {
        reader.fault(
            "t.0.name",
            format!("There are more than {TOPICS} topics. Join some of them."),
        );
    }
    for row in rows {
        let field = |name: &str| format!("t.{row}.{name}");
        let name = form.get(&field("name")).to_owned();
        let key = form.get(&field("key")).to_owned();
        if name.is_empty() {
            if !key.is_empty() {
                removed.push((field("name"), key));
            } else if !form.get(&field("words")).is_empty() {
                reader.fault(&field("name"), "Give the topic a name, or empty its words.");
            }
            continue;
        }
        if name.chars().count() > LETTERS {
            reader.fault(
                &field("name"),
                format!("That name is longer than {LETTERS} letters. Shorten it."),
            );
        }
        let key = if key.is_empty() { slug(&name) } else { key };
        if key.is_empty() || !keys.insert(key.clone()) {
            reader.fault(
                &field("name"),
                "There is a topic of that name already. Choose another.",
            );
        }
        let words = form.get(&field("words"));
        let lines: Vec<&str> = words
            .lines()
            .map(str::trim)
            .filter(|it| !it.is_empty())
            .collect();
        if lines.len() > KEYWORDS {
            reader.fault(
                &field("words"),
                format!("There are more than {KEYWORDS} words. Leave some out."),
            );
        }
        for line in &lines {
            if line.chars().count() > LETTERS {
                reader.fault(
                    &field("words"),
                    format!("A line is longer than {LETTERS} letters. Shorten it."),
                );
            } else if Keyword::parse(line).is_none() {
                reader.fault(
                    &field("words"),
                    format!("“{line}” has no letters to look for. Leave it out."),
                );
            }
        }
        topics.push(Topic {
            key,
            name,
            keywords: lines.join("\n"),
        });
    }
    reader.finish(Some((topics, removed)))
}

pub async fn preview(tx: &mut Tx, brand: &Brand, form: &Form) -> Result<PlainPreview> {
    let topics = match read(form) {
        Ok((topics, _)) => topics,
        Err(faults) => return Ok(faulty(faults)),
    };
    let words: Vec<(&Topic, Vec<Keyword>)> = topics
        .iter()
        .map(|it| {
            let keywords = it.keywords.nfc().collect::<String>();
            let composed = Topic {
                keywords,
                ..it.clone()
            };
            (it, composed.words())
        })
        .collect();
    let posts = store::posts::newest_of_customers(tx, brand.id, POSTS).await?;
    let looked_at = posts.len();
    let mut rows = Vec::new();
    let mut found = 0;
    for (case, author, body) in posts {
        let text = fold(&body.nfc().collect::<String>());
        let topic = words
            .iter()
            .find(|(_, words)| words.iter().any(|it| it.is_in(&text)));
        let Some((topic, _)) = topic else { continue };
        found += 1;
        if rows.len() < SHOWN {
            rows.push(PreviewRow {
                title: author,
                href: Some(format!("/cases/{case}")),
                mark: topic.name.clone(),
                text: body.chars().take(200).collect(),
            });
        }
    }
    Ok(PlainPreview {
        notes: vec![format!(
            "Of the last {looked_at} posts of customers, {found} get a topic by these words. The first topic whose words are found counts."
        )],
        rows,
        ..PlainPreview::default()
    })
}

pub async fn save(
    ctx: &Ctx,
    tx: &mut Tx,
    brand: &Brand,
    form: &Form,
) -> Result<Result<(), Vec<Fault>>> {
    let (topics, removed) = match read(form) {
        Ok(read) => read,
        Err(faults) => return Ok(Err(faults)),
    };
    for (field, key) in removed {
        let uses = store::topics::uses(tx, brand.id, &key).await?;
        if uses > 0 {
            return Ok(Err(vec![Fault {
                field,
                says: format!(
                    "{uses} cases have this topic, so it keeps its name. Empty its words instead."
                ),
            }]));
        }
        store::topics::remove(tx, brand.id, &key).await?;
    }
    let now = ctx.clock.now();
    for it in &topics {
        store::topics::save(tx, ctx.ids.next(now), brand.id, it).await?;
    }
    store::brands::names_changed(tx).await?;
    Ok(Ok(()))
}
