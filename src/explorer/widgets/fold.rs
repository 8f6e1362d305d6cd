//! Parts of a form that can be folded up.

use egui::{CollapsingHeader, CollapsingResponse, Ui};

use super::focus;
use crate::explorer::theme;

/// Shows a part under its header. egui draws a header that has the keyboard like one under the pointer; here it has a ring.
pub(crate) fn fold<R>(
    ui: &mut Ui,
    header: CollapsingHeader,
    content: impl FnOnce(&mut Ui) -> R,
) -> CollapsingResponse<R> {
    let shown = header.show(ui, content);
    focus::ring(ui, &shown.header_response, theme::palette(ui.ctx()).accent);
    shown
}

#[cfg(test)]
mod tests {
    use egui::{Context, Id, RawInput, Shape};

    use super::*;

    /// How many rings are drawn around the header of a part.
    fn rings(ctx: &Context, focused: bool) -> usize {
        let mut header = Id::NULL;
        let output = ctx.run_ui(RawInput::default(), |ui| {
            let shown = fold(ui, CollapsingHeader::new("Advanced"), |_| ());
            header = shown.header_response.id;
        });
        let ring = |shape: &Shape| matches!(shape, Shape::Rect(rect) if rect.stroke.width == 2.0);
        let rings = output.shapes.iter().filter(|one| ring(&one.shape)).count();
        output.drop_without_applying_deltas();
        if focused {
            ctx.memory_mut(|memory| memory.request_focus(header));
        }
        rings
    }

    #[test]
    fn a_header_that_has_the_keyboard_has_a_ring() {
        let ctx = Context::default();
        assert_eq!(rings(&ctx, true), 0);
        assert_eq!(rings(&ctx, false), 1);
    }
}
