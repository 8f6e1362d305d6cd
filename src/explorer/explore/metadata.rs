//! What is known about a photograph's file, as data: the window says it in its own language.

use flipscope_base::untrusted::printable;
use flipscope_image::lesion::{ColorHandling, Photograph};
use flipscope_language::text;

/// Format, size, orientation and colour profile of a photograph, and what was done about them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// File format, e.g. "JPEG"; `None` for a synthetic lesion.
    format: Option<&'static str>,
    /// Width and height in pixels.
    size: [u32; 2],
    /// Whether its values were taken as they are.
    raw: bool,
    /// As EXIF has it: 1 is upright.
    exif_orientation: u8,
    /// The profile's name, if it has one.
    colour_profile: Option<String>,
    /// What else was noticed while it was read.
    notes: Vec<String>,
}

impl Metadata {
    /// Of a photograph that was read.
    pub(crate) fn of(photograph: &Photograph) -> Self {
        let shown = |text: &String| printable(text).into_owned();
        Self {
            format: photograph.format,
            size: [photograph.raster.width(), photograph.raster.height()],
            raw: photograph.color_handling == ColorHandling::Raw,
            exif_orientation: photograph.exif_orientation,
            colour_profile: photograph.colour_profile.as_ref().map(shown),
            notes: photograph.notes.iter().map(shown).collect(),
        }
    }

    /// Whether something was noticed: in words of the language in which the file was read.
    pub(crate) fn has_notes(&self) -> bool {
        !self.notes.is_empty()
    }

    /// One line each.
    pub(crate) fn lines(&self) -> Vec<String> {
        let [width, height] = self.size.map(|side| side.to_string());
        let mut lines = vec![match self.format {
            Some(format) => text!(
                "explore-fact-size",
                format = format,
                width = width,
                height = height,
            ),
            None => text!("explore-fact-synthetic", width = width, height = height),
        }];
        if self.exif_orientation != 1 {
            let orientation = self.exif_orientation;
            lines.push(if self.raw {
                text!(
                    "explore-fact-orientation-ignored",
                    orientation = orientation
                )
            } else {
                text!(
                    "explore-fact-orientation-applied",
                    orientation = orientation
                )
            });
        }
        if let Some(profile) = &self.colour_profile {
            lines.push(if self.raw {
                text!("explore-fact-profile-ignored", profile = &**profile)
            } else {
                text!("explore-fact-profile-converted", profile = &**profile)
            });
        }
        lines.extend(self.notes.iter().cloned());
        lines
    }
}
