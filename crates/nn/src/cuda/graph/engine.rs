//! Engines: which of them cuDNN offers for a graph of operations, in its order, and which of these compute as is asked.

use std::sync::Arc;

use super::backend::Backend;
use super::descriptor::{Descriptor, Draft, GraphError, Result};
use super::names::{BehaviourNote, HeuristicsMode, Kind, Name, NumericalNote, ValueType};

/// An engine, and how it is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cuda) struct Choice {
    /// Its number in cuDNN.
    pub(super) engine: i64,
    /// The knobs by their numbers in cuDNN, and where they are set to.
    pub(super) knobs: Vec<(u32, i64)>,
}

/// The engines for a graph, set as cuDNN would set them, best first.
pub(super) fn offered<B: Backend>(
    backend: &B,
    graph: &Arc<Descriptor<B>>,
) -> Result<Vec<Arc<Descriptor<B>>>> {
    Draft::new(backend, Kind::Heuristics)?
        .child(Name::HeuristicsGraph, &[graph])?
        .set(Name::HeuristicsMode, &[HeuristicsMode::A])?
        .finalize()?
        .filled(Name::HeuristicsResults, Kind::EngineConfig)
}

/// The engine of such a configuration.
pub(super) fn engine_of<B: Backend>(config: &Arc<Descriptor<B>>) -> Result<Arc<Descriptor<B>>> {
    config.filled_one(Name::ConfigEngine, Kind::Engine)
}

/// What an engine may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Allowed {
    /// Multiply by tensor cores.
    pub(super) tensor_cores: bool,
    /// Be compiled when its plan is made, which takes a fraction of a second for each convolution.
    pub(super) compilation: bool,
}

/// Whether an engine gives the same bits every time, rounds no more than is asked, and is there in time. `None` where it does; otherwise
/// what is against it.
pub(super) fn objection<B: Backend>(
    engine: &Descriptor<B>,
    allowed: Allowed,
) -> Result<Option<String>> {
    let behaviour = engine.all_enumerated(Name::EngineBehaviour, ValueType::BehaviourNote)?;
    if !allowed.compilation && behaviour.contains(&(BehaviourNote::RuntimeCompilation as u32)) {
        return Ok(Some(format!("{:?}", BehaviourNote::RuntimeCompilation)));
    }
    let notes = engine.all_enumerated(Name::EngineNotes, ValueType::NumericalNote)?;
    for number in notes {
        let Some(note) = NumericalNote::of(number) else {
            // What it says is not known here.
            return Ok(Some(format!("numerical note {number}")));
        };
        let accepted = match note {
            NumericalNote::TensorCore => allowed.tensor_cores,
            // Sums are f32, and nothing is made smaller unasked. Winograd's larger tiles lose several bits more than that of 4 × 4,
            // which the older calls take, too.
            NumericalNote::DownConvertInputs
            | NumericalNote::ReducedPrecisionReduction
            | NumericalNote::Nondeterministic
            | NumericalNote::Winograd6
            | NumericalNote::Winograd13 => false,
            NumericalNote::Fft
            | NumericalNote::Winograd
            | NumericalNote::Winograd4
            | NumericalNote::StrictNanPropagation => true,
        };
        if !accepted {
            return Ok(Some(format!("{note:?}")));
        }
    }
    Ok(None)
}

/// What a configuration is, to be made again.
pub(super) fn choice<B: Backend>(
    config: &Arc<Descriptor<B>>,
    engine: &Descriptor<B>,
) -> Result<Choice> {
    let mut knobs = Vec::new();
    for knob in config.filled_few(Name::ConfigKnobs, Kind::KnobChoice)? {
        let number = knob.enumerated(Name::KnobType, ValueType::KnobType)?;
        knobs.push((number, knob.number(Name::KnobValue)?));
    }
    Ok(Choice {
        engine: engine.number(Name::EngineIndex)?,
        knobs,
    })
}

/// A configuration that was chosen before, made again.
pub(super) fn chosen<B: Backend>(
    backend: &B,
    graph: &Arc<Descriptor<B>>,
    choice: &Choice,
) -> Result<Arc<Descriptor<B>>> {
    let engine = Draft::new(backend, Kind::Engine)?
        .child(Name::EngineGraph, &[graph])?
        .set(Name::EngineIndex, &[choice.engine])?
        .finalize()?;
    let mut knobs = Vec::with_capacity(choice.knobs.len());
    for &(number, value) in &choice.knobs {
        let knob = Draft::new(backend, Kind::KnobChoice)?
            .knob_type(Name::KnobType, number)?
            .set(Name::KnobValue, &[value])?
            .finalize()?;
        knobs.push(knob);
    }
    let mut config =
        Draft::new(backend, Kind::EngineConfig)?.child(Name::ConfigEngine, &[&engine])?;
    if !knobs.is_empty() {
        config = config.child(Name::ConfigKnobs, &knobs.iter().collect::<Vec<_>>())?;
    }
    config.finalize()
}

/// A plan by a configuration, which is how cuDNN is asked whether it does this; and the bytes of workspace that it wants.
pub(super) fn plan<B: Backend>(
    backend: &B,
    config: &Arc<Descriptor<B>>,
) -> Result<(Arc<Descriptor<B>>, usize)> {
    let plan = Draft::new(backend, Kind::Plan)?
        .handle(Name::PlanHandle)?
        .child(Name::PlanConfig, &[config])?
        .finalize()?;
    let workspace = plan.number(Name::PlanWorkspace)?;
    let workspace = usize::try_from(workspace)
        .map_err(|_| GraphError::Other(format!("a plan wants {workspace} bytes of workspace")))?;
    Ok((plan, workspace))
}
