//! One plain sentence for every number and control, for tooltips and for the window *The numbers explained*.

use egui::{Label, RichText, ScrollArea, Ui};

use crate::explorer::panels::scroll_layout;
use crate::explorer::theme;

/// What P(melanoma) is, and what it is not.
pub(crate) const P_MELANOMA: &str = "P(melanoma) is the share, from 0 to 1, that the network gives to melanoma for this picture and \
no other. It is not the risk of the patient: the network knows neither history nor prevalence, is rarely calibrated, and can be \
sure and wrong.";

/// A term, and its sentence.
type Term = (&'static str, &'static str);

/// The terms by topic.
pub(crate) const TERMS: [(&str, &[Term]); 5] = [
    (
        "Verdict",
        &[
            ("P(melanoma)", P_MELANOMA),
            (
                "Threshold",
                "From this P(melanoma) on, the verdict is melanoma; lower, it is nevus. The model brings its own; drag the mark on the \
                 bar to set another.",
            ),
            (
                "Triangle: melanoma, circle: nevus",
                "What the network calls the picture at the threshold. It is not a diagnosis.",
            ),
            (
                "Flipped",
                "The altered picture has another verdict than the original, at the same threshold.",
            ),
            (
                "Truth, right, wrong",
                "The diagnosis that a table of labels states for the photograph, and whether the verdict on the unaltered picture \
                 agrees with it.",
            ),
            (
                "The line over time",
                "P(melanoma) of the altered picture, one point for each answer of the network, the newest on the right.",
            ),
        ],
    ),
    (
        "Sliders",
        &[
            (
                "Gain",
                "Multiplies a colour channel: 1.1 is a tenth brighter in it. The letter's search varied it from 0.9 to 1.1.",
            ),
            (
                "Offset",
                "Adds to a colour channel, in units of 0 to 255. The letter's systematic study took 10 from green.",
            ),
            (
                "Rotation",
                "Turns the picture about its centre, in degrees; positive is counter-clockwise.",
            ),
            (
                "Shift X, Shift Y",
                "Moves the picture in pixels of the 299 × 299 that the network sees: positive is to the right, and downwards.",
            ),
            (
                "Sampling",
                "How a turned picture gets its pixels: the nearest one as it is, or a mixture of four.",
            ),
            (
                "Uncovered area",
                "What fills the corners that a turned or moved picture leaves. Black corners can flip a verdict by themselves.",
            ),
            (
                "Circular field of view",
                "Blackens what is outside a circle, on both pictures, so that turning adds no new black corners.",
            ),
            (
                "Thick and thin tracks",
                "P(melanoma) along a slider, the others left as they are: thick where the verdict would be melanoma, thin where it \
                 would be nevus, ticks where it is still being computed. Below it, dashed, the same for a compared model.",
            ),
        ],
    ),
    (
        "Pictures",
        &[
            (
                "299 × 299",
                "What the network sees: the photograph scaled down, whole (squash) or its middle square (crop).",
            ),
            (
                "Full resolution",
                "The photograph's own pixels, altered in the same way, for people: the network never sees them.",
            ),
            (
                "R, G, B",
                "Red, green and blue of the pixel under the pointer, from 0 to 255: before → after.",
            ),
            (
                "Histogram",
                "How many pixels have each value of red, green and blue: line before, filled after.",
            ),
            (
                "Difference",
                "What was added to each channel, times a factor: grey is no change, lighter is more, darker is less.",
            ),
        ],
    ),
    (
        "Size of a change",
        &[
            (
                "ΔE2000",
                "How different the colours look to people, mean over the picture: about 1 is just noticeable, side by side.",
            ),
            (
                "L∞",
                "The largest change of any channel of any pixel, in units of 0 to 255.",
            ),
            (
                "SSIM",
                "How alike the structure of both pictures is: 1 is identical, 0 has nothing in common.",
            ),
        ],
    ),
    (
        "Speed",
        &[
            (
                "Network … ms",
                "How long the network computed for the newest verdict.",
            ),
            (
                "Input to verdict … ms",
                "How long it took from your hand to the verdict, waiting and rendering included.",
            ),
        ],
    ),
];

/// All of them, as the content of a window in front.
pub(crate) fn show(ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    ui.heading("The numbers explained");
    ui.add_space(theme::GAP);
    let high = scroll_layout::modal_height(ui);
    ScrollArea::vertical()
        .max_height(high)
        .min_scrolled_height(high)
        .show(ui, |ui| {
            for (topic, terms) in TERMS {
                ui.add_space(theme::GAP);
                ui.label(theme::section(topic, &palette));
                for (term, sentence) in terms {
                    ui.add(Label::new(RichText::new(*term).strong()).wrap());
                    ui.add(Label::new(RichText::new(*sentence).color(palette.muted)).wrap());
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
            assert!(names.insert(term), "{term}");
            assert!(sentence.ends_with('.'), "{term}: {sentence}");
        }
    }
}
