//! The application: gathers commands and answers, applies them to the state, carries out the effects, draws the panes.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use egui::{Context, Ui};

use flipscope_language::text;
use flipscope_model::scheduler::ModelSlot;

use crate::explorer::appearance::Appearance;
use crate::explorer::apply::{Effect, apply};
use crate::explorer::assets::Assets;
use crate::explorer::cards::Cards;
use crate::explorer::command::Command;
use crate::explorer::executor::Executor;
use crate::explorer::explore::list;
use crate::explorer::input_order::InputOrder;
use crate::explorer::launch::Launch;
use crate::explorer::message::Severity;
use crate::explorer::page::{Help, Page};
use crate::explorer::panels::{self, Pane};
use crate::explorer::presenter;
use crate::explorer::presenter::fit::Fit;
use crate::explorer::remembered_file::RememberedFile;
use crate::explorer::session::request::SessionWork;
use crate::explorer::session::saver::Saver;
use crate::explorer::session::state::Keeping;
use crate::explorer::state::State;
use crate::explorer::unsaved_work::UnsavedWork;
use crate::explorer::worker::{Answer, Outbox};
use crate::explorer::{actions, apply, file_drop, theme, title};

/// The window's contents and its threads.
pub struct App {
    state: State,
    assets: Assets,
    answers: crossbeam_channel::Receiver<Answer>,
    cards: Cards,
    executor: Executor,
    commands: Vec<Command>,
    saver: Saver,
    pointer_was_down: bool,
    fit: Fit,
    input_order: InputOrder,
    title: String,
}

impl App {
    /// Starts the threads. `preview` says whether [`crate::explorer::preview::install`] has been called for this window.
    ///
    /// # Errors
    /// If the system cannot start a thread.
    pub fn new(ctx: &Context, preview: bool, launch: Launch) -> std::io::Result<Self> {
        theme::install(ctx);
        let (sender, answers) = crossbeam_channel::unbounded();
        let waking = ctx.clone();
        let outbox = Outbox {
            sender,
            wake: Arc::new(move || waking.request_repaint()),
        };
        let folder = (launch.memory.as_deref()).map(flipscope_base::atomic::folder_of);
        let keeping = if folder.is_some() {
            Keeping::Looking
        } else {
            Keeping::Off
        };
        let memory = launch.memory.clone().map(RememberedFile::new);
        let (remembered, forgotten) = memory
            .as_ref()
            .map(RememberedFile::recall)
            .unwrap_or_default();
        let executor = Executor::start(launch.overrides.clone(), memory, folder, outbox)?;
        let mut state = launch.state(remembered, keeping);
        flipscope_language::set(state.language());
        if let Some(forgotten) = forgotten {
            state.say(Severity::Warning, forgotten, Instant::now());
        }
        let model = Command::UseModel(ModelSlot::Primary, launch.model_from_anywhere());
        let mut commands = vec![model];
        commands.extend(file_drop::meant(launch.paths, Page::Explore));
        let mut app = Self {
            state,
            assets: Assets::new(preview),
            answers,
            cards: Cards::NotAsked,
            executor,
            commands,
            saver: Saver::default(),
            pointer_was_down: false,
            fit: Fit::default(),
            input_order: InputOrder::default(),
            title: String::new(),
        };
        if !preview {
            app.state
                .say(Severity::Error, text!("window-no-graphics"), Instant::now());
        }
        if keeping != Keeping::Off {
            // As the person left it; on the first start egui follows the system.
            if app.state.appearance != Appearance::default() {
                app.state.appearance.apply(ctx);
            }
            app.carry_out(ctx, vec![Effect::Session(SessionWork::Look)]);
        }
        app.carry_out_commands(ctx);
        Ok(app)
    }

    /// The state of the window: for tests, and for the benchmark.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Whether the window closes: nothing would be lost, or the person has decided.
    pub fn is_quitting(&self) -> bool {
        self.executor.is_quitting()
    }

