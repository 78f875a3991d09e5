//! A person, and their accounts on the networks.

use super::{
    ids::{BrandId, CustomerId, HandleId},
    network::Network,
};
use serde::{Deserialize, Serialize};

/// A person, as one brand knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// Their id.
    pub id: CustomerId,
    /// Whose customer.
    pub brand: BrandId,
    /// What people call them.
    pub name: String,
    /// Their language as an ISO 639 code, when known.
    pub language: Option<String>,
}

/// One account of a person on one network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handle {
    /// Its id.
    pub id: HandleId,
    /// Whose customer.
    pub brand: BrandId,
    /// Whose account.
    pub customer: CustomerId,
    /// Where.
    pub network: Network,
    /// The account's name there, without `@`.
    pub handle: String,
    /// How many people follow it; 0 when unknown.
    pub followers: i64,
}
