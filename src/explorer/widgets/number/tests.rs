//! Tests of a field as it is drawn.

use egui::{Context, RawInput, Shape, TextStyle};

use super::*;

/// The size of the letters that a number is drawn in, and whether it is cut off, in a field of this width.
fn drawn(value: f64, width: f32) -> (f32, bool) {
    let ctx = Context::default();
    let output = ctx.run_ui(RawInput::default(), |ui| {
        let field = NumberField {
            name: "a number",
            range: 0.0..=1e6,
            speed: 1.0,
            decimals: (0, 4),
            unit: Unit::None,
            hint: "",
            size: vec2(width, 20.0),
        };
        field.show(ui, value);
    });
    let shapes = output.shapes.iter();
    let mut texts = shapes.filter_map(|clipped| match &clipped.shape {
        Shape::Text(text) => Some(&text.galley),
        _ => None,
    });
    let galley = texts.next().unwrap();
    let size = galley.job.sections[0].format.font_id.size;
    let drawn = (size, galley.elided);
    output.drop_without_applying_deltas();
    drawn
}

#[test]
fn a_number_is_set_smaller_before_it_is_cut_off() {
    let size = |style: TextStyle| style.resolve(&Context::default().global_style()).size;
    let [usual, small] = [TextStyle::Body, TextStyle::Small].map(size);
    assert!(small < usual);
    let wide = |style: TextStyle| {
        let mut wide = 0.0;
        let ctx = Context::default();
        let output = ctx.run_ui(RawInput::default(), |ui| {
            let galley = egui::WidgetText::from("123456.7891").into_galley(
                ui,
                Some(TextWrapMode::Extend),
                f32::INFINITY,
                style.clone(),
            );
            wide = galley.size().x;
        });
        output.drop_without_applying_deltas();
        wide
    };
    let edges = 2.0 * PADDING + 1.0;
    let value = 123_456.789_1;
    assert_eq!(drawn(value, wide(TextStyle::Body) + edges), (usual, false));
    assert_eq!(drawn(value, wide(TextStyle::Small) + edges), (small, false));
    assert_eq!(drawn(value, wide(TextStyle::Small) - 5.0), (small, true));
}
