//! `flipscope study new`: what a study consists of.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, ensure};
use clap::Args;

use flipscope_image::perturb::{Fill, Sampling};
use flipscope_lab::dataset::split::Split;
use flipscope_lab::dataset::{Dataset, Part};
use flipscope_lab::proof::ProofBox;
use flipscope_lab::search::{AttackKind, Direction, Mode, Preset, Strategy};
use flipscope_lab::study::plan::{Draft, Job, Model, Plan, Role, choose, details_in_words};
use flipscope_lab::study::store::Store;
use flipscope_lab::study::sweep::Family;
use flipscope_lab::study::{Estimate, Settings, StudyError, estimate};
use flipscope_model::{Classifier, Label, ModelSource};

use flipscope_base::human::{counted, duration};

use crate::cli::arguments::{ModelArguments, at_least_one};
use crate::cli::interrupt::on_ctrl_c;
use crate::cli::{Incomplete, Outcome, labels, misuse, out_folder, output};

/// Makes a study. Only a few frames are judged, to say how long it will take.
#[derive(Debug, Args)]
pub(super) struct New {
    /// The study's file
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The labelled photographs: an ISIC or HAM10000 table (CSV), or a folder per class (melanoma/, nevus/)
    #[arg(long, value_name = "TABLE|FOLDER", help_heading = "Photographs")]
    data: PathBuf,

    /// Folder with the table's photographs, if they are not next to it
    #[arg(long, value_name = "FOLDER", help_heading = "Photographs")]
    images: Option<PathBuf>,

    /// The split of a training (its split.json); by default, the table's own split; without either, all photographs are studied
    #[arg(long, value_name = "FILE", help_heading = "Photographs")]
    split: Option<PathBuf>,

    /// The part that results are reported for: train, validation or test
    #[arg(long, value_name = "PART", default_value = "test", value_parser = part, help_heading = "Photographs")]
    part: Part,

    /// The part on which thresholds are chosen
    #[arg(long, value_name = "PART", default_value = "validation", value_parser = part, help_heading = "Photographs")]
    tuning: Part,

    /// Study this many lesions instead of all, drawn by --seed, melanomas and nevi in proportion
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(2..), help_heading = "Photographs")]
    sample: Option<u64>,

    /// Another model (a file, or an embedded model: demo or demo-jitter) to compare on the same photographs; may be repeated
    #[arg(long, value_name = "FILE", help_heading = "Jobs")]
    against: Vec<PathBuf>,

    /// Sensitivities for which a threshold is chosen on the tuning photographs, e.g. 0.9,0.95
    #[arg(long, value_name = "P,…", value_delimiter = ',', value_parser = sensitivity, help_heading = "Jobs")]
    sensitivity: Vec<f64>,

    /// Systematic perturbations: all, letter (offsets, gains, rotations, shifts, flips), none, or names, e.g. offset-green,rotation,jpeg
    #[arg(
        long,
        value_name = "LIST",
        default_value = "all",
        value_parser = families,
        help_heading = "Jobs"
    )]
    perturb: Families,

    /// Resampling of rotations and shifts: nearest (the letter's) or bilinear
    #[arg(
        long,
        value_name = "SAMPLING",
        default_value = "nearest",
        help_heading = "Jobs"
    )]
    sampling: Sampling,

    /// What fills the uncovered area: black (the letter's), edge, reflect or mean-skin
    #[arg(
        long,
        value_name = "FILL",
        default_value = "black",
        help_heading = "Jobs"
    )]
    fill: Fill,

    /// Attack every melanoma that is classified correctly: fgsm, pixels, colour, pose, grid, or several
    #[arg(
        long,
        value_name = "LIST",
        value_delimiter = ',',
        help_heading = "Jobs"
    )]
    attack: Vec<AttackKind>,

    /// Prove these boxes around every melanoma that is classified correctly, as `flipscope prove` does: `KIND[:RADIUS[:CHANNELS]]`, e.g.
    /// offset:5,gain:0.1,illuminant:1000,rotation:0.3; without a radius, that of `flipscope prove`
    #[arg(
        long,
        value_name = "LIST",
        value_delimiter = ',',
        help_heading = "Jobs"
    )]
    prove: Vec<ProofBox>,

    /// The most frames that a proof may judge for one photograph; what is open then is said to be. Without it, as many as it takes
    #[arg(long, value_name = "N", requires = "prove", value_parser = at_least_one, help_heading = "Jobs")]
    prove_budget: Option<u64>,

    /// Attack and prove every nevus that is classified correctly, too
    #[arg(long, help_heading = "Jobs")]
    nevi: bool,

    /// Parameters of the attacks: letter or default
    #[arg(
        long,
        value_name = "PRESET",
        default_value = "default",
        help_heading = "Jobs"
    )]
    preset: Preset,

    /// Question of the attacks: first (find a flip, and stop), lowest (the lowest probability within the bounds; also called flip) or
    /// smallest (how little flips it). Without it: first; with --preset letter: lowest
    #[arg(long, value_name = "MODE", help_heading = "Jobs")]
    mode: Option<Mode>,

    /// How attacks look for it: auto, evolution, gradient, direct or random. Without it: auto; with --preset letter: evolution
    #[arg(
        long,
        value_name = "STRATEGY",
        requires = "attack",
        help_heading = "Jobs"
    )]
    strategy: Option<Strategy>,

    /// The most frames that an attack may use for one photograph
    #[arg(long, value_name = "N", value_parser = at_least_one, help_heading = "Jobs")]
    budget: Option<u64>,

    /// Seed of the sample, of random corruptions, of the attacks, and of the bootstrap
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Jobs")]
    seed: u64,

    #[command(flatten)]
    model: ModelArguments,
}

