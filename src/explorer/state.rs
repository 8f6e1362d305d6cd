//! What the window shows, as plain data. Changed only by [`crate::explorer::apply`]; threads, textures and channels are
//! elsewhere.

use std::ops::Range;
use std::path::PathBuf;
use std::time::Instant;

use flipscope_image::lesion::{ColorHandling, Framing};
use flipscope_lab::search::together_on;
use flipscope_language::Language;
use flipscope_model::scheduler::{ModelSlot, PerModel};
use flipscope_model::{DeviceChoice, Label, Overrides, Remedy, Verdict};

use crate::explorer::appearance::Appearance;
use crate::explorer::batch::state::Batch;
use crate::explorer::explain::state::Explain;
use crate::explorer::explore::lesion::{Lesion, LesionId};
use crate::explorer::explore::list::state::{LesionList, Place};
use crate::explorer::explore::perturbation_files::PerturbationFiles;
use crate::explorer::explore::view::View;
use crate::explorer::figures::state::Figures;
use crate::explorer::history::History;
use crate::explorer::landscape::state::Landscapes;
use crate::explorer::message::{Issued, Message, Severity};
use crate::explorer::model::Model;
use crate::explorer::page::{Help, Page, Tool};
use crate::explorer::palette::state::Palette;
use crate::explorer::pending_command::PendingCommand;
use crate::explorer::picture::state::Pixels;
use crate::explorer::presenter::state::Presenter;
use crate::explorer::proof::state::Proofs;
use crate::explorer::readers::state::ReaderStudies;
use crate::explorer::remembered::Remembered;
use crate::explorer::search::pace::Passes;
use crate::explorer::search::state::Searches;
use crate::explorer::session::state::Sessions;
use crate::explorer::study::state::Studies;
use crate::explorer::summary::state::Summaries;
use crate::explorer::tour::state::{Lent, Tour};
use crate::explorer::typed_path::state::TypedPath;
use crate::explorer::wording;

/// Background requests that have not been answered yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// About the bands of the explored lesion.
    pub bands: usize,
    /// Whether bands are asked for: only while the sliders are shown.
    pub with_bands: bool,
    /// About the list.
    pub list: usize,
}

/// Everything that the window shows.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The open page.
    pub page: Page,
    /// The lesions, in the order of the list.
    pub lesions: Vec<Lesion>,
    /// The one being explored.
    pub selected: Option<LesionId>,
    /// The visible part of the list, by position among the lesions that are shown.
    pub in_sight: Range<usize>,
    /// The list as a table: truth, order, filter, search, selection.
    pub list: LesionList,
    /// Background requests that the network has yet to answer.
    pub waiting: Waiting,
    /// How the pictures are displayed.
    pub view: View,
    /// The network.
    pub model: Model,
    /// The one that it is compared with, if any.
    pub comparison: Model,
    /// What stands between the frames and the verdicts of each model.
    pub remedy: PerModel<Remedy>,
    /// What flags, or a session, state about models whose files do not state it.
    pub overrides: Overrides,
    /// Where models are loaded.
    pub device: DeviceChoice,
    /// Checkpoints that were loaded in this run and, if the window remembers them, in earlier ones; the newest first.
    pub recent: Vec<PathBuf>,
    /// A threshold set by the user; otherwise the model's.
    pub threshold: Option<f32>,
    /// A framing set by the user; otherwise the model's.
    pub framing: Option<Framing>,
    /// How files are read.
    pub color_handling: ColorHandling,
    /// Undo and redo.
    pub history: History,
    /// What the right side shows.
    pub tool: Tool,
    /// How long the model takes for a frame.
    pub passes: Passes,
    /// Searches and findings.
    pub searches: Searches,
    /// The files that hold an alteration, as far as this run knows them.
    pub perturbation_files: PerturbationFiles,
    /// What is done to many lesions at once.
    pub batch: Batch,
    /// Figures.
    pub figures: Figures,
    /// Maps of what the network looks at.
    pub explain: Explain,
    /// P over two parameters of the alteration.
    pub landscape: Landscapes,
    /// Proofs.
    pub proofs: Proofs,
    /// The smallest changes that flip.
    pub summary: Summaries,
    /// Studies.
    pub studies: Studies,
    /// Reader studies.
    pub reader_studies: ReaderStudies,
    /// Sessions.
    pub sessions: Sessions,
    /// The window's size, zoom, theme and language.
    pub appearance: Appearance,
    /// The system's language.
    pub system_language: Language,
    /// Messages, oldest first.
    pub messages: Vec<Message>,
    /// Whether all messages are shown in front of the page.
    pub all_messages: bool,
    /// Folders being listed right now.
    pub listing: usize,
    /// The open help window.
    pub help: Help,
    /// The command palette.
    pub palette: Palette,
    /// Counts commands and answers: what is made from the state stays until it changes.
    pub changes: u64,
    /// The pixels of the explored lesion, as far as they were asked for.
    pub pixels: Pixels,
    /// Presenter mode.
    pub presenter: Presenter,
    /// The tour.
    pub tour: Tour,
    /// The sample that the tour added to a list of the person's own.
    pub lent: Option<Lent>,
    /// A command that would lose something, until the person has decided.
    pub leaving: Option<PendingCommand>,
    /// The dialog that the system has not shown, while a path is typed in its place.
    pub typed_path: Option<TypedPath>,
    pub(super) next_id: u64,
}

