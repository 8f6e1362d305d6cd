//! That the stand-in refuses what cuDNN refuses: otherwise it would prove nothing of what it accepts.

use std::sync::Arc;

use super::super::backend::Backend;
use super::super::descriptor::{Descriptor, Draft, GraphError, Result};
use super::super::names::{ConvolutionMode, DataType, Kind, Name, PointwiseMode};
use super::mock::{
    ATTRIBUTE_TYPE, BAD_PARAM, DESCRIPTOR_TYPE, DUPLICATED, MISALIGNED, Mock, NOT_FINALIZED,
    OUT_OF_BOUND, SHAPE_MISMATCH,
};
use super::{addresses, engine, fusion, layer};
use crate::cuda::graph::plan::Plan;
use crate::cuda::operand::{Dtype, Order};

fn status<T>(made: Result<T>) -> u32 {
    match made.err() {
        Some(GraphError::Call { status, .. }) => status,
        other => panic!("{other:?}"),
    }
}

/// A tensor that lacks nothing, but for the attributes that are named.
fn tensor_without(mock: &Mock, left_out: &[Name]) -> Draft<Mock> {
    let mut draft = Draft::new(mock, Kind::Tensor).unwrap();
    for name in [
        Name::TensorDimensions,
        Name::TensorStrides,
        Name::TensorUniqueId,
        Name::TensorByteAlignment,
        Name::TensorDataType,
    ] {
        if left_out.contains(&name) {
            continue;
        }
        draft = match name {
            Name::TensorDimensions => draft.set(name, &[1_i64, 2, 3, 4]),
            Name::TensorStrides => draft.set(name, &[24_i64, 12, 4, 1]),
            Name::TensorDataType => draft.set(name, &[DataType::Float]),
            _ => draft.set(name, &[16_i64]),
        }
        .unwrap();
    }
    draft
}

fn tensor(mock: &Mock, id: i64, dims: [i64; 4], hidden: bool) -> Arc<Descriptor<Mock>> {
    let [_, c, h, w] = dims;
    Draft::new(mock, Kind::Tensor)
        .and_then(|draft| draft.set(Name::TensorDataType, &[DataType::Float]))
        .and_then(|draft| draft.set(Name::TensorDimensions, &dims))
        .and_then(|draft| draft.set(Name::TensorStrides, &[c * h * w, h * w, w, 1]))
        .and_then(|draft| draft.set(Name::TensorUniqueId, &[id]))
        .and_then(|draft| draft.set(Name::TensorByteAlignment, &[16_i64]))
        .and_then(|draft| draft.set(Name::TensorIsVirtual, &[hidden]))
        .and_then(Draft::finalize)
        .unwrap()
}

fn relu(
    mock: &Mock,
    x: &Arc<Descriptor<Mock>>,
    y: &Arc<Descriptor<Mock>>,
) -> Result<Arc<Descriptor<Mock>>> {
    let relu = Draft::new(mock, Kind::Pointwise)?
        .set(Name::PointwiseMode, &[PointwiseMode::ReluForward])?
        .set(Name::PointwiseComputeType, &[DataType::Float])?
        .finalize()?;
    Draft::new(mock, Kind::PointwiseOperation)?
        .child(Name::PointwiseDescriptor, &[&relu])?
        .child(Name::PointwiseX, &[x])?
        .child(Name::PointwiseY, &[y])?
        .finalize()
}

fn graph(mock: &Mock, operations: &[&Arc<Descriptor<Mock>>]) -> Result<Arc<Descriptor<Mock>>> {
    Draft::new(mock, Kind::OperationGraph)?
        .handle(Name::GraphHandle)?
        .child(Name::GraphOperations, operations)?
        .finalize()
}

#[test]
fn attributes_of_another_kind_type_or_number_are_refused() {
    let mock = Mock::default();
    let draft = || tensor_without(&mock, &[]);
    let foreign = draft().set(Name::ConvolutionMode, &[ConvolutionMode::CrossCorrelation]);
    assert_eq!(status(foreign), BAD_PARAM);
    let other_type = draft().set(Name::TensorUniqueId, &[1.0_f32]);
    assert_eq!(status(other_type), ATTRIBUTE_TYPE);
    let two = draft().set(Name::TensorUniqueId, &[1_i64, 2]);
    assert_eq!(status(two), OUT_OF_BOUND);
    let nine = draft().set(Name::TensorStrides, &[1_i64; 9]);
    assert_eq!(status(nine), OUT_OF_BOUND);
    drop(draft());
    mock.assert_no_leaks();
}

#[test]
fn what_lacks_an_attribute_is_not_finalised() {
    let mock = Mock::default();
    for name in [
        Name::TensorDimensions,
        Name::TensorStrides,
        Name::TensorUniqueId,
        Name::TensorByteAlignment,
        Name::TensorDataType,
    ] {
        let draft = tensor_without(&mock, &[name]);
        assert_eq!(status(draft.finalize()), BAD_PARAM, "{name:?}");
    }
    assert!(tensor_without(&mock, &[]).finalize().is_ok());
    mock.assert_no_leaks();
}