/// What `--perturb` names.
#[derive(Clone, Debug)]
struct Families(Vec<Family>);

fn families(text: &str) -> Result<Families, String> {
    let families = match text {
        "all" => Family::all(),
        "letter" => Family::letter(),
        "none" => Vec::new(),
        names => (names.split(','))
            .map(|name| name.trim().parse::<Family>())
            .collect::<Result<_, _>>()
            .map_err(|error| error.to_string())?,
    };
    if families.contains(&Family::Unaltered) {
        return Err("the unaltered picture is judged anyway".to_owned());
    }
    let mut once = families.clone();
    once.sort_unstable();
    once.dedup();
    if once.len() < families.len() {
        return Err("a family is named twice".to_owned());
    }
    Ok(Families(families))
}

fn sensitivity(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|it| (0.0..=1.0).contains(it));
    share.ok_or_else(|| "a sensitivity is a number from 0 to 1".to_owned())
}

fn part(text: &str) -> Result<Part, String> {
    let found = Part::ALL.into_iter().find(|part| part.name() == text);
    found.ok_or_else(|| "a part is train, validation or test".to_owned())
}

impl New {
    pub(super) fn run(self) -> Outcome {
        if self.nevi && self.attack.is_empty() && self.prove.is_empty() {
            return Err(misuse(
                "--nevi: there is nothing to do with them: give --attack or --prove",
            ));
        }
        ensure!(
            !self.file.exists(),
            StudyError::Exists {
                path: self.file.clone()
            }
        );
        out_folder::try_file(&self.file)?;
        let cancel = on_ctrl_c()?;
        let (first, models) = self.models()?;
        let dataset = Dataset::read(&self.data, self.images.as_deref())?;
        labels::report(&dataset);
        let split = self.split.as_deref().map(Split::read).transpose()?;
        let draft = self.draft();
        let choice = draft.choice(split.as_ref());
        let chosen = choose(&dataset, &choice, &|_, _| (), &cancel)?;
        for left_out in &chosen.left_out {
            output::report(&format!("{}: left out: {}", left_out.id, left_out.reason));
        }
        let complete = !chosen.left_out.iter().any(|one| one.unusable);
        let lesions = chosen.lesions;
        let plan = draft.plan(&dataset, chosen, models, self.model.color_handling())?;
        plan.validate().map_err(|error| match error {
            StudyError::NoTuning { .. } => anyhow!("{error} (--split, --tuning, --sensitivity)"),
            other => other.into(),
        })?;
        let Some(model) = plan.models.first() else {
            return Err(StudyError::Plan("a study needs a model".to_owned()).into());
        };
        let estimate = estimate(&plan, model, &Settings::default(), &first)?;
        Store::create(&self.file, &plan)?;
        say(&self.file, &plan)?;
        say_how_long(&estimate, &draft, &first, lesions)?;
        Ok(if complete { Ok(()) } else { Err(Incomplete) })
    }

