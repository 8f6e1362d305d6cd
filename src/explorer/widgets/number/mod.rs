//! A number that can be typed or dragged; its width is fixed, whatever is in it. It shows a number rounded and keeps it exact:
//! all digits are shown while it is edited and on hover, and looking changes nothing. A typed text that is not accepted is
//! reported below the row ([`notices`]), with what is allowed.

mod quantity;

use std::ops::RangeInclusive;

use egui::text::CCursorRange;
use egui::text_edit::TextEditState;
use egui::{
    Align2, CursorIcon, Id, Key, Modifiers, Response, RichText, Role, Sense, Stroke, StrokeKind,
    TextEdit, TextWrapMode, Ui, Vec2, WidgetInfo, accesskit, vec2,
};

pub(crate) use quantity::Quantity;

use crate::explorer::theme;
use flipscope_base::number::Unit;

/// Points between the edge of a field and its number.
const PADDING: f32 = 5.0;

/// A field for a number of one kind.
pub(crate) struct NumberField<'a, N> {
    /// Accessible name; unique among the visible fields.
    pub name: &'a str,
    /// The allowed range.
    pub range: RangeInclusive<N>,
    /// The change per point of dragging and per arrow key.
    pub speed: f64,
    /// Decimals that are shown: at least, and at most.
    pub decimals: (usize, usize),
    /// The unit of the number.
    pub unit: Unit,
    /// Shown on hover, above the exact number; may be empty.
    pub hint: &'a str,
    /// Width and height in points.
    pub size: Vec2,
}

/// What is being typed.
#[derive(Clone)]
struct Editing<N> {
    text: String,
    /// The original text: as long as it is unchanged, nothing was typed.
    found: String,
    /// The number that the text belongs to.
    value: N,
    /// The last pass in which it was visible.
    pass: u64,
}

/// A notice about a typed text, kept as long as the number does not change.
#[derive(Clone)]
struct Notice<N> {
    text: String,
    value: N,
    /// The pass in which it was made.
    pass: u64,
    /// Whether the person went on with something else: it is not shown any more.
    read: bool,
}

