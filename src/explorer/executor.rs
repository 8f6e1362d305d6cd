//! The one place that carries out effects: it owns the long-running threads, and starts the others.

use std::path::PathBuf;

use egui::{ColorImage, Context};

use flipscope_model::Overrides;
use flipscope_model::scheduler::Priority;

use crate::explorer::apply::Effect;
use crate::explorer::batch;
use crate::explorer::explain;
use crate::explorer::explore::decoder::Decoder;
use crate::explorer::explore::list;
use crate::explorer::explore::scheduler_client::SchedulerClient;
use crate::explorer::figures;
use crate::explorer::landscape;
use crate::explorer::picture::worker::Inspector;
use crate::explorer::proof;
use crate::explorer::readers;
use crate::explorer::remembered_file::RememberedFile;
use crate::explorer::search::reopen;
use crate::explorer::search::worker::{Searcher, export};
use crate::explorer::session::worker::Keeper;
use crate::explorer::study;
use crate::explorer::summary;
use crate::explorer::theme;
use crate::explorer::worker::{Outbox, altered_frame, dialogs};

/// The threads of the window.
pub(super) struct Executor {
    outbox: Outbox,
    scheduler: SchedulerClient,
    decoder: Decoder,
    searcher: Searcher,
    inspector: Inspector,
    memory: Option<RememberedFile>,
    keeper: Keeper,
    quitting: bool,
}

impl Executor {
    /// Starts the threads that run as long as the window.
    ///
    /// # Errors
    /// If the system cannot start a thread.
    pub(super) fn start(
        overrides: Overrides,
        memory: Option<RememberedFile>,
        sessions: Option<PathBuf>,
        outbox: Outbox,
    ) -> std::io::Result<Self> {
        let scheduler = SchedulerClient::start(overrides, outbox.clone())?;
        Ok(Self {
            decoder: Decoder::start(outbox.clone())?,
            searcher: Searcher::start(scheduler.jobs(), outbox.clone())?,
            inspector: Inspector::start(outbox.clone())?,
            keeper: Keeper::start(sessions, outbox.clone())?,
            scheduler,
            outbox,
            memory,
            quitting: false,
        })
    }

    /// Whether the window is closing.
    pub(super) fn is_quitting(&self) -> bool {
        self.quitting
    }

    /// Carries out what needs no window any more: saving the session.
    pub(super) fn carry_out_at_end(&self, effect: Effect) {
        if let Effect::Session(work) = effect {
            self.keeper.put(work);
        }
    }

    /// Carries out one effect, or passes it to a thread.
    ///
    /// # Errors
    /// If the system cannot start a thread.
    pub(super) fn carry_out(&mut self, ctx: &Context, effect: Effect) -> std::io::Result<()> {
        match effect {
            Effect::Dialog(dialog) => dialogs::show(dialog, self.outbox.clone())?,
            Effect::Typed(dialog, path) => dialogs::typed(*dialog, path, self.outbox.clone())?,
            Effect::Save {
                path,
                never,
                frame,
                perturbation,
                subject,
                judged,
            } => {
                let about = (*subject, judged.map(|judged| *judged));
                let altered = (frame, perturbation);
                altered_frame::start((path, never), altered, about, self.outbox.clone())?;
            }
            Effect::Export { findings, folder } => {
                export(findings, folder, self.outbox.clone())?;
            }
            Effect::OpenFindings {
                findings,
                photographs,
            } => reopen::open(findings, photographs, self.outbox.clone())?,
            Effect::Batch(work) => batch::worker::start(work, self.outbox.clone())?,
            Effect::Figure(work) => figures::worker::start(work, self.outbox.clone())?,
            Effect::Explain(work) => {
                explain::worker::start(*work, self.scheduler.jobs(), self.outbox.clone())?;
            }
            Effect::Redraw(work) => explain::worker::redraw(*work, self.outbox.clone())?,
            Effect::Landscape(work) => {
                landscape::worker::start(*work, self.scheduler.jobs(), self.outbox.clone())?;
            }
            Effect::Summary(work) => {
                let jobs = self.scheduler.jobs().at(Priority::Lowest);
                summary::worker::start(*work, jobs, self.outbox.clone())?;
            }
            Effect::Proof(work) => {
                let jobs = self.scheduler.jobs().at(Priority::Lowest);
                proof::worker::start(*work, jobs, self.outbox.clone())?;
            }
            Effect::WriteExplanation(writing) => {
                explain::export::start(*writing, self.outbox.clone())?;
            }
            Effect::CopyPicture(picture) => {
                let size = [picture.width() as usize, picture.height() as usize];
                ctx.copy_image(ColorImage::from_rgb(size, picture.pixels()));
            }
            Effect::Study(id, work) => {
                study::worker::start(id, work, self.scheduler.jobs(), self.outbox.clone())?;
            }
            Effect::Reader(id, work) => {
                readers::worker::start(id, work, self.scheduler.jobs(), self.outbox.clone())?;
            }
            Effect::Remember(remembered) => {
                if let Some(memory) = &self.memory {
                    memory.keep(*remembered, self.outbox.clone())?;
                }
            }
            Effect::Labels(request) => list::worker::read(request, self.outbox.clone())?,
            Effect::List(paths) => self.decoder.list(paths),
            Effect::Read {
                lesion,
                origin,
                color_handling,
                framing,
                urgent,
            } => self
                .decoder
                .read(lesion, origin, color_handling, framing, urgent),
            Effect::Load(slot, source, device, remedy) => {
                self.scheduler.load(slot, source, device, remedy);
            }
            Effect::Assume(overrides) => self.scheduler.assume(*overrides),
            Effect::Unload(slot) => self.scheduler.unload(slot),
            Effect::Ask(asked) => self.scheduler.ask(asked),
            Effect::AskBackground(asked) => self.scheduler.ask_background(asked),
            Effect::AskList {
                wanted,
                in_sight,
                rest,
            } => self.scheduler.ask_list(wanted, in_sight, rest),
            Effect::Inspect(wanted) => self.inspector.inspect(wanted),
            Effect::Search(request) => self.searcher.search(request),
            Effect::Copy(text) => ctx.copy_text(text),
            Effect::Theme(theme) => ctx.set_theme(theme),
            Effect::Contrast(contrast) => theme::set_high_contrast(ctx, contrast),
            Effect::FullScreen(on) => {
                ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(on));
            }
            Effect::Appearance(appearance) => appearance.apply(ctx),
            Effect::Session(work) => self.keeper.put(work),
            Effect::Quit => {
                self.quitting = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
        }
        Ok(())
    }
}
