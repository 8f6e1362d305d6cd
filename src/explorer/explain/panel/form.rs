//! The form for the next map: the method with its parameters, the class, and what is done with the map that is shown.

use egui::{Checkbox, Label, RichText, Slider, Ui};

use flipscope_base::number::Unit;
use flipscope_lab::explain::occlusion::Occlusion;
use flipscope_lab::explain::request::ScoreKind;
use flipscope_language::text;
use flipscope_model::class_in_words;

use crate::explorer::command::Command;
use crate::explorer::explain::command::ExplainCommand;
use crate::explorer::explain::panel::parts::{emit, exports, judged, lesion, progress, why_not};
use crate::explorer::explain::settings::{MethodChoice, Settings};
use crate::explorer::explain::state::Kind;
use crate::explorer::explore::lesion::name_in_words;
use crate::explorer::panels::Pane;
use crate::explorer::theme;
use crate::explorer::widgets::{Marked, Railed, hint, number, primary, row, segmented};

/// Finer than the letter's.
const FINE: Occlusion = Occlusion {
    size: 31,
    stride: 7,
};

/// The name of a method.
pub(super) fn name(method: MethodChoice) -> &'static str {
    match method {
        MethodChoice::Occlusion => text!("explain-occlusion"),
        MethodChoice::Gradient => text!("explain-gradient"),
        MethodChoice::Smoothgrad => text!("explain-smoothgrad"),
        MethodChoice::Integrated => text!("explain-integrated"),
        MethodChoice::Gradcam => text!("explain-gradcam"),
    }
}

fn meaning(method: MethodChoice) -> &'static str {
    match method {
        MethodChoice::Occlusion => text!("explain-occlusion.hover"),
        MethodChoice::Gradient => text!("explain-gradient.hover"),
        MethodChoice::Smoothgrad => text!("explain-smoothgrad.hover"),
        MethodChoice::Integrated => text!("explain-integrated.hover"),
        MethodChoice::Gradcam => text!("explain-gradcam.hover"),
    }
}

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    lesion(pane, ui);
    ui.add_space(theme::GAP);
    ui.label(theme::section(text!("explain-next-map"), &palette));
    let before = &pane.state.explain.settings;
    let mut now = before.clone();
    let choices = MethodChoice::ALL.map(|method| (method, name(method), meaning(method)));
    if let Some(method) = segmented(ui, text!("explain-method"), now.method, &choices) {
        now.method = method;
    }
    // Right below the choice of the method, on which it depends how much stands below: so the button stays where it is.
    ui.add_space(4.0);
    let start = run(pane, ui);
    if now.method == MethodChoice::Occlusion {
        judged(pane, ui, (now.occlusion.count() + 1) * maps(pane, &now));
    }
    ui.add_space(4.0);
    let said = RichText::new(meaning(now.method)).small();
    ui.add(Label::new(said.color(palette.muted)).wrap());
    parameters(ui, &mut now);
    class(pane, ui, &mut now);
    let both = Marked(Checkbox::new(&mut now.both, text!("explain-both")));
    ui.add_enabled(is_altered(pane), both)
        .on_hover_text(text!("explain-both.hover"))
        .on_disabled_hover_text(text!("explain-both.unaltered"));
    if now != *before {
        emit(pane, ExplainCommand::Set(Box::new(now)));
    }
    // After a number whose field is left by the very click on the button.
    if start {
        emit(pane, ExplainCommand::Start);
    }
    ui.add_space(theme::GROUP);
    shown(pane, ui);
}

/// Whether there is an altered picture beside the original.
fn is_altered(pane: &Pane<'_>) -> bool {
    let lesion = pane.state.current();
    lesion.is_some_and(|lesion| !lesion.perturbation.is_identity())
}

/// Maps that are made: of the altered picture, and where there is another, of the unaltered one.
fn maps(pane: &Pane<'_>, settings: &Settings) -> usize {
    if is_altered(pane) && settings.both {
        2
    } else {
        1
    }
}

/// The button that makes the map; while one is made, how far it is. Returns whether one is asked for.
fn run(pane: &mut Pane<'_>, ui: &mut Ui) -> bool {
    if let Some(task) = pane.state.explain.task.clone() {
        let what = match task.kind {
            Kind::Map => text!("explain-making-map", lesion = name_in_words(&task.name)),
            Kind::Curves => text!("explain-making-curves", lesion = name_in_words(&task.name)),
            Kind::RandomWeights => {
                text!("explain-making-random", lesion = name_in_words(&task.name))
            }
        };
        let ending = task.cancel.is_requested();
        let cancel = Command::Explain(ExplainCommand::Cancel);
        let told = (&*what, task.progress, task.pace);
        progress(pane, ui, told, ending, cancel);
        return false;
    }
    let why = why_not(pane);
    let button = primary(ui, text!("explain-start"), why.is_none());
    let start = button.on_hover_text(text!("explain-start.hover")).clicked();
    if let Some(why) = why {
        let palette = theme::palette(ui.ctx());
        ui.add(Label::new(RichText::new(why).small().color(palette.muted)).wrap());
    }
    start
}