impl<N: Quantity> NumberField<'_, N> {
    /// Its identifier, where it is shown: who has the focus, types into it.
    pub(crate) fn id(&self, ui: &Ui) -> Id {
        ui.make_persistent_id(("number", self.name))
    }

    /// Whether what was typed into it last was not taken as it was typed, and `value` stands in its place.
    pub(crate) fn has_refused(&self, ui: &Ui, value: N) -> bool {
        let id = self.id(ui);
        let notice = ui.data(|data| data.get_temp::<Notice<N>>(id));
        notice.is_some_and(|notice| notice.value == value)
    }

    /// Shows it; returns the new number if there is one.
    pub(crate) fn show(&self, ui: &mut Ui, value: N) -> Option<N> {
        let id = self.id(ui);
        let focused = ui.is_enabled()
            && ui.memory_mut(|memory| {
                memory.interested_in_focus(id, ui.layer_id());
                memory.has_focus(id)
            });
        let stepped = self.stepped(ui, id, focused, value);
        let value_now = stepped.unwrap_or(value);
        // Tab has moved the focus on already: what was typed is taken in the same pass.
        let (response, typed) = if focused || Self::was_edited(ui, id) {
            self.edit(ui, id, value_now)
        } else {
            self.rest(ui, id, value_now)
        };
        let new = typed.or(stepped).filter(|new| *new != value);
        self.describe(ui, &response, new.unwrap_or(value));
        Self::notice(ui, id, new.unwrap_or(value));
        new
    }

    /// Whether its text was being edited in the pass before.
    fn was_edited(ui: &Ui, id: Id) -> bool {
        let pass = ui.ctx().cumulative_pass_nr();
        ui.data(|data| data.get_temp::<Editing<N>>(id))
            .is_some_and(|editing| editing.pass + 2 >= pass)
    }

    /// The number requested by arrow keys or assistive technology.
    fn stepped(&self, ui: &Ui, id: Id, focused: bool, value: N) -> Option<N> {
        use accesskit::{Action, ActionData};
        let mut asked = None;
        let mut steps = 0.0;
        ui.input_mut(|input| {
            if focused {
                let mut presses = |key| input.count_and_consume_key(Modifiers::NONE, key) as f64;
                steps += presses(Key::ArrowUp) - presses(Key::ArrowDown);
            }
            steps += input.num_accesskit_action_requests(id, Action::Increment) as f64;
            steps -= input.num_accesskit_action_requests(id, Action::Decrement) as f64;
            for request in input.accesskit_action_requests(id, Action::SetValue) {
                if let Some(ActionData::NumericValue(wanted)) = request.data {
                    asked = Some(N::nearest(wanted, &self.range));
                }
            }
        });
        let step = self.speed.max(N::STEP);
        asked.or_else(|| {
            (steps != 0.0).then(|| value.moved(steps * step, self.decimals.1, &self.range))
        })
    }

    /// The number as text being edited.
    fn edit(&self, ui: &mut Ui, id: Id, value: N) -> (Response, Option<N>) {
        let pass = ui.ctx().cumulative_pass_nr();
        let kept: Option<Editing<N>> = ui.data_mut(|data| {
            let kept = data.get_temp(id);
            data.remove::<Editing<N>>(id);
            kept
        });
        let kept = kept.filter(|kept| kept.value == value && kept.pass + 2 >= pass);
        let mut editing: Editing<N> = kept.unwrap_or_else(|| {
            let text = value.exact(self.decimals.0);
            let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
            let all = CCursorRange::select_all_str(&text);
            state.cursor.set_char_range(Some(all));
            state.store(ui.ctx(), id);
            ui.data_mut(|data| data.remove::<Notice<N>>(id));
            Editing {
                found: text.clone(),
                text,
                value,
                pass,
            }
        });
        let field = TextEdit::singleline(&mut editing.text)
            .id(id)
            .font(egui::TextStyle::Body)
            .margin(egui::Margin::symmetric(PADDING as i8, 2))
            .align(Align2::LEFT_CENTER)
            .clip_text(true);
        let response = ui.add_sized(self.size, field);
        if !response.lost_focus() && ui.memory(|memory| memory.has_focus(id)) {
            editing.pass = pass;
            ui.data_mut(|data| data.insert_temp(id, editing));
            return (response, None);
        }
        let given_up = ui.input(|input| input.key_pressed(Key::Escape));
        if given_up || editing.text == editing.found {
            return (response, None);
        }
        let taken = N::take(&editing.text, self.unit, &self.range);
        let new = taken.value.unwrap_or(value);
        if let Some(text) = taken.remark {
            let notice = Notice {
                text,
                value: new,
                pass,
                read: false,
            };
            ui.data_mut(|data| data.insert_temp(id, notice));
        }
        ui.data_mut(|data| data.insert_temp(last_typed(), id));
        (response, taken.value)
    }

    /// The number as a button that is dragged, or clicked to type.
    fn rest(&self, ui: &mut Ui, id: Id, value: N) -> (Response, Option<N>) {
        let (_, rect) = ui.allocate_space(self.size);
        let response = ui
            .interact(rect, id, Sense::click_and_drag())
            .on_hover_cursor(CursorIcon::ResizeHorizontal);
        if ui.is_rect_visible(rect) {
            self.paint(ui, &response, value);
        }
        if response.clicked() {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let exact = format!("{}{}", value.exact(self.decimals.0), self.unit.suffix());
        let tip = match self.hint {
            "" => exact,
            hint => format!("{exact}\n{hint}"),
        };
        let precise = id.with("dragged");
        let mut new = None;
        if response.dragged() {
            let delta = response.drag_delta();
            let slow = if ui.input(|input| input.modifiers.shift) {
                0.1
            } else {
                1.0
            };
            let change = f64::from(delta.x - delta.y) * self.speed * slow;
            let from = ui.data(|data| data.get_temp::<f64>(precise));
            let to = from.unwrap_or_else(|| value.number()) + change;
            ui.data_mut(|data| data.insert_temp(precise, to));
            if change != 0.0 {
                new = Some(N::rounded(to, self.decimals.1, &self.range));
            }
        } else {
            ui.data_mut(|data| data.remove::<f64>(precise));
        }
        (response.on_hover_text(tip), new)
    }

    fn paint(&self, ui: &Ui, response: &Response, value: N) {
        let visuals = ui.style().interact(response);
        let refused = ui
            .data(|data| data.get_temp::<Notice<N>>(response.id))
            .is_some_and(|notice| notice.value == value && !notice.read);
        let edge = if refused {
            Stroke::new(1.5, ui.visuals().error_fg_color)
        } else {
            visuals.bg_stroke
        };
        ui.painter().rect(
            response.rect,
            visuals.corner_radius,
            visuals.weak_bg_fill,
            edge,
            StrokeKind::Inside,
        );
        let text = format!("{}{}", value.shown(self.decimals), self.unit.suffix());
        let wide = self.size.x - 2.0 * PADDING;
        let set = |style: egui::TextStyle| {
            let text = RichText::new(text.as_str()).text_style(style.clone());
            egui::WidgetText::from(text).into_galley(ui, Some(TextWrapMode::Truncate), wide, style)
        };
        let mut galley = set(egui::TextStyle::Body);
        // All digits that count, if they have room in small print.
        if galley.elided {
            galley = set(egui::TextStyle::Small);
        }
        let place = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), response.rect);
        ui.painter().galley(place.min, galley, visuals.text_color());
    }

    /// The description for assistive technology.
    fn describe(&self, ui: &Ui, response: &Response, value: N) {
        response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, ui.is_enabled(), self.name));
        let text = format!("{}{}", value.exact(self.decimals.0), self.unit.suffix());
        ui.ctx().accesskit_node_builder(response.id, |node| {
            use accesskit::Action;
            node.set_min_numeric_value(self.range.start().number());
            node.set_max_numeric_value(self.range.end().number());
            node.set_numeric_value(value.number());
            node.set_numeric_value_step(self.speed);
            node.add_action(Action::SetValue);
            node.add_action(Action::Increment);
            node.add_action(Action::Decrement);
            node.set_value(text);
        });
    }

    /// Queues the notice for display below the row.
    fn notice(ui: &Ui, id: Id, value: N) {
        let Some(mut notice) = ui.data(|data| data.get_temp::<Notice<N>>(id)) else {
            return;
        };
        if notice.value != value {
            ui.data_mut(|data| data.remove::<Notice<N>>(id));
            return;
        }
        if notice.read {
            return;
        }
        // Not with the click that ended the typing; and at the end of a click, so that nothing moves under it.
        let later = ui.ctx().cumulative_pass_nr() > notice.pass + 1;
        let clicked = later && ui.input(|input| input.pointer.any_released());
        let last = ui.data(|data| data.get_temp::<Id>(last_typed()));
        if clicked || last != Some(id) {
            notice.read = true;
            ui.data_mut(|data| data.insert_temp(id, notice));
            return;
        }
        ui.ctx()
            .accesskit_node_builder(id, |node| node.set_description(notice.text.as_str()));
        ui.data_mut(|data| {
            data.get_temp_mut_or_default::<Vec<String>>(pending())
                .push(notice.text);
        });
    }
}

/// Shows notices about typed text below a row of fields.
pub(crate) fn notices(ui: &mut Ui) {
    let texts: Option<Vec<String>> = ui.data_mut(|data| data.remove_temp(pending()));
    for text in texts.into_iter().flatten() {
        let colour = theme::palette(ui.ctx()).error;
        ui.add(egui::Label::new(RichText::new(text).small().color(colour)).wrap());
    }
}

/// Shows none of them: who has the field says it in other words.
pub(crate) fn drop_notices(ui: &Ui) {
    ui.data_mut(|data| data.remove::<Vec<String>>(pending()));
}

/// The field in which something was typed last.
fn last_typed() -> Id {
    Id::unique("number field that was typed in last")
}

/// Where the fields of a row leave their notices.
fn pending() -> Id {
    Id::unique("notices of number fields")
}

/// The usual size of a field in a row.
pub(crate) fn field_size(ui: &Ui, width: f32) -> Vec2 {
    vec2(width, ui.spacing().interact_size.y)
}

#[cfg(test)]
mod tests;
