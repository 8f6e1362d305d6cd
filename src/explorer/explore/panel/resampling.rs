//! How a moved picture is sampled, and what fills the area that it uncovers: the same choices for the sliders and for a search.

use egui::{ComboBox, Role, Ui, WidgetInfo};

use flipscope_image::perturb::{Fill, Sampling};
use flipscope_language::text;

use crate::explorer::widgets::segmented;

/// The choice of sampling; returns the new one, if another was clicked. `label` names the group.
pub(crate) fn sampling(ui: &mut Ui, label: &str, now: Sampling) -> Option<Sampling> {
    let choices = [
        (
            Sampling::Nearest,
            text!("resampling-nearest"),
            text!("resampling-nearest.hover"),
        ),
        (
            Sampling::Bilinear,
            text!("resampling-bilinear"),
            text!("resampling-bilinear.hover"),
        ),
    ];
    segmented(ui, label, now, &choices)
}

/// The choice of what fills the uncovered area; `label` is its accessible name.
pub(crate) fn fill(ui: &mut Ui, label: &str, now: Fill) -> Fill {
    let mut chosen = now;
    let shown = ComboBox::from_id_salt(label)
        .selected_text(name(now))
        .show_ui(ui, |ui| {
            for each in [Fill::Black, Fill::Edge, Fill::Reflect, Fill::MeanSkin] {
                ui.selectable_value(&mut chosen, each, name(each));
            }
        });
    let response = shown.response;
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), label);
        info.current_text_value = Some(name(now).to_owned());
        info
    });
    response.on_hover_text(text!("fill-hover"));
    chosen
}

fn name(fill: Fill) -> &'static str {
    match fill {
        Fill::Black => text!("fill-black"),
        Fill::Edge => text!("fill-edge"),
        Fill::Reflect => text!("fill-reflect"),
        Fill::MeanSkin => text!("fill-skin"),
    }
}
