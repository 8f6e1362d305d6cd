//! `flipscope classify`: verdicts of photographs, unaltered or altered.

use std::borrow::Cow;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;
use serde::Serialize;

use flipscope_base::human::probability_beside;
use flipscope_base::untrusted;
use flipscope_image::lesion::{self, Frame, Framing};
use flipscope_image::perturb::{self, Perturbation};
use flipscope_lab::altered::StoredPerturbation;
use flipscope_model::{Assumption, Classifier, Label, Remedy, Verdict};

use super::arguments::{ModelArguments, PerturbationArguments};
use super::saving::Saving;
use super::{Incomplete, Outcome, finding_files, judged_by, output};

/// Photographs that are decoded and judged together.
const CHUNK: usize = 16;

const EXAMPLES: &str = "\
Examples:
  flipscope classify mole.jpg --offset 0,-10,0 --rotate 45
  flipscope classify ~/moles --json > verdicts.jsonl
  flipscope classify ~/moles --gain 1.05,1,1 --save altered";

/// Print verdicts of photographs, unaltered or altered
///
/// One line for each photograph: P(melanoma), the verdict (in JSON `verdict`, and once more under its earlier name, `label`), the file. A folder stands for the pictures in it, including those that flipscope wrote there; only what --save is about to write is
/// skipped. A photograph that cannot be read is reported on standard error and the rest are still processed; the exit status is
/// then 1.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Classify {
    /// Photographs, or folders of them
    #[arg(value_name = "PHOTOGRAPH", required = true)]
    photographs: Vec<PathBuf>,

    /// Print one JSON object per line; of a photograph that cannot be read it has `file` and `error`
    #[arg(long)]
    json: bool,

    /// Write the altered frames, exactly as they were judged, into this folder as NAME.altered.png. Photographs of the same
    /// name are distinguished by their path below the folder that contains them all (a/x.jpg and b/x.jpg: a-x and b-x)
    #[arg(long, value_name = "DIR")]
    save: Option<PathBuf>,

    /// Let --save replace files in its folder, but never an input
    #[arg(long, requires = "save")]
    force: bool,

    /// Alter the photographs as this file says: the JSON beside an altered picture that the window saved, or of a finding. In
    /// place of the flags below
    #[arg(
        long = "perturbation",
        value_name = "FILE.json",
        conflicts_with = "PerturbationArguments"
    )]
    stored: Option<PathBuf>,

    #[command(flatten)]
    perturbation: PerturbationArguments,

    #[command(flatten)]
    model: ModelArguments,
}

/// One line of `--json`.
#[derive(Serialize)]
struct Line<'a> {
    file: Cow<'a, str>,
    /// The name's bytes, if it is not Unicode.
    #[serde(skip_serializing_if = "Option::is_none")]
    file_bytes: Option<String>,
    image_sha256: Option<&'a str>,
    framing: Framing,
    raw_values: bool,
    exif_orientation: u8,
    colour_profile: Option<&'a str>,
    notes: &'a [String],
    perturbation: &'a Perturbation,
    frame_sha256: String,
    altered_sha256: String,
    p_melanoma: f32,
    threshold: f32,
    verdict: Label,
    /// Its earlier name, kept for scripts: in the window, the label is what a table says of the lesion.
    label: Label,
    classes: &'a [String],
    probabilities: &'a [f32],
    model: &'a str,
    model_sha256: &'a str,
    remedy: Remedy,
    assumptions: &'a [Assumption],
    device: &'a str,
    precision: &'a str,
    version: &'static str,
}

/// A photograph that was read and altered.
struct Prepared {
    path: PathBuf,
    about: AssumptionKind,
    frame_sha256: String,
    altered: Frame,
}

/// What is reported of a photograph after its pixels have been released.
struct AssumptionKind {
    image_sha256: Option<String>,
    exif_orientation: u8,
    colour_profile: Option<String>,
    notes: Vec<String>,
}

impl AssumptionKind {
    fn of(photograph: &lesion::Photograph) -> Self {
        Self {
            image_sha256: photograph.source.sha256().map(str::to_owned),
            exif_orientation: photograph.exif_orientation,
            colour_profile: photograph.colour_profile.clone(),
            notes: photograph.notes.clone(),
        }
    }
}

/// Reads what --perturbation names.
fn stored_in(path: &Path) -> anyhow::Result<StoredPerturbation> {
    let text = finding_files::text(path)?;
    StoredPerturbation::from_json(&text)
        .map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))
}

/// Whether a photograph is the one that was altered, but gives another frame.
fn differs(one: &Prepared, stored: &StoredPerturbation) -> bool {
    let same_photograph =
        stored.image_sha256.is_some() && stored.image_sha256 == one.about.image_sha256;
    same_photograph && stored.altered_sha256.as_ref() != Some(&one.altered.sha256())
}

