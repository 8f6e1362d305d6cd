//! The keys of a slider that has the focus: arrows one step (with Shift ten), Page Up and Page Down a tenth of its range, Home
//! back to where nothing is altered. Some of them are shortcuts of the window as well: while a slider has the focus, they are its.

use egui::{Context, EventFilter, Id, Key, Modifiers, Ui};

/// Keys that a slider needs and that are shortcuts otherwise.
pub(crate) const SHARED: [Key; 3] = [Key::PageUp, Key::PageDown, Key::Home];

/// What the keys ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Pressed {
    /// Steps upwards.
    pub steps: f64,
    /// Tenths of the range upwards.
    pub tenths: f64,
    /// Back to neutral.
    pub reset: bool,
}

fn claimed() -> Id {
    Id::unique("slider with the keys")
}

/// The slider that has the focus claims its keys, also those that would move the focus.
pub(crate) fn claim(ui: &Ui, slider: Id) {
    ui.memory_mut(|memory| {
        memory.data.insert_temp(claimed(), slider);
        memory.set_focus_lock_filter(
            slider,
            EventFilter {
                horizontal_arrows: true,
                vertical_arrows: true,
                ..EventFilter::default()
            },
        );
    });
}

/// Whether a slider has the focus, and so the keys.
pub(crate) fn are_claimed(ctx: &Context) -> bool {
    ctx.memory(|memory| {
        let slider: Option<Id> = memory.data.get_temp(claimed());
        slider.is_some() && memory.focused() == slider
    })
}

/// The keys of the slider that has the focus; they are consumed.
pub(crate) fn pressed(ui: &Ui) -> Pressed {
    ui.input_mut(|input| {
        let big = if input.modifiers.shift { 10.0 } else { 1.0 };
        let mut count = |key| input.count_and_consume_key(Modifiers::NONE, key) as f64;
        let up = count(Key::ArrowRight) + count(Key::ArrowUp);
        let down = count(Key::ArrowLeft) + count(Key::ArrowDown);
        Pressed {
            steps: (up - down) * big,
            tenths: count(Key::PageUp) - count(Key::PageDown),
            reset: count(Key::Home) > 0.0,
        }
    })
}
