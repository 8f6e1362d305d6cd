//! What a person does one thing after another, kept in that order where one frame receives it together.
//!
//! egui moves the focus for Tab before most widgets see the text of the same frame, takes two Tabs of a frame for one, and gives keys to
//! whatever had the focus before a click of the same frame. Where a frame takes longer than to type a number and Tab (a software
//! rasteriser, a busy machine), characters would be lost or taken for shortcuts. So the later events wait for the next frame.

use egui::{Context, Event, Key, RawInput, ViewportIdMap};

/// The events that wait for the next frame of their window.
#[derive(Debug, Default)]
pub(crate) struct InputOrder {
    waiting: ViewportIdMap<Vec<Event>>,
}

impl InputOrder {
    /// Leaves in `input` what belongs to one frame, and asks for another one if something is left.
    pub(crate) fn arrange(&mut self, ctx: &Context, input: &mut RawInput) {
        let mut events = self.waiting.remove(&input.viewport_id).unwrap_or_default();
        events.append(&mut input.events);
        let later = events.split_off(of_one_frame(&events));
        input.events = events;
        if !later.is_empty() {
            self.waiting.insert(input.viewport_id, later);
            ctx.request_repaint_of(input.viewport_id);
        }
    }
}

/// How many of the events, from the first on, one frame may receive together.
fn of_one_frame(events: &[Event]) -> usize {
    let (mut typed, mut moved) = (false, false);
    for (at, event) in events.iter().enumerate() {
        if (typed && is_tab(event)) || (moved && is_typed(event)) {
            return at;
        }
        typed |= is_typed(event);
        // It may move the focus.
        moved |= is_tab(event) || matches!(event, Event::PointerButton { .. });
    }
    events.len()
}

fn is_tab(event: &Event) -> bool {
    matches!(
        event,
        Event::Key {
            key: Key::Tab,
            pressed: true,
            ..
        }
    )
}

fn is_typed(event: &Event) -> bool {
    matches!(
        event,
        Event::Key { pressed: true, .. } | Event::Text(_) | Event::Paste(_) | Event::Ime(_)
    )
}

#[cfg(test)]
mod tests {
    use egui::{Id, Modifiers, PointerButton, Pos2, TextEdit, ViewportId};

    use super::*;

    fn text(text: &str) -> Event {
        Event::Text(text.to_owned())
    }

    fn tab() -> Event {
        Event::Key {
            key: Key::Tab,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        }
    }

    fn button(pressed: bool) -> Event {
        Event::PointerButton {
            pos: Pos2::ZERO,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        }
    }

    /// The events of each frame until none wait.
    fn frames(ctx: &Context, events: Vec<Event>) -> Vec<Vec<Event>> {
        let mut order = InputOrder::default();
        let mut frames = Vec::new();
        let mut new = events;
        loop {
            let mut input = RawInput {
                events: std::mem::take(&mut new),
                ..RawInput::default()
            };
            order.arrange(ctx, &mut input);
            frames.push(input.events);
            if order.waiting.is_empty() {
                return frames;
            }
        }
    }

    #[test]
    fn text_before_tab_is_in_an_earlier_frame_and_each_tab_has_its_own() {
        let ctx = Context::default();
        let events = vec![text("1"), text("0"), tab(), tab(), text("7")];
        let expected = [
            vec![text("1"), text("0")],
            vec![tab()],
            vec![tab()],
            vec![text("7")],
        ];
        assert_eq!(frames(&ctx, events), expected);
    }

    #[test]
    fn what_is_typed_after_a_click_is_in_a_later_frame() {
        let ctx = Context::default();
        let events = vec![button(true), button(false), text("1"), text("2")];
        let expected = [
            vec![button(true), button(false)],
            vec![text("1"), text("2")],
        ];
        assert_eq!(frames(&ctx, events), expected);
    }

    #[test]
    fn what_waits_is_ahead_of_what_comes_and_stays_in_its_window() {
        let ctx = Context::default();
        let mut order = InputOrder::default();
        let mut input = RawInput {
            events: vec![text("1"), tab()],
            ..RawInput::default()
        };
        order.arrange(&ctx, &mut input);
        let mut other = RawInput {
            viewport_id: ViewportId::from_hash_of("another window"),
            events: vec![text("x")],
            ..RawInput::default()
        };
        order.arrange(&ctx, &mut other);
        assert_eq!(other.events, [text("x")]);
        let mut input = RawInput {
            events: vec![text("2")],
            ..RawInput::default()
        };
        order.arrange(&ctx, &mut input);
        assert_eq!(input.events, [tab()]);
        let mut input = RawInput::default();
        order.arrange(&ctx, &mut input);
        assert_eq!(input.events, [text("2")]);
    }

    #[test]
    fn a_field_keeps_what_was_typed_in_one_frame_with_tab() {
        let ctx = Context::default();
        let (mut first, mut second) = (String::new(), String::new());
        let ids = ["first", "second"].map(Id::unique);
        let mut frame = |events: Vec<Event>, focus: bool| {
            let input = RawInput {
                events,
                ..RawInput::default()
            };
            let output = ctx.run_ui(input, |ui| {
                if focus {
                    ui.memory_mut(|memory| memory.request_focus(ids[0]));
                }
                ui.add(TextEdit::singleline(&mut first).id(ids[0]));
                ui.add(TextEdit::singleline(&mut second).id(ids[1]));
            });
            output.drop_without_applying_deltas();
        };
        frame(vec![], true);
        frame(vec![], false);
        for events in frames(&ctx, vec![text("1"), text("0"), tab(), text("7")]) {
            frame(events, false);
        }
        assert_eq!((first.as_str(), second.as_str()), ("10", "7"));
    }
}
