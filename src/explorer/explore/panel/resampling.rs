//! How a moved picture is sampled, and what fills the area that it uncovers: the same choices for the sliders and for a search.

use egui::{ComboBox, Role, Ui, WidgetInfo};

use flipscope_image::perturb::{Fill, Sampling};
use flipscope_language::text;

use crate::explorer::explore::resampling::{fill_in_words, sampling_in_words};
use crate::explorer::widgets::segmented;

/// The choice of sampling; returns the new one, if another was clicked. `label` names the group.
pub(crate) fn sampling(ui: &mut Ui, label: &str, now: Sampling) -> Option<Sampling> {
    let choices = [
        (
            Sampling::Nearest,
            sampling_in_words(Sampling::Nearest),
            text!("resampling-nearest.hover"),
        ),
        (
            Sampling::Bilinear,
            sampling_in_words(Sampling::Bilinear),
            text!("resampling-bilinear.hover"),
        ),
    ];
    segmented(ui, label, now, &choices)
}

/// The choice of what fills the uncovered area; `label` is its accessible name.
pub(crate) fn fill(ui: &mut Ui, label: &str, now: Fill) -> Fill {
    let mut chosen = now;
    let shown = ComboBox::from_id_salt(label)
        .selected_text(fill_in_words(now))
        .show_ui(ui, |ui| {
            for each in [Fill::Black, Fill::Edge, Fill::Reflect, Fill::MeanSkin] {
                ui.selectable_value(&mut chosen, each, fill_in_words(each));
            }
        });
    let response = shown.response;
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), label);
        info.current_text_value = Some(fill_in_words(now).to_owned());
        info
    });
    response.on_hover_text(text!("fill-hover"));
    chosen
}
