//! Summaries of whole families of perturbations, and the three measures of the benchmarks.
//!
//! - **mBCE**: balanced error (one minus balanced accuracy), averaged over the severities of a corruption, and then over the
//!   corruptions. Relative mBCE: minus the balanced error of the unaltered pictures. Maron et al. 2021, Eur J Cancer
//!   155:191–199, after Hendrycks and Dietterich 2019 (arXiv 1903.12261); not divided by a baseline network's.
//! - **mFR**: a family whose levels form a sequence (offsets from −30 to 30, with the unaltered picture at 0) has for each
//!   picture as many steps as variants; its flip rate is the share of steps at which the verdict changes. The mean over the
//!   families that are not corruptions. The same sources, section 4.3 of the second.
//! - **four ways**: a picture is *always right* under a family, *always wrong*, goes from *right to wrong* (right when
//!   unaltered, wrong under at least one variant) or from *wrong to right*. Young et al. 2021, npj Digit Med 4:10, doi
//!   10.1038/s41746-020-00380-6.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::evidence::{Evidence, OperatingThreshold};
use super::pair::{Pair, balanced_error, parameters};
use crate::figures::csv_writer::{Sheet, exact, number, rate, text};
use crate::statistics::{Confusion, ScoredCase};
use crate::study::error::StudyError;
use crate::study::sweep::{Change, Family, Variant};
use flipscope_model::Label;

/// One model at one threshold, while iterating over the variants.
pub(super) struct FamilyTotals {
    operating: OperatingThreshold,
    current: Option<Walk>,
    /// For each corruption the mean balanced error, and that minus the unaltered pictures'.
    corruptions: Vec<(f64, f64)>,
    /// The flip rate of each other family whose levels form a sequence.
    walks: Vec<f64>,
}

/// The family being processed.
pub(super) struct Walk {
    family: Family,
    /// What all its variants share in rendering: for poses the resampling and the fill.
    rendering: String,
    variants: u64,
    /// Balanced error, altered and unaltered, of each variant.
    errors: Vec<(f64, f64)>,
    /// Whether the unaltered picture has been passed.
    past_origin: bool,
    pictures: BTreeMap<u32, Picture>,
}

/// The history of one picture.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about the picture"
)]
struct Picture {
    melanoma: bool,
    right_before: bool,
    wrong_under_one: bool,
    right_under_one: bool,
    unaltered: bool,
    last: Option<bool>,
    steps: u64,
    flips: u64,
}

