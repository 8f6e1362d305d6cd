//! How many distinct frames a box has in any photograph, before one is opened.
//!
//! A frame in which every value occurs has every step of a colour that any other has, and so at least as many frames. Of rotations
//! the steps of Pillow's fixed point are counted, whether a pixel moves or not.

use super::critical_angles;
use super::error::ProofError;
use super::plan::{Draws, Plan};
use super::proof_box::ProofBox;
use flipscope_image::lesion::Frame;

impl ProofBox {
    /// The most distinct frames of the box that a photograph can have.
    ///
    /// # Errors
    /// If the box is impossible.
    pub fn most_frames(&self) -> Result<u64, ProofError> {
        self.validate()?;
        if let Self::Rotation { radius, .. } = *self {
            return Ok(critical_angles::most(radius));
        }
        let every = (0..Frame::BYTES).map(|at| (at / 3 % 256) as u8).collect();
        let Ok(frame) = Frame::from_rgb(every) else {
            return Ok(Plan::MOST_FRAMES);
        };
        // How many random ones are drawn does not matter here.
        Ok(Plan::new(self, &frame, Draws { count: 1, seed: 0 })?.frames())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::{BoxKind, Channels};
    use flipscope_image::perturb::Fill;

    #[test]
    fn no_photograph_has_more_frames_than_the_most() {
        let colours = [[12, 80, 140], [200, 30, 90], [90, 255, 0]];
        let pixels = (0..Frame::BYTES / 3).flat_map(|at| colours[at / 7 % 3]);
        let frame = Frame::from_rgb(pixels.collect()).unwrap();
        for region in [
            ProofBox::usual(BoxKind::Gain),
            ProofBox::usual(BoxKind::Illuminant),
            ProofBox::Offset {
                radius: 4.0,
                channels: Channels::Each,
            },
            ProofBox::Rotation {
                radius: 0.25,
                fill: Fill::Black,
            },
        ] {
            let most = region.most_frames().unwrap();
            let has = Plan::new(&region, &frame, Draws { count: 1, seed: 0 })
                .unwrap()
                .frames();
            assert!(has > 1 && has <= most, "{region}: {has} of {most}");
        }
        let offsets = ProofBox::usual(BoxKind::Offset);
        assert_eq!(offsets.most_frames().unwrap(), 9261);
    }
}
