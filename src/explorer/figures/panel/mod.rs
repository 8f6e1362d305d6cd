//! The dialog for a figure or a contact sheet: the preview, the settings, and where it goes.

use egui::{
    Button, Checkbox, ColorImage, Context, Id, Image, Label, Modal, RichText, ScrollArea, Spinner,
    TextureHandle, TextureOptions, Ui, accesskit, vec2,
};

use flipscope_base::human::grouped;
use flipscope_base::number::Unit;
use flipscope_lab::search::figure::{FileFormat, RESOLUTIONS, WIDTHS_MM};

use crate::explorer::command::Command;
use crate::explorer::figures::command::FigureCommand;
use crate::explorer::figures::state::{FigureDialog, Preview, Settings, Source};
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::theme;
use crate::explorer::widgets::{hint, number, primary, row, segmented};

/// Width of the dialog in points.
const WIDTH: f32 = 540.0;
/// Height of the preview in points, if the window has it.
const PREVIEW: f32 = 270.0;

/// Widths that journals ask for, in millimetres.
const COLUMNS: [(f64, &str, &str); 3] = [
    (85.0, "1 column", "85 mm"),
    (120.0, "1½ columns", "120 mm"),
    (180.0, "2 columns", "180 mm"),
];

/// Shows it, if it is open.
pub(crate) fn show(pane: &mut Pane<'_>, ctx: &Context) {
    let Some(open) = &pane.state.figures.open else {
        return;
    };
    let title = match &open.source {
        Source::Altered(_) => "Export figure",
        Source::Findings(_) => "Contact sheet of findings",
    };
    let modal = Modal::new(Id::unique("figure")).show(ctx, |ui| {
        ui.set_width(scroll_layout::modal_width(ui, WIDTH));
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(accesskit::Role::Dialog);
            node.set_label(title);
            node.set_modal();
        });
        ui.label(RichText::new(title).font(theme::figure(17.0)));
        ui.add_space(theme::GAP);
        let high = scroll_layout::modal_height(ui);
        ScrollArea::vertical()
            .max_height(high)
            .min_scrolled_height(high)
            .show(ui, |ui| {
                preview(ui, open, (high - 170.0).clamp(80.0, PREVIEW));
                ui.add_space(theme::GAP);
                settings(pane, ui, open);
            });
        ui.add_space(theme::GROUP);
        ui.horizontal_wrapped(|ui| buttons(pane, ui, open));
    });
    if modal.should_close() {
        pane.emit(Command::Figure(FigureCommand::Close));
    }
}

/// The first page in small, in a place of fixed height.
fn preview(ui: &mut Ui, open: &FigureDialog, height: f32) {
    let palette = theme::palette(ui.ctx());
    let size = vec2(ui.available_width(), height);
    ui.allocate_ui(size, |ui| {
        ui.set_min_size(size);
        ui.centered_and_justified(|ui| match &open.preview {
            None => {
                ui.add(Spinner::new());
            }
            Some(Err(error)) => {
                ui.add(Label::new(RichText::new(error).color(palette.error)).wrap());
            }
            Some(Ok(preview)) => {
                let texture = texture(ui.ctx(), preview);
                let image = Image::new(&texture)
                    .max_size(size)
                    .fit_to_exact_size(size)
                    .maintain_aspect_ratio(true)
                    .alt_text("Preview of the figure");
                ui.add(image);
            }
        });
    });
    let Some(Ok(preview)) = &open.preview else {
        ui.add(Label::new(
            RichText::new("Drawing…").small().color(palette.muted),
        ));
        return;
    };
    let [width, height] = preview.size_mm;
    let pages = match preview.pages {
        1 => String::new(),
        pages => format!(" · first of {pages} pages"),
    };
    let text = format!("{width:.0} × {height:.0} mm on paper{pages}");
    ui.add(Label::new(RichText::new(text).small().color(palette.muted)).wrap());
}

