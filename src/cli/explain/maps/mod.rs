//! `flipscope explain occlusion`, `gradient`, `integrated`, `smoothgrad` and `gradcam`: maps of the picture.

mod class;
mod methods;
mod sentence;

use std::path::Path;

use clap::Args;

use super::checks::CheckFlags;
use super::common::{Common, Explained};
use super::files::{Further, original_beside};
use super::npy;
use crate::cli::arguments::PerturbationArguments;
use crate::cli::{Outcome, output};
use flipscope_image::lesion::Frame;
use flipscope_lab::explain::figure::{pair, picture};
use flipscope_lab::explain::request::MapRequest;
use flipscope_lab::explain::saliency::Attributions;
use flipscope_lab::explain::{ExplainError, Map, ProbedNetwork, Quantity, Watch, table};

pub(super) use methods::{
    GradcamFlags, GradientFlags, IntegratedFlags, OcclusionFlags, SmoothgradFlags,
};
pub(super) use sentence::sentence;

/// What all maps of the picture take.
#[derive(Debug, Args)]
struct MapFlags {
    /// Opacity of the map over the picture
    #[arg(long, value_name = "0..1", default_value_t = 0.6, value_parser = share, help_heading = "Map")]
    opacity: f64,

    /// Also the map of the unaltered picture, with the same colours; with --csv TABLE.csv, its values in TABLE.original.csv
    #[arg(long, help_heading = "Map")]
    both: bool,

    #[command(flatten)]
    check: CheckFlags,

    #[command(flatten)]
    common: Common,

    #[command(flatten)]
    perturbation: PerturbationArguments,
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("give a number from 0 to 1".to_owned()),
    }
}

/// How a method makes its attributions of the explained frame.
type Make<'a> =
    &'a dyn Fn(&dyn ProbedNetwork, &Quantity, &mut Watch<'_>) -> Result<Attributions, ExplainError>;

impl MapFlags {
    /// Opens the photograph and checks all files. Gradients are computed in f64 if `double`.
    fn open(&self, further: &[Option<&Path>], double: bool) -> anyhow::Result<Explained> {
        let explained = self.common.open(Some(&self.perturbation), &[], double)?;
        for path in further.iter().flatten() {
            explained.files.check(path)?;
        }
        if let Some(beside) = self.original_table(&explained) {
            explained.files.check(&beside)?;
        }
        Ok(explained)
    }

    /// Where the values of the unaltered picture go, if they are wanted.
    fn original_table(&self, explained: &Explained) -> Option<std::path::PathBuf> {
        let csv = self.common.csv.as_deref()?;
        let wanted = self.both && explained.unaltered().is_some();
        wanted.then(|| original_beside(csv))
    }

    /// A map that a request makes as it is.
    fn made(&self, explained: &Explained, request: &MapRequest) -> Outcome {
        let quantity = request.quantity(&explained.classifier, &explained.frame)?;
        let map = explained.watched(|watch| {
            request.map(&explained.classifier, &explained.frame, &quantity, watch)
        })?;
        self.finish(explained, &map, request, &[])
    }

    /// A map that is a sum over channels.
    fn attributed(
        &self,
        explained: &Explained,
        request: &MapRequest,
        make: Make<'_>,
        channels: Option<&Path>,
        further: &[Further<'_>],
    ) -> Outcome {
        let quantity = request.quantity(&explained.classifier, &explained.frame)?;
        let attributions =
            explained.watched(|watch| make(&explained.classifier, &quantity, watch))?;
        let side = Frame::SIDE as usize;
        let mut further = further.to_vec();
        if let Some(path) = channels {
            let array = npy::bytes(&[side, side, 3], attributions.values.iter());
            further.push((path, array));
        }
        self.finish(explained, &attributions.map(), request, &further)
    }

    /// Checks the map if that is wanted, writes everything, and says what was found.
    fn finish(
        &self,
        explained: &Explained,
        map: &Map,
        request: &MapRequest,
        further: &[Further<'_>],
    ) -> Outcome {
        let again = |network: &dyn ProbedNetwork, watch: &mut Watch<'_>| {
            request.map(network, &explained.frame, &map.quantity, watch)
        };
        let checked = self.check.run(explained, map, &again, &self.common.model)?;
        let mut further = further.to_vec();
        let (frame, unaltered) = (&explained.frame, explained.unaltered());
        let mut caption = explained.caption(checked.sentences.clone());
        if unaltered.is_some() && !self.both {
            caption.p_original = Some(explained.p_original()?);
        }
        let beside = self.original_table(explained);
        let svg = match unaltered.filter(|_| self.both) {
            Some(original) => {
                let network = &explained.classifier;
                let unaltered = std::sync::Arc::new(original.clone());
                let before = explained
                    .watched(|watch| request.map(network, &unaltered, &map.quantity, watch))?;
                if let Some(path) = &beside {
                    further.push((path, table::csv(&before).into_bytes()));
                }
                pair([(&before, original), (map, frame)], &caption, self.opacity)?
            }
            None => picture(map, frame, unaltered, &caption, self.opacity)?,
        };
        let written = (explained.files).write(&svg, &table::csv(map), &further)?;
        if self.common.json {
            let mut about = map.about();
            if let (Some(object), Some(checks)) = (about.as_object_mut(), checked.json) {
                object.insert("checks".to_owned(), checks);
            }
            output::json(&explained.about(&self.common.photograph, &written, about))?;
        } else {
            output::line(&sentence(map, explained.threshold))?;
            for words in &checked.sentences {
                output::line(words)?;
            }
            output::line(&written.in_words())?;
        }
        Ok(Ok(()))
    }
}
