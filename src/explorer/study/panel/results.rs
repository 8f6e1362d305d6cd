//! The results of a study so far: no rate without its counts and its interval.

use egui::{RichText, Ui};

use flipscope_base::untrusted::printable;
use flipscope_lab::statistics::{Interval, Proportion};
use flipscope_lab::study::plan::{details_in_words, essential_details};
use flipscope_lab::study::tables::{AucEstimate, ModelSummary};
use flipscope_language::{decimal, text};
use flipscope_model::model_in_words;

use crate::explorer::panels::{framing, page};
use crate::explorer::proof::words;
use crate::explorer::study::state::Opened;
use crate::explorer::theme;

/// Level of all intervals, as in the tables.
const LEVEL: f64 = 0.95;

pub(super) fn show(ui: &mut Ui, opened: &Opened) {
    let status = &opened.status;
    let judged = |one: &ModelSummary| one.sensitivity.is_some() || one.specificity.is_some();
    if !status.summaries.iter().any(judged) {
        return;
    }
    let heading = if status.is_complete() {
        text!("study-results")
    } else {
        text!("study-results-so-far")
    };
    page::card(ui, heading, |ui| models(ui, opened));
}

fn models(ui: &mut Ui, opened: &Opened) {
    let palette = theme::palette(ui.ctx());
    let status = &opened.status;
    for (at, one) in status.summaries.iter().enumerate() {
        // File names are long: they have their own line, and leave room for the columns.
        let planned = opened.plan.models.get(at);
        let framing = planned.map(|model| model.framing);
        let printed = printable(&one.model);
        let name = model_in_words(&printed);
        let threshold = decimal(one.threshold);
        let model = match framing {
            Some(framing) => text!(
                "study-model-framed",
                name = name,
                threshold = threshold,
                framing = framing::in_words(framing),
            ),
            None => text!("study-model", name = name, threshold = threshold),
        };
        ui.add(egui::Label::new(model).truncate());
        ui.indent(("results of", at), |ui| {
            if let Some(planned) = planned {
                // In a line of its own: it must not be cut off with a long name.
                let remedy = RichText::new(planned.remedy.in_words());
                ui.add(egui::Label::new(remedy.small().color(palette.muted)).wrap());
            }
            egui::Grid::new(("results", at))
                .num_columns(2)
                .spacing([18.0, 4.0])
                .show(ui, |ui| {
                    for (name, value) in lines(one) {
                        ui.label(name);
                        ui.label(value);
                        ui.end_row();
                    }
                });
            if let Some(AucEstimate { method, .. }) = &one.auc {
                // Long: in the grid it would push the columns out of the pane.
                let text = text!("study-auc-interval", method = method_in_words(method));
                let text = RichText::new(text).small().color(palette.muted);
                ui.add(egui::Label::new(text).wrap());
            }
            let attacks = (one.attacks.iter()).map(|attack| {
                let (name, details) = (&attack.name, &attack.details);
                let details = details_in_words(&essential_details(name, details));
                let name = details_in_words(name);
                (format!("{name}: {details}"), &attack.details)
            });
            let proofs = one.proofs.iter();
            let proofs = proofs.map(|proof| (details_in_words(&proof.details), &proof.details));
            for (essential, all) in attacks.chain(proofs) {
                let essential = RichText::new(essential).small().color(palette.muted);
                ui.add(egui::Label::new(essential).wrap())
                    .on_hover_text(details_in_words(all));
            }
        });
    }
    let text = text!("study-brackets");
    ui.add(egui::Label::new(RichText::new(text).small().color(palette.muted)).wrap());
}

/// Names and values.
fn lines(one: &ModelSummary) -> Vec<(String, String)> {
    let auc = one.auc.map_or_else(
        || "–".to_owned(),
        |AucEstimate { auc, interval, .. }| match interval {
            Some(interval) => format!("{} {}", decimal(format!("{auc:.3}")), brackets(interval)),
            None => decimal(format!("{auc:.3}")),
        },
    );
    let mut lines = vec![
        (text!("study-sensitivity").to_owned(), rate(one.sensitivity)),
        (text!("study-specificity").to_owned(), rate(one.specificity)),
        ("AUC".to_owned(), auc),
    ];
    for attack in &one.attacks {
        lines.push((
            text!("study-flipped-by", attack = details_in_words(&attack.name)),
            rate(attack.flipped),
        ));
    }
    for proof in &one.proofs {
        for (outcome, share) in &proof.outcomes {
            lines.push((
                text!(
                    "study-proof-outcome",
                    outcome = words::outcome(*outcome),
                    region = proof.region.in_words(),
                    class = proof.direction.from().in_words()
                ),
                rate(Some(*share)),
            ));
        }
    }
    lines
}

/// "80 of 117: 68.4 % [59.5–76.1]", or a dash if the denominator is 0.
fn rate(rate: Option<Proportion>) -> String {
    let Some(rate) = rate else {
        return "–".to_owned();
    };
    let interval = rate.wilson(LEVEL).ok().map(|one| {
        decimal(format!(
            " [{:.1}–{:.1}]",
            one.lower * 100.0,
            one.upper * 100.0
        ))
    });
    let said = text!(
        "study-rate",
        count = rate.count(),
        total = rate.total(),
        percent = decimal(format!("{:.1}", rate.value() * 100.0)),
    );
    format!("{said}{}", interval.unwrap_or_default())
}

fn brackets(interval: Interval) -> String {
    decimal(format!("[{:.3}–{:.3}]", interval.lower, interval.upper))
}

/// The method of an interval, as the tables name it, in words.
fn method_in_words(method: &str) -> &str {
    match method.split_once([' ', ':']) {
        Some(("Newcombe", _)) => text!("study-auc-newcombe"),
        Some(("none", _)) => text!("study-auc-none"),
        _ => method,
    }
}
