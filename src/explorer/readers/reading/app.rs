//! The application in which a reader reads: keys and time change its state, and its state becomes a screen.

use std::time::Instant;

use egui::{Context, Event, Key, Ui, ViewportCommand};

use crate::explorer::presenter::fit::Fit;
use crate::explorer::readers::reading::panels;
use crate::explorer::readers::reading::session_thread::SessionPort;
use crate::explorer::readers::reading::stage::{Act, Part, Stage};
use crate::explorer::readers::reading::state::Reading;
use flipscope_language::Language;
use flipscope_model::Label;

/// The window's contents.
pub struct ReadingApp {
    reading: Reading,
    port: Box<dyn SessionPort>,
    /// The current picture, with the frame that it was made from.
    picture: panels::Picture,
    /// Whether a lecture hall reads it: everything is as large as in presenter mode.
    hall: bool,
    fit: Fit,
}

impl ReadingApp {
    /// A window for a reader, or for a class in a lecture hall; a known pseudonym is not asked for. The look is set once, before the
    /// first frame.
    #[must_use]
    pub fn new(
        ctx: &Context,
        pseudonym: Option<String>,
        hall: bool,
        port: Box<dyn SessionPort>,
    ) -> Self {
        panels::install(ctx);
        let known = pseudonym.is_some();
        let mut app = Self {
            reading: Reading::new(pseudonym.unwrap_or_default()),
            port,
            picture: None,
            hall,
            fit: Fit::default(),
        };
        if known {
            app.act(Act::Next, Instant::now());
        }
        app
    }

    /// The same, offering the names of classes that have answered before.
    #[must_use]
    pub fn knowing(mut self, classes: Vec<String>) -> Self {
        self.reading.known = classes;
        self
    }

    /// What it shows: for tests.
    #[must_use]
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Processes answers, keys and time; draws nothing.
    pub fn logic(&mut self, ctx: &Context) {
        let now = Instant::now();
        while let Some(response) = self.port.hear() {
            self.reading.hear(response, now);
        }
        if self.reading.closes() && pressed_anew(ctx, Key::Escape) {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
        for act in keys(ctx, &self.reading) {
            self.act(act, now);
        }
        let (request, wait) = self.reading.tick(now);
        if let Some(request) = request {
            self.port.ask(request);
        }
        if let Some(wait) = wait {
            ctx.request_repaint_after(wait);
        }
        self.fit.show(ctx, self.hall);
    }

    /// Draws the screen, and carries out clicks on it.
    pub fn show(&mut self, ui: &mut Ui) {
        let now = Instant::now();
        let acts = panels::show(ui, &mut self.reading, &mut self.picture, self.hall, now);
        for act in acts {
            self.act(act, now);
            ui.ctx().request_repaint();
        }
    }

    fn act(&mut self, act: Act, now: Instant) {
        if let Some(request) = self.reading.act(act, now) {
            self.port.ask(request);
        }
    }
}

impl eframe::App for ReadingApp {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        Self::logic(self, ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }
}

/// The meaning of the keys pressed in this frame. A key has one meaning at a time, which depends on what is being asked.
/// Takes a key that was pressed, and not held since it did something else.
fn pressed_anew(ctx: &Context, wanted: Key) -> bool {
    ctx.input_mut(|input| {
        let before = input.events.len();
        input.events.retain(|event| {
            !matches!(event, Event::Key { key, pressed: true, repeat: false, .. } if *key == wanted)
        });
        input.events.len() < before
    })
}

fn keys(ctx: &Context, reading: &Reading) -> Vec<Act> {
    let pressed = |key: Key| ctx.input(|input| input.key_pressed(key));
    let mut acts = Vec::new();
    // While a name is typed, or hands, P is a letter.
    let typing = reading.stage == Stage::Name || reading.part() == Some(Part::Hands);
    let reads = reading.stage != Stage::Welcome && !typing;
    if pressed(Key::Escape) || (pressed(Key::P) && reads) {
        acts.push(Act::Pause);
        return acts;
    }
    match reading.part() {
        Some(Part::Call) => {
            for (key, label) in [(Key::M, Label::Melanoma), (Key::N, Label::Nevus)] {
                if pressed(key) {
                    acts.push(Act::Call(label));
                }
            }
        }
        Some(Part::Confidence) => {
            let numbers = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5];
            for (key, confidence) in numbers.into_iter().zip(1..) {
                if pressed(key) {
                    acts.push(Act::Confidence(confidence));
                }
            }
        }
        Some(Part::Biopsy) => {
            // Yes has the letter of the window's language.
            let yes = match flipscope_language::current() {
                Language::English => Key::Y,
                Language::German => Key::J,
            };
            for (key, yes) in [(yes, true), (Key::N, false)] {
                if pressed(key) {
                    acts.push(Act::Biopsy(yes));
                }
            }
        }
        // Its numbers are fields; Enter leaves the field, and the button is one step away.
        Some(Part::Hands) | None => {}
    }
    if reading.part().is_some() && pressed(Key::Backspace) && reading.part() != Some(Part::Hands) {
        acts.push(Act::Back);
    }
    let named = reading.stage == Stage::Name && !reading.pseudonym.trim().is_empty();
    let waits = matches!(
        reading.stage,
        Stage::Welcome | Stage::Feedback(_) | Stage::Paused
    );
    if (named && pressed(Key::Enter)) || (waits && (pressed(Key::Enter) || pressed(Key::Space))) {
        acts.push(Act::Next);
    }
    // Two keys in one frame: the first one counts, the other belongs to a question that is not on the screen yet.
    acts.truncate(1);
    acts
}