fn parameters(ui: &mut Ui, now: &mut Settings) {
    match now.method {
        MethodChoice::Occlusion => {
            row(ui, text!("explain-squares"), |ui| {
                let range = 1..=299;
                let (size, stride) = (&mut now.occlusion.size, &mut now.occlusion.stride);
                whole(ui, text!("explain-square-size"), size, range.clone());
                hint(ui, text!("explain-every"));
                whole(ui, text!("explain-stride"), stride, range);
            });
            row(ui, "", |ui| {
                let presets = [
                    (
                        Occlusion::default(),
                        text!("explain-letter"),
                        text!("explain-letter.hover"),
                    ),
                    (FINE, text!("explain-finer"), text!("explain-finer.hover")),
                ];
                let squares = text!("explain-squares");
                if let Some(preset) = segmented(ui, squares, now.occlusion, &presets) {
                    now.occlusion = preset;
                }
            });
        }
        MethodChoice::Smoothgrad => {
            row(ui, text!("explain-copies"), |ui| {
                whole(
                    ui,
                    text!("explain-copies"),
                    &mut now.smooth.samples,
                    1..=10_000,
                );
                hint(ui, text!("explain-copies.hover"));
            });
            row(ui, text!("explain-spread"), |ui| {
                let (name, spread) = (text!("explain-spread"), &mut now.smooth.spread);
                number(ui, name, spread, 0.01..=1.0, 0.01, Unit::None);
                hint(ui, text!("explain-spread.hover"));
            });
            row(ui, text!("explain-seed"), |ui| {
                let (name, seed) = (text!("explain-seed"), &mut now.smooth.seed);
                number(ui, name, seed, 0..=u64::MAX, 0.1, Unit::None);
            });
        }
        MethodChoice::Integrated => {
            row(ui, text!("explain-steps"), |ui| {
                whole(
                    ui,
                    text!("explain-steps"),
                    &mut now.integrated.steps,
                    1..=10_000,
                );
                hint(ui, text!("explain-steps.hover"));
            });
        }
        MethodChoice::Gradient | MethodChoice::Gradcam => {}
    }
    if now.method != MethodChoice::Occlusion {
        row(ui, text!("explain-score"), |ui| {
            let choices = [
                (
                    ScoreKind::Logit,
                    text!("explain-logit"),
                    text!("explain-logit.hover"),
                ),
                (
                    ScoreKind::Probability,
                    text!("explain-probability"),
                    text!("explain-probability.hover"),
                ),
            ];
            if let Some(score) = segmented(ui, text!("explain-score"), now.score, &choices) {
                now.score = score;
            }
        });
    }
}

fn whole(ui: &mut Ui, name: &str, value: &mut usize, range: std::ops::RangeInclusive<u64>) {
    let mut wide = *value as u64;
    number(ui, name, &mut wide, range, 1.0, Unit::None);
    *value = usize::try_from(wide).unwrap_or(*value);
}

/// Melanoma, or one of the model's classes.
fn class(pane: &Pane<'_>, ui: &mut Ui, now: &mut Settings) {
    let Some(model) = &pane.state.model.ready else {
        return;
    };
    let info = &model.info;
    // Where one class alone means melanoma, it is the default itself.
    let alone = match info.melanoma_classes.as_slice() {
        [class] => Some(*class),
        _ => None,
    };
    let mut choices = Vec::new();
    if alone.is_none() {
        let all = (text!("explain-melanoma"), text!("explain-melanoma.hover"));
        choices.push((None, all.0, all.1));
    }
    choices.extend(info.classes.iter().enumerate().map(|(at, class)| {
        let named = (Some(at) != alone).then_some(class.as_str());
        (named, class_in_words(class), "")
    }));
    row(ui, text!("explain-class"), |ui| {
        let chosen = segmented(ui, text!("explain-class"), now.class.as_deref(), &choices);
        if let Some(class) = chosen {
            now.class = class.map(str::to_owned);
        }
    });
}

/// What is done with the map that is shown.
fn shown(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let there = pane
        .state
        .selected
        .is_some_and(|id| pane.state.explain.of(id).is_some());
    ui.label(theme::section(text!("explain-shown-map"), &palette));
    ui.add_enabled_ui(there, |ui| {
        let mut percent = (pane.state.explain.opacity * 100.0).round();
        let slider = Slider::new(&mut percent, 0.0..=100.0)
            .integer()
            .suffix(" %");
        let slider = ui.add(Railed(slider.text(text!("explain-opacity"))));
        if slider
            .on_hover_text(text!("explain-opacity.hover"))
            .changed()
        {
            emit(pane, ExplainCommand::Opacity(percent / 100.0));
        }
    });
    exports(pane, ui, there, |kind| {
        Command::Explain(ExplainCommand::AskSave(kind))
    });
}
