//! One control of the *Alter* pane: name, reset, slider, number.
//!
//! The slider's track is painted with P(melanoma) along it where that is known: above the threshold thick and in the colour of
//! melanoma, below it thin and in the colour of nevus, so that the place where it flips is visible in greyscale as well. Parts
//! that are not settled yet are provisional: ticks in a paler colour instead of a solid line. For a compared model the same is
//! shown below, dashed; its provisional parts are dotted.

use std::sync::LazyLock;

use egui::accesskit::{Action, ActionData};
use egui::{
    Color32, Event, Painter, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use flipscope_image::perturb::lamp_table;
use flipscope_language::{decimal, text};

use crate::explorer::explore::band::Band;
use crate::explorer::explore::controls::Control;
use crate::explorer::icons::{Icon, icon_button};
use crate::explorer::theme::{self, Palette};
use crate::explorer::widgets::number::{NumberField, notices};
use crate::explorer::widgets::slider_keys;
use crate::explorer::widgets::track::Track;

/// Width of the name column.
const NAME: f32 = 62.0;
/// Width of the number field.
const NUMBER: f32 = 84.0;
/// Radius of the handle.
const HANDLE: f32 = 8.0;
/// A control with its value.
pub(crate) struct ControlSlider<'a> {
    /// The control.
    pub control: Control,
    /// Its current value.
    pub value: f64,
    /// Decimals that its field shows beyond those of the control.
    pub more_decimals: usize,
    /// P(melanoma) along it, if known.
    pub track: Option<Track<'a>>,
    /// The same for the comparison model.
    pub comparison: Option<Track<'a>>,
}

/// Parts of the strip of lamps.
const LAMPS: u8 = 48;

/// What a light grey becomes under the lamp in the middle of each part.
static GREY: LazyLock<Vec<Color32>> = LazyLock::new(|| {
    let (low, high) = Control::Kelvin.range();
    (0..LAMPS)
        .map(|part| {
            let kelvin = low + (high - low) * (f64::from(part) + 0.5) / f64::from(LAMPS);
            let [r, g, b] = lamp_table(kelvin, 0.0).map(|table| table[200]);
            Color32::from_rgb(r, g, b)
        })
        .collect()
});

/// The colour of a white under every lamp of the slider, as a strip at its lower edge.
fn lamps(painter: &Painter, rail: Rect, x_of: &dyn Fn(f64) -> f32) {
    let (low, high) = Control::Kelvin.range();
    for (part, &grey) in (0..LAMPS).zip(GREY.iter()) {
        let at = |part: f64| low + (high - low) * part / f64::from(LAMPS);
        let part = f64::from(part);
        let strip = Rect::from_min_max(
            pos2(x_of(at(part)), rail.bottom() - 3.0),
            pos2(x_of(at(part + 1.0)), rail.bottom()),
        );
        painter.rect_filled(strip, 0.0, grey);
    }
}

