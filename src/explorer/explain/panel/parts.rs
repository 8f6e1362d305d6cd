//! What the pages about one lesion have in common: the lesion, how far a piece of work is, and the buttons that write what is shown.

use egui::{Button, Label, ProgressBar, RichText, Role, Ui, WidgetInfo};

use flipscope_base::human::duration;
use flipscope_lab::explain::figure::FileKind;
use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::explain::command::ExplainCommand;
use crate::explorer::explain::obstacle;
use crate::explorer::explain::pace::Pace;
use crate::explorer::icons::{Icon, icon_button};
use crate::explorer::panels::{Pane, page};
use crate::explorer::theme;
use crate::explorer::widgets::hint;

/// The explored lesion, and how to go to the next one: above the forms of the pages that are about one lesion.
pub(crate) fn lesion(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let Some(lesion) = pane.state.current() else {
        ui.add(Label::new(text!("explain-obstacle-no-lesion")).wrap());
        return;
    };
    ui.horizontal(|ui| {
        let steps = [
            (Icon::Previous, text!("explain-previous-lesion"), -1),
            (Icon::Next, text!("explain-next-lesion"), 1),
        ];
        for (icon, name, by) in steps {
            if icon_button(ui, icon, name, "").clicked() {
                pane.emit(Command::Step(by));
            }
        }
        let name = RichText::new(lesion.shown()).font(theme::large_number(14.0));
        ui.add(Label::new(name).truncate());
    });
    let altered = !lesion.perturbation.is_identity();
    let said = if altered {
        lesion.perturbation.in_words()
    } else {
        text!("explain-unaltered").to_owned()
    };
    ui.add(Label::new(RichText::new(said).small().color(palette.muted)).wrap());
}

/// How many pictures are judged, and how long that takes, if verdicts have told.
pub(crate) fn judged(pane: &Pane<'_>, ui: &mut Ui, count: usize) {
    let each = pane.state.seconds_a_frame();
    let said = match each {
        Some(each) => {
            let time = duration(each * count as f64);
            text!("explain-frames-in", count = count, time = time)
        }
        None => text!("explain-frames", count = count),
    };
    hint(ui, &said);
}

/// How far a piece of work is, and the button that stops it.
pub(crate) fn progress(
    pane: &mut Pane<'_>,
    ui: &mut Ui,
    (what, [done, of], pace): (&str, [usize; 2], Pace),
    ending: bool,
    cancel: Command,
) {
    let palette = theme::palette(ui.ctx());
    let share = done as f32 / of.max(1) as f32;
    let said = match pace.left.map(duration) {
        _ if of == 0 => text!("explain-progress-begins", what = what),
        None => text!("explain-progress", what = what, done = done, of = of),
        Some(left) => text!(
            "explain-progress-left",
            what = what,
            done = done,
            of = of,
            left = left
        ),
    };
    ui.add(Label::new(RichText::new(&said).small()).wrap());
    let bar = ProgressBar::new(share.clamp(0.0, 1.0)).desired_height(8.0);
    let bar = ui.add(bar.fill(palette.accent));
    bar.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &said));
    if ending {
        ui.weak(text!("explain-ending"));
        return;
    }
    let button = ui.add(Button::new(text!("explain-cancel")));
    if button
        .on_hover_text(text!("explain-cancel.hover"))
        .clicked()
    {
        pane.emit(cancel);
    }
}

/// The buttons that write what is shown; `command` makes what one emits.
pub(crate) fn exports(
    pane: &mut Pane<'_>,
    ui: &mut Ui,
    available: bool,
    command: impl Fn(FileKind) -> Command,
) {
    ui.horizontal_wrapped(|ui| {
        ui.label(text!("explain-save-as"));
        for kind in FileKind::ALL {
            let button = ui.add_enabled(available, Button::new(kind.name()));
            let label = text!("explain-save", kind = kind.name());
            button.widget_info(|| WidgetInfo::labeled(Role::Button, available, &label));
            let hint = match kind {
                FileKind::Png => text!("explain-save-png"),
                FileKind::Svg => text!("explain-save-svg"),
                FileKind::Pdf => text!("explain-save-pdf"),
                FileKind::Csv => text!("explain-save-csv"),
            };
            if button.on_hover_text(hint).clicked() {
                pane.emit(command(kind));
            }
        }
        page::writing(ui, pane.state.explain.writing);
    });
}

/// Why the next map cannot be made, below the button; nothing while one is being made.
pub(super) fn why_not(pane: &Pane<'_>) -> Option<&'static str> {
    match pane.state.explain.task {
        Some(_) => None,
        None => obstacle::to_map(pane.state),
    }
}

/// Emits a command of the page.
pub(super) fn emit(pane: &mut Pane<'_>, command: ExplainCommand) {
    pane.emit(Command::Explain(command));
}
