//! How long the network takes for a frame.

use crate::explorer::explore::lesion::Lesion;

/// Seconds for a frame, based on the time of the last verdict on a lesion; none before there is one.
pub(crate) fn seconds_a_frame(lesion: &Lesion) -> Option<f64> {
    let answers = &lesion.answers.primary;
    let answer = answers.after.as_ref().or(answers.before.as_ref())?;
    let provenance = &answer.provenance;
    Some(f64::from(provenance.ms) / provenance.batch.max(1) as f64 / 1000.0)
}
