//! What the pages *Study* and *Readers* have in common: a form on the left; on the right the open file, or an introduction.

use std::path::{Path, PathBuf};

use egui::{
    Button, CentralPanel, CollapsingHeader, Frame, Label, Margin, Panel, Rangef, RichText, Role,
    Stroke, Ui, WidgetInfo, vec2,
};

use flipscope_base::untrusted;
use flipscope_language::text;

use crate::explorer::icons::{Icon, icon_button};
use crate::explorer::page::Page;
use crate::explorer::panels::scroll_layout;
use crate::explorer::panels::width::Width;
use crate::explorer::remembered::RecentStudy;
use crate::explorer::theme;
use crate::explorer::widgets::fold;
use crate::explorer::wording::sentence;

/// Characters of a hash that are enough to compare two studies by eye.
const HASH: usize = 12;
/// Minimum width of the form, in points.
const FORM: f32 = 360.0;
/// Minimum width of the canvas before it scrolls sideways, in points.
const CANVAS: f32 = 370.0;
/// Space above and below what is on the canvas, in points.
pub(crate) const ABOVE: i8 = 14;
/// Maximum width of a paragraph, in points: longer lines are hard to read.
const PARAGRAPH: f32 = 560.0;
/// The same of small print, in points: a longer line loses the reader on a very wide screen.
const SMALL_PRINT: f32 = 900.0;

/// The column on the left, with the form for the next study; `name` identifies the panel to egui.
pub(crate) fn form(ui: &mut Ui, name: &'static str, content: impl FnOnce(&mut Ui)) {
    if !scroll_layout::is_wide(ui) {
        return form_above(ui, name, content);
    }
    let most = (ui.available_width() * 0.48).clamp(FORM, 560.0);
    let default = 420.0_f32.min(most);
    let salt = egui::Id::unique(name);
    let width = Width::of(ui, salt, default, Rangef::new(FORM, most));
    width.set(ui.ctx());
    let shown = Panel::left(salt)
        .size_range(FORM..=most)
        .frame(
            Frame::new()
                .fill(ui.visuals().panel_fill)
                .inner_margin(Margin::symmetric(14, 8)),
        )
        .show(ui, |ui| {
            scroll_layout::column(ui, name, FORM - 40.0, |ui| {
                ui.spacing_mut().item_spacing.y = 5.0;
                content(ui);
            });
        });
    width.shown(ui.ctx(), shown.response.rect.width());
}

/// The form above the open study, if there is no room for both side by side.
fn form_above(ui: &mut Ui, name: &'static str, content: impl FnOnce(&mut Ui)) {
    let half = ui.available_height() / 2.0;
    Panel::top((name, "above"))
        .default_size(half)
        .size_range(half.min(100.0)..=1.5 * half)
        .frame(
            Frame::new()
                .fill(ui.visuals().panel_fill)
                .inner_margin(Margin::symmetric(14, 8)),
        )
        .show(ui, |ui| {
            scroll_layout::column(ui, name, FORM - 40.0, |ui| {
                ui.spacing_mut().item_spacing.y = 5.0;
                content(ui);
            });
        });
}

/// The rest of the window; `content` is passed the visible height in points.
pub(crate) fn canvas(ui: &mut Ui, which: Page, content: impl FnOnce(&mut Ui, f32)) {
    canvas_within(ui, which, ABOVE, content);
}

/// The same with so much space above and below, in points.
pub(crate) fn canvas_within(
    ui: &mut Ui,
    which: Page,
    above: i8,
    content: impl FnOnce(&mut Ui, f32),
) {
    let canvas = theme::palette(ui.ctx()).canvas;
    CentralPanel::no_frame()
        .frame(
            Frame::new()
                .fill(canvas)
                .inner_margin(Margin::symmetric(20, above)),
        )
        .show(ui, |ui| {
            let height = ui.available_height();
            scroll_layout::column(ui, which, CANVAS, |ui| content(ui, height));
        });
}

/// The heading of the canvas.
pub(crate) fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(theme::large_number(20.0)));
}

/// The heading of the canvas for a file: its name, and its path on hover.
pub(crate) fn file_heading(ui: &mut Ui, file: &Path) {
    let name = untrusted::path(Path::new(file.file_name().unwrap_or_default()));
    let heading = RichText::new(name).font(theme::large_number(20.0));
    ui.label(heading).on_hover_text(untrusted::path(file));
}

/// The beginning of a hash, enough for people to compare two files.
pub(crate) fn short(sha256: &str) -> &str {
    sha256.get(..HASH).unwrap_or(sha256)
}

/// A file is being opened.
pub(crate) fn opening(ui: &mut Ui) {
    ui.horizontal(|ui| {
        ui.spinner();
        ui.label(text!("page-opening"));
    });
}

/// Something is being written.
pub(crate) fn writing(ui: &mut Ui, count: usize) {
    if count > 0 {
        ui.spinner();
        ui.weak(text!("page-writing"));
    }
}

