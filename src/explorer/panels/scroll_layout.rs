//! Layout on small windows: whatever does not fit can be scrolled to, and nothing grows beyond its place. A page is drawn as
//! large as it needs to be; in a smaller window (a small screen, a large zoom), the page scrolls as a whole.

use egui::{AsIdSalt, Key, Modifiers, Rect, ScrollArea, Ui, UiBuilder, Vec2, vec2};

use crate::explorer::page::Page;

/// From this width in points on, a page has its panes side by side; a narrower one has fewer or stacks them.
pub(crate) const WIDE: f32 = 860.0;
/// Minimum width of the right column, in points.
pub(crate) const TOOL: f32 = 282.0;
/// Points between a menu or a help window and the edge of the screen.
const EDGE: f32 = 12.0;

/// Whether a page of this width has its panes side by side.
pub(crate) fn is_wide(ui: &Ui) -> bool {
    ui.available_width() >= WIDE
}

/// Shows a page in the rest of the window; it scrolls if it needs more room.
pub(crate) fn page(ui: &mut Ui, which: Page, least: Vec2, content: impl FnOnce(&mut Ui)) {
    let size = ui.available_size().max(least);
    // Always the same scroll area for a page, so that what is being typed or dragged is not lost when the available room
    // changes; and one of its own, so that no page opens scrolled as another one was.
    ScrollArea::both()
        .id_salt(("page", which))
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let place = Rect::from_min_size(ui.max_rect().min, size);
            ui.allocate_rect(place, egui::Sense::hover());
            ui.scope_builder(UiBuilder::new().max_rect(place), content);
        });
}

/// A column of a pane that is at least `least` points wide: it scrolls down if it is long, and sideways if the pane is
/// narrower. `name` identifies it to egui: two columns of one name in the same place would share how far they are scrolled.
pub(crate) fn column(ui: &mut Ui, name: impl AsIdSalt, least: f32, content: impl FnOnce(&mut Ui)) {
    let bar = ui.spacing().scroll.allocated_width();
    let wide = (ui.available_width() - bar).max(least);
    ScrollArea::both()
        .id_salt(name)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.set_width(wide);
            content(ui);
        });
}

/// The content of a menu: it scrolls if the screen is not high enough.
pub(crate) fn menu(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let screen = ui.ctx().content_rect();
    // A menu opens below its bar; egui moves it up if it would end below the screen.
    let high = screen.height() - ui.spacing().interact_size.y - 4.0 * EDGE;
    let high = high.max(60.0);
    ScrollArea::vertical()
        .max_height(high)
        // egui gives a menu 400 points until its height is known, and would let it scroll beyond that.
        .min_scrolled_height(high)
        .show(ui, content);
}

/// Width of a window in front: as wanted, if possible.
pub(crate) fn modal_width(ui: &Ui, wanted: f32) -> f32 {
    wanted.min(ui.ctx().content_rect().width() - 5.0 * EDGE)
}

/// Height available for the scrolling part of a window in front.
pub(crate) fn modal_height(ui: &Ui) -> f32 {
    (ui.ctx().content_rect().height() - 170.0).max(60.0)
}

/// The scrolling part of a window in front, as high as its content at once, also after the window has grown; the keyboard scrolls it too.
pub(crate) fn in_front<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let high = modal_height(ui);
    let mut area = ScrollArea::vertical()
        .max_height(high)
        .min_scrolled_height(high);
    if opens(ui) {
        area = area.vertical_scroll_offset(0.0);
    }
    let shown = area.show(ui, |ui| {
        let by = scrolled_by_keys(ui, high);
        if by != 0.0 {
            ui.scroll_with_delta(vec2(0.0, -by));
        }
        content(ui)
    });
    shown.inner
}

/// Whether what is in front was not there in the last pass: it opens at its beginning, not where it was left.
fn opens(ui: &Ui) -> bool {
    let id = ui.scope_id().with("the pass in which it was shown last");
    let now = ui.ctx().cumulative_pass_nr();
    let last = ui.data_mut(|data| {
        let last = data.get_temp::<u64>(id);
        data.insert_temp(id, now);
        last
    });
    last.is_none_or(|last| last + 1 < now)
}

/// How far the keys of this frame scroll down, in points, where so much is seen at once.
fn scrolled_by_keys(ui: &Ui, high: f32) -> f32 {
    const LINE: f32 = 40.0;
    const ALL: f32 = 1e6;
    if ui.ctx().text_edit_focused() {
        return 0.0;
    }
    let keys = [
        (Key::PageDown, 0.9 * high),
        (Key::PageUp, -0.9 * high),
        (Key::ArrowDown, LINE),
        (Key::ArrowUp, -LINE),
        (Key::End, ALL),
        (Key::Home, -ALL),
    ];
    ui.input_mut(|input| {
        let mut count =
            |(key, by): (Key, f32)| input.count_and_consume_key(Modifiers::NONE, key) as f32 * by;
        keys.map(&mut count).iter().sum()
    })
}
