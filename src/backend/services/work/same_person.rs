//! Who may be the same person: said, never decided. An agent looks and merges, or doesn't.

use crate::{
    backend::{
        Result,
        store::{Tx, customers, work::joins},
    },
    domain::{ids::CustomerId, work::SamePerson},
};
use std::collections::BTreeSet;

/// So many words two people have to share, of all that both use, in hundredths.
const ALIKE: usize = 30;
/// Shorter words say nothing.
const LETTERS: usize = 4;

/// Others of the brand who are called the same and write about the same, or whose account is named
/// in what one of them wrote.
pub async fn suggestions(tx: &mut Tx, customer: CustomerId) -> Result<Vec<SamePerson>> {
    let others = joins::namesakes(tx, customer).await?;
    if others.is_empty() {
        return Ok(Vec::new());
    }
    let mut all = others.clone();
    all.push(customer);
    let texts = joins::texts_of(tx, &all).await?;
    let accounts = customers::handles_of(tx, &all).await?;
    let people = customers::find_all(tx, &others).await?;
    let said = |who: CustomerId| -> String {
        let own = texts.iter().filter(|it| it.0 == who);
        own.map(|it| it.1.to_lowercase())
            .collect::<Vec<_>>()
            .join("\n")
    };
    let names = |who: CustomerId, text: &str| {
        let mut own = accounts.iter().filter(|it| it.customer == who);
        own.any(|it| text.contains(&format!("@{}", it.handle.to_lowercase())))
    };
    let own = said(customer);
    let mut found = Vec::new();
    for person in people {
        let theirs = said(person.id);
        let why = if names(person.id, &own) || names(customer, &theirs) {
            "the same name, and one account names the other"
        } else if alike(&own, &theirs) {
            "the same name, and they write about the same"
        } else {
            continue;
        };
        let account = accounts.iter().find(|it| it.customer == person.id);
        found.extend(account.map(|it| SamePerson {
            customer: person.id,
            name: person.name.clone(),
            handle: it.handle.clone(),
            network: it.network,
            why: why.to_owned(),
        }));
    }
    Ok(found)
}

fn alike(one: &str, other: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|it: char| !it.is_alphanumeric())
            .filter(|it| it.chars().count() >= LETTERS)
            .map(str::to_owned)
            .collect()
    };
    let (one, other) = (words(one), words(other));
    let shared = one.intersection(&other).count();
    let all = one.union(&other).count();
    all > 0 && shared * 100 >= all * ALIKE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_who_write_about_the_same_are_alike() {
        let one = "my suitcase is still missing after the flight from lisbon";
        let other = "suitcase missing since the lisbon flight, still nothing";
        assert!(alike(one, other));
        assert!(!alike(one, "when does the new timetable start?"));
        assert!(!alike("", ""));
    }
}
