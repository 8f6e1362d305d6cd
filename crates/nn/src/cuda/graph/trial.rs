//! A plan is tried beside the older calls before it is kept.

use super::agreement::disagreement;
use super::backend::Backend;
use super::descriptor::Result;
use super::plan::Plan;

/// What can compute one convolution in both ways, and read the result. Errors are texts.
pub(in crate::cuda) trait Bench<B: Backend> {
    /// By the older calls.
    fn older(&mut self) -> std::result::Result<Vec<f32>, String>;
    /// By a plan.
    fn planned(&mut self, plan: &Plan<B>) -> std::result::Result<Vec<f32>, String>;
}

/// A plan that was made, if it gives what the older calls give; otherwise why it is not kept. Where it is not, the result that is left is
/// that of the older calls.
///
/// # Errors
/// If the older calls fail.
pub(in crate::cuda) fn kept<B: Backend>(
    bench: &mut impl Bench<B>,
    made: Result<Plan<B>>,
    tolerance: f64,
) -> std::result::Result<std::result::Result<Plan<B>, String>, String> {
    let plan = match made {
        Ok(plan) => plan,
        Err(error) => return Ok(Err(error.to_string())),
    };
    let wanted = bench.older()?;
    let trouble = match bench.planned(&plan) {
        Ok(given) => match disagreement(&given, &wanted, tolerance) {
            None => return Ok(Ok(plan)),
            Some(trouble) => format!("its result is not that of the older calls: {trouble}"),
        },
        Err(trouble) => trouble,
    };
    bench.older()?;
    Ok(Err(trouble))
}
