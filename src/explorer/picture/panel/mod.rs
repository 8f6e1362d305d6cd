//! What is drawn about pixels: values under the pointer, histograms, the menu of a picture.

mod histogram;
mod menu;
mod readout;

pub(crate) use histogram::show as histogram;
pub(crate) use menu::show as menu;
pub(crate) use readout::show as readout;
