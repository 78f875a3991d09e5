//! The Inbox: the agent's working day.

pub mod triage;
