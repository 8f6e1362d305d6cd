//! The histograms of red, green and blue: filled is the altered picture, the line is the original.

use egui::{
    Align2, Color32, Rect, RichText, Role, Sense, Shape, Stroke, StrokeKind, TextStyle, Ui,
    WidgetInfo, pos2, vec2,
};

use flipscope_language::{Text, decimal, id, text};

use crate::explorer::command::Command;
use crate::explorer::explore::lesion::Lesion;
use crate::explorer::panels::Pane;
use crate::explorer::picture::command::PictureCommand;
use crate::explorer::picture::histogram::Channel;
use crate::explorer::theme::{self, Palette};

/// Height of one of them, in points.
const HEIGHT: f32 = 44.0;
/// The channels: letter, name.
const CHANNELS: [(&str, Text); 3] = [
    ("R", id!("picture-red")),
    ("G", id!("picture-green")),
    ("B", id!("picture-blue")),
];

/// Shows them at the width there is.
pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let palette = theme::palette(ui.ctx());
    ui.add_space(theme::GAP);
    ui.label(RichText::new(text!("picture-histogram")).color(palette.muted))
        .on_hover_text(text!("picture-histogram.hover"));
    if pane.state.pixels.is_missing(lesion) {
        pane.emit(Command::Picture(PictureCommand::Inspect));
    }
    // Those of a moment ago, until the new ones are there: they do not flicker under a moving slider.
    let pixels = &pane.state.pixels;
    let of_frame = pixels.newest.as_ref().filter(|newest| {
        let frame = lesion.frame();
        frame.is_some_and(|frame| std::sync::Arc::ptr_eq(frame, &newest.of.frame))
    });
    let histograms = of_frame.map(|newest| &newest.histograms);
    for (at, (letter, name)) in CHANNELS.into_iter().enumerate() {
        let channels =
            histograms.and_then(|[before, after]| Some([before.0.get(at)?, after.0.get(at)?]));
        one(ui, letter, name.get(), channels, &palette);
    }
}

fn one(ui: &mut Ui, letter: &str, name: &str, channels: Option<[&Channel; 2]>, palette: &Palette) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let means = channels.map(|channels| channels.map(|channel| channel.mean().unwrap_or(0.0)));
    let words = match means {
        Some([before, after]) => {
            let [before, after] = [before, after].map(|mean| decimal(format!("{mean:.1}")));
            text!(
                "picture-histogram-of",
                channel = name,
                before = before,
                after = after,
            )
        }
        None => text!("picture-histogram-pending", channel = name),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    response.on_hover_text(&words);
    if !ui.is_rect_visible(rect) {
        return;
    }
    let painter = ui.painter_at(rect);
    painter.rect(
        rect,
        4.0,
        palette.card,
        Stroke::new(1.0, palette.line),
        StrokeKind::Inside,
    );
    if let Some([before, after]) = channels {
        let plot = rect.shrink2(vec2(4.0, 3.0));
        let most = before.most().max(after.most()).max(1);
        bars(
            &painter,
            plot,
            after,
            most,
            palette.muted.gamma_multiply(0.55),
        );
        painter.add(Shape::line(
            line(plot, before, most),
            Stroke::new(1.25, palette.text),
        ));
    }
    let font = TextStyle::Small.resolve(ui.style());
    let corner = rect.left_top() + vec2(6.0, 3.0);
    painter.text(corner, Align2::LEFT_TOP, letter, font, palette.text);
}

/// Left and right edge of the bar of a value.
fn across(plot: Rect, value: usize) -> [f32; 2] {
    let width = plot.width() / 256.0;
    let left = plot.left() + width * value as f32;
    [left, left + width]
}

fn height(plot: Rect, count: u32, most: u32) -> f32 {
    plot.bottom() - plot.height() * (count.min(most) as f32 / most as f32)
}

fn bars(painter: &egui::Painter, plot: Rect, channel: &Channel, most: u32, colour: Color32) {
    for (value, &count) in channel
        .0
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
    {
        let [left, right] = across(plot, value);
        let top = height(plot, count, most);
        let bar = Rect::from_min_max(pos2(left, top), pos2(right, plot.bottom()));
        painter.rect_filled(bar, 0.0, colour);
    }
}

fn line(plot: Rect, channel: &Channel, most: u32) -> Vec<egui::Pos2> {
    let point = |(value, count): (usize, &u32)| {
        let [left, right] = across(plot, value);
        pos2(f32::midpoint(left, right), height(plot, *count, most))
    };
    channel.0.iter().enumerate().map(point).collect()
}
