//! A case in a lecture hall, where a class answers by show of hands: the picture fills the height of the screen, and beside it are the
//! question and the counts, in letters for the last row. In practice, what is told stands there, to single readers too.

use egui::{Pos2, Rect, pos2, vec2};

/// Where the parts of a case are.
pub(super) struct Places {
    pub picture: Rect,
    pub question: Rect,
    /// The middle of the line that says how far the reader is.
    pub progress: Pos2,
}

/// Room above the picture for the progress, and around everything, in points.
const ABOVE: f32 = 40.0;
const EDGE: f32 = 18.0;
/// Width of the column with the question, in points: what it needs, and what it takes where there is more.
const COLUMN: f32 = 350.0;
const MOST: f32 = 460.0;
/// The smallest side of a picture, in points.
const SIDE: f32 = 240.0;

/// The least size of a window, in points.
pub(super) const LEAST: [f32; 2] = [SIDE + COLUMN + 3.0 * EDGE, SIDE + ABOVE + EDGE];

/// Where the parts of a case are on a screen; none if it is too small. On the same screen they are the same for every case.
pub(super) fn places(screen: Rect) -> Option<Places> {
    let [width, height] = LEAST;
    if screen.width() < width || screen.height() < height {
        return None;
    }
    let side = (screen.height() - ABOVE - EDGE).min(screen.width() - COLUMN - 3.0 * EDGE);
    let column = (screen.width() - side - 3.0 * EDGE).min(MOST);
    let left = screen.left() + (screen.width() - side - column - 3.0 * EDGE) / 2.0 + EDGE;
    let top = screen.top() + ABOVE + (screen.height() - ABOVE - EDGE - side) / 2.0;
    let picture = Rect::from_min_size(pos2(left, top), vec2(side, side));
    Some(Places {
        picture,
        question: Rect::from_min_max(
            pos2(picture.right() + EDGE, screen.top() + ABOVE),
            pos2(picture.right() + EDGE + column, screen.bottom() - EDGE),
        ),
        progress: pos2(screen.center().x, screen.top() + ABOVE / 2.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_takes_nine_tenths_of_the_height_of_a_screen_and_nothing_leaves_it() {
        for size in [[960.0, 540.0], [864.0, 540.0], [800.0, 600.0], LEAST] {
            let screen = Rect::from_min_size(pos2(0.0, 0.0), size.into());
            let places = places(screen).expect("large enough");
            assert!(screen.contains_rect(places.picture), "{size:?}");
            assert!(screen.contains_rect(places.question), "{size:?}");
            assert!(places.question.left() > places.picture.right());
            assert!(places.question.width() >= COLUMN - 0.01, "{size:?}");
        }
        let hall = Rect::from_min_size(pos2(0.0, 0.0), vec2(960.0, 540.0));
        let side = places(hall).expect("large enough").picture.height();
        assert!(side >= 0.89 * 540.0, "{side}");
        let small = Rect::from_min_size(pos2(0.0, 0.0), vec2(LEAST[0] - 1.0, 540.0));
        assert!(places(small).is_none());
    }
}
