//! The selection of a study's pictures.

use flipscope_language::text;
use std::path::{Path, PathBuf};

use super::{Image, Role};
use crate::dataset::split::{Duplicates, LeftOut, Reason, Split, groups_of, undivided};
use crate::dataset::{Dataset, Example, Part};
use crate::study::error::StudyError;
use flipscope_base::cancel::Cancel;
use flipscope_base::random::{RandomStream as _, Seeded};
use flipscope_model::Label;

/// Which pictures of a data set to select.
#[derive(Clone, Debug)]
pub struct ImageSelection<'a> {
    /// How the set is divided; by default, as its own table says, and if that says nothing, not at all.
    pub split: Option<&'a Split>,
    /// The part that results are reported for, if the set is divided.
    pub part: Part,
    /// The part on which thresholds are chosen, if the set is divided.
    pub tuning: Part,
    /// This many lesions (with all their pictures) instead of all, melanomas and nevi in proportion.
    pub sample: Option<usize>,
    /// Seed of the sample.
    pub seed: u64,
}

/// The selection.
#[derive(Clone, Debug)]
pub struct SelectedImages {
    /// The folder that all paths are relative to.
    pub root: PathBuf,
    /// The pictures, with those of the study first.
    pub images: Vec<Image>,
    /// What is left out because it cannot be read, or shows the same as another picture.
    pub left_out: Vec<LeftOut>,
    /// Lesions (or patients, or pictures if neither is known) before sampling.
    pub lesions: usize,
}

type Labelled<'a> = (&'a Example, Label);

/// Pictures with the hashes of their files.
#[derive(Default)]
struct Hashed<'a> {
    labelled: Vec<Labelled<'a>>,
    sha256: Vec<String>,
}

impl Hashed<'_> {
    /// Without the pictures whose names cannot be stored in a study's file.
    fn nameable(self, left_out: &mut Vec<LeftOut>) -> Self {
        let mut kept = Self::default();
        for (one, sha256) in self.labelled.into_iter().zip(self.sha256) {
            let (example, _) = one;
            if example.path.to_str().is_some() {
                kept.labelled.push(one);
                kept.sha256.push(sha256);
            } else {
                // A study's file holds text.
                left_out.push(LeftOut::unusable(&example.id, Reason::NotUnicode));
            }
        }
        kept
    }
}

/// The pictures of the study and the tuning pictures.
struct Members<'a> {
    study: Hashed<'a>,
    tuning: Hashed<'a>,
    left_out: Vec<LeftOut>,
}

/// Selects pictures, and computes the hash of each file.
///
/// # Errors
/// If the split does not fit the data set; if files of a split have changed; if a part is empty; if it is cancelled.
pub fn choose(
    dataset: &Dataset,
    choice: &ImageSelection<'_>,
    progress: &(dyn Fn(usize, usize) + Sync),
    cancel: &Cancel,
) -> Result<SelectedImages, StudyError> {
    let divided = dataset
        .examples
        .iter()
        .any(|example| example.part.is_some());
    let members = match choice.split {
        Some(split) => {
            split.verify(dataset, &[choice.part, choice.tuning], progress, cancel)?;
            has_both(split, choice.part)?;
            parts(dataset, split, choice, Vec::new())?
        }
        None if divided => {
            let fingerprints = dataset.fingerprint(progress, cancel)?;
            let split = Split::of_table(dataset, &fingerprints, Duplicates::LeaveOut)?;
            has_both(&split, choice.part)?;
            parts(dataset, &split, choice, split.left_out().to_vec())?
        }
        None => {
            let fingerprints = dataset.fingerprint(progress, cancel)?;
            let (labelled, left_out) = undivided(dataset, &fingerprints)?;
            let hash = |(example, _): &Labelled<'_>| {
                let hash = fingerprints.get(&example.id);
                hash.map(|hash| hash.file.clone()).unwrap_or_default()
            };
            let sha256 = labelled.iter().map(hash).collect();
            Members {
                study: Hashed { labelled, sha256 },
                tuning: Hashed::default(),
                left_out,
            }
        }
    };
    let Members {
        study,
        tuning,
        mut left_out,
    } = members;
    let members = Members {
        study: study.nameable(&mut left_out),
        tuning: tuning.nameable(&mut left_out),
        left_out,
    };
    let all = members
        .study
        .labelled
        .iter()
        .chain(&members.tuning.labelled);
    let root = common_root(all.map(|(example, _)| *example))?;
    let groups = groups_of(&members.study.labelled);
    let lesions = groups.len();
    let groups = match choice.sample {
        Some(count) => sample(&groups, &members.study.labelled, count, choice.seed),
        None => groups,
    };
    let mut images = listed(Role::Study, &members.study, &groups, &root)?;
    let groups = groups_of(&members.tuning.labelled);
    images.append(&mut listed(Role::Tuning, &members.tuning, &groups, &root)?);
    Ok(SelectedImages {
        root,
        images,
        left_out: members.left_out,
        lesions,
    })
}

