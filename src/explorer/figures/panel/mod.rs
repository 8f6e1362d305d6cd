//! The dialog for a figure or a contact sheet: the preview, the settings, and where it goes.

mod findings;

use egui::{
    Align, Button, Checkbox, ColorImage, Context, Id, Image, Label, Modal, RichText, Role,
    ScrollArea, Spinner, TextureHandle, TextureOptions, Ui, UiBuilder, WidgetInfo, accesskit, vec2,
};

use flipscope_base::number::Unit;
use flipscope_lab::search::figure::{FileFormat, RESOLUTIONS, WIDTHS_MM};
use flipscope_language::{Text, id, text};

use crate::explorer::command::Command;
use crate::explorer::figures::command::FigureCommand;
use crate::explorer::figures::state::{FigureDialog, Preview, Settings, Source};
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::theme;
use crate::explorer::widgets::{Marked, hint, number, primary, row, segmented};
use crate::explorer::wording::sentence;

/// Width of the dialog in points.
const WIDTH: f32 = 540.0;
/// Height of the preview in points, if the window has it.
const PREVIEW: f32 = 270.0;

/// Height kept for what was written, in points: two lines.
const SAID: f32 = 36.0;

/// Widths that journals ask for, in millimetres.
const COLUMNS: [(f64, Text, &str); 3] = [
    (85.0, id!("figures-one-column"), "85 mm"),
    (120.0, id!("figures-one-and-a-half-columns"), "120 mm"),
    (180.0, id!("figures-two-columns"), "180 mm"),
];

/// Shows it, if it is open.
pub(crate) fn show(pane: &mut Pane<'_>, ctx: &Context) {
    let Some(open) = &pane.state.figures.open else {
        return;
    };
    let title = match &open.source {
        Source::Altered(_) => text!("figures-dialog"),
        Source::Findings(_) => text!("figures-sheet-dialog"),
    };
    let modal = Modal::new(Id::unique("figure")).show(ctx, |ui| {
        ui.set_width(scroll_layout::modal_width(ui, WIDTH));
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(accesskit::Role::Dialog);
            node.set_label(title);
            node.set_modal();
        });
        ui.label(RichText::new(title).font(theme::large_number(17.0)));
        ui.add_space(theme::GAP);
        let high = scroll_layout::modal_height(ui) - SAID;
        ScrollArea::vertical()
            .max_height(high)
            .min_scrolled_height(high)
            .show(ui, |ui| {
                preview(pane, ui, open, (high - 170.0).clamp(80.0, PREVIEW));
                ui.add_space(theme::GAP);
                settings(pane, ui, open);
            });
        ui.add_space(theme::GROUP);
        ui.horizontal_wrapped(|ui| buttons(pane, ui, open));
        written(ui, open);
    });
    if modal.should_close() {
        pane.emit(Command::Figure(FigureCommand::Close));
    }
}

/// What was written last. It has the same place whether it is said or not, so that no button moves; what is longer scrolls.
fn written(ui: &mut Ui, open: &FigureDialog) {
    let (_, place) = ui.allocate_space(vec2(ui.available_width(), SAID));
    let Some(written) = &open.written else {
        return;
    };
    // What is in it takes no room in the dialog.
    let mut ui = ui.new_child(UiBuilder::new().max_rect(place));
    ScrollArea::vertical()
        .id_salt("written")
        .auto_shrink(false)
        .show(&mut ui, |ui| {
            let said = ui.add(Label::new(RichText::new(written).small()).wrap());
            ui.ctx().accesskit_node_builder(said.id, |node| {
                node.set_live(accesskit::Live::Polite);
            });
        });
}

/// The page that is asked for in small, in a place of fixed height.
fn preview(pane: &mut Pane<'_>, ui: &mut Ui, open: &FigureDialog, height: f32) {
    let palette = theme::palette(ui.ctx());
    let size = vec2(ui.available_width(), height);
    ui.allocate_ui(size, |ui| {
        ui.set_min_size(size);
        ui.centered_and_justified(|ui| match &open.preview {
            None => {
                ui.add(Spinner::new());
            }
            Some(Err(_)) if open.is_empty(&pane.state.figures.settings) => {
                let text = RichText::new(text!("figures-empty")).color(palette.muted);
                ui.add(Label::new(text).halign(Align::Center).wrap());
            }
            Some(Err(error)) => {
                let text = RichText::new(sentence(error)).color(palette.error);
                ui.add(Label::new(text).halign(Align::Center).wrap());
            }
            Some(Ok(preview)) => {
                let texture = texture(ui.ctx(), preview);
                let image = Image::new(&texture)
                    .max_size(size)
                    .fit_to_exact_size(size)
                    .maintain_aspect_ratio(true)
                    .alt_text(text!("figures-preview"));
                ui.add(image);
            }
        });
    });
    let Some(Ok(preview)) = &open.preview else {
        let text = match open.preview {
            None => text!("figures-drawing"),
            // A line of the same height.
            Some(_) => " ",
        };
        ui.add(Label::new(RichText::new(text).small().color(palette.muted)));
        return;
    };
    let [width, height] = preview.size_mm;
    let [width, height] = [width, height].map(|mm| format!("{mm:.0}"));
    let text = match preview.pages {
        1 => text!("figures-on-paper", width = width, height = height),
        pages => text!(
            "figures-on-paper-pages",
            width = width,
            height = height,
            page = preview.at + 1,
            pages = pages
        ),
    };
    ui.horizontal_wrapped(|ui| {
        if preview.pages > 1 {
            turn(pane, ui, open.asked.page, preview.pages);
        }
        ui.label(RichText::new(text).small().color(palette.muted));
    });
}

