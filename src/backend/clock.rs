//! The only place that knows what time it is.

use crate::domain::time::Instant;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Tells the time: the system's, or one that tests hold still.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock, in UTC.
    System,
    /// A clock that stands still until it is moved.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands still at an instant.
    pub fn fixed(at: Instant) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(at.timestamp_millis())))
    }

    /// What time it is.
    pub fn now(&self) -> Instant {
        match self {
            #[expect(
                clippy::disallowed_methods,
                reason = "this is the clock all others ask"
            )]
            Self::System => chrono::Utc::now(),
            Self::Fixed(ms) => crate::domain::time::from_ms(ms.load(Ordering::Relaxed)),
        }
    }

    /// Moves a fixed clock; the system's goes its own way.
    pub fn set(&self, at: Instant) {
        if let Self::Fixed(ms) = self {
            ms.store(at.timestamp_millis(), Ordering::Relaxed);
        }
    }
}
