//! A brand's macros: rows `m.N.name`, `.language`, `.body`; a row without a name and text is
//! removed.

use super::plain::faulty;
use crate::{
    backend::{
        Result,
        ctx::Ctx,
        store::{self, Tx},
    },
    domain::{
        brand::Brand,
        forms::{Fault, Form, Reader},
        ids::TopicId,
        macro_reply::{MacroReply, fill},
        settings::plain::{PlainPreview, PreviewRow},
    },
};
use std::borrow::Cow;

/// Macros that a brand may have.
const MACROS: usize = 200;
/// Letters of a name, and of a text.
const LETTERS: (usize, usize) = (80, 5000);

pub async fn filled(tx: &mut Tx, brand: &Brand) -> Result<Form> {
    let mut form = Form::default();
    for (row, it) in store::macros::list(tx, brand.id)
        .await?
        .into_iter()
        .enumerate()
    {
        form.set(format!("m.{row}.name"), it.name);
        form.set(format!("m.{row}.language"), it.language);
        form.set(format!("m.{row}.body"), it.body);
    }
    Ok(form)
}

fn read(form: &Form) -> Result<Vec<MacroReply>, Vec<Fault>> {
    let mut reader = Reader::new(form);
    let mut macros: Vec<MacroReply> = Vec::new();
    let rows = form.rows("m");
    if rows.len() > MACROS + 5 {
        reader.fault(
            "m.0.name",
            format!("There are more than {MACROS} macros. Remove some."),
        );
    }
    for row in rows {
        let field = |name: &str| format!("m.{row}.{name}");
        let [name, language, body] =
            ["name", "language", "body"].map(|it| form.get(&field(it)).to_owned());
        if name.is_empty() && body.is_empty() {
            continue;
        }
        if name.is_empty() || name.chars().count() > LETTERS.0 {
            reader.fault(
                &field("name"),
                format!("Give it a name of at most {} letters.", LETTERS.0),
            );
        }
        if body.is_empty() || body.chars().count() > LETTERS.1 {
            reader.fault(
                &field("body"),
                format!("Give it a text of at most {} letters.", LETTERS.1),
            );
        }
        if !language.is_empty() && !is_language(&language) {
            reader.fault(&field("language"), format!("“{language}” isn't a language code. Write two or three letters, such as en or pt."));
        }
        if let Err(says) = fill(&body, |_| Cow::Borrowed("")) {
            reader.fault(&field("body"), says);
        }
        if macros
            .iter()
            .any(|it| it.name == name && it.language == language)
        {
            reader.fault(
                &field("name"),
                "There is a macro of that name in that language already. Choose another name.",
            );
        }
        macros.push(MacroReply {
            name,
            language,
            body,
        });
    }
    reader.finish(Some(macros))
}

/// Whether something looks like an ISO 639 code.
pub fn is_language(code: &str) -> bool {
    (2..=3).contains(&code.len()) && code.bytes().all(|it| it.is_ascii_lowercase())
}

pub async fn preview(tx: &mut Tx, brand: &Brand, form: &Form) -> Result<PlainPreview> {
    let macros = match read(form) {
        Ok(macros) => macros,
        Err(faults) => return Ok(faulty(faults)),
    };
    let newest = store::posts::newest_of_customers(tx, brand.id, 1)
        .await?
        .pop();
    let (customer, case) = newest.map_or(("Ada".to_owned(), 0), |(case, author, _)| (author, case));
    let value = |name: &str| -> Cow<'_, str> {
        match name {
            "customer.name" => customer.as_str().into(),
            "customer.handle" => format!("@{customer}").into(),
            "agent.name" => "Femi".into(),
            "brand.name" => brand.name.as_str().into(),
            "case.link" => format!("https://care.example/c/{case}").into(),
            _ => "lost baggage".into(),
        }
    };
    let rows = macros.iter().map(|it| PreviewRow {
        title: it.name.clone(),
        href: None,
        mark: it.language.clone(),
        // What can't be filled was a fault above.
        text: fill(&it.body, value).unwrap_or_default(),
    });
    Ok(PlainPreview {
        rows: rows.collect(),
        notes: vec![
            "As an agent called Femi would send them to the customer who wrote last.".to_owned(),
        ],
        ..PlainPreview::default()
    })
}

pub async fn save(
    ctx: &Ctx,
    tx: &mut Tx,
    brand: &Brand,
    form: &Form,
) -> Result<Result<(), Vec<Fault>>> {
    let after = match read(form) {
        Ok(macros) => macros,
        Err(faults) => return Ok(Err(faults)),
    };
    let before = store::macros::list(tx, brand.id).await?;
    for it in before.iter().filter(|it| !after.contains(it)) {
        store::macros::remove(tx, brand.id, it).await?;
    }
    let now = ctx.clock.now();
    for it in after.iter().filter(|it| !before.contains(it)) {
        store::macros::save(tx, ctx.ids.next::<TopicId>(now).get(), brand.id, it).await?;
    }
    Ok(Ok(()))
}