impl State {
    /// A new number, unique in this run.
    pub fn fresh_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    /// Whether the sliders of *Alter* are shown.
    pub fn shows_sliders(&self) -> bool {
        let in_front = self.page == Page::Explore && self.tool == Tool::Alter;
        in_front && (!self.presenter.on || self.presenter.tools)
    }

    /// Whether a path is being typed in place of a dialog.
    pub fn is_typing_path(&self) -> bool {
        self.typed_path.is_some()
    }

    /// The language of the window.
    pub fn language(&self) -> Language {
        self.appearance.language.unwrap_or(self.system_language)
    }

    /// The model of a slot.
    pub fn model_of(&self, slot: ModelSlot) -> &Model {
        match slot {
            ModelSlot::Primary => &self.model,
            ModelSlot::Comparison => &self.comparison,
        }
    }

    /// The model of a slot, to be changed.
    pub(super) fn model_of_mut(&mut self, slot: ModelSlot) -> &mut Model {
        match slot {
            ModelSlot::Primary => &mut self.model,
            ModelSlot::Comparison => &mut self.comparison,
        }
    }

    /// What is remembered besides the session.
    pub(super) fn remembered(&self) -> Remembered {
        Remembered {
            models: self.recent.clone(),
            sessions: self.sessions.recent.clone(),
            studies: self.studies.recent.clone(),
            reader_studies: self.reader_studies.recent.clone(),
            appearance: self.appearance,
            summaries: self.summary.automatic,
            figures: self.figures.chosen.clone(),
            ..Remembered::default()
        }
    }

    /// The current threshold: the user's, else the model's, else 0.5.
    pub fn threshold(&self) -> f32 {
        self.threshold_of(ModelSlot::Primary)
    }

    /// The threshold of a slot: the user's, else its model's, else 0.5.
    pub fn threshold_of(&self, slot: ModelSlot) -> f32 {
        let ready = self.model_of(slot).ready.as_ref();
        self.threshold
            .or_else(|| ready.map(|model| model.info.threshold))
            .unwrap_or(0.5)
    }

    /// Seconds that the model takes for a frame; none before its first verdict.
    pub fn seconds_a_frame(&self) -> Option<f64> {
        self.passes.each(self.model.ready.as_ref()?.generation)
    }

    /// Seconds that a frame of a search takes.
    pub fn seconds_a_frame_of_search(&self) -> Option<f64> {
        (self.passes).each_of_search(self.model.ready.as_ref()?.generation)
    }