/// The texture of a preview, kept until another one is shown.
fn texture(ctx: &Context, preview: &Preview) -> TextureHandle {
    let id = Id::unique("texture of the figure's preview");
    let page = &preview.page;
    let key = std::sync::Arc::as_ptr(page) as usize;
    let kept: Option<(usize, TextureHandle)> = ctx.data(|data| data.get_temp(id));
    if let Some((known, texture)) = kept
        && known == key
    {
        return texture;
    }
    let size = [page.width() as usize, page.height() as usize];
    let image = ColorImage::from_rgb(size, page.pixels());
    let texture = ctx.load_texture("figure", image, TextureOptions::LINEAR);
    ctx.data_mut(|data| data.insert_temp(id, (key, texture.clone())));
    texture
}

fn settings(pane: &mut Pane<'_>, ui: &mut Ui, open: &FigureDialog) {
    let before = &pane.state.figures.settings;
    let mut now = before.clone();
    let formats = FileFormat::ALL.map(|format| (format, format.name(), meaning(format)));
    row(ui, "File", |ui| {
        if let Some(format) = segmented(ui, "File format", now.format, &formats) {
            now.format = format;
        }
    });
    row(ui, "Width", |ui| {
        number(
            ui,
            "Width in millimetres",
            &mut now.width_mm,
            WIDTHS_MM,
            1.0,
            Unit::None,
        );
        ui.label("mm");
        for (width, name, exactly) in COLUMNS {
            let button = Button::selectable(now.width_mm == width, name);
            if ui.add(button).on_hover_text(exactly).clicked() {
                now.width_mm = width;
            }
        }
    });
    row(ui, "Resolution", |ui| {
        let mut dpi = u64::from(now.dpi);
        let most = u64::from(*RESOLUTIONS.start())..=u64::from(*RESOLUTIONS.end());
        number(ui, "Dots per inch", &mut dpi, most, 1.0, Unit::None);
        now.dpi = dpi as u32;
        hint(ui, &dots(&now, open));
    });
    match &open.source {
        Source::Altered(_) => {
            row(ui, "With", |ui| {
                let title = "The photograph's name, and what became of the verdict";
                ui.add(Checkbox::new(&mut now.title, "Title"))
                    .on_hover_text(title);
                let details = "The numbers behind the words, the distances, threshold and model";
                ui.add(Checkbox::new(&mut now.details, "Numbers"))
                    .on_hover_text(details);
            });
        }
        Source::Findings(_) => {
            row(ui, "Findings", |ui| {
                let flips = "Leaves out findings that did not flip the verdict";
                ui.add(Checkbox::new(&mut now.flips, "Only flips"))
                    .on_hover_text(flips);
            });
        }
    }
    if now != *before {
        pane.emit(Command::Figure(FigureCommand::Set(now)));
    }
}

fn meaning(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Pdf => "For a manuscript: sharp at any size, on a page of the figure's size",
        FileFormat::Svg => "To be edited in a drawing program: sharp at any size",
        FileFormat::Png => "For slides and word processors: pixels at the resolution below",
    }
}

/// The size in pixels, where it has one.
fn dots(settings: &Settings, open: &FigureDialog) -> String {
    let dots = |mm: f64| (mm / 25.4 * f64::from(settings.dpi)).round() as u64;
    match (&open.preview, settings.format) {
        (_, FileFormat::Pdf | FileFormat::Svg) => "dpi, for the clipboard".to_owned(),
        (Some(Ok(preview)), FileFormat::Png) => {
            let [width, height] = preview.size_mm.map(dots);
            format!("dpi: {} × {} pixels", grouped(width), grouped(height))
        }
        (_, FileFormat::Png) => "dpi".to_owned(),
    }
}

fn buttons(pane: &mut Pane<'_>, ui: &mut Ui, open: &FigureDialog) {
    let there = matches!(open.preview, Some(Ok(_)));
    if primary(ui, "Save as…", there).clicked() {
        pane.emit(Command::Figure(FigureCommand::AskSave));
    }
    let copy = ui.add_enabled(there, Button::new("Copy").min_size(vec2(0.0, 30.0)));
    let hint = "Puts it on the clipboard as a picture, at the resolution above";
    if copy.on_hover_text(hint).clicked() {
        pane.emit(Command::Figure(FigureCommand::Copy));
    }
    let close = ui.add(Button::new("Close").min_size(vec2(0.0, 30.0)));
    if close.clicked() {
        pane.emit(Command::Figure(FigureCommand::Close));
    }
}
