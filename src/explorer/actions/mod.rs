//! The one table of commands with a name. Menus, keys, the window *Keys and mouse* and the command palette all read it: what a
//! command is called, its group, its keys, whether it is available now and if not why, and the [`Command`] that it emits.
//!
//! One file a group of the menus; [`ACTIONS`] has all of them. A feature adds a constant to its file, and to that file's `ALL`.
//!
//! [`Command`]: crate::explorer::command::Command

mod action;
pub(crate) mod batch;
pub(crate) mod edit;
pub(crate) mod explain;
pub(crate) mod figures;
pub(crate) mod file;
mod group;
pub(crate) mod help;
pub(crate) mod key_names;
mod keys;
mod list;
pub(crate) mod model;
pub(crate) mod pages;
pub(crate) mod presenter;
pub(crate) mod readers;
pub(crate) mod remedy;
pub(crate) mod search;
pub(crate) mod study;
mod usable;
pub(crate) mod view;

pub(crate) use action::Action;
pub(crate) use group::Group;
pub(crate) use keys::{escape, from_keys, note_typing, was_typing};
pub(crate) use list::{ACTIONS, Offer, offers};