    /// How many searches run together with the model that answers.
    pub fn searches_together(&self) -> usize {
        let ready = self.model.ready.as_ref();
        let pays = || ready.map_or(1, |model| together_on(model.kind));
        self.searches.together.unwrap_or_else(pays)
    }

    /// The current framing: the user's, else the model's, else the default.
    pub fn framing(&self) -> Framing {
        self.framing
            .or_else(|| self.model.ready.as_ref().map(|model| model.info.framing))
            .unwrap_or_default()
    }

    /// A lesion by its id.
    pub fn lesion(&self, id: LesionId) -> Option<&Lesion> {
        self.lesions.iter().find(|lesion| lesion.id == id)
    }

    /// A lesion by its id, to be changed.
    pub(super) fn lesion_mut(&mut self, id: LesionId) -> Option<&mut Lesion> {
        self.lesions.iter_mut().find(|lesion| lesion.id == id)
    }

    /// The lesions in an order and of a part of the list, by position; those at the end are not shown.
    pub fn listed(&self, positions: Range<usize>) -> impl Iterator<Item = &Lesion> {
        let places = self.list.order.get(positions).unwrap_or_default();
        let index = |place: &Place| place.index(&self.lesions);
        (places.iter().filter_map(index)).filter_map(|index| self.lesions.get(index))
    }

    /// The selected lesions, in the order of the list: the explored one, and those that were selected in addition.
    pub fn marked(&self) -> Vec<LesionId> {
        let of_list = self.list.shown().iter().map(|place| place.id);
        let marked: Vec<_> = of_list.filter(|id| self.is_marked(*id)).collect();
        // The explored lesion may not be among those that are shown.
        if marked.is_empty() {
            return self.selected.into_iter().collect();
        }
        marked
    }

    /// Whether a lesion is selected: explored, or selected in addition.
    pub fn is_marked(&self, id: LesionId) -> bool {
        self.selected == Some(id) || self.list.marked.contains(&id)
    }

    /// Whether findings tell a verdict that is hidden now.
    pub fn hides_findings(&self) -> bool {
        let mut findings = self.searches.findings.iter();
        findings.any(|kept| self.presenter.hides(kept.lesion))
    }

    /// The selected lesion.
    pub fn current(&self) -> Option<&Lesion> {
        self.selected.and_then(|id| self.lesion(id))
    }

    /// The label of a verdict at the current threshold.
    pub fn label(&self, verdict: &Verdict) -> Label {
        verdict.label(self.threshold())
    }

    /// Adds a message.
    pub(super) fn say(&mut self, severity: Severity, text: impl Into<String>, now: Instant) {
        self.issue(severity, text, now);
    }

    /// Adds a message that can be taken back.
    pub(super) fn issue(
        &mut self,
        severity: Severity,
        text: impl Into<String>,
        now: Instant,
    ) -> Issued {
        let id = self.fresh_id();
        let text = wording::in_window(&text.into());
        // A repeated message is counted, and becomes the newest.
        let same = |message: &Message| message.text == text && message.severity == severity;
        let earlier = self.messages.iter().position(same);
        let earlier = earlier.map(|at| self.messages.remove(at));
        self.messages.push(Message {
            id,
            severity,
            text,
            at: now,
            count: 1 + earlier.map_or(0, |message| message.count),
            page: None,
        });
        Issued(id)
    }

    /// Takes a message back that no longer holds, unless it was dismissed.
    pub(super) fn take_back(&mut self, Issued(id): Issued) {
        self.messages.retain(|message| message.id != id);
    }

    /// Says something else in a message, unless it was dismissed.
    pub(super) fn reword(&mut self, Issued(id): Issued, text: &str) {
        if let Some(message) = self.messages.iter_mut().find(|message| message.id == id) {
            message.text = wording::in_window(text);
        }
    }
}
