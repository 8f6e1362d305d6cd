//! A list of thousands, with stand-ins for the thread that reads photographs and for the network.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use flipscope_image::lesion::{ColorHandling, Frame, Framing, Photograph, Raster, Source};
use flipscope_model::scheduler::{Loaded, ModelSlot};
use flipscope_model::{DeviceChoice, ModelInfo, ModelSource, Provenance, Scored, Verdict};

use crate::explorer::apply::{Effect, apply, receive};
use crate::explorer::command::Command;
use crate::explorer::explore::apply::frames::REQUESTS;
use crate::explorer::explore::lesion::{LesionId, Origin, Picture};
use crate::explorer::explore::metadata::Metadata;
use crate::explorer::explore::request::{Asked, ReadPicture};
use crate::explorer::state::State;
use crate::explorer::worker::Answer;

pub(super) const LESIONS: usize = 1200;

/// The window's state, and the pending work of its threads.
#[derive(Default)]
pub(super) struct Bench {
    pub(super) state: State,
    pub(super) reads: VecDeque<(LesionId, Origin, ColorHandling, Framing)>,
    list: VecDeque<Asked>,
    /// How many of the requests about the list go before the bands.
    pub(super) first: usize,
    explored: Option<Asked>,
    /// Positions in the list, in the order in which they were read.
    pub(super) read: Vec<usize>,
    /// The largest number of frames held at any time.
    pub(super) most: usize,
    /// The lightness of the photographs, which shows whether a file has changed.
    pub(super) light: u8,
}

impl Bench {
    pub(super) fn with_model() -> Self {
        let mut bench = Self::default();
        bench.load("a");
        bench
    }

    pub(super) fn load(&mut self, name: &str) {
        let source = ModelSource::File(PathBuf::from(name));
        self.ask(Command::UseModel(ModelSlot::Primary, source.clone()));
        let info = ModelInfo {
            name: name.to_owned(),
            path: None,
            architecture: "small-test".to_owned(),
            classes: vec!["melanoma".to_owned(), "nevus".to_owned()],
            melanoma_classes: vec![0],
            mean: [0.5; 3],
            std: [0.5; 3],
            transform_input: false,
            framing: Framing::default(),
            threshold: 0.5,
            remedy: flipscope_model::Remedy::default(),
            sha256: String::new(),
            bytes: 0,
            parameters: 0,
            weight_types: "f32".to_owned(),
            auxiliary_head: false,
            metadata: std::collections::BTreeMap::default(),
            weights: None,
            positive_class: None,
            beside: Vec::new(),
            assumptions: Vec::new(),
        };
        let generation = self.state.model.ready.as_ref();
        let loaded = Loaded {
            info,
            device: "a stand-in".into(),
            note: None,
            kind: flipscope_model::DeviceKind::Processor,
            precision: "f32",
            generation: generation.map_or(1, |ready| ready.generation + 1),
        };
        self.answer(Answer::Model {
            slot: ModelSlot::Primary,
            source,
            device: DeviceChoice::default(),
            result: Ok(Box::new(loaded)),
        });
    }

    pub(super) fn open(&mut self) {
        let files = (0..LESIONS).map(|n| PathBuf::from(format!("{n:04}.png")));
        let problems = Vec::new();
        self.answer(Answer::Listed {
            files: files.collect(),
            problems,
        });
    }

    pub(super) fn ask(&mut self, command: Command) {
        let effects = apply(&mut self.state, command, Instant::now());
        self.take(effects);
    }

    pub(super) fn answer(&mut self, answer: Answer) {
        let effects = receive(&mut self.state, answer, Instant::now());
        self.take(effects);
    }

    fn take(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Read {
                    lesion,
                    origin,
                    color_handling,
                    framing,
                    urgent,
                } => {
                    self.reads.retain(|(other, ..)| *other != lesion);
                    let read = (lesion, origin, color_handling, framing);
                    if urgent {
                        self.reads.push_front(read);
                    } else {
                        self.reads.push_back(read);
                    }
                }
                Effect::AskList {
                    wanted,
                    in_sight,
                    rest,
                } => {
                    self.first = wanted.len();
                    let all = wanted.into_iter().chain(in_sight).chain(rest);
                    self.list = all.collect();
                }
                Effect::Ask(asked) => self.explored = Some(asked),
                _ => {}
            }
        }
        assert!(self.reads.len() <= REQUESTS + 1);
        let held = (self.state.lesions.iter()).filter(|lesion| lesion.frame().is_some());
        self.most = self.most.max(held.count());
    }

    /// Reads one photograph; returns whether there was one to read.
    pub(super) fn read_one(&mut self) -> bool {
        let Some((lesion, origin, color_handling, framing)) = self.reads.pop_front() else {
            return false;
        };
        let Origin::File(path) = &origin else {
            panic!("only files were opened");
        };
        let place: usize = path.file_stem().unwrap().to_str().unwrap().parse().unwrap();
        self.read.push(place);
        let mut pixels = vec![self.light; Frame::BYTES];
        pixels[0] = (place % 256) as u8;
        pixels[1] = (place / 256) as u8;
        let frame = Arc::new(Frame::from_rgb(pixels).unwrap());
        let small = Arc::new(Raster::from_rgb(1, 1, vec![0; 3]).unwrap());
        let photograph = Photograph {
            raster: Arc::clone(&small),
            source: Source::Synthetic {
                name: "a stand-in".to_owned(),
                seed: 0,
            },
            color_handling,
            format: None,
            exif_orientation: 1,
            colour_profile: None,
            notes: Vec::new(),
        };
        let picture = ReadPicture {
            frame_sha256: frame.sha256(),
            frame,
            thumbnail: small,
            photograph: Arc::new(photograph),
            metadata: Metadata::default(),
        };
        self.answer(Answer::Read {
            lesion,
            color_handling,
            framing,
            refused: None,
            result: Ok(picture),
        });
        true
    }

    /// The network answers one request; returns whether there was one.
    pub(super) fn judge_one(&mut self) -> bool {
        let Some(asked) = self.explored.take().or_else(|| self.list.pop_front()) else {
            return false;
        };
        self.judge(asked);
        true
    }

    /// Holds back the request about the explored lesion, for [`Self::judge`] to answer later.
    pub(super) fn hold_back(&mut self) -> Option<Asked> {
        self.explored.take()
    }

    /// The network answers this request.
    pub(super) fn judge(&mut self, asked: Asked) {
        let generation = self
            .state
            .model
            .ready
            .as_ref()
            .map(|ready| ready.generation);
        let provenance = Provenance {
            device: "a stand-in".into(),
            precision: "f32",
            batch: 1,
            ms: 1.0,
            generation: generation.unwrap(),
        };
        let verdict = Verdict {
            probabilities: vec![0.75, 0.25],
            p_melanoma: 0.75,
        };
        self.answer(Answer::Judged {
            asked,
            result: Ok(Scored {
                verdict,
                provenance,
            }),
        });
    }

    pub(super) fn finish(&mut self) {
        while self.read_one() || self.judge_one() {}
    }

    pub(super) fn judged(&self) -> usize {
        let lesions = self.state.lesions.iter();
        lesions
            .filter(|lesion| lesion.answers.primary.before.is_some())
            .count()
    }

    pub(super) fn released(&self) -> Vec<LesionId> {
        let lesions = self.state.lesions.iter();
        lesions
            .filter(|lesion| matches!(lesion.picture, Picture::Released { .. }))
            .map(|lesion| lesion.id)
            .collect()
    }
}
