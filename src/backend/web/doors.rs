//! Who is let in, and how: decided once, at the start.

use crate::backend::services::mail::Mail;
use std::{net::IpAddr, sync::Arc};

/// Who is let in, and how.
#[derive(Default)]
pub struct Doors {
    /// Everybody, as somebody the demo made up. Only ever on the loopback address.
    pub demo: bool,
    /// Proxies that are believed about where somebody comes from.
    pub proxies: Vec<IpAddr>,
    /// How links are mailed, where that is set up.
    pub mail: Option<Arc<Mail>>,
}