impl FamilyTotals {
    pub(super) fn new(operating: &OperatingThreshold) -> Self {
        Self {
            operating: operating.clone(),
            current: None,
            corruptions: Vec::new(),
            walks: Vec::new(),
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.operating.name
    }

    pub(super) fn threshold(&self) -> f64 {
        self.operating.threshold
    }

    /// Processes a variant; returns the previous family, if this variant is the first of another.
    pub(super) fn step(&mut self, variant: &Variant, pairs: &[Pair<'_>]) -> Option<Walk> {
        let other = (self.current.as_ref()).is_some_and(|walk| walk.family != variant.family);
        let ended = if other { self.end() } else { None };
        let threshold = self.operating.threshold;
        let walk = self.current.get_or_insert_with(|| Walk::new(variant));
        walk.step(variant, pairs, threshold);
        ended
    }

    /// Ends the current family.
    pub(super) fn end(&mut self) -> Option<Walk> {
        let mut walk = self.current.take()?;
        walk.pass_origin(f64::INFINITY);
        if walk.family.is_corruption() {
            self.corruptions.extend(walk.mean_errors());
        } else if walk.family.origin().is_some() {
            let (flips, steps) = walk.flips();
            if steps > 0 {
                self.walks.push(flips as f64 / steps as f64);
            }
        }
        Some(walk)
    }
}

impl Walk {
    fn new(variant: &Variant) -> Self {
        let rendering = match &variant.change {
            Change::Perturbation(_) => parameters(variant),
            Change::Corruption(_) => String::new(),
        };
        Self {
            family: variant.family,
            rendering,
            variants: 0,
            errors: Vec::new(),
            past_origin: false,
            pictures: BTreeMap::new(),
        }
    }

    fn step(&mut self, variant: &Variant, pairs: &[Pair<'_>], threshold: f64) {
        self.variants += 1;
        for pair in pairs {
            let melanoma = pair.image.label == Label::Melanoma;
            let unaltered = pair.before >= threshold;
            self.pictures.entry(pair.place).or_insert(Picture {
                melanoma,
                right_before: unaltered == melanoma,
                wrong_under_one: false,
                right_under_one: false,
                unaltered,
                last: None,
                steps: 0,
                flips: 0,
            });
        }
        self.pass_origin(variant.level);
        for pair in pairs {
            if let Some(picture) = self.pictures.get_mut(&pair.place) {
                let called = pair.after >= threshold;
                let right = called == picture.melanoma;
                picture.right_under_one |= right;
                picture.wrong_under_one |= !right;
                if self.family.origin().is_some() {
                    picture.comes_to(called);
                }
            }
        }
        let error = |score: fn(&Pair<'_>) -> f64| {
            let judged: Vec<ScoredCase> = (pairs.iter())
                .map(|pair| ScoredCase {
                    score: score(pair),
                    melanoma: pair.image.label == Label::Melanoma,
                })
                .collect();
            balanced_error(&Confusion::at(threshold, &judged))
        };
        self.errors
            .extend(error(|pair| pair.after).zip(error(|pair| pair.before)));
    }

    /// Inserts the unaltered picture into the sequence, if it comes before a level and has not been passed.
    fn pass_origin(&mut self, level: f64) {
        let before = self.family.origin().is_some_and(|origin| origin < level);
        if before && !self.past_origin {
            self.past_origin = true;
            for picture in self.pictures.values_mut() {
                picture.comes_to(picture.unaltered);
            }
        }
    }

    /// The mean balanced error, and that minus the unaltered pictures'.
    fn mean_errors(&self) -> Option<(f64, f64)> {
        let count = self.errors.len() as f64;
        let altered: f64 = self.errors.iter().map(|(altered, _)| altered).sum();
        let unaltered: f64 = self.errors.iter().map(|(_, unaltered)| unaltered).sum();
        (count > 0.0).then(|| (altered / count, (altered - unaltered) / count))
    }

    fn flips(&self) -> (u64, u64) {
        let pictures = self.pictures.values();
        pictures.fold((0, 0), |(flips, steps), picture| {
            (flips + picture.flips, steps + picture.steps)
        })
    }

    fn count(&self, which: impl Fn(&Picture) -> bool) -> u64 {
        self.pictures.values().filter(|one| which(one)).count() as u64
    }
}

impl Picture {
    fn comes_to(&mut self, called: bool) {
        if let Some(last) = self.last {
            self.steps += 1;
            self.flips += u64::from(last != called);
        }
        self.last = Some(called);
    }

    fn goes_wrong(&self) -> bool {
        self.right_before && self.wrong_under_one
    }
}

/// The two tables.
pub(super) struct Families {
    each: Sheet,
    robustness: Sheet,
}

impl Families {
    pub(super) fn new(folder: &Path) -> Result<Self, StudyError> {
        let families = [
            "model",
            "framing",
            "remedy",
            "threshold",
            "p_melanoma_at_least",
            "family",
            "rendering",
            "seed",
            "variants",
            "pictures",
            "mean_balanced_error",
            "relative_balanced_error",
            "always_right",
            "always_wrong",
            "right_to_wrong",
            "wrong_to_right",
            "melanomas",
            "melanomas_right_to_wrong",
            "nevi",
            "nevi_right_to_wrong",
            "right_to_wrong_rate",
            "right_to_wrong_rate_lower",
            "right_to_wrong_rate_upper",
            "steps",
            "steps_flipped",
            "step_flip_rate",
        ];
        let robustness = [
            "model",
            "framing",
            "remedy",
            "threshold",
            "p_melanoma_at_least",
            "seed",
            "figure",
            "value",
            "families",
        ];
        Ok(Self {
            each: Sheet::new(folder, "families.csv", &families)?,
            robustness: Sheet::new(folder, "robustness.csv", &robustness)?,
        })
    }

    pub(super) fn row(
        &mut self,
        one: &Evidence<'_>,
        totals: &FamilyTotals,
        walk: &Walk,
    ) -> Result<(), StudyError> {
        let pictures = walk.pictures.len() as u64;
        let goes_wrong = walk.count(Picture::goes_wrong);
        let errors = walk.mean_errors();
        let (flips, steps) = walk.flips();
        let mut row = vec![
            text(&one.model.name),
            one.model.framing.to_string(),
            one.remedy(),
            totals.name().to_owned(),
            exact(totals.threshold() as f32),
            walk.family.name(),
            walk.rendering.clone(),
            one.plan.seed.to_string(),
            walk.variants.to_string(),
            pictures.to_string(),
            number(errors.map(|(mean, _)| mean)),
            number(errors.map(|(_, relative)| relative)),
        ];
        let counts = [
            walk.count(|one| one.right_before && !one.wrong_under_one),
            walk.count(|one| !one.right_before && !one.right_under_one),
            goes_wrong,
            walk.count(|one| !one.right_before && one.right_under_one),
            walk.count(|one| one.melanoma),
            walk.count(|one| one.melanoma && one.goes_wrong()),
            walk.count(|one| !one.melanoma),
            walk.count(|one| !one.melanoma && one.goes_wrong()),
        ];
        row.extend(counts.map(|count| count.to_string()));
        row.extend(rate(goes_wrong, pictures));
        row.extend([steps, flips].map(|count| count.to_string()));
        let walks = walk.family.origin().is_some() && steps > 0;
        row.push(number(walks.then(|| flips as f64 / steps as f64)));
        Ok(self.each.row(row)?)
    }

    pub(super) fn summary(
        &mut self,
        one: &Evidence<'_>,
        totals: &FamilyTotals,
    ) -> Result<(), StudyError> {
        let mean = |values: &mut dyn Iterator<Item = f64>, count: usize| {
            (count > 0).then(|| values.sum::<f64>() / count as f64)
        };
        let corruptions = totals.corruptions.len();
        let walks = totals.walks.len();
        for (figure, value, families) in [
            (
                "mBCE",
                mean(
                    &mut totals.corruptions.iter().map(|(mean, _)| *mean),
                    corruptions,
                ),
                corruptions,
            ),
            (
                "relative mBCE",
                mean(
                    &mut totals.corruptions.iter().map(|(_, relative)| *relative),
                    corruptions,
                ),
                corruptions,
            ),
            ("mFR", mean(&mut totals.walks.iter().copied(), walks), walks),
        ] {
            self.robustness.row([
                text(&one.model.name),
                one.model.framing.to_string(),
                one.remedy(),
                totals.name().to_owned(),
                exact(totals.threshold() as f32),
                one.plan.seed.to_string(),
                figure.to_owned(),
                number(value),
                families.to_string(),
            ])?;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<[PathBuf; 2], StudyError> {
        Ok([self.each.finish()?, self.robustness.finish()?])
    }
}
