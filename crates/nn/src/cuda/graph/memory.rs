//! What was chosen for each convolution on a card, as text that is kept from one start to the next.
//!
//! One line names the card, the driver and cuDNN, then each line a convolution, its engine and the engine's knobs; the last line counts
//! them. Text that is not whole, or of another card, driver or cuDNN, is no memory at all.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::engine::Choice;
use super::fusion::Fusion;

/// The first line's first word; another number for another form.
const FORM: &str = "flipscope-plans-1";

/// More convolutions than this are not kept: a network has about a hundred, for each size of batch.
const MOST: usize = 20_000;

/// What was chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::cuda) struct Choices {
    /// What they are for: the card, the driver, cuDNN.
    place: String,
    by_word: BTreeMap<String, Choice>,
    changed: bool,
}

impl Choices {
    /// None yet, for a card with a driver and a cuDNN.
    pub(in crate::cuda) fn of(card: &str, driver: &str, cudnn: &str) -> Self {
        // One word each.
        let word = |text: &str| -> String {
            let kept = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
            text.chars()
                .map(|c| if kept(c) { c } else { '_' })
                .collect()
        };
        Self {
            place: format!("{} {} {}", word(card), word(driver), word(cudnn)),
            ..Self::default()
        }
    }

    /// What a file of them is called.
    pub(in crate::cuda) fn name(&self) -> String {
        format!("cudnn_{}.txt", self.place.replace(' ', "_"))
    }

    /// These, with what a text says; whether it was taken.
    pub(in crate::cuda) fn recall(&mut self, text: &str) -> bool {
        let read = self.parse(text);
        let taken = read.is_some();
        if let Some(by_word) = read {
            self.by_word = by_word;
        }
        // What cannot be read is replaced.
        self.changed = !taken;
        taken
    }

    fn parse(&self, text: &str) -> Option<BTreeMap<String, Choice>> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let head = lines.next()?.strip_prefix(FORM)?.strip_prefix(' ')?;
        if head != self.place {
            return None;
        }
        let count = lines.next_back()?.strip_prefix("end ")?;
        let mut by_word = BTreeMap::new();
        for line in lines {
            let mut words = line.split(' ');
            let word = words.next().filter(|word| !word.is_empty())?;
            let engine = words.next()?.parse().ok()?;
            let mut knobs = Vec::new();
            for knob in words {
                let (number, value) = knob.split_once('=')?;
                knobs.push((number.parse().ok()?, value.parse().ok()?));
            }
            if by_word.len() == MOST {
                return None;
            }
            let before = by_word.insert(word.to_owned(), Choice { engine, knobs });
            if before.is_some() {
                return None;
            }
        }
        (count == by_word.len().to_string()).then_some(by_word)
    }

    /// As text, if it says something new since it was read or written.
    pub(in crate::cuda) fn news(&mut self) -> Option<String> {
        if !std::mem::take(&mut self.changed) || self.by_word.is_empty() {
            return None;
        }
        let mut text = format!("{FORM} {}\n", self.place);
        for (word, Choice { engine, knobs }) in &self.by_word {
            // Writing into a string does not fail.
            let _ = write!(text, "{word} {engine}");
            for (number, value) in knobs {
                let _ = write!(text, " {number}={value}");
            }
            text.push('\n');
        }
        let _ = writeln!(text, "end {}", self.by_word.len());
        Some(text)
    }

    pub(in crate::cuda) fn get(&self, fusion: &Fusion) -> Option<&Choice> {
        self.by_word.get(&fusion.word())
    }

    pub(in crate::cuda) fn put(&mut self, fusion: &Fusion, choice: Choice) {
        let word = fusion.word();
        if self.by_word.get(&word) != Some(&choice)
            && (self.by_word.len() < MOST || self.by_word.contains_key(&word))
        {
            self.by_word.insert(word, choice);
            self.changed = true;
        }
    }

    /// Lets go of one that did not do.
    pub(in crate::cuda) fn remove(&mut self, fusion: &Fusion) {
        self.changed |= self.by_word.remove(&fusion.word()).is_some();
    }
}
