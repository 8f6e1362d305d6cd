//! What all explanations share: the photograph, the model, the files, progress and Ctrl-C.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::files::{Files, Written};
use crate::cli::arguments::{ModelArguments, PerturbationArguments};
use crate::cli::interrupt::on_ctrl_c;
use crate::cli::{judged_by, misuse, output};
use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::{self, Frame};
use flipscope_image::perturb::{self, Perturbation};
use flipscope_lab::explain::figure::Caption;
use flipscope_lab::explain::{ExplainError, Watch};
use flipscope_lab::search::{Subject, judge};
use flipscope_language::{Language, within};
use flipscope_model::Classifier;
use serde_json::{Value, json};

/// What all explanations take.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// The photograph
    #[arg(value_name = "PHOTOGRAPH")]
    pub(super) photograph: PathBuf,

    /// The figure: a .png, .svg or .pdf
    #[arg(long, value_name = "FILE", help_heading = "Files")]
    pub(super) out: PathBuf,

    /// The numbers as CSV
    #[arg(long, value_name = "FILE", help_heading = "Files")]
    pub(super) csv: Option<PathBuf>,

    /// Replace these files if they exist, but never an input
    #[arg(long, help_heading = "Files")]
    pub(super) force: bool,

    /// Print everything but the map's values as one JSON object
    #[arg(long)]
    pub(super) json: bool,

    #[command(flatten)]
    pub(super) model: ModelArguments,
}

/// A photograph that was read, with the model that explains it.
pub(super) struct Explained {
    pub(super) classifier: Classifier,
    pub(super) subject: Subject,
    /// What the perturbation made of it: the frame that is explained.
    pub(super) frame: Arc<Frame>,
    /// The unaltered frame.
    pub(super) original: Arc<Frame>,
    pub(super) perturbation: Perturbation,
    pub(super) threshold: f32,
    pub(super) files: Files,
    cancel: Cancel,
}

impl Common {
    /// Loads the model (its gradients in f64 if `double`), reads the photograph, and checks that the files may be written; `further`
    /// are inputs as well.
    pub(super) fn open(
        &self,
        altered: Option<&PerturbationArguments>,
        further: &[PathBuf],
        double: bool,
    ) -> anyhow::Result<Explained> {
        let perturbation = match altered {
            Some(flags) => flags.valid()?,
            None => Perturbation::default(),
        };
        let model = self.model.file();
        let inputs = [Some(self.photograph.as_path()), model.as_deref()];
        let files = Files::new(
            &self.out,
            self.csv.as_deref(),
            self.force,
            (inputs.into_iter().flatten()).chain(further.iter().map(PathBuf::as_path)),
        )?;
        let cancel = on_ctrl_c()?;
        let classifier = self.model.load_explained(double)?;
        if let Some(note) = classifier.device_note() {
            output::report(note);
        }
        output::assumptions(classifier.info());
        let info = classifier.info();
        let framing = self.model.framing().unwrap_or(info.framing);
        let color_handling = self.model.color_handling();
        let photograph = lesion::open(&self.photograph, color_handling)?;
        for note in &photograph.notes {
            output::report(&format!("{}: {note}", self.photograph.display()));
        }
        let original = Arc::new(framing.apply(&photograph.raster));
        let frame = Arc::new(perturb::apply(&original, &perturbation)?);
        Ok(Explained {
            threshold: self.model.threshold().unwrap_or(info.threshold),
            subject: Subject {
                image: photograph.source.name(),
                image_sha256: photograph.source.sha256().map(str::to_owned),
                framing,
                color_handling,
            },
            classifier,
            frame,
            original,
            perturbation,
            files,
            cancel,
        })
    }
}

impl Explained {
    /// Runs something with a progress bar on standard error, if that is a terminal.
    pub(super) fn watched<T>(
        &self,
        work: impl FnOnce(&mut Watch<'_>) -> Result<T, ExplainError>,
    ) -> anyhow::Result<T> {
        let bar = ProgressBar::new(0);
        let template = "{pos} of {len} {bar:24} {elapsed_precise} left {eta}";
        bar.set_style(
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        let done = work(&mut Watch::new(&self.cancel, &mut |done, of| {
            bar.set_length(of as u64);
            bar.set_position(done as u64);
        }));
        bar.finish_and_clear();
        // All parameters, and all values of axes, come from flags.
        done.map_err(|error| match error {
            ExplainError::Parameter { .. } | ExplainError::Perturbation(_) => misuse(error),
            other => other.into(),
        })
    }

    pub(super) fn caption(&self, checks: Vec<String>) -> Caption {
        let altered = !self.perturbation.is_identity();
        Caption {
            image: self.subject.image.clone(),
            altered: altered.then(|| within(Language::English, || self.perturbation.in_words())),
            p_original: None,
            truth: None,
            model: self.classifier.info().name.clone(),
            threshold: self.threshold,
            checks,
        }
    }

    /// P(melanoma) of the unaltered frame, with the field of view if the alteration has one.
    pub(super) fn p_original(&self) -> anyhow::Result<f32> {
        let original = self.perturbation.of_original();
        let judged = judge(&self.classifier, &self.original, &original)?;
        Ok(judged.verdict.p_melanoma)
    }

    /// The unaltered frame, if the explained one is another.
    pub(super) fn unaltered(&self) -> Option<&Frame> {
        (self.frame != self.original).then_some(&*self.original)
    }

    /// Where an explanation comes from and what was written, for a line of JSON; `more` is what it is.
    pub(super) fn about(
        &self,
        photograph: &std::path::Path,
        written: &Written,
        more: Value,
    ) -> Value {
        let info = self.classifier.info();
        let mut about = json!({
            "image_sha256": self.subject.image_sha256, "framing": self.subject.framing,
            "raw_values": self.subject.color_handling == lesion::ColorHandling::Raw,
            "perturbation": self.perturbation,
            "frame_sha256": self.original.sha256(), "altered_sha256": self.frame.sha256(),
            "files": written.names(),
        });
        if let Some(about) = about.as_object_mut()
            && self.classifier.double_gradients()
        {
            about.insert("gradient_precision".to_owned(), json!("f64"));
        }
        let (device, precision) = (self.classifier.device(), self.classifier.precision());
        let network = judged_by::network(info, self.threshold, device, precision);
        let object = judged_by::with(judged_by::with(about, network), more);
        output::with_file("file", photograph, object)
    }
}
