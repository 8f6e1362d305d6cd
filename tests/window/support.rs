//! A window for tests: how to start one, wait for its threads, and use it with pointer and keys.

use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, Rect, Shape, Theme, Vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use egui_kittest::{Harness, Node};
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::explore::lesion::{Lesion, ModelAnswer};
use flipscope::explorer::search::command::SearchCommand;
use flipscope::explorer::search::state::Form;
use flipscope::explorer::state::State;
use flipscope::explorer::{App, Launch, preview};
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_model::ModelSource;

/// A projector of yesterday's lecture hall.
pub(crate) const LECTURE_HALL: [f32; 2] = [1366.0, 768.0];

/// Only bounds a hang: a search takes 40 seconds where two slow cores run another test beside it.
pub(crate) const HANG: Duration = Duration::from_mins(10);

/// A window with a pointer.
pub(crate) struct Window(Harness<'static, App>);

impl Deref for Window {
    type Target = Harness<'static, App>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Window {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

/// Whether there is a graphics adapter; without one the tests are skipped, but not where they count.
pub(crate) fn graphics() -> bool {
    static FOUND: LazyLock<Result<(), String>> = LazyLock::new(|| {
        preview::Headless::new()
            .map(|_| ())
            .map_err(|error| error.to_string())
    });
    match &*FOUND {
        Ok(()) => true,
        Err(error) => {
            assert!(std::env::var_os("CI").is_none(), "{error}");
            println!("skipped: {error}");
            false
        }
    }
}

/// A window as it is launched; `None` (and a line that says so) where nothing can draw it.
pub(crate) fn launch(launch: Launch, size: [f32; 2], theme: Theme) -> Option<Window> {
    graphics().then(|| {
        let mut window = Window(
            Harness::builder()
                .with_size(size)
                .with_theme(theme)
                .with_max_steps(60)
                // As a screen: two clicks in a row are a double-click.
                .with_step_dt(1.0 / 60.0)
                .with_render_cursor(false)
                .wgpu()
                .build_eframe(move |context| {
                    let render_state = context.wgpu_render_state.as_ref();
                    if let Some(render_state) = render_state {
                        preview::install(render_state);
                    }
                    App::new(&context.egui_ctx, render_state.is_some(), launch).expect("threads")
                }),
        );
        window.step();
        window
    })
}

/// A window with the demo model.
pub(crate) fn window() -> Option<Window> {
    launch(Launch::default(), LECTURE_HALL, Theme::Light)
}

/// A window with `lesion` open and no model at all: for what needs no verdict, it is the faster one.
pub(crate) fn window_without_model(paths: Vec<PathBuf>) -> Option<Window> {
    let model = ModelSource::File(PathBuf::from("no-such-model.safetensors"));
    let start = Launch {
        paths,
        model,
        ..Launch::default()
    };
    let mut window = launch(start, LECTURE_HALL, Theme::Light)?;
    window.until("the refusal of the model", |state| {
        state.model.loading.is_none() && !state.messages.is_empty()
    });
    let id = window.seen().messages[0].id;
    window.ask(Command::Dismiss(id));
    window.until("the picture", |state| {
        state.listing == 0
            && !state.lesions.is_empty()
            && state.lesions.iter().all(|lesion| lesion.frame().is_some())
    });
    Some(window)
}

/// A frame in which every pixel has a colour of its own.
pub(crate) fn chart() -> Frame {
    let side = Frame::SIDE;
    let pixels = (0..side)
        .flat_map(|y| {
            (0..side).flat_map(move |x| {
                let dark = 255 - (x * 7 + y * 13) % 200;
                [x * 255 / side, y * 255 / side, dark].map(|v| v as u8)
            })
        })
        .collect();
    Frame::from_rgb(pixels).expect("a whole frame")
}

/// [`chart`] as a PNG in a folder.
pub(crate) fn write_chart(folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    chart().write_png(&path).expect("a PNG");
    path
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

impl Window {
    /// What the window shows.
    pub(crate) fn seen(&self) -> &State {
        self.state().state()
    }

    /// The explored lesion.
    pub(crate) fn lesion(&self) -> &Lesion {
        self.seen().current().expect("a lesion is explored")
    }

    /// What the sliders say.
    pub(crate) fn perturbation(&self) -> Perturbation {
        (*self.lesion().perturbation).clone()
    }

    /// Lets frames pass until something is so.
    pub(crate) fn until(&mut self, what: &str, done: impl Fn(&State) -> bool) {
        let start = Instant::now();
        while !done(self.seen()) {
            assert!(start.elapsed() < HANG, "{what} did not come");
            self.step();
            std::thread::sleep(Duration::from_millis(4));
        }
        self.run_steps(2);
    }

    /// The verdict of what the sliders say, once it is there.
    pub(crate) fn verdict(&mut self) -> ModelAnswer {
        self.until("a verdict", |state| {
            state.current().is_some_and(|lesion| {
                lesion.current().is_some() && lesion.answers.primary.before.is_some()
            })
        });
        self.lesion().current().expect("just seen").clone()
    }

    /// Asks for something that no widget of the test asks for.
    pub(crate) fn ask(&mut self, command: Command) {
        self.state_mut().command(command);
        self.run_steps(2);
    }

    /// Files, or folders, let go over the window.
    pub(crate) fn drop_files(&mut self, paths: &[PathBuf]) {
        for path in paths {
            let file = Arc::new(Dropped(path.clone()));
            self.input_mut().dropped_files.push(file);
        }
        self.run_steps(2);
    }

    /// What is in sight fits into windows of every size and at every zoom, or is reached by scrolling; then it is as large as before.
    pub(crate) fn fits_everywhere(&mut self, what: &str) {
        // Messages stand in front of the page.
        let in_front = !self.seen().messages.is_empty();
        super::fits::everywhere(&mut self.0, what, in_front);
    }

    /// The widget with this role and name.
    pub(crate) fn node(&self, role: Role, name: &str) -> Node<'_> {
        let named = |node: &Node<'_>| node.accesskit_node().label().as_deref() == Some(name);
        let found: Vec<_> = (self.query_all(by().role(role)).filter(named)).collect();
        assert_eq!(found.len(), 1, "{role:?} {name:?}");
        found[0]
    }

    /// Where it stands.
    pub(crate) fn place(&self, role: Role, name: &str) -> Rect {
        self.node(role, name).rect()
    }

    /// Clicks it.
    pub(crate) fn click(&mut self, role: Role, name: &str) {
        let at = self.place(role, name).center();
        self.click_at(at);
    }

    /// Scrolls until it is in sight, and clicks it.
    pub(crate) fn reach(&mut self, role: Role, name: &str) {
        self.node(role, name).scroll_to_me();
        self.run_steps(12);
        self.click(role, name);
    }

    /// Clicks somewhere.
    pub(crate) fn click_at(&mut self, at: Pos2) {
        self.hover_at(at);
        self.press(at, PointerButton::Primary, true);
        self.press(at, PointerButton::Primary, false);
        self.run_steps(2);
    }

    /// Clicks somewhere with keys held.
    pub(crate) fn click_with(&mut self, keys: Modifiers, at: Pos2) {
        self.event(Event::ModifiersChanged(keys));
        self.hover_at(at);
        self.press_with(at, PointerButton::Primary, true, keys);
        self.press_with(at, PointerButton::Primary, false, keys);
        self.step();
        self.event(Event::ModifiersChanged(Modifiers::NONE));
        self.run_steps(2);
    }

    /// Lets so much time pass that the next click is no double-click.
    pub(crate) fn pause(&mut self) {
        self.run_steps(24);
    }

    fn press(&self, pos: Pos2, button: PointerButton, pressed: bool) {
        self.press_with(pos, button, pressed, Modifiers::NONE);
    }

    fn press_with(&self, pos: Pos2, button: PointerButton, pressed: bool, modifiers: Modifiers) {
        self.event(Event::PointerButton {
            pos,
            button,
            pressed,
            modifiers,
        });
    }

    /// Drags along a path in several moves, lets go at its end, and takes the pointer away.
    pub(crate) fn drag(&mut self, path: &[Pos2]) {
        self.drag_with(PointerButton::Primary, Modifiers::NONE, path);
    }

    /// Drags with a button and with keys held.
    pub(crate) fn drag_with(&mut self, button: PointerButton, keys: Modifiers, path: &[Pos2]) {
        let (&from, &to) = path.first().zip(path.last()).expect("a path");
        self.event(Event::ModifiersChanged(keys));
        self.hover_at(from);
        self.press(from, button, true);
        for pair in path.windows(2) {
            for piece in 1..=4_u8 {
                self.hover_at(pair[0].lerp(pair[1], f32::from(piece) / 4.0));
            }
        }
        self.step();
        self.press(to, button, false);
        self.event(Event::ModifiersChanged(Modifiers::NONE));
        self.step();
        self.remove_cursor();
        self.run_steps(2);
    }

    /// Turns the wheel at a place; up is positive.
    pub(crate) fn wheel(&mut self, at: Pos2, points: f32) {
        self.hover_at(at);
        self.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            source: egui::MouseWheelSource::Unknown,
            delta: Vec2::new(0.0, points),
            phase: egui::TouchPhase::Move,
            modifiers: Modifiers::NONE,
        });
        self.run_steps(20);
    }

    /// Presses keys.
    pub(crate) fn keys(&mut self, modifiers: Modifiers, key: Key) {
        self.event(Event::ModifiersChanged(modifiers));
        for pressed in [true, false] {
            self.event(Event::Key {
                key,
                physical_key: None,
                pressed,
                repeat: false,
                modifiers,
            });
        }
        self.event(Event::ModifiersChanged(Modifiers::NONE));
        self.run_steps(2);
    }

    /// Presses one key.
    pub(crate) fn key(&mut self, key: Key) {
        self.keys(Modifiers::NONE, key);
    }

    /// Types letters, one event each, wherever the focus is.
    pub(crate) fn letters(&mut self, text: &str) {
        for letter in text.chars() {
            self.event(Event::Text(letter.to_string()));
        }
        self.step();
    }

    /// Searches the explored lesion as a form says, and waits for what it finds.
    pub(crate) fn search(&mut self, form: Form) {
        let before = self.seen().searches.findings.len();
        self.ask(Command::Search(SearchCommand::Set(Box::new(form))));
        self.ask(Command::Search(SearchCommand::Start));
        self.until("a finding", |state| state.searches.findings.len() > before);
    }

    /// The close button of the desktop.
    pub(crate) fn ask_to_close(&mut self) {
        let viewports = &mut self.input_mut().viewports;
        let root = viewports.entry(egui::ViewportId::ROOT).or_default();
        root.events.push(egui::ViewportEvent::Close);
    }

    /// Types a number into a control's field.
    pub(crate) fn type_number(&mut self, control: Control, text: &str) {
        self.pause();
        self.click(Role::SpinButton, control.name());
        self.letters(text);
        self.key(Key::Enter);
    }

    /// Where the handle of a control's slider stands at a value.
    pub(crate) fn on_slider(&self, control: Control, value: f64) -> Pos2 {
        const HANDLE: f32 = 8.0;
        let rect = self.place(Role::Slider, control.name());
        let (low, high) = control.range();
        let fraction = ((value - low) / (high - low)) as f32;
        let x = rect.left() + HANDLE + (rect.width() - 2.0 * HANDLE) * fraction;
        Pos2::new(x, rect.center().y)
    }
}