impl ControlSlider<'_> {
    /// Shows it; returns the new value if it was changed.
    pub(crate) fn show(self, ui: &mut Ui) -> Option<f64> {
        let control = self.control;
        let mut new = None;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let height = ui.spacing().interact_size.y;
            let (name, label) = ui.allocate_exact_size(vec2(NAME, height), Sense::hover());
            label.on_hover_text(control.hint());
            let palette = theme::palette(ui.ctx());
            ui.painter().text(
                name.left_center(),
                egui::Align2::LEFT_CENTER,
                control.short_name(),
                egui::TextStyle::Body.resolve(ui.style()),
                palette.text,
            );
            let changed = self.value != control.neutral();
            let rail_width = (ui.available_width() - NUMBER - height - 12.0).max(60.0);
            if let Some(value) = self.rail(ui, rail_width, height, &palette) {
                new = Some(value);
            }
            let (low, high) = control.limits();
            let (least, most) = control.decimals();
            let field = NumberField {
                name: control.name(),
                range: low..=high,
                speed: control.step(),
                decimals: (least, most + self.more_decimals),
                unit: control.unit(),
                hint: control.hint(),
                size: vec2(NUMBER, height),
            };
            if let Some(number) = field.show(ui, self.value) {
                new = Some(number);
            }
            // Nothing to reset, nothing to show; the space stays, so that the number does not jump.
            if changed && icon_button(ui, Icon::Reset, control.reset_name(), "").clicked() {
                new = Some(control.neutral());
            }
        });
        notices(ui);
        new
    }

    fn rail(&self, ui: &mut Ui, width: f32, height: f32, palette: &Palette) -> Option<f64> {
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click_and_drag());
        let rail = Rect::from_min_max(
            pos2(rect.left() + HANDLE, rect.top()),
            pos2(rect.right() - HANDLE, rect.bottom()),
        );
        let new = self.moved(ui, &response, rail);
        let value = new.unwrap_or(self.value);
        let (low, high) = self.control.range();
        response.widget_info(|| WidgetInfo::slider(ui.is_enabled(), value, self.control.name()));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_min_numeric_value(low);
            node.set_max_numeric_value(high);
            node.set_numeric_value_step(self.control.step());
            node.add_action(Action::SetValue);
            node.add_action(Action::Increment);
            node.add_action(Action::Decrement);
            node.set_description(self.in_words());
        });
        if ui.is_rect_visible(rect) {
            self.paint(ui, &response, rail, value, palette);
        }
        if self.off_scale(value).is_some() && !response.dragged() {
            let (low, high) = self.control.range();
            let [low, high] = [low, high].map(|end| decimal(end).replace('-', "−"));
            response.on_hover_text(text!("slider-off-scale", low = low, high = high));
        }
        new.filter(|new| *new != self.value)
    }

    /// The value requested by pointer, keys or assistive technology.
    fn moved(&self, ui: &Ui, response: &Response, rail: Rect) -> Option<f64> {
        let (low, high) = self.control.range();
        let step = self.control.step();
        let snap = |value: f64| self.control.snap(value);
        if response.double_clicked() {
            return Some(self.control.neutral());
        }
        if response.clicked() || response.drag_started() {
            response.request_focus();
        }
        if let Some(pointer) = response.interact_pointer_pos()
            && (response.dragged() || response.clicked() || response.is_pointer_button_down_on())
        {
            let fraction = f64::from(((pointer.x - rail.left()) / rail.width()).clamp(0.0, 1.0));
            return Some(snap(low + (high - low) * fraction));
        }
        let mut steps = 0.0;
        if response.has_focus() {
            slider_keys::claim(ui, response.id);
            let pressed = slider_keys::pressed(ui);
            if pressed.reset {
                return Some(self.control.neutral());
            }
            steps = pressed.steps + pressed.tenths * (high - low) / (10.0 * step);
        }
        let mut asked = None;
        ui.input(|input| {
            steps += input.num_accesskit_action_requests(response.id, Action::Increment) as f64;
            steps -= input.num_accesskit_action_requests(response.id, Action::Decrement) as f64;
            for event in &input.events {
                if let Event::AccessKitActionRequest(request) = event
                    && request.action == Action::SetValue
                    && let Some(ActionData::NumericValue(value)) = request.data
                    && input
                        .accesskit_action_requests(response.id, Action::SetValue)
                        .any(|own| own == request)
                {
                    asked = Some(value);
                }
            }
        });
        asked.or_else(|| (steps != 0.0).then(|| snap((self.value + steps * step).clamp(low, high))))
    }

    fn paint(&self, ui: &Ui, response: &Response, rail: Rect, value: f64, palette: &Palette) {
        let (low, high) = self.control.range();
        let painter = ui.painter();
        let x_of = |value: f64| {
            let fraction = ((value - low) / (high - low)).clamp(0.0, 1.0);
            rail.left() + rail.width() * fraction as f32
        };
        let middle = rail.center().y;
        let line = Rect::from_min_max(
            pos2(rail.left(), middle - 2.0),
            pos2(rail.right(), middle + 2.0),
        );
        painter.rect_filled(line, 2.0, palette.groove);
        if self.control == Control::Kelvin {
            lamps(painter, rail, &x_of);
        }
        if let Some(track) = self.track {
            track.paint(painter, rail, self.control, palette);
        }
        if let Some(track) = self.comparison {
            track.paint_comparison(painter, rail, self.control, palette);
        }
        // The neutral position.
        let neutral = x_of(self.control.neutral());
        painter.vline(
            neutral,
            (middle - 8.0)..=(middle + 8.0),
            Stroke::new(1.0, palette.muted),
        );

        let visuals = ui.style().interact(response);
        let centre = pos2(x_of(value), middle);
        let ring = if response.has_focus() { 2.5 } else { 1.5 };
        painter.circle(
            centre,
            HANDLE - 1.0,
            palette.card,
            Stroke::new(ring, palette.accent),
        );
        if response.hovered() || response.dragged() {
            painter.circle_filled(centre, 3.0, palette.accent);
        }
        // Off the scale: an arrow beyond the end at which the handle has stopped.
        if let Some(side) = self.off_scale(value) {
            let tip = pos2(centre.x + side * (HANDLE + 4.0), middle);
            let back = tip.x - side * 6.0;
            painter.add(Shape::convex_polygon(
                vec![tip, pos2(back, middle - 6.0), pos2(back, middle + 6.0)],
                palette.warning,
                Stroke::NONE,
            ));
        }
        if response.has_focus() {
            painter.rect_stroke(
                rail.expand2(vec2(HANDLE, 0.0)),
                visuals.corner_radius,
                Stroke::new(1.0, palette.accent),
                StrokeKind::Inside,
            );
        }
    }
}

impl ControlSlider<'_> {
    /// On which side of the slider its value is, if it is outside: −1 or 1.
    fn off_scale(&self, value: f64) -> Option<f32> {
        let (low, high) = self.control.range();
        if value < low {
            Some(-1.0)
        } else if value > high {
            Some(1.0)
        } else {
            None
        }
    }

    /// What the band shows, as text for assistive technology.
    fn in_words(&self) -> String {
        let said = |track: Option<Track<'_>>| match track {
            Some(track) => track.band.in_words(self.control, track.threshold),
            None => Band::default().in_words(self.control, 0.5),
        };
        let own = said(self.track);
        let band = match self.comparison {
            Some(_) => text!("slider-compared", own = own, other = said(self.comparison)),
            None => own,
        };
        match self.off_scale(self.value) {
            Some(_) => text!("slider-off-scale-said", band = band),
            None => band,
        }
    }
}
