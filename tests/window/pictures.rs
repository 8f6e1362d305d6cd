//! The pointer on the pictures; and that the altered one is what the network sees.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::explore::view::{Layout, View};
use flipscope::explorer::history::Gesture;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{self, Perturbation};

use super::support::{Window, chart, only, window_without_model, write_chart};

fn with_chart() -> Option<(tempfile::TempDir, Window)> {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = write_chart(folder.path(), "chart.png");
    let window = window_without_model(vec![picture])?;
    Some((folder, window))
}

fn altered(window: &Window) -> Rect {
    window.place(Role::Image, "Altered picture")
}

#[test]
fn a_drag_shifts_and_the_content_follows_the_hand() {
    let Some((_folder, mut window)) = with_chart() else {
        return;
    };
    let rect = altered(&window);
    let pixel = rect.width() / Frame::SIDE as f32;
    // Off the centre: the handle and the middle are no special places.
    let at = rect.center() + vec2(-60.0, 40.0);
    for (rotate, moved) in [
        (0.0, vec2(20.0, 0.0)),
        (0.0, vec2(-8.0, 31.0)),
        (90.0, vec2(20.0, 0.0)),
        (-45.0, vec2(0.0, 24.0)),
    ] {
        window.ask(Command::ResetAll);
        window.type_number(Control::Rotation, &rotate.to_string());
        window.drag(&[at, at + moved * pixel]);
        let Perturbation { shift: [x, y], .. } = window.perturbation();
        // Where the content went on screen: the shift, turned counter-clockwise (y points down).
        let (sin, cos) = f64::to_radians(rotate).sin_cos();
        let went = [x * cos + y * sin, y * cos - x * sin];
        for (went, moved) in went.iter().zip([moved.x, moved.y]) {
            assert!(
                (went - f64::from(moved)).abs() < 0.5,
                "{rotate}: {went} for {moved}"
            );
        }
        assert_eq!(window.perturbation().rotate, rotate);
    }
    // Zoomed, the same way of the pointer is a smaller shift. The original is not for dragging.
    window.ask(Command::ResetAll);
    let view = View {
        zoom: 4.0,
        ..View::default()
    };
    window.ask(Command::SetView(view));
    window.drag(&[at, at + vec2(40.0, 0.0) * pixel]);
    assert_eq!(window.perturbation(), only(Control::ShiftX, 10.0));
    let original = window.place(Role::Image, "Original picture").center();
    window.drag(&[original, original + vec2(50.0, 50.0)]);
    assert_eq!(window.perturbation(), only(Control::ShiftX, 10.0));
}

#[test]
fn the_handle_turns_the_picture() {
    let Some((_folder, mut window)) = with_chart() else {
        return;
    };
    let centre = altered(&window).center();
    let on_circle = |degrees: f32, radius: f32| {
        let (sin, cos) = degrees.to_radians().sin_cos();
        centre + vec2(-sin, -cos) * radius
    };
    let handle = window.place(Role::Button, "Rotation handle").center();
    assert!(
        (handle.x - centre.x).abs() < 0.6 && handle.y < centre.y,
        "on top"
    );
    // To the left: counter-clockwise, positive.
    window.drag(&[handle, on_circle(30.0, 120.0)]);
    assert_eq!(window.perturbation(), only(Control::Rotation, 30.0));
    let handle = window.place(Role::Button, "Rotation handle").center();
    assert!(handle.x < centre.x, "it went with the picture");
    // All the way round, past the lower end: into the slider's range.
    window.drag(&[
        handle,
        on_circle(100.0, 90.0),
        on_circle(170.0, 90.0),
        on_circle(200.0, 90.0),
    ]);
    assert_eq!(window.perturbation(), only(Control::Rotation, -160.0));
    // With Ctrl: in steps of 15°.
    let handle = window.place(Role::Button, "Rotation handle").center();
    window.drag_with(
        PointerButton::Primary,
        Modifiers::COMMAND,
        &[handle, on_circle(-128.0, 100.0), on_circle(-97.0, 100.0)],
    );
    assert_eq!(window.perturbation(), only(Control::Rotation, -90.0));
    // In every layout that shows one picture, the wipe's line included, which stands where the handle does.
    for key in [Key::Num2, Key::Num3, Key::Num4] {
        window.key(Key::R);
        window.key(key);
        let centre = altered(&window).center();
        let handle = window.place(Role::Button, "Rotation handle").center();
        window.drag(&[handle, centre - vec2(130.0, 0.0)]);
        assert_eq!(
            window.perturbation(),
            only(Control::Rotation, 90.0),
            "{key:?}"
        );
        assert_eq!(window.seen().view.wipe, 0.5);
    }
}

/// As in a slow frame: the pointer comes, presses, and goes on before anything is drawn.
fn press_and_go_on(window: &mut Window, press: Pos2, to: Pos2) {
    window.input_mut().events.extend([
        Event::PointerMoved(press),
        Event::PointerButton {
            pos: press,
            button: PointerButton::Primary,
            pressed: true,
            modifiers: Modifiers::NONE,
        },
        Event::PointerMoved(to),
    ]);
    window.run_steps(2);
}

