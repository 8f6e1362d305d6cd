//! Widgets that egui lacks: a slider with P(melanoma) painted along its track, the meter, the trace, a search's curve, a
//! segmented choice, rows of a form, a number field.
//!
//! Each has an accessible role and name; each draws with the colours of [`crate::explorer::theme`].

mod colour_scale;
mod convergence;
mod elided;
mod fields;
mod focus;
mod fold;
mod marked;
mod meter;
mod number;
mod pane_edge;
mod primary;
mod scale;
mod segmented;
mod slider;
pub(crate) mod slider_keys;
mod tabs;
mod texture;
mod trace;
mod track;

pub(crate) use colour_scale::colour_scale;
pub(crate) use convergence::convergence;
pub(crate) use elided::elided;
pub(crate) use fields::{chosen, forget, hint, number, row};
pub(crate) use fold::fold;
pub(crate) use marked::{Marked, Railed};
pub(crate) use meter::{Meter, NewThreshold, look, verdict_badge};
pub(crate) use number::{NumberField, Quantity, drop_notices, notices};
pub(crate) use pane_edge::name_edge;
pub(crate) use primary::primary;
pub(crate) use scale::{SCALE, difference_scale};
pub(crate) use segmented::{chosen_look, segmented};
pub(crate) use slider::ControlSlider;
pub(crate) use tabs::{pages, tabs};
pub(crate) use texture::texture;
pub(crate) use trace::{Line, trace};
pub(crate) use track::Track;
