//! One control of the *Alter* pane: name, reset, slider, number.
//!
//! The slider's track is painted with P(melanoma) along it where that is known: above the threshold thick and in the
//! colour of melanoma, below it thin and in the colour of nevus, so that the place where it flips is visible in
//! greyscale as well. Of a model that is compared the same stands below, dashed.

use egui::accesskit::{Action, ActionData};
use egui::{
    Event, EventFilter, Key, Rangef, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use super::super::controls::Control;
use super::super::icons::{Icon, icon_button};
use super::super::theme::{self, Palette};
use super::super::tracks::POINTS;
use super::number::{NumberField, notices};

/// Width of the name column.
const NAME: f32 = 62.0;
/// Width of the number field.
const NUMBER: f32 = 84.0;
/// Radius of the handle.
const HANDLE: f32 = 8.0;

/// A control with its value.
pub(crate) struct ControlSlider<'a> {
    /// Which.
    pub control: Control,
    /// Its value now.
    pub value: f64,
    /// P(melanoma) along it, where it is known.
    pub track: Option<Track<'a>>,
    /// The same of the model that is compared.
    pub beside: Option<Track<'a>>,
}

/// P(melanoma) along a slider, as one model has it.
#[derive(Clone, Copy)]
pub(crate) struct Track<'a> {
    /// At the slider's points.
    pub points: &'a [Option<f32>; POINTS],
    /// Where melanoma begins.
    pub threshold: f32,
}

impl ControlSlider<'_> {
    /// Shows it; answers the new value if it was changed.
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
            let field = NumberField {
                name: control.name(),
                range: low..=high,
                speed: control.step(),
                decimals: control.decimals(),
                unit: control.unit(),
                hint: control.hint(),
                size: vec2(NUMBER, height),
            };
            if let Some(number) = field.show(ui, self.value) {
                new = Some(number);
            }
            // Nothing to reset, nothing to see; the space stays, so that the number does not jump.
            if changed {
                let reset = format!("Reset {}", control.name().to_lowercase());
                if icon_button(ui, Icon::Reset, &reset, "").clicked() {
                    new = Some(control.neutral());
                }
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
        });
        if ui.is_rect_visible(rect) {
            self.paint(ui, &response, rail, value, palette);
        }
        new.filter(|new| *new != self.value)
    }

    /// The value that pointer, keys or assistive technology ask for.
    fn moved(&self, ui: &Ui, response: &Response, rail: Rect) -> Option<f64> {
        let (low, high) = self.control.range();
        let step = self.control.step();
        let snap = |value: f64| ((value / step).round() * step * 1e6).round() / 1e6;
        if response.double_clicked() {
            return Some(self.control.neutral());
        }
        if let Some(pointer) = response.interact_pointer_pos()
            && (response.dragged() || response.clicked() || response.is_pointer_button_down_on())
        {
            let fraction = f64::from(((pointer.x - rail.left()) / rail.width()).clamp(0.0, 1.0));
            return Some(snap(low + (high - low) * fraction));
        }
        let mut steps = 0.0;
        if response.has_focus() {
            ui.memory_mut(|memory| {
                memory.set_focus_lock_filter(
                    response.id,
                    EventFilter {
                        horizontal_arrows: true,
                        ..EventFilter::default()
                    },
                );
            });
            ui.input(|input| {
                let big = if input.modifiers.shift { 10.0 } else { 1.0 };
                steps += (input.num_presses(Key::ArrowRight) as f64
                    - input.num_presses(Key::ArrowLeft) as f64)
                    * big;
            });
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
        painter.rect_filled(line, 2.0, palette.line);
        if let Some(track) = self.track {
            let middle = rail.center().y;
            for (run, melanoma) in track.runs(rail) {
                let (half, colour) = if melanoma {
                    (3.5, palette.melanoma)
                } else {
                    (1.75, palette.nevus)
                };
                let band = Rect::from_x_y_ranges(run, middle - half..=middle + half);
                ui.painter().rect_filled(band, 0.0, colour);
            }
        }
        // The compared model's below it, dashed.
        if let Some(track) = self.beside {
            let y = rail.center().y + 7.0;
            for (run, melanoma) in track.runs(rail) {
                let (width, colour) = if melanoma {
                    (3.5, palette.melanoma)
                } else {
                    (1.5, palette.nevus)
                };
                let ends = [pos2(run.min, y), pos2(run.max, y)];
                let dashes = Shape::dashed_line(&ends, Stroke::new(width, colour), 5.0, 3.0);
                ui.painter().extend(dashes);
            }
        }
        // Where nothing is altered.
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

impl Track<'_> {
    /// Runs of one label on a rail, cut where P crosses the threshold; neighbours of one label are one. Whether it is melanoma.
    fn runs(&self, rail: Rect) -> Vec<(Rangef, bool)> {
        let known: Vec<(f32, f32)> = (self.points.iter().enumerate())
            .filter_map(|(point, p)| p.map(|p| (point as f32 / (POINTS - 1) as f32, p)))
            .collect();
        let x = |fraction: f32| rail.left() + rail.width() * fraction;
        let mut runs: Vec<(Rangef, bool)> = Vec::new();
        let mut add = |from: f32, to: f32, melanoma: bool| match runs.last_mut() {
            Some((run, label)) if *label == melanoma => run.max = x(to),
            _ => runs.push((Rangef::new(x(from), x(to)), melanoma)),
        };
        for pair in known.windows(2) {
            let &[(from, p_from), (to, p_to)] = pair else {
                continue;
            };
            let (first, last) = (p_from >= self.threshold, p_to >= self.threshold);
            if first == last {
                add(from, to, first);
            } else {
                let crossing = from + (to - from) * (self.threshold - p_from) / (p_to - p_from);
                add(from, crossing, first);
                add(crossing, to, last);
            }
        }
        runs
    }
}