/// None is open: an introduction. Buttons to make or open one go below.
pub(crate) fn introduction(ui: &mut Ui, title: &str, text: &str) {
    heading(ui, title);
    ui.add_space(theme::GAP);
    let text = RichText::new(text).color(theme::palette(ui.ctx()).muted);
    ui.scope(|ui| {
        ui.set_max_width(PARAGRAPH.min(ui.available_width()));
        ui.add(Label::new(text).wrap());
    });
    ui.add_space(theme::GROUP);
}

/// Text that explains a figure: on a very wide screen no wider than can be read.
pub(crate) fn explanation(ui: &mut Ui, text: RichText) {
    ui.scope(|ui| {
        ui.set_max_width(SMALL_PRINT.min(ui.available_width()));
        ui.add(Label::new(text).wrap());
    });
}

/// The path of the newest report; true when it is to be copied.
pub(crate) fn report(ui: &mut Ui, page: Option<&Path>) -> bool {
    let Some(page) = page else {
        return false;
    };
    let row = ui.horizontal_wrapped(|ui| {
        ui.label(text!("page-report", page = untrusted::path(page)));
        ui.button(text!("page-copy-path")).clicked()
    });
    row.inner
}

/// What was assumed or left out when the file was made.
pub(crate) fn notes(ui: &mut Ui, notes: &[String]) {
    if notes.is_empty() {
        return;
    }
    let header = CollapsingHeader::new(text!("page-notes", count = notes.len()));
    fold(ui, header, |ui| {
        for note in notes {
            ui.add(Label::new(RichText::new(sentence(note)).small()).wrap());
        }
    });
}

/// A part of the canvas with a title, on a card.
pub(crate) fn card(ui: &mut Ui, title: &str, content: impl FnOnce(&mut Ui)) {
    let palette = theme::palette(ui.ctx());
    Frame::new()
        .fill(palette.card)
        .stroke(Stroke::new(1.0, palette.line))
        .corner_radius(8.0)
        .inner_margin(Margin::symmetric(14, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(theme::section(title, &palette));
            ui.add_space(4.0);
            content(ui);
        });
    ui.add_space(theme::GAP);
}

/// What to do on this page, in numbered steps.
pub(crate) fn steps(ui: &mut Ui, steps: &[&str]) {
    ui.scope(|ui| {
        ui.set_max_width(PARAGRAPH.min(ui.available_width()));
        for (at, step) in steps.iter().enumerate() {
            ui.horizontal_top(|ui| {
                ui.label(RichText::new(format!("{}", at + 1)).font(theme::large_number(15.0)));
                ui.add(Label::new(*step).wrap());
            });
        }
    });
    ui.add_space(theme::GROUP);
}

/// What is asked for about a recent file.
pub(crate) enum AboutRecent {
    /// Open it.
    Open(PathBuf),
    /// Take it off the list.
    Forget(PathBuf),
}

/// The files that were open, the newest first; returns what is asked for.
pub(crate) fn recent(ui: &mut Ui, title: &str, recent: &[RecentStudy]) -> Option<AboutRecent> {
    if recent.is_empty() {
        return None;
    }
    let palette = theme::palette(ui.ctx());
    ui.add_space(theme::GROUP);
    ui.label(theme::section(title, &palette));
    ui.add_space(4.0);
    let mut wanted = None;
    for study in recent {
        let name = untrusted::path(Path::new(study.file.file_name().unwrap_or_default()));
        Frame::new()
            .fill(palette.card)
            .stroke(Stroke::new(1.0, palette.line))
            .corner_radius(8.0)
            .inner_margin(Margin::symmetric(12, 8))
            .show(ui, |ui| {
                ui.set_width((PARAGRAPH - 26.0).min(ui.available_width()));
                ui.horizontal(|ui| {
                    let open = Button::new(text!("page-open")).min_size(vec2(56.0, 0.0));
                    let open = ui.add(open).on_hover_text(untrusted::path(&study.file));
                    let label = text!("page-open-name", name = &*name);
                    open.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
                    if open.clicked() {
                        wanted = Some(AboutRecent::Open(study.file.clone()));
                    }
                    let off = text!("page-forget", name = &*name);
                    if icon_button(ui, Icon::Close, &off, text!("page-forget-stays")).clicked() {
                        wanted = Some(AboutRecent::Forget(study.file.clone()));
                    }
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.y = 1.0;
                        ui.add(
                            Label::new(RichText::new(&name).font(theme::large_number(14.0)))
                                .truncate(),
                        );
                        let what = RichText::new(study.what.in_words()).small();
                        ui.add(Label::new(what.color(palette.muted)).wrap());
                        let progress = RichText::new(study.progress.in_words()).small();
                        ui.add(Label::new(progress.color(palette.muted)).wrap());
                    });
                });
            });
        ui.add_space(4.0);
    }
    wanted
}
