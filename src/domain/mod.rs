//! The trade, as types and pure functions: compiles everywhere, knows no I/O and no clock.
//!
//! The words are those of docs/GLOSSARY.md. A *post* on a *network* reaches us through a *channel*
//! of a *brand* and becomes a *case* of a *customer*; a case has *turns* and *episodes*, *events*
//! tell what happened to it, *answers* stop its clocks, an *outcome* says what became of it.
//! [`question::Question`] asks about many cases, [`figures::Figures`] is the answer.

pub mod account;
pub mod archive;
pub mod audit;
pub mod board;
pub mod board_query;
pub mod brand;
pub mod calendar;
pub mod case;
pub mod channels;
pub mod confirm;
pub mod connection;
pub mod correction;
pub mod customer;
pub mod definition;
pub mod draft;
pub mod erasure;
pub mod event;
pub mod facts;
pub mod figures;
pub mod forms;
pub mod gateway;
pub mod hand_off;
pub mod handling;
pub mod history;
pub mod ids;
pub mod inbound;
pub mod inbox;
pub mod limits;
pub mod macro_reply;
pub mod merge;
pub mod network;
pub mod notice;
pub mod outgoing;
pub mod people;
pub mod person;
pub mod post;
pub mod promise;
pub mod promise_list;
pub mod promise_words;
pub mod question;
pub mod rejection;
pub mod reply;
pub mod right;
pub mod route;
pub mod settings;
pub mod sundown;
pub mod sunset;
pub mod threading;
pub mod time;
pub mod token;
pub mod topic;
pub mod triage;
pub mod urgency;
pub mod wording;
pub mod words;
pub mod work;
