//! The window, driven by accessible name as a person (or a screen reader) would: pointer, keys, and the actions of assistive
//! technology. Every window here is the real application, drawn by whatever graphics adapter there is (a software one will do).

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests, and what they share, may panic"
)]

mod assumed;
mod batch;
mod command_line;
mod comparing;
mod contact_sheets;
mod explained;
mod explaining;
mod fields;
mod figure_settings;
mod figures;
#[path = "../findings/mod.rs"]
mod findings;
mod findings_copied;
mod findings_opened;
mod findings_table;
mod fits;
mod guessing;
mod guide;
mod history;
#[path = "../kills/mod.rs"]
mod kills;
mod landscape_files;
mod landscapes;
mod languages;
mod leaving;
#[path = "../lesions/mod.rs"]
mod lesions;
mod list;
mod list_keys;
mod list_labels;
mod list_layout;
mod list_order;
mod looks;
mod map_form;
mod maps_checked;
mod matrix;
mod messages;
mod not_judged;
mod opened;
mod opening;
mod palette;
mod palette_commands;
mod pictures;
mod pixels;
mod presenter;
mod presenter_hiding;
mod presenter_room;
mod proofs;
mod reader_forms;
mod reader_reveals;
mod reader_studies;
mod reading;
mod reading_hands;
mod reading_support;
mod remedies;
mod room;
mod scrolling;
mod searches;
mod searching_all;
mod searching_together;
mod session_age;
mod session_contents;
mod session_explanations;
mod session_kills;
mod session_missing;
mod session_replaced;
mod session_unreadable;
mod sessions;
mod sliders;
mod study_runs;
mod studying;
mod summaries;
mod summary_rows;
mod support;
#[allow(clippy::unwrap_used, reason = "tests")]
#[path = "../explaining/tiny.rs"]
mod tiny;
mod tour;
mod verdicts;
