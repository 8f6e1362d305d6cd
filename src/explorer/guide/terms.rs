//! One plain sentence for every number and control, for tooltips and for the window *The numbers explained*.

use egui::{Label, RichText, Ui};

use flipscope_language::{Text, id, text};

use crate::explorer::panels::scroll_layout;
use crate::explorer::theme;

/// What P(melanoma) is, and what it is not.
pub(crate) const P_MELANOMA: Text = id!("explain-p-melanoma.meaning");

/// A term, and its sentence.
type Term = (Text, Text);

/// The terms by topic.
pub(crate) const TERMS: [(Text, &[Term]); 7] = [
    (
        id!("explain-verdict"),
        &[
            (id!("explain-p-melanoma"), P_MELANOMA),
            (id!("explain-threshold"), id!("explain-threshold.meaning")),
            (id!("explain-shapes"), id!("explain-shapes.meaning")),
            (id!("explain-flipped"), id!("explain-flipped.meaning")),
            (id!("explain-truth"), id!("explain-truth.meaning")),
            (id!("explain-trace"), id!("explain-trace.meaning")),
            (id!("explain-remedy"), id!("explain-remedy.meaning")),
        ],
    ),
    (
        id!("explain-sliders"),
        &[
            (id!("explain-gain"), id!("explain-gain.meaning")),
            (id!("explain-offset"), id!("explain-offset.meaning")),
            (id!("explain-lamp"), id!("explain-lamp.meaning")),
            (id!("explain-tint"), id!("explain-tint.meaning")),
            (id!("explain-rotation"), id!("explain-rotation.meaning")),
            (id!("explain-shift"), id!("explain-shift.meaning")),
            (id!("explain-sampling"), id!("explain-sampling.meaning")),
            (id!("explain-fill"), id!("explain-fill.meaning")),
            (
                id!("explain-field-of-view"),
                id!("explain-field-of-view.meaning"),
            ),
            (id!("explain-tracks"), id!("explain-tracks.meaning")),
        ],
    ),
    (
        id!("explain-pictures"),
        &[
            (id!("explain-299"), id!("explain-299.meaning")),
            (id!("explain-full"), id!("explain-full.meaning")),
            (id!("explain-rgb"), id!("explain-rgb.meaning")),
            (id!("explain-histogram"), id!("explain-histogram.meaning")),
            (id!("explain-difference"), id!("explain-difference.meaning")),
        ],
    ),
    (
        id!("explain-size"),
        &[
            (id!("explain-delta-e"), id!("explain-delta-e.meaning")),
            (id!("explain-l-infinity"), id!("explain-l-infinity.meaning")),
            (id!("explain-ssim"), id!("explain-ssim.meaning")),
        ],
    ),
    (
        id!("explain-proofs"),
        &[
            (id!("explain-smallest"), id!("explain-smallest.meaning")),
            (id!("explain-box"), id!("explain-box.meaning")),
            (id!("proof-steady"), id!("explain-steady.meaning")),
            (id!("proof-fragile"), id!("explain-fragile.meaning")),
            (id!("proof-bounded"), id!("explain-bounded.meaning")),
            (id!("proof-open-outcome"), id!("explain-open.meaning")),
        ],
    ),
    (
        id!("explain-maps"),
        &[
            (id!("page-landscape"), id!("explain-landscape.meaning")),
            (id!("explain-occlusion"), id!("explain-occlusion.hover")),
            (id!("explain-gradient"), id!("explain-gradient.hover")),
            (id!("explain-smoothgrad"), id!("explain-smoothgrad.hover")),
            (id!("explain-integrated"), id!("explain-integrated.hover")),
            (id!("explain-gradcam"), id!("explain-gradcam.hover")),
        ],
    ),
    (
        id!("explain-speed"),
        &[
            (id!("explain-network-ms"), id!("explain-network-ms.meaning")),
            (id!("explain-input-ms"), id!("explain-input-ms.meaning")),
        ],
    ),
];

/// All of them, as the content of a window in front.
pub(crate) fn show(ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    ui.heading(text!("numbers-explained"));
    ui.add_space(theme::GAP);
    scroll_layout::in_front(ui, |ui| {
        for (topic, terms) in TERMS {
            ui.add_space(theme::GAP);
            ui.label(theme::section(topic.get(), &palette));
            for (term, sentence) in terms {
                ui.add(Label::new(RichText::new(term.get()).strong()).wrap());
                ui.add(Label::new(RichText::new(sentence.get()).color(palette.muted)).wrap());
                ui.add_space(4.0);
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_term_is_explained_once_in_a_whole_sentence() {
        let mut names = std::collections::HashSet::new();
        for (term, sentence) in TERMS.iter().flat_map(|(_, terms)| *terms) {
            let (term, sentence) = (term.get(), sentence.get());
            assert!(names.insert(term), "{term}");
            assert!(sentence.ends_with('.'), "{term}: {sentence}");
        }
    }
}