#[test]
fn strides_that_do_not_fit_the_sizes_are_refused() {
    let mock = Mock::default();
    for strides in [
        // Rows that overlap, frames that overlap, nothing, one too few.
        &[24_i64, 12, 3, 1][..],
        &[23, 12, 4, 1],
        &[24, 12, 4, 0],
        &[24, 12, 4],
    ] {
        let draft = tensor_without(&mock, &[Name::TensorStrides]);
        let draft = draft.set(Name::TensorDimensions, &[2_i64, 2, 3, 4]);
        let draft = draft.and_then(|draft| draft.set(Name::TensorStrides, strides));
        assert_eq!(
            status(draft.and_then(Draft::finalize)),
            BAD_PARAM,
            "{strides:?}"
        );
    }
}

#[test]
fn children_must_be_finalised_and_of_the_right_kind() {
    let mock = Mock::default();
    let unfinished = mock.create(Kind::Pointwise).unwrap();
    let operation = mock.create(Kind::PointwiseOperation).unwrap();
    let set = |child: usize| {
        let bytes = child.to_ne_bytes();
        let value = super::super::names::ValueType::Descriptor;
        // SAFETY: both are there.
        unsafe { mock.set(operation, Name::PointwiseDescriptor, value, 1, &bytes) }
    };
    assert_eq!(
        set(unfinished).map_err(|status| status.0),
        Err(NOT_FINALIZED)
    );
    let x = tensor(&mock, 1, [1; 4], false);
    let wrong = Draft::new(&mock, Kind::PointwiseOperation)
        .and_then(|draft| draft.child(Name::PointwiseDescriptor, &[&x]));
    assert_eq!(status(wrong), DESCRIPTOR_TYPE);
    let mut room = [0; 8];
    let value = super::super::names::ValueType::Int64;
    let plan = mock.create(Kind::Plan).unwrap();
    // SAFETY: it is there, and there is room for a number.
    let early = unsafe { mock.get(plan, Name::PlanWorkspace, value, 1, &mut room) };
    assert_eq!(early.map_err(|status| status.0), Err(NOT_FINALIZED));
}

#[test]
fn operations_of_sizes_that_do_not_fit_are_refused() {
    let mock = Mock::default();
    let x = tensor(&mock, 1, [2, 3, 4, 5], false);
    let y = tensor(&mock, 2, [2, 3, 4, 6], false);
    assert_eq!(status(relu(&mock, &x, &y)), SHAPE_MISMATCH);
    let mut wrong = layer(Order::Pixels);
    wrong.padding = [0, 1];
    let wrong = crate::cuda::graph::fusion::Fusion::new(&wrong, (Order::Pixels, Dtype::F32), true);
    assert_eq!(status(wrong.describe(&mock)), SHAPE_MISMATCH);
    drop((x, y));
    mock.assert_no_leaks();
}

#[test]
fn a_graph_needs_numbers_that_are_unique_and_no_loose_ends() {
    let mock = Mock::default();
    let dims = [2, 3, 4, 5];
    let (x, same) = (tensor(&mock, 1, dims, false), tensor(&mock, 1, dims, false));
    let twice = relu(&mock, &x, &same).unwrap();
    assert_eq!(status(graph(&mock, &[&twice])), DUPLICATED);
    let hidden = tensor(&mock, 2, dims, true);
    let loose = relu(&mock, &x, &hidden).unwrap();
    assert_eq!(status(graph(&mock, &[&loose])), BAD_PARAM);
    let y = tensor(&mock, 3, dims, false);
    let rest = relu(&mock, &hidden, &y).unwrap();
    assert!(graph(&mock, &[&loose, &rest]).is_ok());
    let empty = Draft::new(&mock, Kind::OperationGraph)
        .and_then(|draft| draft.child(Name::GraphOperations, &[]));
    assert_eq!(status(empty), OUT_OF_BOUND);
}

#[test]
fn a_plan_is_not_started_with_other_tensors_than_its_own() {
    let mock = Mock::offering([engine(7, &[])]);
    let shape = (Order::Pixels, Dtype::Bf16, true);
    let plan = Plan::new(&mock, &fusion(shape), 1 << 20, None).unwrap();
    let at = addresses(&layer(Order::Pixels));
    let descriptor = &plan.descriptor;
    let pack = |ids: &[i64], addresses: &[u64]| {
        Draft::new(&mock, Kind::VariantPack)?
            .set(Name::PackIds, ids)?
            .addresses(Name::PackPointers, addresses)?
            .addresses(Name::PackWorkspace, &[0x9000])?
            .finalize()
    };
    let start = |pack: &Descriptor<Mock>| {
        // SAFETY: the stand-in reads no memory.
        unsafe { descriptor.execute(pack) }
    };
    let all = [at.x, at.w, at.bias, at.y];
    let right = pack(&[1, 2, 3, 4], &all).unwrap();
    assert_eq!(start(&right), Ok(()));
    let other = pack(&[1, 2, 3, 5], &all).unwrap();
    assert_eq!(status(start(&other)), BAD_PARAM);
    let fewer = pack(&[1, 2, 3], &all[..3]).unwrap();
    assert_eq!(status(start(&fewer)), BAD_PARAM);
    let nowhere = pack(&[1, 2, 3, 4], &[at.x, at.w, 0, at.y]).unwrap();
    assert_eq!(status(start(&nowhere)), BAD_PARAM);
    let crooked = pack(&[1, 2, 3, 4], &[at.x + 2, at.w, at.bias, at.y]).unwrap();
    assert_eq!(status(start(&crooked)), MISALIGNED);
    assert_eq!(status(pack(&[1, 2, 3, 4], &all[..3])), BAD_PARAM);
    assert_eq!(status(pack(&[1, 2, 3, 3], &all)), DUPLICATED);
}