fn let_go(window: &mut Window, at: Pos2) {
    window.hover_at(at);
    window.event(Event::PointerButton {
        pos: at,
        button: PointerButton::Primary,
        pressed: false,
        modifiers: Modifiers::NONE,
    });
    window.run_steps(2);
    window.remove_cursor();
    window.pause();
}

#[test]
fn a_press_holds_what_is_there_though_the_pointer_has_left_it_when_the_frame_is_drawn() {
    let Some((_folder, mut window)) = with_chart() else {
        return;
    };
    let rect = altered(&window);
    let handle = window.place(Role::Button, "Rotation handle").center();
    let (sin, cos) = 30_f32.to_radians().sin_cos();
    let there = rect.center() + vec2(-sin, -cos) * 120.0;
    press_and_go_on(&mut window, handle, there);
    let_go(&mut window, there);
    assert_eq!(window.perturbation(), only(Control::Rotation, 30.0));

    // From beside the handle, over it: the picture is shifted.
    window.ask(Command::ResetAll);
    window.run_steps(2);
    let pixel = rect.width() / Frame::SIDE as f32;
    let beside = handle + vec2(-40.0 * pixel, 0.0);
    press_and_go_on(&mut window, beside, handle);
    let_go(&mut window, handle);
    assert_eq!(window.perturbation(), only(Control::ShiftX, 40.0));

    // The line of a wipe, and the handle in front of it.
    window.ask(Command::ResetAll);
    window.key(Key::Num2);
    let rect = altered(&window);
    let line = rect.center() + vec2(0.0, 60.0);
    let to = line - vec2(rect.width() / 4.0, 0.0);
    press_and_go_on(&mut window, line, to);
    let_go(&mut window, to);
    assert!((window.seen().view.wipe - 0.25).abs() < 1e-3);
    assert!(window.perturbation().is_identity());
}

#[test]
fn the_wheel_zooms_where_the_pointer_is() {
    let Some((_folder, mut window)) = with_chart() else {
        return;
    };
    let rect = altered(&window);
    let at = rect.min + rect.size() * vec2(0.25, 0.75);
    let under = |window: &Window| {
        let View {
            zoom,
            centre: [x, y],
            ..
        } = window.seen().view;
        [x + (0.25 - 0.5) / zoom, y + (0.75 - 0.5) / zoom]
    };
    window.wheel(at, 300.0);
    let View { zoom, .. } = window.seen().view;
    assert!(zoom > 2.0, "{zoom}");
    let [x, y] = under(&window);
    assert!(
        (x - 0.25).abs() < 1e-3 && (y - 0.75).abs() < 1e-3,
        "{x} {y}"
    );
    // Another button moves what is seen, and alters nothing.
    let seen = window.seen().view.centre;
    window.drag_with(
        PointerButton::Secondary,
        Modifiers::NONE,
        &[at, at + vec2(rect.width() / 10.0, 0.0)],
    );
    let [x, _] = window.seen().view.centre;
    assert!((seen[0] - x - 0.1 / zoom).abs() < 1e-3, "{seen:?} {x}");
    let seen = [x, seen[1]];
    window.drag_with(
        PointerButton::Primary,
        Modifiers::SHIFT,
        &[at, at + vec2(0.0, -rect.height() / 10.0)],
    );
    let [_, y] = window.seen().view.centre;
    assert!((y - seen[1] - 0.1 / zoom).abs() < 1e-3, "{seen:?} {y}");
    assert!(window.perturbation().is_identity());
    window.key(Key::Home);
    assert_eq!(window.seen().view, View::default());
    window.wheel(at, -300.0);
    assert_eq!(window.seen().view.zoom, 1.0);
}

#[test]
fn layouts_by_key_and_by_click() {
    let Some((_folder, mut window)) = with_chart() else {
        return;
    };
    let keys = [Key::Num1, Key::Num2, Key::Num3, Key::Num4];
    for (layout, key) in Layout::ALL.into_iter().zip(keys) {
        window.key(key);
        assert_eq!(window.seen().view.layout, layout);
    }
    for layout in Layout::ALL {
        window.click(Role::RadioButton, &format!("Layout: {}", layout.name()));
        assert_eq!(window.seen().view.layout, layout);
        // Every layout has a name for everything.
        window.check_accessibility();
    }
    window
        .node(Role::Slider, "Difference gain")
        .set_value_accesskit(20.0);
    window.run_steps(2);
    assert_eq!(window.seen().view.difference_gain, 20.0);

    window.key(Key::Num2);
    let rect = altered(&window);
    let line = window.place(Role::Slider, "Wipe").center();
    window.drag(&[line, pos2(rect.left() + rect.width() * 0.25, line.y)]);
    assert!((window.seen().view.wipe - 0.25).abs() < 0.01);
    window.node(Role::Slider, "Wipe").set_value_accesskit(0.75);
    window.run_steps(2);
    assert_eq!(window.seen().view.wipe, 0.75);
    assert!(
        window.perturbation().is_identity(),
        "the line was dragged, not the picture"
    );
}

