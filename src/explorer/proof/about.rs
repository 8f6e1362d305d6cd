//! What a proof of the explored lesion is about.

use crate::explorer::model::ModelIdentity;
use crate::explorer::proof::state::About;
use crate::explorer::state::State;

/// What a proof of the explored lesion in the form's box depends on; none as long as there can be none.
pub(crate) fn about(state: &State) -> Option<About> {
    let lesion = state.current()?;
    lesion.frame_to_judge()?;
    Some(About {
        lesion: lesion.id,
        frame_sha256: lesion.frame_sha256()?.to_owned(),
        model: state.model.ready.as_ref().map(ModelIdentity::of_ready)?,
        threshold: state.threshold(),
        region: state.proofs.region.clone(),
    })
}
