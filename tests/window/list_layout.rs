//! What the list shows at which width: columns, cards, thumbnails side by side, titles, menus.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::command::Command;
use flipscope_model::ModelSource;

use super::list::{CTRL, LARGE, click_row, judged, rows, selected};
use super::opened::{self, album, no_model, write_labels};
use super::support::{LECTURE_HALL, Window, window_without_model, write_chart};

/// Columns leave as the list becomes narrower; thumbnails are left in a small window.
#[test]
fn columns_leave_by_width() {
    let folder = album(&["a.png", "b.png"]);
    write_labels(folder.path(), "a,melanoma\nb,nevus\n");
    let paths = vec![folder.path().to_owned()];
    let Some(mut window) = opened::with(paths, no_model(), LARGE, Theme::Dark) else {
        return;
    };
    window.until("the labels", |state| {
        state.list.reading == 0 && state.list.counts.known == 2
    });
    let headers = |window: &Window| {
        let all = window.query_all(by().role(Role::Button));
        let names = all.filter_map(|node| node.accesskit_node().label());
        names.filter(|name| name.starts_with("Sort by ")).count()
    };
    let first = headers(&window);
    assert!((4..8).contains(&first), "{first}");
    // The edge of the list is drawn to the right: there is room for every column.
    let edge = window.place(Role::ListBox, "Lesions").right() + 10.0;
    let y = 700.0;
    window.drag(&[egui::pos2(edge, y), egui::pos2(edge + 500.0, y)]);
    window.run_steps(4);
    assert_eq!(headers(&window), 8);
    window.fits_everywhere("a list with every column");
    window.set_size(vec2(1000.0, 700.0));
    window.run_steps(4);
    assert_eq!(headers(&window), 3);
    window.set_size(vec2(760.0, 500.0));
    window.run_steps(4);
    assert_eq!(headers(&window), 0);
    assert_eq!(rows(&window), ["a.png", "b.png"]);
    window.keys(CTRL, Key::F);
    assert!(window.node(Role::TextInput, "Find by name").is_focused());
}

/// Many pictures side by side: the keys go in both directions, and the list still follows.
#[test]
fn a_grid_shows_many_pictures_and_is_used_with_the_keys() {
    let names: Vec<String> = (0..60).map(|n| format!("{n:02}.png")).collect();
    let folder = tempfile::tempdir().expect("a folder");
    for name in &names {
        write_chart(folder.path(), name);
    }
    let Some(mut window) = window_without_model(vec![folder.path().to_owned()]) else {
        return;
    };
    let before = rows(&window).len();
    window.click(Role::Button, "Menu of the list");
    window.click(Role::RadioButton, "Grid of pictures");
    assert!(window.seen().list.grid);
    // Wider, it has more columns.
    let edge = window.place(Role::ListBox, "Lesions").right() + 10.0;
    window.drag(&[egui::pos2(edge, 700.0), egui::pos2(edge + 350.0, 700.0)]);
    window.run_steps(4);
    let place = |window: &Window, name: &str| {
        let rows = window.query_all(by().role(Role::ListBoxOption));
        let mut named = rows.filter(|node| {
            let label = node.accesskit_node().label().unwrap_or_default();
            label.split(',').next() == Some(name)
        });
        named.next().map(|node| node.rect())
    };
    let [first, second] = ["00.png", "01.png"].map(|name| place(&window, name).expect("shown"));
    assert!(second.left() > first.right() && second.top() == first.top());
    assert!(rows(&window).len() > 2 * before, "{}", rows(&window).len());
    let top = first.top();
    let across = names
        .iter()
        .take_while(|name| place(&window, name).is_some_and(|rect| rect.top() == top))
        .count();
    assert!(across >= 4, "{across}");
    let explored = |window: &Window| window.lesion().name.clone();
    click_row(&mut window, "00.png", Modifiers::NONE);
    window.key(Key::ArrowDown);
    assert_eq!(explored(&window), names[across]);
    window.key(Key::ArrowRight);
    assert_eq!(explored(&window), names[across + 1]);
    window.key(Key::ArrowLeft);
    window.key(Key::ArrowUp);
    assert_eq!(explored(&window), "00.png");
    // As rows: one more, and all up to one in the next row of cards.
    click_row(&mut window, "02.png", Modifiers::COMMAND);
    assert_eq!(selected(&window), ["00.png", "02.png"]);
    click_row(&mut window, &names[across + 1], Modifiers::SHIFT);
    assert_eq!(selected(&window), names[..across + 2]);
    click_row(&mut window, "00.png", Modifiers::NONE);
    window.key(Key::End);
    window.run_steps(20);
    assert!(place(&window, "59.png").is_some(), "it follows");
    window.fits_everywhere("a grid of pictures");
    window.click(Role::Button, "Menu of the list");
    window.click(Role::RadioButton, "Table");
    window.run_steps(20);
    assert!(!window.seen().list.grid && rows(&window).contains(&"59.png".to_owned()));
}

