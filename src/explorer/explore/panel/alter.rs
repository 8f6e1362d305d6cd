//! The *Alter* pane: a slider, a number and a reset for every parameter, and how the resampling is done.

use std::sync::Arc;

use egui::{RichText, Ui};

use flipscope_image::perturb::{Perturbation, number_in_words};
use flipscope_language::{Text, id, text};
use flipscope_model::scheduler::ModelSlot;

use crate::explorer::batch;
use crate::explorer::command::Command;
use crate::explorer::explore::controls::{Control, more_decimals};
use crate::explorer::explore::lesion::{Lesion, Picture};
use crate::explorer::explore::panel::{photograph, resampling};
use crate::explorer::guide;
use crate::explorer::history::Gesture;
use crate::explorer::icons::{Icon, icon_button};
use crate::explorer::page::{Help, Tool};
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::picture;
use crate::explorer::theme;
use crate::explorer::tour;
use crate::explorer::tour::panel::Target;
use crate::explorer::widgets::{ControlSlider, Marked, Track};

/// Name, tooltip, and the change of the perturbation.
type LetterChange = (Text, Text, fn(&Perturbation) -> Perturbation);

/// Changes that the letter reports (text and Supplementary Figure S1), one click each.
const LETTER: [LetterChange; 4] = [
    (id!("letter-green"), id!("letter-green.hover"), |p| {
        Control::OffsetGreen.set(p, -10.0)
    }),
    (
        id!("letter-rotate-45"),
        id!("letter-rotate-45.hover"),
        |p| Control::Rotation.set(p, 45.0),
    ),
    (
        id!("letter-rotate-180"),
        id!("letter-rotate-45.hover"),
        |p| Control::Rotation.set(p, 180.0),
    ),
    (id!("letter-shift"), id!("letter-shift.hover"), |p| {
        Control::ShiftY.set(&Control::ShiftX.set(p, -50.0), -50.0)
    }),
];

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    scroll_layout::column(ui, Tool::Alter, scroll_layout::TOOL, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        // Separate fields for each lesion: a number that is being typed never ends up at another lesion.
        ui.push_id(lesion.id.0, |ui| {
            let there = !matches!(lesion.picture, Picture::Failed(_));
            ui.add_enabled_ui(there, |ui| controls(pane, ui, lesion));
        });
        if pane.state.view.histogram {
            picture::panel::histogram(pane, ui, lesion);
        }
        photograph::show(pane, ui, lesion);
    });
}

fn controls(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    found(pane, ui, lesion);
    guide::legend::bands(ui);
    for (name, controls) in [
        (text!("alter-gain"), &Control::ALL[..3]),
        (text!("alter-offset"), &Control::ALL[3..6]),
        (text!("alter-lamp"), &Control::ALL[6..7]),
        (text!("alter-pose"), &Control::ALL[7..]),
    ] {
        group(pane, ui, lesion, name, controls);
    }
    how(pane, ui, lesion);
    letter(pane, ui, lesion);
    batch::panel::apply_buttons(pane, ui);
}

/// What no slider shows, because only a file or a search brings it: a lamp's tint, pixels and noise. Each can be removed.
fn found(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let now = &lesion.perturbation;
    let mut part = |ui: &mut Ui, text: String, remove: &str, without: Perturbation| {
        ui.horizontal(|ui| {
            ui.label(text);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if icon_button(ui, Icon::Reset, remove, "").clicked() {
                    alter(pane, Gesture::Click, without);
                }
            });
        });
    };
    if now.tint != 0.0 {
        let text = text!("alter-tint", tint = number_in_words(now.tint));
        let without = Perturbation {
            tint: 0.0,
            ..(**now).clone()
        };
        part(ui, text, text!("alter-tint.remove"), without);
    }
    if !now.pixels.is_empty() {
        let text = text!("alter-pixels", count = now.pixels.len());
        let without = Perturbation {
            pixels: Vec::new(),
            ..(**now).clone()
        };
        part(ui, text, text!("alter-pixels.remove"), without);
    }
    if let Some(noise) = &now.noise {
        let text = text!("alter-noise", epsilon = noise.epsilon());
        let without = Perturbation {
            noise: None,
            ..(**now).clone()
        };
        part(ui, text, text!("alter-noise.remove"), without);
    }
}

fn alter(pane: &mut Pane<'_>, gesture: Gesture, perturbation: Perturbation) {
    pane.emit(Command::Alter(gesture, Arc::new(perturbation)));
}

fn group(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion, name: &str, controls: &[Control]) {
    let palette = theme::palette(ui.ctx());
    ui.add_space(theme::GAP);
    ui.label(RichText::new(name).color(palette.muted));
    let more_decimals = more_decimals(&lesion.perturbation);
    for &control in controls {
        let slider = ControlSlider {
            control,
            value: control.get(&lesion.perturbation),
            more_decimals: if control.is_of_pose() {
                0
            } else {
                more_decimals
            },
            track: track(pane, lesion, ModelSlot::Primary, control),
            comparison: track(pane, lesion, ModelSlot::Comparison, control),
        };
        let shown = ui.scope(|ui| slider.show(ui));
        let place = shown.response.rect;
        tour::panel::mark(pane.state, ui, Target::Slider(control), place);
        if let Some(value) = shown.inner {
            alter(
                pane,
                Gesture::Control(control),
                control.set(&lesion.perturbation, value),
            );
        }
    }
}

/// P(melanoma) along a slider, by the model of a slot.
fn track<'a>(
    pane: &Pane<'_>,
    lesion: &'a Lesion,
    slot: ModelSlot,
    control: Control,
) -> Option<Track<'a>> {
    if pane.state.presenter.hides(lesion.id) {
        return None;
    }
    let bands = &lesion.answers.of(slot).bands;
    Some(Track {
        band: bands.get(control, &lesion.perturbation)?,
        threshold: pane.state.threshold_of(slot),
    })
}

fn how(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let now = &lesion.perturbation;
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.label(text!("alter-sampling"))
            .on_hover_text(text!("alter-sampling.hover"));
        if let Some(sampling) = resampling::sampling(ui, text!("alter-sampling"), now.sampling) {
            let now = (**now).clone();
            alter(pane, Gesture::Click, Perturbation { sampling, ..now });
        }
    });
    ui.horizontal(|ui| {
        ui.label(text!("alter-fill"))
            .on_hover_text(text!("alter-fill.hover"));
        let fill = resampling::fill(ui, text!("alter-fill"), now.fill);
        if fill != now.fill {
            let now = (**now).clone();
            alter(pane, Gesture::Click, Perturbation { fill, ..now });
        }
    });
    let mut field_of_view = now.field_of_view;
    let toggle = ui.add(Marked(egui::Checkbox::new(
        &mut field_of_view,
        text!("alter-field-of-view"),
    )));
    if toggle
        .on_hover_text(text!("alter-field-of-view.hover"))
        .changed()
    {
        alter(
            pane,
            Gesture::Click,
            Perturbation {
                field_of_view,
                ..(**now).clone()
            },
        );
    }
}

fn letter(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let palette = theme::palette(ui.ctx());
    ui.add_space(theme::GAP);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(text!("letter-heading")).color(palette.muted));
        let (explain, hint) = (text!("letter-explain"), text!("letter-explain.hover"));
        pane.button(ui, explain, hint, Command::Help(Help::Letter));
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        for (name, hint, change) in LETTER {
            if ui.button(name.get()).on_hover_text(hint.get()).clicked() {
                alter(pane, Gesture::Click, change(&lesion.perturbation));
            }
        }
    });
}
