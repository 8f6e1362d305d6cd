//! Pictures of the window, compared with those in `tests/snapshots`; and names for everything.
//!
//! Made with a software adapter (lavapipe) at one pixel a point: `UPDATE_SNAPSHOTS=1 cargo test --test window looks`. Other
//! adapters round edges and text otherwise, hence the tolerance: a colour may differ slightly anywhere, and strongly in a few
//! pixels. What differs from run to run (milliseconds, tracks of the sliders) is masked. Another demo model makes other
//! pictures: look at them, then update them.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Rect, Theme, pos2, vec2};
use egui_kittest::SnapshotOptions;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _, by};
use flipscope::explorer::Launch;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::explore::view::Layout;
use flipscope::explorer::page::Help;
use flipscope_model::ModelSource;

use super::opened;
use super::support::{HANG, LECTURE_HALL, Window, launch, window_without_model, write_chart};

/// The smallest screen that it is made for.
const SMALL: [f32; 2] = [1024.0, 640.0];

fn compare(window: &mut Window, name: &str) {
    // Elsewhere the system's own words (of files that are not there) and its text drawing differ.
    if !cfg!(target_os = "linux") {
        return;
    }
    window.remove_cursor();
    window.run_steps(2);
    // The line that says how long it took.
    let status: Vec<Rect> = window
        .query_all(by().role(Role::Label))
        .filter(|node| {
            let text = node.accesskit_node().value().unwrap_or_default();
            text.contains(" ms") || text.contains("threads")
        })
        .map(|node| node.rect())
        .collect();
    // The tracks of the sliders, as far as they are computed.
    if window.seen().model.ready.is_some() && window.seen().selected.is_some() {
        for control in Control::ALL {
            let rail = window.place(Role::Slider, control.name());
            window.mask(rail);
        }
    }
    for rect in status {
        let right = window.ctx.content_rect().right();
        let wide = Rect::from_min_max(pos2(right - 460.0, rect.top()), pos2(right, rect.bottom()));
        window.mask(wide);
    }
    let options = SnapshotOptions::new()
        .threshold(2.0)
        .max_failed_pixels(400_usize);
    window.snapshot_options(name, &options);
}

fn sample(size: [f32; 2], theme: Theme) -> Option<Window> {
    let mut window = launch(Launch::default(), size, theme)?;
    window.get_by_label("Start with Synthetic 1").click();
    window.step();
    window.verdict();
    // All three, so that nothing is on its way.
    window.until("the list's verdicts", |state| {
        state
            .lesions
            .iter()
            .all(|lesion| lesion.answers.primary.before.is_some())
    });
    Some(window)
}

