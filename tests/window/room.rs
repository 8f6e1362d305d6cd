//! Room: every menu fits into the first window without scrolling, and panes that had to be narrow in a small window are as wide as usual
//! in a larger one.

use egui::accesskit::Role;
use egui::{Rect, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::command::Command;
use flipscope::explorer::page::{Page, Tool};
use flipscope::texts::TEXTS;
use flipscope_language::{Language, within};

use super::support::{Window, window_without_model, write_chart};

/// The size of the first window, in points.
const FIRST: Vec2 = vec2(1280.0, 660.0);
const SMALL: Vec2 = vec2(880.0, 500.0);
const LARGE: Vec2 = vec2(1600.0, 900.0);

const ENTRIES: [Role; 3] = [Role::Button, Role::RadioButton, Role::CheckBox];

fn entries(window: &Window) -> Vec<(String, Rect)> {
    let of = |role| window.query_all(by().role(role));
    let named = ENTRIES.into_iter().flat_map(of).map(|node| {
        let label = node.accesskit_node().label().unwrap_or_default();
        (label, node.rect())
    });
    named.collect()
}

#[test]
fn every_menu_fits_the_first_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = write_chart(folder.path(), "chart.png");
    let Some(mut window) = window_without_model(vec![picture]) else {
        return;
    };
    window.set_size(FIRST);
    for language in Language::ALL {
        window.ask(Command::Language(language));
        window.run_steps(3);
        let menus = within(language, || {
            [
                TEXTS.plain("menu-file"),
                TEXTS.plain("menu-edit"),
                TEXTS.plain("menu-view"),
                TEXTS.plain("menu-batch"),
                TEXTS.plain("menu-model"),
                TEXTS.plain("menu-help"),
            ]
        });
        for menu in menus {
            let before = entries(&window);
            window.click(Role::Button, menu);
            window.run_steps(3);
            let open = entries(&window);
            let new: Vec<Rect> = (open.iter())
                .filter(|one| !before.contains(one))
                .map(|(_, rect)| *rect)
                .collect();
            assert!(new.len() > 4, "{menu}: {open:?}");
            let all = new.iter().fold(Rect::NOTHING, |all, rect| all.union(*rect));
            // What the menu's scroll area is given, and the bar above it.
            let bar = window.ctx.global_style().spacing.interact_size.y;
            let most = FIRST.y - bar - 48.0;
            assert!(all.height() <= most, "{menu}: {all:?} in {most}");
            window.key(egui::Key::Escape);
            window.run_steps(2);
        }
    }
}

/// Where the panes of a page end, by something that stands in or beside them.
fn places(window: &mut Window) -> [Rect; 3] {
    window.ask(Command::OpenPage(Page::Explore));
    window.ask(Command::ShowTool(Tool::Search));
    window.run_steps(4);
    let start = window.place(Role::Button, "Start search");
    window.ask(Command::OpenPage(Page::Study));
    window.run_steps(4);
    let study = window.place(Role::Button, "Open a study…");
    window.ask(Command::OpenPage(Page::Readers));
    window.run_steps(4);
    [
        start,
        study,
        window.place(Role::Button, "Open a reader study…"),
    ]
}

#[test]
fn panes_are_as_wide_after_a_small_window_as_in_one_that_was_always_large() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = write_chart(folder.path(), "chart.png");
    let sized = |size: Vec2| {
        let mut window = window_without_model(vec![picture.clone()])?;
        window.set_size(size);
        window.run_steps(4);
        Some(window)
    };
    let Some(mut window) = sized(SMALL) else {
        return;
    };
    places(&mut window);
    window.set_size(LARGE);
    window.run_steps(4);
    let enlarged = places(&mut window);
    let always = places(&mut sized(LARGE).expect("just drawn"));
    for (enlarged, always) in enlarged.into_iter().zip(always) {
        let apart = [
            enlarged.left() - always.left(),
            enlarged.right() - always.right(),
        ];
        assert!(
            apart.iter().all(|apart| apart.abs() < 2.0),
            "{enlarged:?} is not {always:?}"
        );
    }
}