/// Checks that a part has a melanoma and a nevus to study; says else what the others have.
fn has_both(split: &Split, part: Part) -> Result<(), StudyError> {
    let count = |part: Part, label: Label| {
        let members = split.members(part).iter();
        members.filter(|member| member.label == label).count()
    };
    let mut labels = [Label::Melanoma, Label::Nevus].into_iter();
    let Some(missing) = labels.find(|label| count(part, *label) == 0) else {
        return Ok(());
    };
    let others: Vec<String> = (Part::ALL.into_iter())
        .filter(|other| *other != part)
        .map(|other| {
            text!(
                "studies-part-holds",
                part = other.in_words(),
                melanomas = count(other, Label::Melanoma),
                nevi = count(other, Label::Nevus)
            )
        })
        .collect();
    Err(StudyError::Plan(text!(
        "studies-part-has-none",
        part = part.in_words(),
        label = missing.in_words(),
        others = others.join("; ")
    )))
}

/// The members of the two parts of a split.
fn parts<'a>(
    dataset: &'a Dataset,
    split: &Split,
    choice: &ImageSelection<'_>,
    left_out: Vec<LeftOut>,
) -> Result<Members<'a>, StudyError> {
    let part = |part: Part| -> Result<Hashed<'a>, StudyError> {
        let members = split.members(part).iter();
        Ok(Hashed {
            labelled: split.examples(dataset, part)?,
            sha256: members.map(|member| member.sha256.clone()).collect(),
        })
    };
    Ok(Members {
        study: part(choice.part)?,
        tuning: if choice.tuning == choice.part {
            Hashed::default()
        } else {
            part(choice.tuning)?
        },
        left_out,
    })
}

/// The pictures of some groups, in order.
fn listed(
    role: Role,
    members: &Hashed<'_>,
    groups: &[Vec<usize>],
    root: &Path,
) -> Result<Vec<Image>, StudyError> {
    let numbered = (0_u32..).zip(groups);
    let mut kept: Vec<(usize, u32)> = numbered
        .flat_map(|(cluster, group)| group.iter().map(move |at| (*at, cluster)))
        .collect();
    kept.sort_unstable();
    let image = |(at, cluster): (usize, u32)| {
        let (example, label) = members.labelled.get(at)?;
        let sha256 = members.sha256.get(at)?.clone();
        Some(relative(&example.path, root).map(|path| Image {
            id: example.id.clone(),
            role,
            label: *label,
            cluster,
            sha256,
            path,
        }))
    };
    kept.into_iter().filter_map(image).collect()
}

/// This many groups, of melanomas (a group with any) and of nevi in proportion, but at least one of either; in order.
fn sample(
    groups: &[Vec<usize>],
    labelled: &[Labelled<'_>],
    count: usize,
    seed: u64,
) -> Vec<Vec<usize>> {
    if count >= groups.len() {
        return groups.to_vec();
    }
    let melanoma = |group: &[usize]| {
        let mut members = group.iter().filter_map(|at| labelled.get(*at));
        members.any(|(_, label)| *label == Label::Melanoma)
    };
    let (mut with, mut without): (Vec<usize>, Vec<usize>) =
        (0..groups.len()).partition(|at| groups.get(*at).is_some_and(|group| melanoma(group)));
    let share = with.len() as f64 / groups.len() as f64;
    let melanomas = (count as f64 * share).round() as usize;
    let melanomas = melanomas.clamp(1, count.saturating_sub(1).max(1));
    Seeded::stream(seed, 0).shuffle(&mut with);
    Seeded::stream(seed, 1).shuffle(&mut without);
    with.truncate(melanomas);
    without.truncate(count - melanomas.min(count));
    let mut kept = [with, without].concat();
    kept.sort_unstable();
    kept.iter()
        .filter_map(|at| groups.get(*at))
        .cloned()
        .collect()
}

/// The deepest folder that contains all pictures.
fn common_root<'a>(examples: impl Iterator<Item = &'a Example>) -> Result<PathBuf, StudyError> {
    let mut root: Option<PathBuf> = None;
    for example in examples {
        let folder = whole(&example.path)?;
        let folder = folder.parent().unwrap_or(Path::new("/")).to_owned();
        root = Some(match root {
            None => folder,
            Some(mut root) => {
                while !folder.starts_with(&root) && root.pop() {}
                root
            }
        });
    }
    root.ok_or_else(|| StudyError::Plan(text!("studies-there-no-picture-study").to_owned()))
}

fn relative(path: &Path, root: &Path) -> Result<PathBuf, StudyError> {
    let whole = whole(path)?;
    Ok(whole.strip_prefix(root).unwrap_or(&whole).to_owned())
}

fn whole(path: &Path) -> Result<PathBuf, StudyError> {
    std::path::absolute(path).map_err(|source| StudyError::Io {
        path: path.to_owned(),
        source,
    })
}
