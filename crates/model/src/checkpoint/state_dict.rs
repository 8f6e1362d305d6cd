//! Compares a checkpoint's tensors with its architecture: names and shapes before anything is computed, and every value before
//! a layer uses it.

use super::assumption::{Assumption, AssumptionKind};
use super::formats::contents::few;
use super::formats::stored::{Dtype, Part};
use super::parsed::Checkpoint;
use crate::architectures::Architecture;
use crate::error::ClassifierError;
use flipscope_language::{as_text, text};
use flipscope_nn::{BatchNorm, ConvSpec};

/// Names and shapes of the tensors of one convolution and its batch norm.
fn conv_tensors(conv: &ConvSpec) -> Vec<(String, Vec<usize>)> {
    let mut tensors = vec![(conv.weight_name(), conv.weight_shape().to_vec())];
    for part in ["weight", "bias", "running_mean", "running_var"] {
        tensors.push((conv.norm_name(part), vec![conv.c_out]));
    }
    tensors
}

/// Names and shapes of every tensor that inference needs.
pub(crate) fn expected(architecture: &Architecture, classes: usize) -> Vec<(String, Vec<usize>)> {
    let mut tensors: Vec<_> = architecture
        .convs()
        .into_iter()
        .flat_map(conv_tensors)
        .collect();
    tensors.push(("fc.weight".to_owned(), vec![classes, architecture.features]));
    tensors.push(("fc.bias".to_owned(), vec![classes]));
    tensors
}

/// Names and shapes of the auxiliary head.
pub(crate) fn expected_auxiliary(
    architecture: &Architecture,
    classes: usize,
) -> Vec<(String, Vec<usize>)> {
    let Some(auxiliary) = &architecture.auxiliary else {
        return Vec::new();
    };
    let mut tensors: Vec<_> = auxiliary.convs.iter().flat_map(conv_tensors).collect();
    let fc = format!("{}.fc", auxiliary.prefix);
    tensors.push((format!("{fc}.weight"), vec![classes, auxiliary.features]));
    tensors.push((format!("{fc}.bias"), vec![classes]));
    tensors
}

/// Number of outputs: the rows of `fc.weight`.
pub(crate) fn count_outputs(
    checkpoint: &Checkpoint,
    architecture: &Architecture,
) -> Result<usize, ClassifierError> {
    let refuse = |reason: String| ClassifierError::Tensors {
        path: checkpoint.path.clone(),
        reason,
    };
    match checkpoint.tensors.get("fc.weight") {
        None => Err(refuse(
            text!("checkpoint-fc-weight-missing-this").to_owned(),
        )),
        Some(fc) => match *fc.shape.as_slice() {
            [classes, features]
                if features == architecture.features && (1..=10_000).contains(&classes) =>
            {
                Ok(classes)
            }
            _ => Err(refuse(text!(
                "checkpoint-fc-weight-has-classes",
                shape = format!("{:?}", fc.shape),
                architecture = as_text(&architecture.name),
                features = as_text(&architecture.features)
            ))),
        },
    }
}

/// A checkpoint whose names and shapes are those of its architecture.
pub(crate) struct Checked {
    /// Names and shapes of the tensors to read, those of the auxiliary head included where it fits.
    pub(crate) tensors: Vec<(String, Vec<usize>)>,
    /// Whether the auxiliary head is present, complete and fits.
    pub(crate) auxiliary: bool,
    /// What was left out.
    pub(crate) notes: Vec<Assumption>,
}

/// Compares names, shapes and types with the architecture.
///
/// # Errors
/// A sentence that names the tensors that are missing, misshapen, of a wrong type or superfluous.
pub(crate) fn check(
    checkpoint: &Checkpoint,
    architecture: &Architecture,
    classes: usize,
) -> Result<Checked, String> {
    let mut wanted = expected(architecture, classes);
    compare(checkpoint, architecture, &wanted)?;
    let (auxiliary, notes) = auxiliary_head(checkpoint, architecture, classes)?;
    if auxiliary {
        wanted.extend(expected_auxiliary(architecture, classes));
    }
    Ok(Checked {
        tensors: wanted,
        auxiliary,
        notes,
    })
}

