//! What must be undone before leaving, also after ctrl-C.

use std::sync::{Mutex, PoisonError};

type Undo = Box<dyn FnOnce() + Send>;

static UNDO: Mutex<Vec<Undo>> = Mutex::new(Vec::new());

/// Remembers something to be done when this process ends, in whatever way it can notice.
pub fn at_end(undo: impl FnOnce() + Send + 'static) {
    UNDO.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(Box::new(undo));
}

/// Cleans up when it goes out of scope, also by a panic, and on ctrl-C or when CI ends the process.
pub fn begin() -> Guard {
    let installed = ctrlc::set_handler(|| {
        run_all();
        std::process::exit(130);
    });
    if let Err(error) = installed {
        eprintln!("xtask: ctrl-C will not clean up: {error}");
    }
    Guard
}

/// Held by `main` to its end.
pub struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        run_all();
    }
}

/// Does what was remembered, the latest first. A second call finds nothing left.
fn run_all() {
    let undo = std::mem::take(&mut *UNDO.lock().unwrap_or_else(PoisonError::into_inner));
    for undo in undo.into_iter().rev() {
        undo();
    }
}