    /// The first model, loaded, and what all of them are.
    fn models(&self) -> anyhow::Result<(Classifier, Vec<Model>)> {
        let first = self.model.load()?;
        let framing = |of: &Classifier| self.model.framing().unwrap_or(of.info().framing);
        if let Some(note) = first.device_note() {
            output::report(note);
        }
        let mut models = vec![Model::of(first.info(), first.precision(), framing(&first))];
        for file in &self.against {
            let source = ModelSource::called(file.clone());
            let other =
                Classifier::load_with(&source, self.model.device(), &self.model.overrides())?;
            models.push(Model::of(other.info(), other.precision(), framing(&other)));
            output::assumptions(other.info());
        }
        output::assumptions(first.info());
        Ok((first, models))
    }

    /// What was asked for.
    fn draft(&self) -> Draft {
        let Families(families) = &self.perturb;
        Draft {
            part: self.part,
            tuning: self.tuning,
            sample: self.sample.map(|count| count as usize),
            sensitivities: self.sensitivity.clone(),
            families: families.clone(),
            sampling: self.sampling,
            fill: self.fill,
            attacks: self.attack.clone(),
            proofs: self.prove.clone(),
            proof_budget: self.prove_budget,
            nevi: self.nevi,
            preset: self.preset,
            mode: self.mode.unwrap_or(Mode::of_preset(self.preset)),
            strategy: self.strategy,
            budget: self.budget,
            seed: self.seed,
        }
    }
}

/// Says what was made: the lesions, the jobs, and a line for each model.
fn say(file: &Path, plan: &Plan) -> anyhow::Result<()> {
    let lesions_of = |role| {
        let melanomas = counted(plan.count(role, Label::Melanoma), "melanoma", "melanomas");
        let nevi = counted(plan.count(role, Label::Nevus), "nevus", "nevi");
        format!("{melanomas}, {nevi}")
    };
    let jobs = plan.jobs.iter().map(|job| details_in_words(&job.name()));
    let jobs: Vec<String> = jobs.collect();
    output::line(&format!(
        "{}  {}; to choose thresholds on: {}; {}; {}{}",
        file.display(),
        lesions_of(Role::Study),
        lesions_of(Role::Tuning),
        counted(plan.models.len(), "model", "models"),
        jobs.join(", "),
        targets(plan)
    ))?;
    for model in &plan.models {
        output::line(&format!("{}: {}", model.name, model.terms()))?;
    }
    Ok(())
}

/// Which photographs are attacked or proved, as the end of a sentence: only those that a model classifies correctly. Nothing if none are.
fn targets(plan: &Plan) -> String {
    let directions: Vec<Direction> = (plan.jobs.iter())
        .filter_map(|job| match job {
            Job::Attack(attack) => Some(attack.direction),
            Job::Proof(proof) => Some(proof.direction),
            _ => None,
        })
        .collect();
    let attacks = plan.jobs.iter().any(|job| matches!(job, Job::Attack(_)));
    let proofs = plan.jobs.iter().any(|job| matches!(job, Job::Proof(_)));
    let verbs = match (attacks, proofs) {
        (true, true) => "attacked and proved",
        (true, false) => "attacked",
        (false, true) => "proved",
        (false, false) => return String::new(),
    };
    let whose: Vec<String> = [Direction::MelanomaToNevus, Direction::NevusToMelanoma]
        .into_iter()
        .filter(|direction| directions.contains(direction))
        .map(|direction| {
            let class = direction.from();
            format!("{} that a model calls {}", class.plural(), class.name())
        })
        .collect();
    format!("; {verbs} are only {}", whose.join(", and "))
}

/// Says how long it will take on this device.
fn say_how_long(
    estimate: &Estimate,
    draft: &Draft,
    first: &Classifier,
    lesions: usize,
) -> anyhow::Result<()> {
    let at_most = if draft.attacks.is_empty() && draft.proofs.is_empty() {
        ""
    } else {
        "at most "
    };
    let sample = draft.seconds_of_a_sample(estimate.seconds(), lesions);
    let sample = sample.map(|seconds| {
        let count = Draft::SAMPLE;
        let time = duration(seconds);
        format!("; {count} lesions sampled (--sample {count}): {time}")
    });
    output::line(&format!(
        "{at_most}about {} on this device ({}, {:.1} frames a second, {at_most}{} frames){}",
        duration(estimate.seconds()),
        first.device(),
        estimate.frames_per_second,
        estimate.frames,
        sample.unwrap_or_default()
    ))?;
    Ok(())
}