impl Classify {
    pub(super) fn run(self) -> Outcome {
        let stored = self.stored.as_deref().map(stored_in).transpose()?;
        let perturbation = match &stored {
            Some(stored) => stored.perturbation.clone(),
            None => self.perturbation.valid()?,
        };
        perturbation.validate()?;
        let classifier = self.model.load()?;
        if let Some(note) = classifier.device_note() {
            output::report(note);
        }
        output::assumptions(classifier.info());
        let mut listing = lesion::find_pictures(&self.photographs);
        let mut complete = listing.problems.is_empty();
        for problem in &listing.problems {
            output::report(problem);
        }
        let mut saving = None;
        if let Some(folder) = &self.save {
            let model = self.model.file();
            let model = model.as_deref();
            let mut into = Saving::into_folder(folder, self.force, &listing.files, model)?;
            let left_out;
            (listing.files, left_out) = into.without_own(listing.files, &self.photographs);
            if left_out > 0 {
                let folder = folder.display();
                output::report(&format!(
                    "{folder}: pictures that --save will write there, skipped: {left_out}"
                ));
            }
            saving = Some(into);
        }
        // If results go to a terminal, progress would be mixed with them.
        let progress = listing.files.len() > CHUNK
            && std::io::stderr().is_terminal()
            && !std::io::stdout().is_terminal();
        for (done, chunk) in listing.files.chunks(CHUNK).enumerate() {
            complete &= self.chunk(
                chunk,
                &classifier,
                (&perturbation, stored.as_ref()),
                saving.as_mut(),
            )?;
            if progress {
                let done = (done * CHUNK + chunk.len()).min(listing.files.len());
                output::report(&format!("{done} of {}", listing.files.len()));
            }
        }
        Ok(if complete { Ok(()) } else { Err(Incomplete) })
    }

    /// Judges some photographs; returns whether all could be judged.
    fn chunk(
        &self,
        paths: &[PathBuf],
        classifier: &Classifier,
        (perturbation, stored): (&Perturbation, Option<&StoredPerturbation>),
        mut saving: Option<&mut Saving>,
    ) -> anyhow::Result<bool> {
        let framing = self.model.framing().unwrap_or(classifier.info().framing);
        let prepared: Vec<anyhow::Result<Prepared>> = paths
            .par_iter()
            .map(|path| {
                // Nothing at full size outlives this: many large photographs would not fit in memory together.
                let (frame, about) =
                    lesion::open_with(path, self.model.color_handling(), |photograph| {
                        (
                            framing.apply(&photograph.raster),
                            AssumptionKind::of(photograph),
                        )
                    })?;
                let altered = perturb::apply(&frame, perturbation)?;
                Ok(Prepared {
                    path: path.clone(),
                    about,
                    frame_sha256: frame.sha256(),
                    altered,
                })
            })
            .collect();
        let mut complete = true;
        let mut readable = Vec::new();
        for (path, one) in paths.iter().zip(prepared) {
            match one {
                Ok(one) => readable.push(one),
                Err(error) => {
                    complete = false;
                    output::report(&output::describe(&error));
                    if self.json {
                        output::json(&judged_by::failed(path, &error))?;
                    }
                }
            }
        }
        let frames: Vec<Frame> = readable.iter().map(|one| one.altered.clone()).collect();
        let verdicts = classifier.classify(&frames)?;
        for (one, verdict) in readable.iter().zip(&verdicts) {
            if stored.is_some_and(|stored| differs(one, stored)) {
                output::report(&format!(
                    "{}: the altered frame is not the one of --perturbation: framing, orientation or colours are treated \
                     differently here (--framing, --raw-values)",
                    one.path.display()
                ));
            }
            self.print(one, verdict, framing, classifier, perturbation)?;
            if let Some(saving) = &mut saving
                && let Err(error) = saving.save(&one.path, &one.altered)?
            {
                complete = false;
                output::report(&output::describe(&error));
            }
        }
        Ok(complete)
    }

    fn print(
        &self,
        one: &Prepared,
        verdict: &Verdict,
        framing: Framing,
        classifier: &Classifier,
        perturbation: &Perturbation,
    ) -> anyhow::Result<()> {
        let info = classifier.info();
        let threshold = self.model.threshold().unwrap_or(info.threshold);
        let label = verdict.label(threshold);
        if !self.json {
            for note in &one.about.notes {
                output::report(&format!("{}: {note}", one.path.display()));
            }
            let p = verdict.p_melanoma;
            output::line(&format!(
                "{:<6}  {:<8}  {}",
                probability_beside(p, threshold, 4),
                label.name(),
                one.path.display()
            ))?;
            return Ok(());
        }
        let about = &one.about;
        let line = Line {
            file: one.path.to_string_lossy(),
            file_bytes: untrusted::bytes_of_name(&one.path),
            image_sha256: about.image_sha256.as_deref(),
            framing,
            raw_values: self.model.color_handling() == lesion::ColorHandling::Raw,
            exif_orientation: about.exif_orientation,
            colour_profile: about.colour_profile.as_deref(),
            notes: &about.notes,
            perturbation,
            frame_sha256: one.frame_sha256.clone(),
            altered_sha256: one.altered.sha256(),
            p_melanoma: verdict.p_melanoma,
            threshold,
            verdict: label,
            label,
            classes: &info.classes,
            probabilities: &verdict.probabilities,
            model: &info.name,
            model_sha256: &info.sha256,
            remedy: info.remedy,
            assumptions: &info.assumptions,
            device: classifier.device(),
            precision: classifier.precision(),
            version: env!("CARGO_PKG_VERSION"),
        };
        output::json(&line)?;
        Ok(())
    }
}
