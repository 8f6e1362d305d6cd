//! `flipscope explain`: where a verdict flips, and what the network looks at, as a figure and as a table.

mod axis;
mod checks;
mod common;
mod files;
mod landscape;
mod maps;
mod npy;
mod summary;

use clap::{Args, Subcommand};

use super::{Outcome, glossary};
use landscape::LandscapeFlags;
use maps::{GradcamFlags, GradientFlags, IntegratedFlags, OcclusionFlags, SmoothgradFlags};
use summary::SummaryFlags;

const EXAMPLES: &str = "\
Examples:
  flipscope explain occlusion mole.jpg --out map.png --csv map.csv
  flipscope explain occlusion mole.jpg --out fine.pdf --size 31 --stride 7 \\
      --check
  flipscope explain integrated mole.jpg --out ig.png --class melanoma
  flipscope explain summary mole.jpg --out summary.svg --json

  # P(melanoma) over two parameters, of one model and of two
  flipscope explain landscape mole.jpg --out turn.svg --x rotate \\
      --y shift-x,-25,25,26 --csv turn.csv
  flipscope explain landscape mole.jpg --out gains.png --x gain-r --y gain-b \\
      --offset 0,-5,0
  flipscope explain landscape mole.jpg --out two.png --against demo-jitter";

/// `explain`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ExplainCommand {
    #[command(subcommand)]
    method: Method,
}

#[derive(Debug, Subcommand)]
enum Method {
    /// P(melanoma) with a square of the mean colour over each place: the letter's map
    ///
    /// As the letter's code makes it: the square is 0 after the normalisation, its corner moves from 0 to 298 by the stride, and
    /// squares at the right and the bottom are cut. --csv: one line for each row of squares, from the top, and in it a number for each column,
    /// from the left: the first is the square in the upper left corner, each further one lies a stride on. The figure shows for each pixel the
    /// mean over the squares that cover it.
    #[command(after_long_help = glossary::MAP)]
    Occlusion(OcclusionFlags),
    /// Pixel × gradient: what each pixel adds to the logit, to first order
    ///
    /// Shrikumar et al. 2016. --csv: for each pixel the sum over its channels.
    #[command(after_long_help = glossary::MAP)]
    Gradient(GradientFlags),
    /// Integrated gradients: what each pixel adds to the logit, from a picture of the mean colour
    ///
    /// Sundararajan et al. 2017. --csv: for each pixel the sum over its channels. The line that is printed says how far the
    /// attributions are from the difference of the scores.
    #[command(after_long_help = glossary::MAP)]
    Integrated(IntegratedFlags),
    /// SmoothGrad: the mean gradient of noisy copies
    ///
    /// Smilkov et al. 2017. --csv: for each pixel the sum over its channels of the size of the mean gradient.
    #[expect(clippy::doc_markdown, reason = "shown as it is by --help")]
    #[command(after_long_help = glossary::MAP)]
    Smoothgrad(SmoothgradFlags),
    /// Grad-CAM: where the last block of the network speaks for the class
    ///
    /// Selvaraju et al. 2017, at the last block before the pooling: of Inception-v3 Mixed_7c, 8 × 8. --csv: one line for each of its
    /// rows, not stretched and not scaled.
    #[expect(clippy::doc_markdown, reason = "shown as it is by --help")]
    #[command(after_long_help = glossary::MAP)]
    Gradcam(GradcamFlags),
    /// P(melanoma) over one or two parameters: rotation, shift, lamp, gain, offset
    ///
    /// Each value is what `flipscope classify` says with the same parameters: on the processor, to the last bit. Parameters that no
    /// axis varies are those of the flags. Axes: rotate (degrees), shift-x, shift-y (pixels), kelvin, tint (of the lamp), gain, gain-r, gain-g, gain-b, offset,
    /// offset-r, offset-g, offset-b. --csv: a header, and one line for each point. --against:
    /// a second model side by side, a further column.
    Landscape(LandscapeFlags),
    /// The smallest change that flips the verdict, for each family of changes
    ///
    /// Turns, moves, brightness and single colours are looked at step by step, the smallest first; noise is FGSM's, and colour balance
    /// is found by a search, so that theirs are upper bounds. Every flip is confirmed on the altered frame's PNG, judged alone. That
    /// nothing flips means: none of the settings that were looked at.
    #[command(after_long_help = glossary::SUMMARY)]
    Summary(SummaryFlags),
}

impl ExplainCommand {
    pub(super) fn run(self) -> Outcome {
        match self.method {
            Method::Occlusion(flags) => flags.run(),
            Method::Gradient(flags) => flags.run(),
            Method::Integrated(flags) => flags.run(),
            Method::Smoothgrad(flags) => flags.run(),
            Method::Gradcam(flags) => flags.run(),
            Method::Landscape(flags) => flags.run(),
            Method::Summary(flags) => flags.run(),
        }
    }
}
