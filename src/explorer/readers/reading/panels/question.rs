//! The question below the picture: one part of the answer at a time, each by a key or a button.

use egui::{
    Align, Button, Event, Id, Key, Label as Words, Layout, Modifiers, RichText, Role, ScrollArea,
    Sense, TextStyle, Ui, WidgetInfo, vec2,
};

use crate::explorer::readers::reading::panels::style::{key, large_key, line, refusal};
use crate::explorer::readers::reading::stage::{Act, Part};
use crate::explorer::readers::reading::state::Reading;
use crate::explorer::theme;
use crate::explorer::widgets::{NumberField, drop_notices};
use flipscope_base::number::Unit;
use flipscope_lab::reader::store::Hands;
use flipscope_language::text;
use flipscope_model::Label;

/// The part of the answer that is asked for now.
pub(super) fn ask(ui: &mut Ui, reading: &Reading, acts: &mut Vec<Act>) {
    match reading.part() {
        Some(Part::Call) => {
            row(ui, 2, |ui| {
                for (label, name, letter) in [
                    (Label::Melanoma, text!("reading-melanoma"), "M"),
                    (Label::Nevus, text!("reading-nevus"), "N"),
                ] {
                    if key(ui, name, letter, WIDE) {
                        acts.push(Act::Call(label));
                    }
                }
            });
        }
        Some(Part::Confidence) => {
            line(ui, text!("reading-how-sure"));
            row(ui, 5, |ui| {
                for number in 1..=5_u8 {
                    let text = RichText::new(number.to_string()).size(16.0);
                    let response = ui.add(Button::new(text).min_size(vec2(NARROW, 40.0)));
                    let name = text!("reading-confidence", number = number);
                    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
                    if response.clicked() {
                        acts.push(Act::Confidence(number));
                    }
                }
            });
        }
        Some(Part::Biopsy) => {
            line(ui, text!("reading-biopsy"));
            row(ui, 2, |ui| {
                for (yes, name, letter) in [
                    (true, text!("reading-yes"), text!("reading-yes-key")),
                    (false, text!("reading-no"), "N"),
                ] {
                    if key(ui, name, letter, WIDE) {
                        acts.push(Act::Biopsy(yes));
                    }
                }
            });
        }
        Some(Part::Hands) => hands(ui, reading, acts),
        None => {}
    }
}

/// Width of a button with a word, and with a number.
const WIDE: f32 = 170.0;
const NARROW: f32 = 62.0;

/// Buttons side by side, centred.
fn row(ui: &mut Ui, count: usize, content: impl FnOnce(&mut Ui)) {
    let each = if count > 2 { NARROW } else { WIDE };
    let width = count as f32 * (each + 10.0) - 10.0;
    ui.allocate_ui_with_layout(
        vec2(width, 40.0),
        Layout::left_to_right(Align::Center),
        |ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            content(ui);
        },
    );
}

/// Sizes of the question and of the counts of a class, and of a count's field, in points.
const ASKED: f32 = 32.0;
const COUNTED: f32 = 26.0;
const FIELD: [f32; 2] = [118.0, 50.0];
/// No class has more hands than this: a larger number is a mistyped one.
const MOST: u32 = 999;

/// The show of hands of a class, in letters for the last row. The first field has the focus; Enter goes on from field to field, and then to
/// the button, which is pressed by another Enter: an answer cannot be changed.
fn hands(ui: &mut Ui, reading: &Reading, acts: &mut Vec<Act>) {
    let mut hands = reading.hands;
    let biopsy = reading.question().is_some_and(|question| question.biopsy);
    let mut focus = appeared(ui);
    ScrollArea::vertical()
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 10.0;
            let asked = RichText::new(text!("presenter-melanoma-or-nevus"))
                .font(theme::large_number(ASKED));
            // A click beside the fields is none on words to be copied.
            ui.add(Words::new(asked).wrap().selectable(false));
            focus = count(
                ui,
                text!("reading-hands-melanoma"),
                text!("reading-melanoma"),
                &mut hands.melanoma,
                focus,
            );
            focus = count(
                ui,
                text!("reading-hands-nevus"),
                text!("reading-nevus"),
                &mut hands.nevus,
                focus,
            );
            if biopsy {
                let mut wanted = hands.biopsy.unwrap_or(0);
                focus = count(
                    ui,
                    text!("reading-hands-biopsy"),
                    text!("reading-hands-biopsy-word"),
                    &mut wanted,
                    focus,
                );
                hands.biopsy = Some(wanted);
            }
            // They say what other fields do: here, nothing is taken in place of what was typed.
            drop_notices(ui);
            // What was refused is typed again first: otherwise the answer would be saved without it.
            let refused = refused(ui);
            if let Some((_, field)) = &refused {
                refusal(
                    ui,
                    &text!("reading-hands-range", field = &**field, most = MOST),
                );
            }
            let enter = large_key(ui, text!("reading-hands-enter"));
            if enter.clicked() {
                match refused {
                    Some((field, _)) => ui.memory_mut(|memory| memory.request_focus(field)),
                    None => acts.push(Act::EnterHands),
                }
            } else if focus {
                enter.request_focus();
            }
            line(ui, text!("reading-keys-hands"));
            // After all that may have had the focus.
            keep_the_keyboard(ui);
        });
    if hands != reading.hands {
        // Typed numbers are processed before the button that was clicked.
        acts.insert(0, Act::Hands(Hands { ..hands }));
    }
}

