//! `flipscope explain`: where a verdict turns, and what the network looks at, as a figure and as a table.

mod axis;
mod checks;
mod common;
mod files;
mod landscape;
mod maps;
mod npy;
mod summary;

use clap::{Args, Subcommand};

use super::Outcome;
use landscape::LandscapeFlags;
use maps::{GradcamFlags, GradientFlags, IntegratedFlags, OcclusionFlags, SmoothgradFlags};
use summary::SummaryFlags;

/// Explains the verdict of one photograph, unaltered or altered.
///
/// --out gets the figure (.png, .svg or .pdf), --csv the numbers: of a map of the picture one line for each row, from the top, with
/// one number for each column and no header; of a landscape a header, and one line for each point. docs/explain.md says exactly what
/// each number is. Nothing is written if it is cancelled (Ctrl-C). A map that is flat says so.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  flipscope explain occlusion mole.jpg --out occlusion.png --csv occlusion.csv\n  \
    flipscope explain occlusion mole.jpg --out fine.pdf --size 31 --stride 7 --check\n  \
    flipscope explain landscape mole.jpg --out turn.svg --x rotate --y shift-x,-25,25,26 --csv turn.csv\n  \
    flipscope explain landscape mole.jpg --out gains.png --x gain-r --y gain-b --offset 0,-5,0\n  \
    flipscope explain integrated mole.jpg --out ig.png --class melanoma\n  \
    flipscope explain summary mole.jpg --out summary.svg --json"
)]
pub(super) struct ExplainCommand {
    #[command(subcommand)]
    method: Method,
}

#[derive(Debug, Subcommand)]
enum Method {
    /// P(melanoma) with a square of the mean colour over each place: the letter's map
    Occlusion(OcclusionFlags),
    /// Pixel × gradient: what each pixel adds to the logit, to first order
    Gradient(GradientFlags),
    /// Integrated gradients: what each pixel adds to the logit, from a picture of the mean colour
    Integrated(IntegratedFlags),
    /// `SmoothGrad`: the mean gradient of noisy copies
    Smoothgrad(SmoothgradFlags),
    /// Grad-CAM: where the last block of the network speaks for the class
    Gradcam(GradcamFlags),
    /// P(melanoma) over one or two parameters: rotation, shift, gain, offset
    Landscape(LandscapeFlags),
    /// The smallest change that flips the verdict, for each family of changes
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
