//! Values under the pointer, histograms, the menu of a picture, its zoom; sliders outside their range.

use egui::accesskit::Role;
use egui::{Key, PointerButton, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::state::State;
use flipscope::explorer::title;
use flipscope_image::perturb::render;

use super::support::{Window, chart, window_without_model, write_chart};

fn prepared() -> Option<(tempfile::TempDir, Window)> {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = write_chart(folder.path(), "chart.png");
    let window = window_without_model(vec![picture])?;
    Some((folder, window))
}

#[test]
fn where_the_difference_shows_too_little_it_says_so_and_nothing_moves() {
    let Some((_folder, mut window)) = prepared() else {
        return;
    };
    window.key(Key::Num4);
    let beyond = "of the pixels changed by more than the scale shows";
    window.type_number(Control::OffsetGreen, "-10");
    let known = |state: &State| {
        let lesion = state.current().expect("explored");
        state.pixels.of(lesion).is_some()
    };
    window.until("the pixels", known);
    window.run_steps(2);
    assert!(window.query_by_label_contains(beyond).is_none());
    let before = window.place(Role::Image, "Altered picture");
    window.type_number(Control::OffsetGreen, "-30");
    window.until("the pixels", known);
    window.run_steps(2);
    let said = window.get_by_label_contains(beyond).rect();
    assert_eq!(window.place(Role::Image, "Altered picture"), before);
    assert!(said.top() >= before.bottom(), "{said:?} in {before:?}");
}

fn described(window: &Window, picture: &str) -> Option<String> {
    window
        .node(Role::Image, picture)
        .accesskit_node()
        .description()
}

#[test]
fn the_pointer_reads_the_pixels_before_and_after() {
    let Some((_folder, mut window)) = prepared() else {
        return;
    };
    window.type_number(Control::OffsetGreen, "-10");
    window.type_number(Control::Rotation, "33");
    let altered = render(&chart(), &window.perturbation());
    for picture in ["Original picture", "Altered picture"] {
        let rect = window.place(Role::Image, picture);
        for (x, y) in [(150_u32, 140_u32), (40, 120), (0, 0)] {
            let at = |pixel: u32| (pixel as f32 + 0.5) / 299.0;
            let place = pos2(
                rect.left() + rect.width() * at(x),
                rect.top() + rect.height() * at(y),
            );
            window.hover_at(place);
            window.until("the pixels", |state| {
                let lesion = state.current().expect("explored");
                state.pixels.of(lesion).is_some()
            });
            let [before, after] =
                [chart(), altered.clone()].map(|frame| frame.raster().pixel(x, y).expect("inside"));
            let part = |name: &str, at: usize| match (before[at], after[at]) {
                (before, after) if before == after => format!("{name} {before}"),
                (before, after) => format!("{name} {before} → {after}"),
            };
            let expected = format!(
                "x {x}, y {y} · {} · {} · {}",
                part("R", 0),
                part("G", 1),
                part("B", 2)
            );
            assert_eq!(described(&window, picture), Some(expected));
        }
    }
    window.remove_cursor();
    window.run_steps(2);
    assert_eq!(described(&window, "Altered picture"), None);
}

#[test]
fn histograms_follow_the_sliders() {
    let Some((_folder, mut window)) = prepared() else {
        return;
    };
    assert!(window.query_by_label_contains("Histogram of red").is_none());
    window.key(Key::H);
    window.type_number(Control::OffsetRed, "20");
    window.until("the pixels", |state| {
        let lesion = state.current().expect("explored");
        state.pixels.of(lesion).is_some()
    });
    let mean = |frame: &flipscope_image::lesion::Frame| {
        let red = frame.pixels().iter().step_by(3);
        red.map(|&v| f64::from(v)).sum::<f64>() / (299.0 * 299.0)
    };
    let (before, after) = (
        mean(&chart()),
        mean(&render(&chart(), &window.perturbation())),
    );
    assert!(after > before + 15.0);
    let words = format!("Histogram of red: mean {before:.1} before, {after:.1} after");
    window.node(Role::Image, &words);
    window.fits_everywhere("histograms");
    window.check_accessibility();
}

#[test]
fn a_picture_has_a_menu_and_a_zoom_that_is_always_shown() {
    let Some((_folder, mut window)) = prepared() else {
        return;
    };
    window.type_number(Control::Rotation, "33");
    window.get_by_label("1.0 ×");
    let place = window.place(Role::Image, "Altered picture");
    window.key(Key::Plus);
    window.get_by_label("1.2 ×");
    assert_eq!(window.place(Role::Image, "Altered picture"), place);
    window.key(Key::Minus);
    window.get_by_label("1.0 ×");
    let open = |window: &mut Window, entry: &str| {
        let at = window.place(Role::Image, "Altered picture").center();
        window.hover_at(at);
        for pressed in [true, false] {
            window.event(egui::Event::PointerButton {
                pos: at,
                button: PointerButton::Secondary,
                pressed,
                modifiers: egui::Modifiers::NONE,
            });
            window.step();
        }
        window.run_steps(3);
        window.node(Role::Button, "Save altered picture… Ctrl+S");
        window.check_accessibility();
        window.get_by_label_contains(entry).click();
        window.run_steps(3);
    };
    open(&mut window, "Zoom into the picture");
    window.get_by_label("1.2 ×");
    open(&mut window, "Reset every slider");
    assert!(window.perturbation().is_identity());
    open(&mut window, "Histograms below the sliders");
    assert!(window.seen().view.histogram);
}

#[test]
fn a_value_outside_its_slider_is_marked() {
    let Some((_folder, mut window)) = prepared() else {
        return;
    };
    let says = |window: &Window| {
        let rail = window.node(Role::Slider, Control::OffsetRed.name());
        rail.accesskit_node().description().unwrap_or_default()
    };
    window.type_number(Control::OffsetRed, "40");
    assert!(!says(&window).contains("outside"), "{}", says(&window));
    window.type_number(Control::OffsetRed, "-90");
    assert!(says(&window).starts_with("The value is outside the slider's range. "));
}

#[test]
fn the_title_bar_names_the_file() {
    let Some((_folder, window)) = prepared() else {
        return;
    };
    assert_eq!(title::of(window.seen()), "chart.png – flipscope");
}

/// Tab comes to the list first, then to the picture, then to the sliders.
#[test]
fn tab_goes_from_list_to_picture_to_sliders() {
    let Some((_folder, mut window)) = prepared() else {
        return;
    };
    let mut reached = Vec::new();
    for _ in 0..60 {
        window.key(Key::Tab);
        let focused = egui_kittest::kittest::by()
            .predicate(|node: &egui_kittest::kittest::AccessKitNode<'_>| node.is_focused());
        if let Some(node) = window.query_all(focused).next() {
            reached.push(node.accesskit_node().label().unwrap_or_default());
        }
    }
    let at = |name: &str| {
        let found = reached.iter().position(|label| label == name);
        found.unwrap_or_else(|| panic!("{name} is not reached: {reached:?}"))
    };
    let order = ["Lesions", "Altered picture", "Gain red"].map(at);
    assert!(order.is_sorted(), "{order:?} in {reached:?}");
}
