//! The look of the reading window: neutral grey, so that no colour next to the picture changes how its colours appear.
//!
//! - `style`: the greys, and what every screen is made of
//! - `screens`: all text around the reading: the pseudonym, the welcome, pauses, the end
//! - `case`: the picture in its place; `question`: what is asked below it

mod case;
mod hall;
mod question;
mod screens;
mod style;

use std::time::Instant;

use egui::{CentralPanel, Ui};

use crate::explorer::presenter::panel::enlarge;
use crate::explorer::readers::reading::stage::{Act, Stage};
use crate::explorer::readers::reading::state::Reading;
pub(super) use case::Picture;
use style::GROUND;
pub(super) use style::install;

/// Shows the screen, to one reader or to a hall; returns what was clicked.
pub(super) fn show(
    ui: &mut Ui,
    reading: &mut Reading,
    picture: &mut Picture,
    hall: bool,
    now: Instant,
) -> Vec<Act> {
    let mut acts = Vec::new();
    if hall {
        enlarge(ui);
    }
    CentralPanel::no_frame()
        .frame(egui::Frame::new().fill(GROUND))
        .show(ui, |ui| match reading.stage {
            Stage::Name => screens::name(ui, reading, hall, &mut acts),
            Stage::Welcome => screens::welcome(ui, reading, &mut acts),
            Stage::Case => case::show(ui, reading, picture, now, &mut acts),
            Stage::Feedback(feedback) => {
                case::practised(ui, reading, picture, |ui| {
                    screens::feedback(ui, reading, feedback, &mut acts);
                });
            }
            Stage::Paused => screens::paused(ui, reading, &mut acts),
            Stage::Finished => screens::finished(ui, reading),
            Stage::Stopped => screens::stopped(ui, reading),
            // Nothing, whatever it is waiting for.
            Stage::Blank { .. } | Stage::Keeping(_) | Stage::Joining => {}
        });
    acts
}