#[test]
fn keys_reset_and_are_left_alone_while_typing() {
    let Some((_folder, mut window)) = with_chart() else {
        return;
    };
    window.type_number(Control::Rotation, "12");
    window.type_number(Control::GainBlue, "0.9");
    window.key(Key::R);
    assert!(window.perturbation().is_identity());
    // As a keyboard sends them: the key, and the letter.
    window.pause();
    window.click(Role::SpinButton, "Shift X");
    for (key, text) in [
        (Key::Num2, "2"),
        (Key::Num4, "4"),
        (Key::R, "r"),
        (Key::Backspace, ""),
    ] {
        window.event(Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        });
        if !text.is_empty() {
            window.event(Event::Text(text.to_owned()));
        }
        window.step();
    }
    assert_eq!(window.seen().view.layout, Layout::SideBySide);
    window.key(Key::Enter);
    assert_eq!(window.perturbation(), only(Control::ShiftX, 24.0));
}

/// The colours on the screen at the middles of frame pixels.
fn screen(window: &mut Window, rect: Rect, pixels: &[(u32, u32)]) -> Vec<[u8; 3]> {
    let View {
        zoom,
        centre: [x, y],
        ..
    } = window.seen().view;
    let [left, top] = [x - 0.5 / zoom, y - 0.5 / zoom];
    let image = window.render().expect("rendered");
    pixels
        .iter()
        .map(|&(column, row)| {
            let at = |v: u32, start: f32| {
                ((v as f32 + 0.5) / Frame::SIDE as f32 - start) * zoom * rect.width()
            };
            let at = rect.min + vec2(at(column, left), at(row, top));
            let [r, g, b, _] = image.get_pixel(at.x as u32, at.y as u32).0;
            [r, g, b]
        })
        .collect()
}

#[test]
fn the_altered_picture_is_what_the_network_sees() {
    let Some((_folder, mut window)) = with_chart() else {
        return;
    };
    let frame = chart();
    let colours = |frame: &Frame, pixels: &[(u32, u32)]| -> Vec<[u8; 3]> {
        let raster = frame.raster();
        let colour = |&(x, y): &(u32, u32)| raster.pixel(x, y).expect("inside");
        pixels.iter().map(colour).collect()
    };
    for (control, value) in [
        (Control::Rotation, "20.5"),
        (Control::ShiftX, "-17.5"),
        (Control::GainRed, "0.93"),
        (Control::OffsetGreen, "-10"),
    ] {
        window.type_number(control, value);
    }
    let expected = perturb::apply(&frame, &window.perturbation()).expect("valid");
    // Blocks of screen pixels for each frame pixel, inside of the circle on which the rotation handle goes.
    let pixels: Vec<_> = (0..12)
        .flat_map(|y| (0..12).map(move |x| (192 + x * 2, 202 + y * 2)))
        .collect();
    let middle = |v: f32| (v + 12.5) / Frame::SIDE as f32;
    let look = View {
        zoom: 10.0,
        centre: [middle(191.0), middle(201.0)],
        ..View::default()
    };
    window.ask(Command::SetView(look.clone()));
    let left = window.place(Role::Image, "Original picture");
    let right = altered(&window);
    assert_eq!(screen(&mut window, left, &pixels), colours(&frame, &pixels));
    assert_eq!(
        screen(&mut window, right, &pixels),
        colours(&expected, &pixels)
    );

    // B held: the original, where the altered one was.
    window.key_down(Key::B);
    window.step();
    assert_eq!(
        screen(&mut window, right, &pixels),
        colours(&frame, &pixels)
    );
    window.key_up(Key::B);
    window.step();
    assert_eq!(
        screen(&mut window, right, &pixels),
        colours(&expected, &pixels)
    );

    // Wipe: the original left of the line, the altered one right of it.
    window.ask(Command::SetView(View {
        layout: Layout::Wipe,
        ..look.clone()
    }));
    let rect = altered(&window);
    let (before, after): (Vec<_>, Vec<_>) = pixels
        .iter()
        .filter(|(x, _)| !(200..=204).contains(x))
        .partition(|(x, _)| *x < 202);
    assert_eq!(screen(&mut window, rect, &before), colours(&frame, &before));
    assert_eq!(
        screen(&mut window, rect, &after),
        colours(&expected, &after)
    );

    // Full resolution, zoomed out again: something is drawn, and the verdict's frame is no other.
    window.ask(Command::SetView(View {
        full_resolution: true,
        ..View::default()
    }));
    window.get_by_label("Full resolution");
    assert_eq!(**window.lesion().frame().expect("read"), frame);
    let _: Pos2 = altered(&window).center();
}

#[test]
fn the_angle_at_the_rotation_handle_has_a_minus_sign() {
    let Some((_folder, mut window)) = with_chart() else {
        return;
    };
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::Rotation, -45.0)),
    ));
    window.run_steps(4);
    let handle = window.place(Role::Button, "Rotation handle").center();
    window.hover_at(handle);
    window.pause();
    window.run_steps(60);
    window.get_by_label_contains("Drag it to rotate the picture: now \u{2212}45.0°");
}