/// Missing, misshapen and extra tensors, by name.
fn compare(
    checkpoint: &Checkpoint,
    architecture: &Architecture,
    wanted: &[(String, Vec<usize>)],
) -> Result<(), String> {
    let mut missing = Vec::new();
    let mut misshapen = Vec::new();
    let mut mistyped = Vec::new();
    for (name, shape) in wanted {
        let has = |part: Part| checkpoint.tensors.contains_key(&part.name(name));
        match checkpoint.tensors.get(name) {
            // Packed codes have no shape; their number is checked when they are read.
            None if has(Part::Codes) && shape.len() == 4 => {
                if !has(Part::Scale) {
                    missing.push(format!("`{}`", Part::Scale.name(name)));
                }
            }
            None => missing.push(format!("`{name}`")),
            Some(stored) if stored.shape != *shape => {
                misshapen.push(text!(
                    "checkpoint-instead",
                    name = as_text(&name),
                    shape = format!("{:?}", stored.shape),
                    shape_2 = format!("{shape:?}")
                ));
            }
            Some(stored) => {
                let scaled = stored.dtype == Dtype::I8 && shape.len() > 1 && has(Part::Scale);
                if matches!(stored.dtype, Dtype::U8 | Dtype::Other(_))
                    || stored.dtype == Dtype::I8 && !scaled
                {
                    mistyped.push(text!(
                        "checkpoint-is",
                        name = as_text(&name),
                        dtype = as_text(&stored.dtype)
                    ));
                }
            }
        }
    }
    let count = |names: &[String], what: &str| {
        text!(
            "checkpoint-tensors",
            count = names.len(),
            what = what,
            names = as_text(&few(names))
        )
    };
    let wrong_network = text!(
        "checkpoint-save-whole-state-dict",
        architecture = as_text(&architecture.name)
    );
    if !missing.is_empty() {
        return Err(format!(
            "{}; {wrong_network}",
            count(&missing, text!("checkpoint-is-missing"))
        ));
    }
    if !misshapen.is_empty() {
        return Err(format!(
            "{}; {wrong_network}",
            count(&misshapen, text!("checkpoint-misshapen"))
        ));
    }
    if !mistyped.is_empty() {
        let mistyped = count(&mistyped, text!("checkpoint-wrong-type"));
        return Err(text!(
            "checkpoint-weights-f16-bf16-f32",
            mistyped = mistyped
        ));
    }
    let known: std::collections::HashSet<&str> =
        wanted.iter().map(|(name, _)| name.as_str()).collect();
    let auxiliary = architecture
        .auxiliary
        .as_ref()
        .map_or("", |auxiliary| auxiliary.prefix);
    let extra: Vec<String> = checkpoint
        .tensors
        .keys()
        .filter(|name| {
            let of_codes = Part::ALL.iter().any(|&part| {
                part.weight(name)
                    .filter(|weight| known.contains(weight))
                    .is_some_and(|weight| match checkpoint.tensors.get(weight) {
                        Some(weight) => weight.dtype == Dtype::I8 && part != Part::Codes,
                        None => true,
                    })
            });
            !(known.contains(name.as_str())
                || name.ends_with(".num_batches_tracked")
                || of_codes
                || !auxiliary.is_empty() && name.starts_with(&format!("{auxiliary}.")))
        })
        .map(|name| format!("`{name}`"))
        .collect();
    if extra.is_empty() {
        Ok(())
    } else {
        let none = text!("checkpoint-none", architecture = architecture.name);
        Err(format!("{}; {wrong_network}", count(&extra, &none)))
    }
}

/// Whether the auxiliary head is present and fits; a note if it is present and does not fit. Inference does not need it, and
/// fine-tuning scripts often leave it with ImageNet's 1000 classes.
fn auxiliary_head(
    checkpoint: &Checkpoint,
    architecture: &Architecture,
    classes: usize,
) -> Result<(bool, Vec<Assumption>), String> {
    let Some(auxiliary) = &architecture.auxiliary else {
        return Ok((false, Vec::new()));
    };
    let prefix = format!("{}.", auxiliary.prefix);
    if !checkpoint
        .tensors
        .keys()
        .any(|name| name.starts_with(&prefix))
    {
        return Ok((false, Vec::new()));
    }
    let wanted = expected_auxiliary(architecture, classes);
    let wrong: Vec<String> = wanted
        .iter()
        .filter(|(name, shape)| {
            checkpoint
                .tensors
                .get(name)
                .is_none_or(|stored| stored.shape != *shape)
        })
        .map(|(name, _)| format!("`{name}`"))
        .collect();
    if wrong.is_empty() {
        for (name, shape) in &wanted {
            finite(checkpoint, name, shape)?;
        }
        return Ok((true, Vec::new()));
    }
    Ok((
        false,
        vec![Assumption::spoken(AssumptionKind::AuxiliaryHead, || {
            (
                text!(
                    "checkpoint-auxiliary-head-does-not",
                    classes = as_text(&classes),
                    wrong = as_text(&few(&wrong))
                ),
                String::new(),
            )
        })],
    ))
}

/// Weights and batch norm of a convolution.
pub(crate) fn conv_values(
    checkpoint: &Checkpoint,
    spec: &ConvSpec,
    eps: f64,
) -> Result<(Vec<f32>, BatchNorm), String> {
    let weight = finite(checkpoint, &spec.weight_name(), &spec.weight_shape())?;
    let part = |part: &str| finite(checkpoint, &spec.norm_name(part), &[spec.c_out]);
    let norm = BatchNorm {
        weight: part("weight")?,
        bias: part("bias")?,
        mean: part("running_mean")?,
        var: part("running_var")?,
        eps,
    };
    if let Some((channel, var)) = norm.var.iter().enumerate().find(|(_, var)| **var < 0.0) {
        return Err(text!(
            "checkpoint-channel-variance-never-negative",
            norm_name = as_text(&spec.norm_name("running_var")),
            var = as_text(&var),
            channel = as_text(&channel)
        ));
    }
    Ok((weight, norm))
}

/// Values of a tensor, all finite.
pub(crate) fn finite(
    checkpoint: &Checkpoint,
    name: &str,
    shape: &[usize],
) -> Result<Vec<f32>, String> {
    let values = checkpoint.values(name, shape)?;
    let bad = values.iter().filter(|value| !value.is_finite()).count();
    if bad == 0 {
        return Ok(values);
    }
    Err(text!(
        "checkpoint-has-values-infinite-not",
        name = as_text(&name),
        bad = as_text(&bad),
        values = as_text(&values.len())
    ))
}