/// Where rows are cards, each title stands above what it sorts.
#[test]
fn titles_of_cards_stand_above_what_they_sort() {
    let folder = album(&["a.png", "b.png"]);
    write_labels(folder.path(), "a,melanoma\nb,nevus\n");
    let paths = vec![folder.path().to_owned()];
    let model = ModelSource::default();
    let Some(mut window) = opened::with(paths, model, LECTURE_HALL, Theme::Light) else {
        return;
    };
    window.until("verdicts and labels", judged);
    let [name, p, right] = ["name", "P(melanoma)", "agreement with the label"].map(|column| {
        let title = format!("Sort by {column}");
        window.place(Role::Button, &title)
    });
    let rows = window.query_all(by().role(Role::ListBoxOption));
    let row = rows
        .map(|node| node.rect())
        .fold(egui::Rect::NOTHING, egui::Rect::union);
    // Beside the picture, in two lines, all within the list.
    assert!(name.left() > row.left() + 50.0 && name.left() == p.left());
    assert!(p.top() >= name.bottom() && right.top() == p.top());
    assert!(right.left() > p.right() && right.right() <= row.right() + 12.0);
}

/// Radio buttons and check marks of menus: the edge of each box, and the mark in it, can be told from what is behind them, in every theme
/// (WCAG 2.2, 1.4.11).
#[test]
fn marks_of_menus_can_be_seen_in_every_theme() {
    fn luminance(colour: egui::Color32) -> f64 {
        let [r, g, b] = [colour.r(), colour.g(), colour.b()].map(|v| {
            let v = f64::from(v) / 255.0;
            if v <= 0.040_45 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
    }
    fn contrast(a: egui::Color32, b: egui::Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a / b).max(b / a)
    }
    let folder = tempfile::tempdir().expect("a folder");
    let picture = super::support::write_chart(folder.path(), "chart.png");
    let Some(mut window) = super::support::window_without_model(vec![picture]) else {
        return;
    };
    for (theme, high) in [
        (egui::Theme::Light, false),
        (egui::Theme::Dark, false),
        (egui::Theme::Light, true),
        (egui::Theme::Dark, true),
    ] {
        window.ask(Command::Theme(theme));
        window.ask(Command::Contrast(high));
        window.click(Role::Button, "Filter the list");
        window.run_steps(6);
        let ground = window.ctx.global_style().visuals.window_fill;
        let circles: Vec<egui::epaint::CircleShape> = (window.output().shapes.iter())
            .filter_map(|clipped| match clipped.shape {
                egui::Shape::Circle(circle) => Some(circle),
                _ => None,
            })
            .collect();
        let boxes: Vec<_> = (circles.iter())
            // Not the handle on the picture, which has no ground of its own.
            .filter(|circle| circle.stroke.width > 0.0 && circle.fill.a() == 255)
            .collect();
        assert!(boxes.len() >= 3, "{theme:?}, high {high}: {circles:?}");
        for one in boxes {
            let edge = contrast(one.stroke.color, ground);
            assert!(edge >= 3.0, "{theme:?}, high {high}: {one:?} on {ground:?}");
            let within = |dot: &&egui::epaint::CircleShape| {
                dot.stroke.width == 0.0 && dot.center.distance(one.center) < 2.0
            };
            if let Some(dot) = circles.iter().find(within) {
                assert!(contrast(dot.fill, one.fill) >= 3.0, "{dot:?} in {one:?}");
            }
        }
        window.key(egui::Key::Escape);
        window.run_steps(3);
    }
}

/// Photographs of the same name are told apart by their folders.
#[test]
fn a_row_says_the_folder_of_its_photograph() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut paths = Vec::new();
    for clinic in ["north", "south"] {
        let folder = folder.path().join(clinic);
        std::fs::create_dir(&folder).expect("a folder");
        paths.push(write_chart(&folder, "mole.png"));
    }
    let Some(mut window) = window_without_model(paths) else {
        return;
    };
    window.until("both", |state| {
        state.lesions.len() == 2 && state.list.reading == 0
    });
    let rows: Vec<_> = (window.query_all(by().role(Role::ListBoxOption)))
        .map(|node| node.rect())
        .collect();
    assert_eq!(rows.len(), 2);
    let mut said = Vec::new();
    for row in rows {
        window.hover_at(row.center());
        window.pause();
        window.run_steps(60);
        let tip = window.get_by_label_contains("In ");
        said.push(tip.accesskit_node().value().unwrap_or_default());
        window.remove_cursor();
        window.run_steps(10);
    }
    said.sort();
    assert!(
        said[0].contains("north") && said[1].contains("south"),
        "{said:?}"
    );
}
