//! What the stand-in for cuDNN looks at when a descriptor is finalised, and when a plan is started.

use std::collections::{BTreeMap, BTreeSet};

use super::super::backend::{Raw, Status};
use super::super::names::{DataType, Kind, Name, PointwiseMode};
use super::mock::{
    BAD_PARAM, DUPLICATED, MISALIGNED, NOT_FINALIZED, NOT_SUPPORTED, Object, SHAPE_MISMATCH, State,
};

type Result<T> = std::result::Result<T, Status>;

fn ensure(holds: bool, status: u32) -> Result<()> {
    if holds { Ok(()) } else { Err(Status(status)) }
}

/// Whether a descriptor may be finalised; for those with an engine, which it is and for which graph.
pub(super) fn finalize(state: &State, object: &Object) -> Result<Option<(usize, Raw)>> {
    match object.kind {
        Kind::Tensor => tensor(object)?,
        Kind::Convolution => convolution(object)?,
        Kind::ConvolutionForward => convolution_forward(state, object)?,
        Kind::PointwiseOperation => pointwise(state, object)?,
        Kind::OperationGraph => graph(state, object)?,
        Kind::Engine => {
            let index = object.integers(Name::EngineIndex)[0];
            let known = state.engines.iter().position(|one| one.index == index);
            let known = known.ok_or(Status(BAD_PARAM))?;
            return Ok(Some((known, object.children(Name::EngineGraph)[0])));
        }
        Kind::EngineConfig => {
            let engine = state.object(object.children(Name::ConfigEngine)[0]);
            let (which, _) = engine.engine.unwrap();
            let knobs = &state.engines[which].knobs;
            for knob in object.children(Name::ConfigKnobs) {
                let knob = state.object(knob);
                let number = knob.number(Name::KnobType);
                ensure(knobs.iter().any(|(own, _)| *own == number), NOT_SUPPORTED)?;
            }
        }
        Kind::Plan => {
            let (which, _) = state.engine(object.children(Name::PlanConfig)[0]);
            ensure(!state.engines[which].unsupported, NOT_SUPPORTED)?;
        }
        Kind::VariantPack => {
            let ids = object.integers(Name::PackIds);
            let pointers = object.integers(Name::PackPointers);
            ensure(ids.len() == pointers.len(), BAD_PARAM)?;
            let unique: BTreeSet<i64> = ids.iter().copied().collect();
            ensure(unique.len() == ids.len(), DUPLICATED)?;
        }
        Kind::Pointwise | Kind::Heuristics | Kind::KnobChoice => (),
    }
    Ok(None)
}

fn width(data: u32) -> i64 {
    if data == DataType::Float as u32 {
        4
    } else {
        assert_eq!(data, DataType::Bfloat16 as u32);
        2
    }
}

/// Sizes are positive, and no two values of a tensor lie in the same place.
fn tensor(object: &Object) -> Result<()> {
    let dims = object.integers(Name::TensorDimensions);
    let strides = object.integers(Name::TensorStrides);
    ensure(dims.len() == strides.len(), BAD_PARAM)?;
    ensure(dims.iter().all(|size| *size > 0), BAD_PARAM)?;
    let mut axes: Vec<(i64, i64)> = strides.into_iter().zip(dims).collect();
    // Axes of one value take no room, whatever their step.
    axes.retain(|(_, size)| *size > 1);
    axes.sort_unstable();
    let mut taken = 1;
    for (stride, size) in axes {
        ensure(stride >= taken, BAD_PARAM)?;
        taken += stride * (size - 1);
    }
    let alignment = object.integers(Name::TensorByteAlignment)[0];
    let width = width(object.number(Name::TensorDataType));
    ensure(alignment.count_ones() == 1 && alignment >= width, BAD_PARAM)
}

fn convolution(object: &Object) -> Result<()> {
    let axes = object.integers(Name::ConvolutionSpatialDimensions)[0];
    for name in [
        Name::ConvolutionDilations,
        Name::ConvolutionStrides,
        Name::ConvolutionPrePaddings,
        Name::ConvolutionPostPaddings,
    ] {
        ensure(object.integers(name).len() as i64 == axes, BAD_PARAM)?;
    }
    Ok(())
}

fn dims(state: &State, object: &Object, name: Name) -> Vec<i64> {
    let tensor = state.object(object.children(name)[0]);
    tensor.integers(Name::TensorDimensions)
}

fn convolution_forward(state: &State, object: &Object) -> Result<()> {
    let convolution = state.object(object.children(Name::ForwardConvolution)[0]);
    let of = |name| dims(state, object, name);
    let (x, w, y) = (of(Name::ForwardX), of(Name::ForwardW), of(Name::ForwardY));
    let shapes = x.len() == 4 && w.len() == 4 && y.len() == 4;
    ensure(
        shapes && x[1] == w[1] && y[0] == x[0] && y[1] == w[0],
        SHAPE_MISMATCH,
    )?;
    for axis in 0..2 {
        let of = |name| convolution.integers(name)[axis];
        let padded =
            x[axis + 2] + of(Name::ConvolutionPrePaddings) + of(Name::ConvolutionPostPaddings);
        let window = (w[axis + 2] - 1) * of(Name::ConvolutionDilations) + 1;
        let made = (padded - window) / of(Name::ConvolutionStrides) + 1;
        ensure(y[axis + 2] == made, SHAPE_MISMATCH)?;
    }
    Ok(())
}