/// The samples are drawn on a thread of their own; until then their places are plain.
fn the_cards_are_drawn(window: &mut Window) {
    let at = window
        .get_by_label("Start with Synthetic 1")
        .rect()
        .center_top()
        + vec2(0.0, 80.0);
    let start = Instant::now();
    loop {
        window.step();
        let image = window.render().expect("rendered");
        let (x, y) = (at.x as u32, at.y as u32);
        let [here, beside] = [x, x + 40].map(|x| *image.get_pixel(x, y));
        if here != beside {
            return;
        }
        assert!(start.elapsed() < HANG, "the cards were not drawn");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn the_empty_window() {
    let Some(mut window) = launch(Launch::default(), SMALL, Theme::Light) else {
        return;
    };
    window.until("the model", |state| state.model.ready.is_some());
    the_cards_are_drawn(&mut window);
    compare(&mut window, "empty");
}

#[test]
fn a_sample_in_light_and_dark() {
    let Some(mut window) = sample(LECTURE_HALL, Theme::Light) else {
        return;
    };
    compare(&mut window, "light");
    window.ask(Command::Theme(Theme::Dark));
    window.type_number(Control::Rotation, "45");
    window.verdict();
    window.type_number(Control::OffsetGreen, "-10");
    let after = window.verdict().verdict.p_melanoma;
    // A threshold that it flips at, whatever the model.
    let before = window
        .lesion()
        .answers
        .primary
        .before
        .as_ref()
        .expect("judged");
    let between = f32::midpoint(before.verdict.p_melanoma, after);
    window.set_size(SMALL.into());
    window.run_steps(3);
    let place = window.place(Role::Image, "Altered picture");
    window.ask(Command::SetThreshold(Some(between)));
    let flipped = window.place(Role::Image, "Altered picture");
    assert_eq!(place, flipped, "the pictures stay where they are");
    compare(&mut window, "flip-dark-small");
}

#[test]
fn a_broken_photograph() {
    // From the root, so that the messages are the same wherever the tests run.
    let model = ModelSource::File(PathBuf::from("/no-such-folder/model.safetensors"));
    let Some(mut window) = opened::with(Vec::new(), model, SMALL, Theme::Light) else {
        return;
    };
    // One after the other, so that the newest message is always the same.
    window.until("the model's refusal", |state| state.messages.len() == 1);
    let broken = Path::new("/no-such-folder").join("mole.jpg");
    window.ask(flipscope::explorer::command::Command::Open(vec![broken]));
    window.until("both refusals", |state| state.messages.len() == 2);
    compare(&mut window, "broken");
}

/// A slider without a rail is a dot.
#[test]
fn the_rail_of_a_slider_is_seen_in_every_theme() {
    let Some(mut window) = sample(LECTURE_HALL, Theme::Light) else {
        return;
    };
    window.key(Key::Num4);
    assert_eq!(window.seen().view.layout, Layout::Difference);
    window.remove_cursor();
    for theme in [Theme::Light, Theme::Dark] {
        for high in [false, true] {
            window.ask(Command::Theme(theme));
            window.ask(Command::Contrast(high));
            let slider = window.place(Role::Slider, "Difference gain");
            let image = window.render().expect("rendered");
            // Right of the handle, which is at a quarter; and the bar that it is in.
            let x = (slider.right() - 12.0) as u32;
            let rail = *image.get_pixel(x, slider.center().y as u32);
            let ground = *image.get_pixel(x, (slider.top() - 4.0) as u32);
            let apart = rail
                .0
                .iter()
                .zip(ground.0)
                .map(|(a, b)| a.abs_diff(b))
                .max();
            assert!(
                apart > Some(20),
                "{theme:?}, {high}: {rail:?} on {ground:?}"
            );
        }
    }
}

fn is_focused(node: &AccessKitNode<'_>) -> bool {
    node.is_focused()
}

/// Every place in the window: whatever can be acted on has a name.
#[test]
fn everything_has_a_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = write_chart(folder.path(), "chart.png");
    let Some(mut window) = window_without_model(vec![picture]) else {
        return;
    };
    window.type_number(Control::Rotation, "5");
    for menu in ["File", "Edit", "View", "Model", "Help"] {
        window.click(Role::Button, menu);
        window.check_accessibility();
        window.key(Key::Escape);
    }
    window.key(Key::F1);
    let open = |window: &Window| window.seen().help != Help::Closed;
    assert!(open(&window));
    window.check_accessibility();
    // On the smallest screen, too.
    window.set_size(SMALL.into());
    window.run_steps(3);
    window.click(Role::Button, "Close");
    assert!(!open(&window));
    window.set_size(LECTURE_HALL.into());
    // By Tab alone, each control is reached.
    let mut reached = Vec::new();
    for _ in 0..60 {
        window.key(Key::Tab);
        let focused = by().predicate(is_focused);
        if let Some(node) = window.query_all(focused).next() {
            let node = node.accesskit_node();
            reached.push((node.role(), node.label().unwrap_or_default()));
        }
    }
    for control in Control::ALL {
        for role in [Role::Slider, Role::SpinButton] {
            let there = reached.contains(&(role, control.name().to_owned()));
            assert!(
                there,
                "{role:?} {} is not reached: {reached:?}",
                control.name()
            );
        }
    }
    assert!(
        reached.contains(&(Role::Slider, "Threshold".to_owned())),
        "{reached:?}"
    );
}