/// Every text that is drawn, with the size of its letters in points.
pub(crate) fn letters<S>(harness: &Harness<'_, S>) -> Vec<(String, f32)> {
    fn collect(shape: &Shape, into: &mut Vec<(String, f32)>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, into)),
            Shape::Text(text) => {
                for section in &text.galley.job.sections {
                    let said = text.galley.text()
                        [section.byte_range.start.0..section.byte_range.end.0]
                        .trim()
                        .to_owned();
                    if !said.is_empty() {
                        into.push((said, section.format.font_id.size));
                    }
                }
            }
            _ => {}
        }
    }
    let mut all = Vec::new();
    for clipped in &harness.output().shapes {
        collect(&clipped.shape, &mut all);
    }
    all
}

/// A screen of 1920 × 1080 in presenter mode: two pixels a point (`presenter::fit`).
pub(crate) const HALL: [f32; 2] = [960.0, 540.0];

/// Letters of at least 1/45 of such a screen's height: the last row can read them.
pub(crate) fn can_be_read_from_the_last_row<S>(harness: &Harness<'_, S>, what: &str) {
    let all = letters(harness);
    assert!(!all.is_empty(), "{what}: nothing is drawn");
    for (text, size) in all {
        assert!(
            size * 2.0 >= 1080.0 / 45.0,
            "{what}: {text:?} has {size} points"
        );
    }
}

/// Nothing altered but this one value.
pub(crate) fn only(control: Control, value: f64) -> Perturbation {
    control.set(&Perturbation::default(), value)
}
