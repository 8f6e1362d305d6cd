//! Where a loaded network came from: enough to load it again to compute in another type.

use super::device::DeviceChoice;
use crate::checkpoint::overrides::Overrides;
use crate::checkpoint::source::ModelSource;

/// What a network was loaded from and with: [`Classifier::load_again`](crate::Classifier::load_again).
#[derive(Clone, Debug)]
pub struct Origin {
    pub(super) source: ModelSource,
    pub(super) device: DeviceChoice,
    pub(super) overrides: Overrides,
    pub(super) sha256: String,
}
