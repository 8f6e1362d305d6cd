//! P(melanoma) as a bar from 0 to 1, with the threshold as a mark that can be dragged; and the label as word and icon.

use egui::accesskit::{Action, ActionData};
use egui::{Align2, EventFilter, Key, Rect, Response, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use flipscope_base::human::probability_beside;
use flipscope_language::{decimal, text};
use flipscope_model::Label;

use crate::explorer::icons::Icon;
use crate::explorer::theme;
use crate::explorer::theme::Palette;

/// Size of the text for which the lengths below the bar are given, in points.
const FONT: f32 = 11.5;

/// Colour and icon of a label.
pub(crate) fn look(label: Label, palette: &Palette) -> (egui::Color32, Icon) {
    match label {
        Label::Melanoma => (palette.melanoma, Icon::Melanoma),
        Label::Nevus => (palette.nevus, Icon::Nevus),
    }
}

/// The label as icon and word.
pub(crate) fn verdict_badge(ui: &mut Ui, label: Label, size: f32) -> Response {
    let palette = theme::palette(ui.ctx());
    let (colour, icon) = look(label, &palette);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size * 0.35;
        icon.show(ui, size * 0.95, colour);
        ui.label(
            egui::RichText::new(label.in_words())
                .font(theme::large_number(size))
                .color(colour),
        );
    })
    .response
}

/// A new threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum NewThreshold {
    /// The model's own.
    Own,
    /// This one, 0 to 1.
    At(f32),
}

/// The bar.
pub(crate) struct Meter {
    /// P(melanoma) of the original and of the altered frame, if known.
    pub before: Option<f32>,
    /// See `before`.
    pub after: Option<f32>,
    /// Whether `after` belongs to the current setting; otherwise it is dimmed, and has no label.
    pub current: bool,
    /// Where melanoma begins.
    pub threshold: f32,
}

impl Meter {
    /// Shows it; returns the new threshold if its mark was moved.
    pub(crate) fn show(self, ui: &mut Ui) -> Option<NewThreshold> {
        let palette = theme::palette(ui.ctx());
        let size = vec2(ui.available_width(), 46.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
        let response = response.on_hover_text(text!("meter.hover"));
        let bar = Rect::from_min_max(
            pos2(rect.left() + 8.0, rect.top() + 16.0),
            pos2(rect.right() - 8.0, rect.top() + 28.0),
        );
        let new = if response.double_clicked() {
            Some(NewThreshold::Own)
        } else {
            self.moved(ui, &response, bar).map(NewThreshold::At)
        };
        response.widget_info(|| {
            WidgetInfo::slider(ui.is_enabled(), f64::from(self.threshold), text!("meter"))
        });
        let words = self.in_words();
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_min_numeric_value(0.0);
            node.set_max_numeric_value(1.0);
            node.set_numeric_value_step(0.01);
            node.add_action(Action::SetValue);
            node.set_description(words);
        });
        let threshold = match new {
            Some(NewThreshold::At(threshold)) => threshold,
            _ => self.threshold,
        };
        self.paint(ui, &response, bar, threshold, &palette);
        new
    }

    /// What the bar shows, for assistive technology.
    fn in_words(&self) -> String {
        let p = |p: f32| probability_beside(p, self.threshold, 3);
        let before = match self.before {
            Some(before) => text!("meter-original", p = p(before)),
            None => text!("meter-original-unknown").to_owned(),
        };
        let after = match (self.after, self.current) {
            (Some(after), true) => text!("meter-altered", p = p(after)),
            (Some(after), false) => text!("meter-altered-updating", p = p(after)),
            (None, _) => text!("meter-altered-unknown").to_owned(),
        };
        format!("{before}; {after}")
    }

    fn moved(&self, ui: &Ui, response: &Response, bar: Rect) -> Option<f32> {
        if let Some(pointer) = response.interact_pointer_pos()
            && response.dragged()
        {
            let p = ((pointer.x - bar.left()) / bar.width()).clamp(0.0, 1.0);
            return Some((p * 100.0).round() / 100.0);
        }
        let mut steps = 0.0;
        let mut asked = None;
        let focused = response.has_focus();
        if focused {
            // Otherwise the arrow keys would move the focus.
            let filter = EventFilter {
                horizontal_arrows: true,
                ..EventFilter::default()
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        }
        ui.input(|input| {
            if focused {
                steps += input.num_presses(Key::ArrowRight) as f32
                    - input.num_presses(Key::ArrowLeft) as f32;
            }
            for request in input.accesskit_action_requests(response.id, Action::SetValue) {
                if let Some(ActionData::NumericValue(value)) = request.data {
                    asked = Some(value as f32);
                }
            }
        });
        asked.or_else(|| {
            (steps != 0.0).then(|| {
                (((self.threshold + steps * 0.01) * 100.0).round() / 100.0).clamp(0.0, 1.0)
            })
        })
    }

    fn paint(&self, ui: &Ui, response: &Response, bar: Rect, threshold: f32, palette: &Palette) {
        let painter = ui.painter();
        let x = |p: f32| bar.left() + bar.width() * p.clamp(0.0, 1.0);
        painter.rect_filled(bar, 3.0, palette.groove);
        if let Some(p) = self.after {
            let label = if p >= threshold {
                Label::Melanoma
            } else {
                Label::Nevus
            };
            let colour = if self.current {
                look(label, palette).0
            } else {
                palette.muted.gamma_multiply(0.4)
            };
            let filled = Rect::from_min_max(bar.min, pos2(x(p), bar.bottom()));
            painter.rect_filled(filled, 3.0, colour);
        }
        if let Some(p) = self.before {
            // The original as a hollow marker above the bar.
            let at = pos2(x(p), bar.top() - 2.0);
            painter.add(egui::Shape::convex_polygon(
                vec![at, at + vec2(-5.0, -8.0), at + vec2(5.0, -8.0)],
                palette.card,
                Stroke::new(1.5, palette.muted),
            ));
        }
        let mark = if response.hovered() || response.dragged() || response.has_focus() {
            2.5
        } else {
            1.5
        };
        painter.vline(
            x(threshold),
            (bar.top() - 5.0)..=(bar.bottom() + 5.0),
            Stroke::new(mark, palette.text),
        );
        let font = egui::TextStyle::Small.resolve(ui.style());
        let below = bar.bottom() + 5.0;
        // The words at the ends need space next to the threshold's.
        let scale = font.size / FONT;
        let narrow = bar.width() < 260.0 * scale;
        painter.text(
            pos2(bar.left(), below),
            Align2::LEFT_TOP,
            if narrow { "0" } else { text!("meter-nevus") },
            font.clone(),
            palette.muted,
        );
        painter.text(
            pos2(bar.right(), below),
            Align2::RIGHT_TOP,
            if narrow { "1" } else { text!("meter-melanoma") },
            font.clone(),
            palette.muted,
        );
        // Half the width of the threshold's label, and the space that the ends need.
        let [half, left, right] = if narrow {
            [44.0, 12.0, 12.0]
        } else {
            [50.0, 46.0, 66.0]
        }
        .map(|length| length * scale);
        let first = bar.left() + half + left;
        let centre = x(threshold).clamp(first, (bar.right() - half - right).max(first));
        painter.text(
            pos2(centre, below),
            Align2::CENTER_TOP,
            text!(
                "meter-threshold",
                p = decimal((threshold * 1e4).round() / 1e4)
            ),
            font,
            palette.text,
        );
    }
}
