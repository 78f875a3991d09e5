//! The heartbeat of a page that shows the present.
//!
//! Invariant: nothing beats on the server, in a hidden tab, while a definition is being read or a
//! date chosen, or while the last beat is unanswered.

use leptos::prelude::*;
use std::time::Duration;

/// How often the present is asked for anew.
const EVERY: Duration = Duration::from_secs(5);

/// Counts the times at which a page should read again.
#[derive(Clone, Copy)]
pub struct Beat {
    count: RwSignal<u64>,
    wanted: StoredValue<bool>,
}

impl Beat {
    /// Starts beating once the page is alive, until it is left.
    pub fn start() -> Self {
        let beat = Self {
            count: RwSignal::new(0),
            wanted: StoredValue::new(false),
        };
        Effect::new(move |_| {
            let handle = set_interval_with_handle(move || beat.tick(), EVERY);
            on_cleanup(move || {
                if let Ok(handle) = handle {
                    handle.clear();
                }
            });
        });
        beat
    }

    /// The number of this beat: a source for resources.
    pub fn get(self) -> u64 {
        self.count.get()
    }

    /// What was asked has been answered; whether the answer shows the present decides if it will
    /// be asked again.
    pub fn answered(self, shows_present: bool) {
        self.wanted.set_value(shows_present);
    }

    fn tick(self) {
        let is_wanted = self.wanted.try_get_value().unwrap_or(false);
        // Drawing anew would close what somebody reads, and take back a date that is half chosen.
        let is_choosing = document()
            .query_selector(":popover-open, input[type=date]:focus")
            .is_ok_and(|it| it.is_some());
        if is_wanted && !is_choosing && !document().hidden() {
            self.wanted.set_value(false);
            self.count.update(|it| *it += 1);
        }
    }
}
