//! The figures of the report, for the results so far. They are drawn on a thread, black on white as on paper.

use egui::{
    Align, Image, Label, Layout, RichText, Role, Sense, Ui, WidgetInfo, load::SizedTexture, vec2,
};
use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::panels::{Pane, page};
use crate::explorer::study::command::StudyCommand;
use crate::explorer::theme;
use crate::explorer::wording::in_window;

/// Pixels of a figure per point: it is drawn at twice its size.
const SCALE: f32 = 2.0;
/// A figure that would have to be smaller than this stands alone.
const LEAST_SCALE: f32 = 0.8;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let studies = &pane.state.studies;
    let figures = &studies.figures;
    let running = studies.is_running();
    let nothing = figures.drawn.is_empty() && figures.problem.is_none() && !figures.drawing;
    if nothing && !running {
        return;
    }
    page::card(ui, text!("study-figures"), |ui| {
        if figures.drawing {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label(text!("study-figures-drawing"));
            });
        } else if running {
            let hint = text!("study-figures-update.hover");
            if ui
                .button(text!("study-figures-update"))
                .on_hover_text(hint)
                .clicked()
            {
                pane.emit(Command::Study(StudyCommand::Draw));
            }
        }
        if let Some(problem) = &figures.problem {
            let palette = theme::palette(ui.ctx());
            let text = text!("study-figures-problem", problem = in_window(problem));
            ui.add(Label::new(RichText::new(text).color(palette.error)).wrap());
        }
        // From the top: rows whose figures are centred are set apart by those of another height.
        let rows = Layout::left_to_right(Align::Min).with_main_wrap(true);
        ui.with_layout(rows, |ui| {
            ui.spacing_mut().item_spacing = vec2(theme::GAP, theme::GAP);
            for figure in figures.drawn.iter() {
                let (width, height) = (figure.picture.width(), figure.picture.height());
                let size = vec2(width as f32, height as f32) / SCALE;
                let size = size * (room_for(size.x, ui.max_rect().width()) / size.x).min(1.0);
                let texture = pane.assets.figure(ui.ctx(), &figure.picture);
                let image = Image::new(SizedTexture::new(texture, size)).sense(Sense::hover());
                let response = ui.add(image);
                let title = figure.title.as_str();
                response.widget_info(|| WidgetInfo::labeled(Role::Image, true, title));
            }
        });
        for note in &figures.notes {
            let muted = theme::palette(ui.ctx()).muted;
            ui.add(Label::new(RichText::new(in_window(note)).small().color(muted)).wrap());
        }
    });
}

/// The width that a figure may take of what there is: half of it, as long as its text stays readable.
fn room_for(width: f32, there: f32) -> f32 {
    let half = (there - theme::GAP) / 2.0;
    if width * LEAST_SCALE <= half {
        half
    } else {
        there
    }
}