/// Whether the fields were not on the screen in the pass before, or the window has come to the front only now: once for each case.
fn appeared(ui: &Ui) -> bool {
    let pass = ui.ctx().cumulative_pass_nr();
    let in_front = ui.input(|input| input.focused);
    let id = Id::unique("the fields of a show of hands");
    ui.data_mut(|data| {
        let before: Option<(u64, bool)> = data.get_temp(id);
        let waits = before.is_none_or(|(last, waits)| waits || last + 1 < pass);
        data.insert_temp(id, (pass, waits && !in_front));
        waits && in_front
    })
}

/// A click on nothing that is pressed leaves the keyboard in the field that had it: digits always go somewhere.
fn keep_the_keyboard(ui: &Ui) {
    let clicked = ui.input(|input| input.focused && input.pointer.any_released());
    let free = ui.memory(|memory| memory.focused().is_none());
    let field = ui.data(|data| data.get_temp(typed_in()));
    if let Some(field) = field.filter(|_| clicked && free) {
        ui.memory_mut(|memory| memory.request_focus(field));
    }
}

/// The field that had the keyboard last.
fn typed_in() -> Id {
    Id::unique("the field of a show of hands that had the keyboard")
}

/// A word, and the count beside it, with the focus if it is given, or if its row is clicked; returns whether Enter has left it.
fn count(ui: &mut Ui, name: &str, word: &str, value: &mut u32, focus: bool) -> bool {
    let [wide, high] = FIELD;
    let row = vec2(ui.available_width(), high);
    let mut left = false;
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        if let Some(font) = ui.style_mut().text_styles.get_mut(&TextStyle::Body) {
            font.size = COUNTED;
        }
        let field = NumberField {
            name,
            range: 0..=MOST,
            speed: 0.1,
            decimals: (0, 0),
            unit: Unit::None,
            hint: "",
            size: vec2(wide, high),
        };
        let id = field.id(ui);
        // Before the field, which is in front of it; no stop for Tab.
        let row = ui.interact(ui.max_rect(), id.with("row"), Sense::CLICK);
        if focus || row.clicked() {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let had_focus = ui.memory(|memory| memory.has_focus(id));
        if had_focus {
            ui.data_mut(|data| data.insert_temp(typed_in(), id));
        }
        let before = *value;
        let typed = field.show(ui, before);
        if let Some(new) = typed {
            *value = new;
        }
        let refused = field.has_refused(ui, *value);
        let left_by_keys = was_left_by_keys(ui, id);
        if refused {
            // Not the nearest number: nobody has counted that.
            *value = before;
            refuse(ui, id, word);
        } else if typed.is_some() || left_by_keys {
            accept(ui, id);
        }
        if had_focus && take_enter(ui) {
            if refused {
                ui.memory_mut(|memory| memory.request_focus(id));
            } else {
                left = true;
            }
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let word = RichText::new(word).size(COUNTED);
            ui.add(Words::new(word).selectable(false));
        });
    });
    left
}

/// Whether Enter was pressed. It is consumed with all that was typed before it: when digits and Enter arrive in one frame, the next field
/// must take only what comes after, and the same press must not leave that field too, or press the button.
fn take_enter(ui: &Ui) -> bool {
    let is_enter = |event: &Event| {
        let Event::Key {
            key,
            pressed,
            modifiers,
            ..
        } = event
        else {
            return false;
        };
        *key == Key::Enter && *pressed && modifiers.matches_logically(Modifiers::NONE)
    };
    ui.input_mut(|input| {
        let at = input.events.iter().position(is_enter);
        if let Some(at) = at {
            input.events.drain(..=at);
        }
        at.is_some()
    })
}

/// Whether Tab or Enter has left a field in this pass: Tab moves the focus on before anything is drawn. Who looks at what stands in the
/// field and goes on means it; a click elsewhere may just as well be meant for the button.
fn was_left_by_keys(ui: &Ui, field: Id) -> bool {
    let has = ui.memory(|memory| memory.has_focus(field));
    let known = field.with("had the focus");
    let had = ui.data_mut(|data| {
        let had = data.get_temp(known).unwrap_or(false);
        data.insert_temp(known, has);
        had
    });
    had && !has && !ui.input(|input| input.pointer.any_pressed())
}

/// The fields whose last number was refused, with their words, and the pass in which the fields were last on the screen.
type Refused = (u64, Vec<(Id, String)>);

fn refused_id() -> Id {
    Id::unique("refused shows of hands")
}

fn refuse(ui: &Ui, field: Id, word: &str) {
    let pass = ui.ctx().cumulative_pass_nr();
    ui.data_mut(|data| {
        let kept = data.get_temp_mut_or_default::<Refused>(refused_id());
        kept.0 = pass;
        if kept.1.iter().all(|(one, _)| *one != field) {
            kept.1.push((field, word.to_owned()));
        }
    });
}

fn accept(ui: &Ui, field: Id) {
    ui.data_mut(|data| {
        let kept = data.get_temp_mut_or_default::<Refused>(refused_id());
        kept.1.retain(|(one, _)| *one != field);
    });
}

/// The first field whose number was refused while no other was typed in its place, and its word; none after the fields were off the screen.
fn refused(ui: &Ui) -> Option<(Id, String)> {
    let pass = ui.ctx().cumulative_pass_nr();
    ui.data_mut(|data| {
        let kept = data.get_temp_mut_or_default::<Refused>(refused_id());
        if kept.0 + 2 < pass {
            kept.1.clear();
        }
        kept.0 = pass;
        kept.1.first().cloned()
    })
}
