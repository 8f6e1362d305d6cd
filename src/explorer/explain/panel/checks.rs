//! Whether the shown map can be believed: two checks as buttons, and what they found in words.

use egui::{Button, Label, RichText, Ui};

use flipscope_lab::explain::check::{Comparison, Curves};
use flipscope_language::{decimal, text};

use crate::explorer::explain::command::ExplainCommand;
use crate::explorer::explain::obstacle;
use crate::explorer::explain::panel::parts::emit;
use crate::explorer::explain::state::Kept;
use crate::explorer::panels::{Pane, page};
use crate::explorer::theme;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui, kept: &Kept) {
    page::card(ui, text!("explain-believe"), |ui| {
        let curves = kept.curves.as_ref().map(of_curves);
        let random = kept.random.as_ref().map(of_random);
        let checks = [
            (
                text!("explain-check-curves"),
                text!("explain-check-curves.hover"),
                ExplainCommand::CheckCurves,
                curves,
            ),
            (
                text!("explain-check-random"),
                text!("explain-check-random.hover"),
                ExplainCommand::CheckRandom,
                random,
            ),
        ];
        for (name, hint, command, found) in checks {
            check(pane, ui, (name, hint), command, found);
        }
    });
}

/// One check: its button, and what it found: whether the map passed, and the numbers.
fn check(
    pane: &mut Pane<'_>,
    ui: &mut Ui,
    (name, hint): (&str, &str),
    command: ExplainCommand,
    found: Option<(bool, String)>,
) {
    let palette = theme::palette(ui.ctx());
    let why = obstacle::to_check(pane.state);
    ui.horizontal_wrapped(|ui| {
        let button = ui.add_enabled(why.is_none(), Button::new(name));
        let button = button.on_hover_text(hint);
        if button
            .on_disabled_hover_text(why.unwrap_or_default())
            .clicked()
        {
            emit(pane, command);
        }
        if found.is_none() {
            ui.weak(text!("explain-not-checked"));
        }
    });
    if let Some((passed, words)) = found {
        let colour = if passed { palette.text } else { palette.error };
        ui.add(Label::new(RichText::new(words).color(colour)).wrap());
    }
}

fn of_curves(curves: &Curves) -> (bool, String) {
    let area = |value: f64| decimal(format!("{value:.3}"));
    let areas = [
        curves.deletion_area,
        curves.random_deletion_area,
        curves.insertion_area,
        curves.random_insertion_area,
    ];
    let [deletion, by_chance, insertion, inserted_by_chance] = areas.map(area);
    let numbers = text!(
        "explain-curves",
        deletion = deletion.as_str(),
        deletion_by_chance = by_chance.as_str(),
        insertion = insertion.as_str(),
        insertion_by_chance = inserted_by_chance.as_str()
    );
    let passed = curves.beats_random();
    let verdict = if passed {
        text!("explain-curves-good")
    } else {
        text!("explain-curves-bad")
    };
    (passed, format!("{verdict} {numbers}"))
}

fn of_random(comparison: &Comparison) -> (bool, String) {
    let said = |value: Option<f64>| {
        value.map_or_else(
            || text!("explain-no-correlation").to_owned(),
            |value| decimal(format!("{value:.2}")).replace('-', "\u{2212}"),
        )
    };
    let (values, sizes) = (said(comparison.values), said(comparison.sizes));
    let numbers = text!(
        "explain-random",
        values = values.as_str(),
        sizes = sizes.as_str()
    );
    let verdict = if comparison.survives {
        text!("explain-random-bad")
    } else {
        text!("explain-random-good")
    };
    (!comparison.survives, format!("{verdict} {numbers}"))
}
