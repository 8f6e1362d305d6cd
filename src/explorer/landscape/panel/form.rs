//! The form for the next landscape: its axes, and what is done with the one that is shown.

use egui::{Button, Checkbox, ComboBox, Label, RichText, Role, Ui, WidgetInfo};

use flipscope_base::human::probability_beside;
use flipscope_base::number::Unit;
use flipscope_lab::explain::landscape::{LandscapeAxis, Parameter};
use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::explain::panel::parts::{exports, judged, lesion, progress};
use crate::explorer::explore::lesion::name_in_words;
use crate::explorer::landscape::apply::{obstacle, obstacle_to_go_on};
use crate::explorer::landscape::command::LandscapeCommand;
use crate::explorer::landscape::settings::MOST;
use crate::explorer::panels::Pane;
use crate::explorer::theme;
use crate::explorer::widgets::{Marked, hint, number, primary, row, segmented};

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    lesion(pane, ui);
    verdict(pane, ui);
    ui.add_space(theme::GAP);
    ui.label(theme::section(text!("landscape-next"), &palette));
    let before = pane.state.landscape.settings;
    let mut now = before;
    let kinds = [
        (
            false,
            text!("landscape-plane"),
            text!("landscape-plane.hover"),
        ),
        (
            true,
            text!("landscape-profile"),
            text!("landscape-profile.hover"),
        ),
    ];
    if let Some(profile) = segmented(ui, text!("landscape-kind"), now.profile, &kinds) {
        now.profile = profile;
    }
    one(ui, text!("landscape-across"), &mut now.x);
    if !now.profile {
        one(ui, text!("landscape-up"), &mut now.y);
    }
    if pane.state.comparison.ready.is_some() {
        let compare = Marked(Checkbox::new(&mut now.compare, text!("landscape-compare")));
        ui.add(compare)
            .on_hover_text(text!("landscape-compare.hover"));
    }
    let compared = now.compare && pane.state.comparison.ready.is_some();
    judged(pane, ui, now.count() * if compared { 2 } else { 1 });
    if now != before {
        pane.emit(Command::Landscape(LandscapeCommand::Set(now)));
    }
    ui.add_space(4.0);
    run(pane, ui);
    ui.add_space(theme::GROUP);
    let there = pane
        .state
        .selected
        .and_then(|id| pane.state.landscape.of(id));
    let there = there.is_some_and(|shown| shown.fields.iter().any(|one| one.here.is_some()));
    ui.label(theme::section(text!("landscape-shown"), &palette));
    exports(pane, ui, there, |kind| {
        Command::Landscape(LandscapeCommand::AskSave(kind))
    });
}

/// What the network says where the sliders are: a click on the landscape moves them.
fn verdict(pane: &Pane<'_>, ui: &mut Ui) {
    let Some(lesion) = pane.state.current().filter(|one| one.frame().is_some()) else {
        return;
    };
    // It is still to be guessed.
    if pane.state.presenter.hides(lesion.id) {
        return;
    }
    let said = match lesion.current() {
        Some(answer) => {
            let (verdict, threshold) = (&answer.verdict, pane.state.threshold());
            let p = probability_beside(verdict.p_melanoma, threshold, 3);
            let label = verdict.label(threshold).in_words();
            text!("explain-map-verdict", p = p, label = label)
        }
        None => text!("verdict-p-updating").to_owned(),
    };
    ui.label(RichText::new(said).small());
}

/// One axis: what varies, from where to where, in how many values.
fn one(ui: &mut Ui, which: &str, now: &mut LandscapeAxis) {
    row(ui, which, |ui| {
        let combo = ComboBox::from_id_salt(which)
            .selected_text(now.parameter.in_words())
            .show_ui(ui, |ui| {
                for parameter in Parameter::ALL {
                    let chosen = parameter == now.parameter;
                    if ui.selectable_label(chosen, parameter.in_words()).clicked() && !chosen {
                        *now = LandscapeAxis::whole(parameter, now.count);
                    }
                }
            });
        combo.response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), which);
            info.current_text_value = Some(now.parameter.in_words().to_owned());
            info
        });
        combo.response.on_hover_text(text!("landscape-parameter"));
    });
    row(ui, "", |ui| {
        let (widest, unit) = (widest(now.parameter), now.parameter.unit_in_words());
        let speed = (widest[1] - widest[0]) / 500.0;
        let range = widest[0]..=widest[1];
        let from = text!("landscape-from", axis = which);
        number(ui, &from, &mut now.from, range.clone(), speed, Unit::None);
        hint(ui, text!("landscape-to"));
        let to = text!("landscape-to-of", axis = which);
        number(ui, &to, &mut now.to, range, speed, Unit::None);
        hint(ui, unit);
    });
    row(ui, "", |ui| {
        let mut count = now.count as u64;
        let name = text!("landscape-count", axis = which);
        number(ui, &name, &mut count, 2..=MOST as u64, 1.0, Unit::None);
        now.count = usize::try_from(count).unwrap_or(now.count);
        hint(ui, text!("landscape-values"));
    });
}

/// The widest range of a parameter that makes sense.
fn widest(parameter: Parameter) -> [f64; 2] {
    match parameter {
        Parameter::Rotate => [-360.0, 360.0],
        Parameter::ShiftX | Parameter::ShiftY => [-299.0, 299.0],
        Parameter::Kelvin => flipscope_image::perturb::Perturbation::KELVIN,
        Parameter::Tint => [-0.05, 0.05],
        Parameter::Gain(_) => [0.0, 4.0],
        Parameter::Offset(_) => [-255.0, 255.0],
    }
}

/// The button that starts it, or lets it go on; while it is judged, how far it is.
fn run(pane: &mut Pane<'_>, ui: &mut Ui) {
    if let Some(task) = pane.state.landscape.task.clone() {
        let what = text!("landscape-judging", lesion = name_in_words(&task.name));
        let stop = Command::Landscape(LandscapeCommand::Stop);
        let ending = task.cancel.is_requested();
        let told = (&*what, task.progress, task.pace);
        progress(pane, ui, told, ending, stop);
        return;
    }
    let why = obstacle(pane.state);
    ui.horizontal_wrapped(|ui| {
        let button = primary(ui, text!("landscape-start"), why.is_none());
        if button
            .on_hover_text(text!("landscape-start.hover"))
            .clicked()
        {
            pane.emit(Command::Landscape(LandscapeCommand::Start));
        }
        if obstacle_to_go_on(pane.state).is_none() {
            let button = ui.add(Button::new(text!("landscape-go-on")));
            if button
                .on_hover_text(text!("landscape-go-on.hover"))
                .clicked()
            {
                pane.emit(Command::Landscape(LandscapeCommand::GoOn));
            }
        }
    });
    if let Some(why) = why {
        let palette = theme::palette(ui.ctx());
        ui.add(Label::new(RichText::new(why).small().color(palette.muted)).wrap());
    }
}
