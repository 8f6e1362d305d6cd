//! The part of the form about proofs: the boxes, their radius, and a budget.

use egui::{Role, Ui, WidgetInfo};

use flipscope_base::number::Unit;
use flipscope_lab::proof::{BoxKind, ProofBox};
use flipscope_lab::study::plan::Draft;
use flipscope_language::text;

use crate::explorer::proof::words;
use crate::explorer::widgets::{Marked, hint, number, row};

pub(super) fn show(ui: &mut Ui, draft: &mut Draft) {
    row(ui, text!("study-proofs"), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for kind in BoxKind::ALL {
            let mut wanted = draft.proofs.iter().any(|one| one.kind() == kind);
            let name = words::kind(kind);
            let tick = ui.add(Marked(egui::Checkbox::new(&mut wanted, name)));
            tick.widget_info(|| {
                let name = text!("study-proof", kind = name);
                WidgetInfo::selected(Role::CheckBox, true, wanted, name)
            });
            if tick.on_hover_text(text!("study-proof-hover")).changed() {
                draft.proofs.retain(|one| one.kind() != kind);
                if wanted {
                    draft.proofs.push(ProofBox::usual(kind));
                }
            }
            if kind == BoxKind::Gain {
                ui.end_row();
            }
        }
    });
    if draft.proofs.is_empty() {
        return;
    }
    for region in &mut draft.proofs {
        let kind = words::kind(region.kind());
        let name = text!("study-proof-radius", kind = kind);
        row(
            ui,
            &text!("study-proof-row", kind = kind),
            |ui| match region {
                ProofBox::Offset { radius, .. } => {
                    let mut whole = radius.round() as u64;
                    number(ui, &name, &mut whole, 1..=255, 0.1, Unit::None);
                    *radius = whole as f64;
                }
                ProofBox::Gain { radius, .. } => {
                    number(ui, &name, radius, 0.001..=1.0, 0.001, Unit::Times);
                }
                ProofBox::Illuminant { radius } => {
                    number(ui, &name, radius, 1.0..=4804.0, 10.0, Unit::Kelvin);
                }
                ProofBox::Rotation { radius, .. } => {
                    number(ui, &name, radius, 0.001..=5.0, 0.01, Unit::Degrees);
                }
            },
        );
    }
    row(ui, text!("study-proof-budget"), |ui| {
        let mut frames = draft.proof_budget.unwrap_or(0);
        let before = frames;
        let name = text!("study-proof-budget-frames");
        number(ui, name, &mut frames, 0..=10_000_000, 10.0, Unit::None);
        if frames != before {
            draft.proof_budget = (frames > 0).then_some(frames);
        }
        hint(ui, text!("study-budget-hint"));
    });
}
