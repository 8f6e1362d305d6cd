//! What the network has said of a family that is not finished: a summary that was cancelled and goes on asks for the same frames in the same
//! order, and has the answers at once.

use std::collections::HashMap;
use std::fmt;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest as _, Sha256};

use flipscope_image::lesion::Frame;
use flipscope_model::{Candidate, ClassifierError, Verdict};

use crate::search::{Answering, Scorer};

/// Gradients that are kept, a megabyte each: more than a search for the smallest change of colour asks for.
const GRADIENTS: usize = 32;

/// SHA-256 of a question.
type Asked = [u8; 32];

/// Answers of one network about one frame. Copies share them.
#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<Answers>>);

#[derive(Default)]
struct Answers {
    verdicts: HashMap<Asked, Verdict>,
    gradients: HashMap<(Asked, usize), (Verdict, Vec<f32>)>,
}

impl Memory {
    /// Forgets everything: the family is finished.
    pub fn clear(&self) {
        *self.answers() = Answers::default();
    }

    /// Forgets what is large.
    pub fn forget_gradients(&self) {
        self.answers().gradients = HashMap::new();
    }

    /// Answers that are known, gradients among them.
    #[must_use]
    pub fn len(&self) -> usize {
        let answers = self.answers();
        answers.verdicts.len() + answers.gradients.len()
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every change of the answers is whole, whoever else panicked.
    fn answers(&self) -> MutexGuard<'_, Answers> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn verdict(&self, asked: &Asked) -> Option<Verdict> {
        self.answers().verdicts.get(asked).cloned()
    }

    fn keep(&self, asked: Asked, verdict: Verdict) {
        self.answers().verdicts.insert(asked, verdict);
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Memory({})", self.len())
    }
}

/// A network with a memory.
pub struct Remembering<'a> {
    scorer: &'a dyn Scorer,
    memory: &'a Memory,
}

impl<'a> Remembering<'a> {
    /// Asks the network only what the memory does not know, which must be of this network.
    #[must_use]
    pub fn new(scorer: &'a dyn Scorer, memory: &'a Memory) -> Self {
        Self { scorer, memory }
    }
}

impl Scorer for Remembering<'_> {
    fn answering(&self) -> Answering<'_> {
        self.scorer.answering()
    }

    fn score(
        &self,
        candidates: &[Candidate],
        on_batch: &mut dyn FnMut(&[Verdict]) -> ControlFlow<()>,
    ) -> Result<(), ClassifierError> {
        let asked: Vec<Option<Asked>> = candidates.iter().map(of_candidate).collect();
        let known = |asked: &Option<Asked>| asked.as_ref().and_then(|one| self.memory.verdict(one));
        let mut open = candidates;
        let mut asked = asked.as_slice();
        while !open.is_empty() {
            let verdicts: Vec<Verdict> = asked.iter().map_while(known).collect();
            if !verdicts.is_empty() && on_batch(&verdicts).is_break() {
                return Ok(());
            }
            (open, asked) = (rest(open, verdicts.len()), rest(asked, verdicts.len()));
            let unknown = asked.iter().take_while(|one| known(one).is_none()).count();
            let mut questions = asked.iter().take(unknown);
            let mut stopped = false;
            if unknown > 0 {
                let ask = open.get(..unknown).unwrap_or(open);
                self.scorer.score(ask, &mut |verdicts| {
                    // In this order: a batch that ends takes no question with it.
                    for (verdict, question) in verdicts.iter().zip(questions.by_ref()) {
                        if let Some(question) = question {
                            self.memory.keep(*question, verdict.clone());
                        }
                    }
                    let flow = on_batch(verdicts);
                    stopped = flow.is_break();
                    flow
                })?;
            }
            if stopped {
                return Ok(());
            }
            (open, asked) = (rest(open, unknown), rest(asked, unknown));
        }
        Ok(())
    }

    fn gradient(
        &self,
        candidate: &Candidate,
        class: usize,
    ) -> Result<(Verdict, Vec<f32>), ClassifierError> {
        let asked = of_candidate(candidate).map(|asked| (asked, class));
        if let Some(known) =
            asked.and_then(|asked| self.memory.answers().gradients.get(&asked).cloned())
        {
            return Ok(known);
        }
        let answer = self.scorer.gradient(candidate, class)?;
        if let Some(asked) = asked {
            let gradients = &mut self.memory.answers().gradients;
            if gradients.len() < GRADIENTS {
                gradients.insert(asked, answer.clone());
            }
        }
        Ok(answer)
    }

    fn verdict(&self, frame: &Frame) -> Result<Verdict, ClassifierError> {
        let asked = of_frame(frame);
        if let Some(known) = self.memory.verdict(&asked) {
            return Ok(known);
        }
        let verdict = self.scorer.verdict(frame)?;
        self.memory.keep(asked, verdict.clone());
        Ok(verdict)
    }
}

fn rest<T>(of: &[T], from: usize) -> &[T] {
    of.get(from..).unwrap_or_default()
}

/// A frame as its PNG has it, judged alone.
fn of_frame(frame: &Frame) -> Asked {
    let hash = Sha256::new_with_prefix("alone");
    hash.chain_update(frame.pixels()).finalize().into()
}

/// A candidate, judged with others; none for one that cannot be written down, which none of a search is.
fn of_candidate(candidate: &Candidate) -> Option<Asked> {
    let change = serde_json::to_vec(&*candidate.perturbation).ok()?;
    let hash = Sha256::new_with_prefix("candidate");
    let hash = hash.chain_update(candidate.frame.pixels());
    Some(hash.chain_update(change).finalize().into())
}
