//! One person's data: found, handed out, erased.
//!
//! A person is more than one row: every brand knows its own customers. Accounts of the same name on
//! the same network are the same person, whichever brand they wrote to, and so are all accounts of
//! one customer. Members of staff are found by their e-mail address (`staff.rs`).

mod erase;
mod export;
mod marks;
mod staff;

pub use erase::{Erasure, erase};
pub use export::{PersonFile, export};
pub use marks::{Veil, veil};
pub use staff::{SignInFile, StaffErasure, StaffFile, erase_staff, export_staff, find_staff};

use crate::{
    backend::{
        error::{Error, Result},
        store::{
            Tx,
            erasures::{self, Account},
        },
    },
    domain::{ids::CustomerId, network::Network},
};

/// Who is meant, as somebody typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// A customer's id, an account's name, or `network/name`.
    pub name: String,
    /// Only among this brand's customers.
    pub brand: Option<String>,
}

/// A person: all their accounts, as all brands know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The accounts, at least one.
    pub accounts: Vec<Account>,
    /// The customers.
    pub customers: Vec<CustomerId>,
}

/// Finds a person.
///
/// # Errors
/// When there is nobody of that name, or more than one.
pub async fn find(tx: &mut Tx, who: &Who) -> Result<Person> {
    let is_of_brand = |it: &Account| {
        who.brand
            .as_ref()
            .is_none_or(|brand| *brand == it.brand_key)
    };
    let mut found = match who.name.parse::<i64>() {
        Ok(id) => erasures::accounts_of(tx, &[id.into()]).await?,
        Err(_) => Vec::new(),
    };
    if found.is_empty() {
        found = by_name(tx, &who.name).await?;
    }
    found.retain(is_of_brand);
    let mut networks: Vec<Network> = found.iter().map(|it| it.network).collect();
    networks.sort_unstable();
    networks.dedup();
    let one = found.first().ok_or_else(|| {
        Error::Unusable(format!(
            "Nobody is known as “{}”{}. Give a customer's number, an account's name, or network/name.",
            who.name,
            who.brand
                .as_ref()
                .map_or_else(String::new, |it| format!(" to the brand {it}"))
        ))
    })?;
    if networks.len() > 1 && found.iter().any(|it| it.customer != one.customer) {
        let names: Vec<String> = networks
            .iter()
            .map(|it| format!("{it}/{}", one.handle))
            .collect();
        return Err(Error::Unusable(format!(
            "“{}” may be several people: {}. Say which.",
            who.name,
            names.join(", ")
        )));
    }
    whole(tx, found).await
}

async fn by_name(tx: &mut Tx, name: &str) -> Result<Vec<Account>> {
    let (network, handle) = match name.split_once('/') {
        Some((network, handle)) => match network.parse::<Network>() {
            Ok(network) => (Some(network), handle),
            Err(_) => (None, name),
        },
        None => (None, name),
    };
    let handle = handle.strip_prefix('@').unwrap_or(handle);
    let mut found = erasures::accounts_named(tx, handle).await?;
    found.retain(|it| network.is_none_or(|network| network == it.network));
    Ok(found)
}

/// Follows accounts to customers and customers to accounts until nothing is new.
async fn whole(tx: &mut Tx, mut accounts: Vec<Account>) -> Result<Person> {
    loop {
        let before = accounts.len();
        let mut customers: Vec<CustomerId> = accounts.iter().map(|it| it.customer).collect();
        customers.sort_unstable();
        customers.dedup();
        let mut next = erasures::accounts_of(tx, &customers).await?;
        for account in next.clone() {
            let same = erasures::accounts_named(tx, &account.handle).await?;
            next.extend(same.into_iter().filter(|it| it.network == account.network));
        }
        next.sort_unstable_by_key(|it| it.id);
        next.dedup();
        accounts = next;
        if accounts.len() == before {
            return Ok(Person {
                accounts,
                customers,
            });
        }
    }
}