fn pointwise(state: &State, object: &Object) -> Result<()> {
    let descriptor = state.object(object.children(Name::PointwiseDescriptor)[0]);
    let two = descriptor.number(Name::PointwiseMode) == PointwiseMode::Add as u32;
    let second = object.attributes.contains_key(&Name::PointwiseB);
    ensure(two == second, BAD_PARAM)?;
    let y = dims(state, object, Name::PointwiseY);
    ensure(dims(state, object, Name::PointwiseX) == y, SHAPE_MISMATCH)?;
    if second {
        let b = dims(state, object, Name::PointwiseB);
        let mut sizes = b.iter().zip(&y);
        let spreads = sizes.all(|(own, whole)| own == whole || *own == 1);
        ensure(b.len() == y.len() && spreads, SHAPE_MISMATCH)?;
    }
    Ok(())
}

/// The tensors that an operation reads, and the one that it writes.
pub(super) fn tensors(object: &Object) -> (Vec<Raw>, Raw) {
    let (reads, writes): (&[Name], Name) = match object.kind {
        Kind::ConvolutionForward => (&[Name::ForwardX, Name::ForwardW], Name::ForwardY),
        _ => (&[Name::PointwiseX, Name::PointwiseB], Name::PointwiseY),
    };
    let reads = reads.iter().flat_map(|name| object.children(*name));
    (reads.collect(), object.children(writes)[0])
}

pub(super) fn is_virtual(tensor: &Object) -> bool {
    let flag = tensor.attributes.get(&Name::TensorIsVirtual);
    flag.is_some_and(|bytes| bytes == &[1])
}

fn id(tensor: &Object) -> i64 {
    tensor.integers(Name::TensorUniqueId)[0]
}

/// Numbers are unique, and what is virtual is written by one operation and read by another.
fn graph(state: &State, object: &Object) -> Result<()> {
    let (mut read, mut written) = (BTreeSet::new(), BTreeSet::new());
    for operation in object.children(Name::GraphOperations) {
        let (reads, writes) = tensors(state.object(operation));
        read.extend(reads);
        ensure(written.insert(writes), BAD_PARAM)?;
    }
    let all: BTreeSet<Raw> = read.union(&written).copied().collect();
    let ids: BTreeSet<i64> = all.iter().map(|raw| id(state.object(*raw))).collect();
    ensure(ids.len() == all.len(), DUPLICATED)?;
    for raw in all.into_iter().filter(|raw| is_virtual(state.object(*raw))) {
        ensure(read.contains(&raw) && written.contains(&raw), BAD_PARAM)?;
    }
    Ok(())
}

/// The tensors of a graph that have addresses, by their numbers.
pub(super) fn in_memory(state: &State, graph: Raw) -> BTreeMap<i64, Raw> {
    let mut all = BTreeMap::new();
    for operation in state.object(graph).children(Name::GraphOperations) {
        let (reads, writes) = tensors(state.object(operation));
        for raw in reads.into_iter().chain([writes]) {
            let tensor = state.object(raw);
            if !is_virtual(tensor) {
                all.insert(id(tensor), raw);
            }
        }
    }
    all
}

/// Whether a plan may be started with a pack: its engine, and the addresses by the tensors' numbers.
pub(super) fn execute(state: &State, plan: Raw, pack: Raw) -> Result<(i64, BTreeMap<i64, u64>)> {
    let (plan, pack) = (state.object(plan), state.object(pack));
    ensure(plan.finalized && pack.finalized, NOT_FINALIZED)?;
    ensure(
        plan.kind == Kind::Plan && pack.kind == Kind::VariantPack,
        BAD_PARAM,
    )?;
    let (which, graph) = state.engine(plan.children(Name::PlanConfig)[0]);
    let wanted = in_memory(state, graph);
    let pointers = pack.integers(Name::PackPointers).into_iter();
    let ids = pack.integers(Name::PackIds).into_iter();
    let given: BTreeMap<i64, u64> = ids.zip(pointers.map(|at| at as u64)).collect();
    ensure(given.keys().eq(wanted.keys()), BAD_PARAM)?;
    for (id, at) in &given {
        let tensor = state.object(wanted[id]);
        let alignment = tensor.integers(Name::TensorByteAlignment)[0] as u64;
        ensure(*at != 0, BAD_PARAM)?;
        ensure(at % alignment == 0, MISALIGNED)?;
    }
    let workspace = pack.integers(Name::PackWorkspace);
    let engine = &state.engines[which];
    ensure(
        engine.workspace == 0 || workspace.first().is_some_and(|at| *at != 0),
        BAD_PARAM,
    )?;
    Ok((engine.index, given))
}