    /// Emits a command, as a widget would.
    pub fn command(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Processes answers and keys; draws nothing.
    pub fn logic(&mut self, ctx: &Context) {
        flipscope_language::set(self.state.language());
        let pointer = list::pointer::now(ctx);
        list::apply::point(&mut self.state, pointer, Instant::now());
        let answers: Vec<Answer> = self.answers.try_iter().collect();
        for answer in &answers {
            self.saver.hear_answer(answer, Instant::now());
        }
        let effects = apply::receive_all(&mut self.state, answers, Instant::now());
        self.carry_out(ctx, effects);
        // While a question or the dialog of a figure is open, or a path is typed, only its buttons work.
        let typing = self.state.is_typing_path();
        if self.state.leaving.is_none() && self.state.figures.open.is_none() && !typing {
            self.commands
                .extend(list::keys::from_keys(ctx, &self.state));
            self.commands.extend(actions::from_keys(ctx, &self.state));
            self.commands
                .extend(presenter::keys::from_keys(ctx, &self.state));
            if !self.state.messages.is_empty()
                && self.state.help == Help::Closed
                && !self.state.all_messages
                && self.state.palette.open.is_none()
                // Escape closes the reveal.
                && self.state.reader_studies.reveal.is_none()
            {
                self.commands.extend(actions::escape(ctx));
            }
            self.dropped(ctx);
        }
        self.closing(ctx);
        self.gestures(ctx);
        self.carry_out_commands(ctx);
        let (effects, arranges) = apply::arrange_list(&mut self.state, Instant::now());
        self.carry_out(ctx, effects);
        let expires = apply::expire(&mut self.state, Instant::now());
        for wait in arranges.into_iter().chain(expires) {
            ctx.request_repaint_after(wait);
        }
        self.assets.keep(&self.state);
        self.fit.show(ctx, self.state.presenter.on);
        self.name_window(ctx);
        self.save_session(ctx);
    }

    /// Has the samples' cards drawn when the page that offers them is shown for the first time.
    fn draw_cards(&mut self, ctx: &Context) {
        match self.cards.update(ctx, panels::offers_samples(&self.state)) {
            Ok(Some(cards)) => self.assets.set_samples(ctx, cards),
            Ok(None) => {}
            Err(error) => self.no_thread(&error),
        }
    }

    fn no_thread(&mut self, error: &std::io::Error) {
        let text = text!("window-no-thread", error = error.to_string());
        self.state.say(Severity::Error, text, Instant::now());
    }

    /// The title bar names file, verdict and running work.
    fn name_window(&mut self, ctx: &Context) {
        let title = title::of(&self.state);
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Saves the session if it is time; otherwise the window wakes when it will be.
    fn save_session(&mut self, ctx: &Context) {
        let now = Instant::now();
        let before = &self.state.appearance;
        let mut appearance = Appearance::of(ctx, before);
        if self.state.presenter.on {
            // Presenter mode sets zoom and size for the hall's screen: they are not remembered.
            appearance = Appearance {
                theme: appearance.theme,
                contrast: appearance.contrast,
                ..*before
            };
        }
        if appearance != self.state.appearance {
            self.state.appearance = appearance;
            self.saver.changed(now);
        }
        let (effects, wait) = self.saver.save(&self.state, now);
        self.carry_out(ctx, effects);
        if let Some(wait) = wait {
            ctx.request_repaint_after(wait);
        }
    }

    /// Draws the panes and carries out their commands.
    pub fn show(&mut self, ui: &mut Ui) {
        flipscope_language::set(self.state.language());
        self.draw_cards(ui.ctx());
        let mut pane = Pane {
            state: &self.state,
            assets: &mut self.assets,
            commands: &mut self.commands,
        };
        panels::show(&mut pane, ui);
        let ctx = ui.ctx().clone();
        actions::note_typing(&ctx);
        self.carry_out_commands(&ctx);
    }

    /// The window is asked to close by its own button, or by the system: if that would lose something, it stays until the
    /// person has decided.
    fn closing(&mut self, ctx: &Context) {
        let asked = ctx.input(|input| input.viewport().close_requested());
        if asked {
            // A number that is being typed is taken in this frame, as where the keyboard goes elsewhere: there is no other.
            ctx.memory_mut(|memory| {
                if let Some(field) = memory.focused() {
                    memory.surrender_focus(field);
                }
            });
        }
        if !asked || self.is_quitting() || UnsavedWork::of(&self.state, &Command::Quit).is_empty() {
            return;
        }
        ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
        let open = self.state.leaving.as_ref();
        if open.is_none_or(|leaving| *leaving.then != Command::Quit) {
            self.commands.push(Command::Quit);
        }
    }

    fn dropped(&mut self, ctx: &Context) {
        let paths: Vec<PathBuf> = ctx.input(|input| {
            input
                .raw
                .dropped_files
                .iter()
                .map(|file| file.path().to_owned())
                .collect()
        });
        self.commands
            .extend(file_drop::meant(paths, self.state.page));
    }

    /// One step of the history lasts as long as the pointer is down.
    fn gestures(&mut self, ctx: &Context) {
        let down = ctx.input(|input| input.pointer.any_down());
        if down != self.pointer_was_down {
            // A press begins a new step, separate from the keys before it, however soon it comes.
            self.commands.push(Command::EndGesture);
        } else if down {
            self.state.history.hold(Instant::now());
        }
        self.pointer_was_down = down;
    }

    fn carry_out_commands(&mut self, ctx: &Context) {
        let mut commands = std::mem::take(&mut self.commands);
        // A click on another lesion also ends the typing of a number, which still belongs to the lesion shown: commands that
        // alter come first, then those that select, undo or close.
        commands.sort_by_key(|command| !matches!(command, Command::Alter(..)));
        for command in commands {
            self.saver.hear_command(&command, Instant::now());
            let effects = apply(&mut self.state, command, Instant::now());
            // If that has chosen another language, threads are to answer in it.
            flipscope_language::set(self.state.language());
            self.carry_out(ctx, effects);
            ctx.request_repaint();
        }
    }

    fn carry_out(&mut self, ctx: &Context, effects: Vec<Effect>) {
        for effect in effects {
            if let Err(error) = self.executor.carry_out(ctx, effect) {
                self.no_thread(&error);
            }
        }
    }
}

impl Drop for App {
    /// What is not saved yet is saved: the executor's thread ends after it is written.
    fn drop(&mut self) {
        for effect in self.saver.end(&self.state) {
            self.executor.carry_out_at_end(effect);
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        Self::logic(self, ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }

    fn raw_input_hook(&mut self, ctx: &Context, input: &mut egui::RawInput) {
        self.input_order.arrange(ctx, input);
    }
}
