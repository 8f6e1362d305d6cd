//! One control of the *Alter* pane: name, reset, slider, number.
//!
//! The slider's track is painted with P(melanoma) along it where that is known: above the threshold thick and in the
//! colour of melanoma, below it thin and in the colour of nevus, so that the place where it flips is visible in
//! greyscale as well. Parts that are not settled yet are provisional: ticks in a paler colour in place of a solid line. Of a model that
//! is compared the same stands below, dashed; its provisional parts are dotted.

use egui::accesskit::{Action, ActionData};
use egui::{
    Event, EventFilter, Key, Painter, Rangef, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::explorer::explore::band::{Band, Span, steps};
use crate::explorer::explore::controls::Control;
use crate::explorer::icons::{Icon, icon_button};
use crate::explorer::theme;
use crate::explorer::theme::Palette;
use crate::explorer::widgets::number::{NumberField, notices};

/// Width of the name column.
const NAME: f32 = 62.0;
/// Width of the number field.
const NUMBER: f32 = 84.0;
/// Radius of the handle.
const HANDLE: f32 = 8.0;
/// Width of a tick of a provisional part, points; how often there is one; how pale it is.
const TICK: f32 = 2.0;
const EVERY: f32 = 5.0;
const PALER: f32 = 0.55;

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
    /// What is known of it.
    pub band: &'a Band,
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
            node.set_description(self.in_words());
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
        let snap = |value: f64| self.control.snap(value);
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
            track.paint(painter, rail, self.control, palette);
        }
        if let Some(track) = self.beside {
            track.paint_beside(painter, rail, self.control, palette);
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

impl ControlSlider<'_> {
    /// What the band says, for assistive technology.
    fn in_words(&self) -> String {
        let said = |track: Option<Track<'_>>| match track {
            Some(track) => track.band.in_words(self.control, track.threshold),
            None => Band::default().in_words(self.control, 0.5),
        };
        let beside = match self.beside {
            Some(_) => format!("; of the compared model: {}", said(self.beside)),
            None => String::new(),
        };
        said(self.track) + &beside
    }
}

/// A run of one label on a rail, in points.
struct Run {
    x: Rangef,
    melanoma: bool,
    settled: bool,
}

impl Track<'_> {
    fn runs(&self, rail: Rect, control: Control) -> Vec<Run> {
        let steps = steps(control);
        let x = |step: f32| rail.left() + rail.width() * step / steps as f32;
        let spans = self.band.spans(steps, self.threshold);
        let run = |span: Span| Run {
            x: Rangef::new(x(span.from), x(span.to)),
            melanoma: span.melanoma,
            settled: span.settled,
        };
        spans.into_iter().map(run).collect()
    }

    /// On the rail: solid where it is settled, ticks where it is provisional.
    fn paint(&self, painter: &Painter, rail: Rect, control: Control, palette: &Palette) {
        let middle = rail.center().y;
        for run in self.runs(rail, control) {
            let (half, colour) = if run.melanoma {
                (3.5, palette.melanoma)
            } else {
                (1.75, palette.nevus)
            };
            let y = (middle - half)..=(middle + half);
            if run.settled {
                let band = Rect::from_x_y_ranges(run.x, y);
                painter.rect_filled(band, 0.0, colour);
                continue;
            }
            let mut at = run.x.min;
            while at < run.x.max {
                let tick = Rangef::new(at, (at + TICK).min(run.x.max));
                let tick = Rect::from_x_y_ranges(tick, y.clone());
                painter.rect_filled(tick, 0.0, colour.gamma_multiply(PALER));
                at += EVERY;
            }
        }
    }

    /// Below the rail: dashed where it is settled, dotted where it is provisional.
    fn paint_beside(&self, painter: &Painter, rail: Rect, control: Control, palette: &Palette) {
        let y = rail.center().y + 7.0;
        for run in self.runs(rail, control) {
            let (width, colour) = if run.melanoma {
                (3.5, palette.melanoma)
            } else {
                (1.5, palette.nevus)
            };
            let ends = [pos2(run.x.min, y), pos2(run.x.max, y)];
            let (colour, dash, gap) = if run.settled {
                (colour, 5.0, 3.0)
            } else {
                (colour.gamma_multiply(PALER), TICK, EVERY - TICK)
            };
            painter.extend(Shape::dashed_line(
                &ends,
                Stroke::new(width, colour),
                dash,
                gap,
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::explore::band::value_at;

    /// Solid shapes and ticks in a colour that a slider's band is painted with: where they begin and end.
    fn painted(band: &Band, colour: egui::Color32) -> (Vec<Rangef>, Vec<Rangef>) {
        let ctx = egui::Context::default();
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let rail = Rect::from_min_max(pos2(0.0, 0.0), pos2(720.0, 20.0));
            let track = Track {
                band,
                threshold: 0.5,
            };
            let palette = theme::palette(ui.ctx());
            track.paint(ui.painter(), rail, Control::Rotation, &palette);
        });
        // Nothing is drawn here.
        output.textures_delta.clear();
        let of = |wanted: egui::Color32| {
            let rects = output.shapes.iter().filter_map(|shape| match &shape.shape {
                Shape::Rect(rect) if rect.fill == wanted => Some(rect.rect.x_range()),
                _ => None,
            });
            rects.collect()
        };
        (of(colour), of(colour.gamma_multiply(PALER)))
    }

    #[test]
    fn what_is_provisional_is_painted_as_pale_ticks_until_it_is_settled() {
        let control = Control::Rotation;
        let steps = steps(control);
        let p = |step: u32| {
            let value = value_at(control, step).abs() as f32;
            (0.9 - 0.4 * value / 28.0).max(0.05)
        };
        let palette = theme::palette(&egui::Context::default());
        let mut band = Band::default();
        for (_, step) in band.missing(steps, 0.5) {
            band.put(step, p(step));
        }
        let (solid, ticks) = painted(&band, palette.melanoma);
        assert!(
            solid.is_empty(),
            "the coarse points are not the end of it: {solid:?}"
        );
        assert!(ticks.len() > 5);
        while !band.is_finished(steps, 0.5) {
            for (_, step) in band.missing(steps, 0.5) {
                band.put(step, p(step));
            }
        }
        let (solid, ticks) = painted(&band, palette.melanoma);
        assert!(
            ticks.is_empty(),
            "nothing is provisional any more: {ticks:?}"
        );
        let [run] = solid[..] else {
            panic!("one run: {solid:?}");
        };
        // A point a step here: from −28° to 28°.
        assert!(
            (run.min - 304.0).abs() <= 1.0 && (run.max - 416.0).abs() <= 1.0,
            "{run:?}"
        );
        assert!(painted(&band, palette.nevus).1.is_empty());
    }
}
