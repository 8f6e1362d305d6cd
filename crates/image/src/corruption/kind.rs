//! The kinds of corruption, and their parameters at severities 1 to 5.

use super::Corruption;

/// Severities run from 1 to this.
pub const SEVERITIES: usize = 5;

/// A corruption that has severities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are those of Corruption")]
pub enum CorruptionKind {
    GaussianNoise,
    ShotNoise,
    ImpulseNoise,
    SpeckleNoise,
    GaussianBlur,
    DefocusBlur,
    MotionBlur,
    ZoomBlur,
    BrightnessUp,
    BrightnessDown,
    Contrast,
    Saturation,
    Pixelate,
    Jpeg,
    BlackCorner,
    Characters,
    Ruler,
    Bubbles,
}

impl CorruptionKind {
    /// All of them, in the order used in tables.
    pub const ALL: [Self; 18] = [
        Self::GaussianNoise,
        Self::ShotNoise,
        Self::ImpulseNoise,
        Self::SpeckleNoise,
        Self::GaussianBlur,
        Self::DefocusBlur,
        Self::MotionBlur,
        Self::ZoomBlur,
        Self::BrightnessUp,
        Self::BrightnessDown,
        Self::Contrast,
        Self::Saturation,
        Self::Pixelate,
        Self::Jpeg,
        Self::BlackCorner,
        Self::Characters,
        Self::Ruler,
        Self::Bubbles,
    ];

    /// Its name on the command line and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::GaussianNoise => "gaussian-noise",
            Self::ShotNoise => "shot-noise",
            Self::ImpulseNoise => "impulse-noise",
            Self::SpeckleNoise => "speckle-noise",
            Self::GaussianBlur => "gaussian-blur",
            Self::DefocusBlur => "defocus-blur",
            Self::MotionBlur => "motion-blur",
            Self::ZoomBlur => "zoom-blur",
            Self::BrightnessUp => "brightness-up",
            Self::BrightnessDown => "brightness-down",
            Self::Contrast => "contrast",
            Self::Saturation => "saturation",
            Self::Pixelate => "pixelate",
            Self::Jpeg => "jpeg",
            Self::BlackCorner => "black-corner",
            Self::Characters => "characters",
            Self::Ruler => "ruler",
            Self::Bubbles => "bubbles",
        }
    }

    /// Its corruptions at severities 1 to 5.
    #[must_use]
    pub fn severities(self) -> [Corruption; SEVERITIES] {
        use Corruption as C;
        match self {
            Self::GaussianNoise => {
                [0.08, 0.12, 0.18, 0.26, 0.38].map(|sigma| C::GaussianNoise { sigma })
            }
            Self::ShotNoise => [60.0, 25.0, 12.0, 5.0, 3.0].map(|photons| C::ShotNoise { photons }),
            Self::ImpulseNoise => {
                [0.03, 0.06, 0.09, 0.17, 0.27].map(|share| C::ImpulseNoise { share })
            }
            Self::SpeckleNoise => {
                [0.15, 0.2, 0.35, 0.45, 0.6].map(|sigma| C::SpeckleNoise { sigma })
            }
            Self::GaussianBlur => [1.0, 2.0, 3.0, 4.0, 6.0].map(|sigma| C::GaussianBlur { sigma }),
            Self::DefocusBlur => [(3, 0.1), (4, 0.5), (6, 0.5), (8, 0.5), (10, 0.5)]
                .map(|(radius, edge)| C::DefocusBlur { radius, edge }),
            Self::MotionBlur => [(10, 3.0), (15, 5.0), (15, 8.0), (15, 12.0), (20, 15.0)]
                .map(|(radius, sigma)| C::MotionBlur { radius, sigma }),
            Self::ZoomBlur => [
                (1.11, 0.01),
                (1.16, 0.01),
                (1.21, 0.02),
                (1.26, 0.02),
                (1.31, 0.03),
            ]
            .map(|(below, step)| C::ZoomBlur { below, step }),
            Self::BrightnessUp => [0.1, 0.2, 0.3, 0.4, 0.5].map(|add| C::Brightness { add }),
            // From SAM-C, whose parameters are not published: the mirror image of ImageNet-C's.
            Self::BrightnessDown => [-0.1, -0.2, -0.3, -0.4, -0.5].map(|add| C::Brightness { add }),
            Self::Contrast => [0.4, 0.3, 0.2, 0.1, 0.05].map(|factor| C::Contrast { factor }),
            Self::Saturation => [(0.3, 0.0), (0.1, 0.0), (2.0, 0.0), (5.0, 0.1), (20.0, 0.2)]
                .map(|(factor, add)| C::Saturation { factor, add }),
            Self::Pixelate => [0.6, 0.5, 0.4, 0.3, 0.25].map(|scale| C::Pixelate { scale }),
            Self::Jpeg => [25, 18, 15, 10, 7].map(|quality| C::Jpeg { quality }),
            // From here on the severities are our own.
            Self::BlackCorner => [1.3, 1.2, 1.1, 1.0, 0.9].map(|radius| C::BlackCorner { radius }),
            Self::Characters => [2, 4, 8, 12, 16].map(|count| C::Characters { count }),
            Self::Ruler => [12, 18, 24, 32, 40].map(|depth| C::Ruler { depth }),
            Self::Bubbles => [3, 6, 10, 15, 22].map(|count| C::Bubbles { count }),
        }
    }
}
