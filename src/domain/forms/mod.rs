//! What people type into settings, and what it means: each form is read into the rules it is
//! about, or into faults that name the field and what to do about it.
//!
//! The same names stand in the page's fields, in its address (a draft is an address that can be
//! looked at) and in what is posted.
//!
//! Invariant: pure; nothing here knows the time, and a form that is read back from what was
//! written says the same.

pub mod calendar;
pub mod sundown;
pub mod targets;
pub mod values;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Fields by name, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Form(pub BTreeMap<String, String>);

impl Form {
    /// A field without space around it; nothing when it is missing.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |it| it.trim())
    }

    /// Whether a box is ticked.
    pub fn is_ticked(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// Fills a field.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.insert(name.into(), value.into());
    }

    /// Ticks a box, or leaves it out.
    pub fn tick(&mut self, name: impl Into<String>, is_ticked: bool) {
        if is_ticked {
            self.set(name, "on");
        }
    }

    /// The numbers of the rows whose fields are named `prefix.number.…`, ascending.
    pub fn rows(&self, prefix: &str) -> Vec<u32> {
        let mut rows: Vec<u32> = self
            .0
            .keys()
            .filter_map(|it| {
                it.strip_prefix(prefix)?
                    .strip_prefix('.')?
                    .split('.')
                    .next()
            })
            .filter_map(|it| it.parse().ok())
            .collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}

/// What is wrong with a field, as a sentence with a next step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The field's name.
    pub field: String,
    /// What to do about it.
    pub says: String,
}

/// Reads fields one by one and gathers what is wrong with them.
#[derive(Debug)]
pub struct Reader<'a> {
    /// What was typed.
    pub form: &'a Form,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    /// Nothing is wrong yet.
    pub const fn new(form: &'a Form) -> Self {
        Self {
            form,
            faults: Vec::new(),
        }
    }

    /// Says what is wrong with a field.
    pub fn fault(&mut self, field: &str, says: impl Into<String>) {
        self.faults.push(Fault {
            field: field.to_owned(),
            says: says.into(),
        });
    }

    /// Reads a field, or notes its fault.
    pub fn read<T>(
        &mut self,
        field: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        match parse(self.form.get(field)) {
            Ok(value) => Some(value),
            Err(says) => {
                self.fault(field, says);
                None
            }
        }
    }

    /// Reads a field that may be empty, or notes its fault.
    pub fn read_if_there<T>(
        &mut self,
        field: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        if self.form.get(field).is_empty() {
            return None;
        }
        self.read(field, parse)
    }

    /// What was read, when nothing was wrong.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Vec<Fault>> {
        match value {
            Some(value) if self.faults.is_empty() => Ok(value),
            _ => Err(self.faults),
        }
    }
}