/// Buttons to the page before and the page after the one that is asked for.
fn turn(pane: &mut Pane<'_>, ui: &mut Ui, page: usize, pages: usize) {
    let before = page.checked_sub(1);
    let after = Some(page + 1).filter(|&after| after < pages);
    for (to, symbol, name) in [
        (before, "‹", text!("figures-page-before")),
        (after, "›", text!("figures-page-after")),
    ] {
        let button = ui.add_enabled(to.is_some(), Button::new(symbol).small());
        button.widget_info(|| WidgetInfo::labeled(Role::Button, to.is_some(), name));
        if let Some(to) = to
            && button.on_hover_text(name).clicked()
        {
            pane.emit(Command::Figure(FigureCommand::Page(to)));
        }
    }
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
    row(ui, text!("figures-file"), |ui| {
        if let Some(format) = segmented(ui, text!("figures-file-format"), now.format, &formats) {
            now.format = format;
        }
    });
    row(ui, text!("figures-width"), |ui| {
        number(
            ui,
            text!("figures-width-mm"),
            &mut now.width_mm,
            WIDTHS_MM,
            1.0,
            Unit::None,
        );
        ui.label("mm");
        let columns = COLUMNS.map(|(width, name, exactly)| (width, name.get(), exactly));
        if let Some(width) = segmented(ui, text!("figures-width"), now.width_mm, &columns) {
            now.width_mm = width;
        }
    });
    row(ui, text!("figures-resolution"), |ui| {
        let mut dpi = u64::from(now.dpi);
        let most = u64::from(*RESOLUTIONS.start())..=u64::from(*RESOLUTIONS.end());
        number(
            ui,
            text!("figures-dots-per-inch"),
            &mut dpi,
            most,
            1.0,
            Unit::None,
        );
        now.dpi = dpi as u32;
        hint(ui, &dots(&now, open));
    });
    match &open.source {
        Source::Altered(_) => {
            row(ui, text!("figures-with"), |ui| {
                let title = text!("figures-title.hover");
                ui.add(Marked(Checkbox::new(
                    &mut now.title,
                    text!("figures-title"),
                )))
                .on_hover_text(title);
                let details = text!("figures-numbers.hover");
                ui.add(Marked(Checkbox::new(
                    &mut now.details,
                    text!("figures-numbers"),
                )))
                .on_hover_text(details);
            });
        }
        Source::Findings(all) => {
            row(ui, text!("figures-findings"), |ui| {
                let flips = text!("figures-only-flips.hover");
                ui.add(Marked(Checkbox::new(
                    &mut now.flips,
                    text!("figures-only-flips"),
                )))
                .on_hover_text(flips);
            });
            findings::choose(pane, ui, open, all, now.flips);
        }
    }
    if now != *before {
        pane.emit(Command::Figure(FigureCommand::Set(now)));
    }
}

fn meaning(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Pdf => text!("figures-pdf"),
        FileFormat::Svg => text!("figures-svg"),
        FileFormat::Png => text!("figures-png"),
    }
}

/// The size in pixels, where it has one.
fn dots(settings: &Settings, open: &FigureDialog) -> String {
    let dots = |mm: f64| (mm / 25.4 * f64::from(settings.dpi)).round() as u64;
    match (&open.preview, settings.format) {
        (_, FileFormat::Pdf | FileFormat::Svg) => text!("figures-dpi-clipboard").to_owned(),
        (Some(Ok(preview)), FileFormat::Png) => {
            let [width, height] = preview.size_mm.map(dots);
            text!("figures-dpi-pixels", width = width, height = height)
        }
        (_, FileFormat::Png) => text!("figures-dpi").to_owned(),
    }
}

fn buttons(pane: &mut Pane<'_>, ui: &mut Ui, open: &FigureDialog) {
    let there = matches!(open.preview, Some(Ok(_)));
    if primary(ui, text!("figures-save-as"), there).clicked() {
        pane.emit(Command::Figure(FigureCommand::AskSave));
    }
    let copy = ui.add_enabled(
        there,
        Button::new(text!("figures-copy")).min_size(vec2(0.0, 30.0)),
    );
    let hint = match &open.preview {
        Some(Ok(preview)) if preview.pages > 1 => text!("figures-copy-page"),
        _ => text!("figures-copy.hover"),
    };
    if copy.on_hover_text(hint).clicked() {
        pane.emit(Command::Figure(FigureCommand::Copy));
    }
    let close = ui.add(Button::new(text!("figures-close")).min_size(vec2(0.0, 30.0)));
    if close.clicked() {
        pane.emit(Command::Figure(FigureCommand::Close));
    }
}
