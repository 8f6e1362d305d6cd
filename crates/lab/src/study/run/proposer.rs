//! The network that judges the candidates of a study's attacks, where it is not the one that decides.

use super::progress::Event;
use crate::search::{Proposing, Scorer, not_loaded};
use crate::study::error::StudyError;
use crate::study::plan::{AttackJob, Model};
use flipscope_model::{Classifier, ClassifierError, DeviceKind, Precision};

/// Loads a model's network once more, to compute in another type.
pub type LoadIn = Box<dyn Fn(Precision) -> Result<Box<dyn Scorer>, ClassifierError>>;

/// In which type the candidates of attacks are judged, and by what.
pub struct Proposer {
    device: DeviceKind,
    /// What was asked, if anything was: [`Proposing::precision`].
    asked: Option<Precision>,
    load: LoadIn,
    /// It is loaded by the first attack that has proposals; `None` of a type that it cannot be loaded in.
    loaded: Option<(Precision, Option<Box<dyn Scorer>>)>,
}

impl Proposer {
    /// Of a network on such a device, which `load` can load again.
    #[must_use]
    pub fn new(device: DeviceKind, load: LoadIn) -> Self {
        Self {
            device,
            asked: None,
            load,
            loaded: None,
        }
    }

    /// Of a network in the same thread; none if its weights did not come from a file.
    #[must_use]
    pub fn of(classifier: &Classifier) -> Option<Self> {
        let origin = classifier.origin()?.clone();
        Some(Self::new(
            classifier.device_kind(),
            Box::new(move |precision| Ok(Box::new(Classifier::load_again(&origin, precision)?))),
        ))
    }

    /// The same, with the type that was asked for.
    #[must_use]
    pub fn asked(self, asked: Option<Precision>) -> Self {
        Self { asked, ..self }
    }

    /// The type in which a job's candidates are judged; none where it is that of the model.
    fn precision(&self, model: &Model, job: &AttackJob) -> Option<Precision> {
        let proposing = Proposing {
            device: self.device,
            verdicts: model.precision.parse().ok()?,
            attack: &job.attack,
            mode: job.mode,
            strategy: job.followed(),
        };
        // What is asked is for the attacks for which it is any use.
        let useful = proposing.is_useful();
        proposing.precision(self.asked).filter(|_| useful)
    }

    /// The network that judges a job's candidates, if another one decides. One that nobody asked for is done without if it cannot be loaded.
    pub(super) fn of_job(
        &mut self,
        model: &Model,
        job: &AttackJob,
        tell: &mut dyn FnMut(Event<'_>),
    ) -> Result<Option<&dyn Scorer>, StudyError> {
        let Some(precision) = self.precision(model, job) else {
            return Ok(None);
        };
        if (self.loaded.as_ref()).is_none_or(|(loaded, _)| *loaded != precision) {
            let loaded = match (self.load)(precision) {
                Ok(network) => Some(network),
                Err(error) if self.asked.is_none() => {
                    tell(Event::WithoutProposals(&error.to_string()));
                    None
                }
                Err(error) => return Err(StudyError::Proposals(not_loaded(&error))),
            };
            self.loaded = Some((precision, loaded));
        }
        let loaded = self.loaded.as_ref();
        Ok(loaded.and_then(|(_, network)| network.as_deref()))
    }
}
