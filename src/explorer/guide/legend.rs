//! The legend of the bands on the sliders.

use egui::{Color32, Rect, Role, Sense, Stroke, TextStyle, Ui, WidgetInfo, pos2, vec2};

use flipscope_language::{Text, id, text};

use crate::explorer::theme;

/// Length of a sample of a band, in points, and the space beside it.
const SAMPLE: f32 = 20.0;
const GAP: f32 = 5.0;
const BETWEEN: f32 = 12.0;

/// What a band looks like where the verdict is melanoma, nevus, or not known yet.
const KINDS: [(Text, Kind); 3] = [
    (id!("legend-melanoma"), Kind::Melanoma),
    (id!("legend-nevus"), Kind::Nevus),
    (id!("legend-computing"), Kind::Open),
];

#[derive(Clone, Copy)]
enum Kind {
    Melanoma,
    Nevus,
    Open,
}

/// Shows it in one row, or in as many as it takes.
pub(crate) fn bands(ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let row = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(BETWEEN, 2.0);
        for (name, kind) in KINDS {
            let font = TextStyle::Small.resolve(ui.style());
            let text =
                ui.painter()
                    .layout_no_wrap(name.get().to_owned(), font, Color32::PLACEHOLDER);
            let size = vec2(SAMPLE + GAP + text.size().x, text.size().y.max(12.0));
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            let sample = Rect::from_min_size(rect.min, vec2(SAMPLE, rect.height()));
            paint(ui, sample, kind, &palette);
            let at = pos2(sample.right() + GAP, rect.center().y - text.size().y / 2.0);
            ui.painter().galley(at, text, palette.muted);
        }
    });
    let words = text!("legend-hover");
    row.response
        .widget_info(|| WidgetInfo::labeled(Role::Image, true, words));
    row.response.on_hover_text(words);
}

fn paint(ui: &Ui, place: Rect, kind: Kind, palette: &theme::Palette) {
    let middle = place.center().y;
    let (half, colour) = match kind {
        Kind::Melanoma => (3.5, palette.melanoma),
        Kind::Nevus => (1.75, palette.nevus),
        Kind::Open => {
            let mut x = place.left();
            while x < place.right() {
                let tick = Stroke::new(2.0, palette.muted.gamma_multiply(0.7));
                ui.painter()
                    .vline(x + 1.0, (middle - 1.75)..=(middle + 1.75), tick);
                x += 5.0;
            }
            return;
        }
    };
    let band = Rect::from_x_y_ranges(place.x_range(), (middle - half)..=(middle + half));
    ui.painter().rect_filled(band, 0.0, colour);
}
