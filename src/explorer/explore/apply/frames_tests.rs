//! A list of thousands, with stand-ins for the thread that reads photographs and for the network.

use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use flipscope_image::lesion::{ColorHandling, Frame, Framing, Photograph, Raster, Source};
use flipscope_model::scheduler::{Loaded, ModelSlot};
use flipscope_model::{DeviceChoice, ModelInfo, ModelSource, Provenance, Scored, Verdict};

use crate::explorer::apply::{Effect, apply, receive};
use crate::explorer::command::Command;
use crate::explorer::explore::apply::frames::{HELD, REQUESTS};
use crate::explorer::explore::facts::Facts;
use crate::explorer::explore::lesion::{LesionId, Origin, Picture};
use crate::explorer::explore::request::{Asked, ReadPicture};
use crate::explorer::explore::table::command::TableCommand;
use crate::explorer::explore::table::rows::Column;
use crate::explorer::state::State;
use crate::explorer::worker::Answer;

const LESIONS: usize = 1200;

/// The window's state, and the pending work of its threads.
#[derive(Default)]
struct Bench {
    state: State,
    reads: VecDeque<(LesionId, Origin, ColorHandling, Framing)>,
    list: VecDeque<Asked>,
    explored: Option<Asked>,
    /// Positions in the list, in the order in which they were read.
    read: Vec<usize>,
    /// The largest number of frames held at any time.
    most: usize,
    /// The lightness of the photographs, which shows whether a file has changed.
    light: u8,
}

impl Bench {
    fn with_model() -> Self {
        let mut bench = Self::default();
        bench.load("a");
        bench
    }

    fn load(&mut self, name: &str) {
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

    fn open(&mut self) {
        let files = (0..LESIONS).map(|n| PathBuf::from(format!("{n:04}.png")));
        let problems = Vec::new();
        self.answer(Answer::Listed {
            files: files.collect(),
            problems,
        });
    }

    fn ask(&mut self, command: Command) {
        let effects = apply(&mut self.state, command, Instant::now());
        self.take(effects);
    }

    fn answer(&mut self, answer: Answer) {
        let effects = receive(&mut self.state, answer, Instant::now());
        self.take(effects);
    }

    fn take(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Read {
                    lesion,
                    origin,
                    reading,
                    framing,
                    urgent,
                } => {
                    self.reads.retain(|(other, ..)| *other != lesion);
                    let read = (lesion, origin, reading, framing);
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
    fn read_one(&mut self) -> bool {
        let Some((lesion, origin, reading, framing)) = self.reads.pop_front() else {
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
            reading,
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
            facts: Facts::default(),
        };
        self.answer(Answer::Read {
            lesion,
            reading,
            framing,
            result: Ok(picture),
        });
        true
    }

    /// The network answers one request; returns whether there was one.
    fn judge_one(&mut self) -> bool {
        let Some(asked) = self.explored.take().or_else(|| self.list.pop_front()) else {
            return false;
        };
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
        true
    }

    fn finish(&mut self) {
        while self.read_one() || self.judge_one() {}
    }

    fn judged(&self) -> usize {
        let lesions = self.state.lesions.iter();
        lesions
            .filter(|lesion| lesion.answers.primary.before.is_some())
            .count()
    }

    fn released(&self) -> Vec<LesionId> {
        let lesions = self.state.lesions.iter();
        lesions
            .filter(|lesion| matches!(lesion.picture, Picture::Released { .. }))
            .map(|lesion| lesion.id)
            .collect()
    }
}

#[test]
fn a_long_list_is_read_and_judged_whole_within_a_bound() {
    let mut bench = Bench::with_model();
    bench.open();
    // The network is slow: reading stops, and resumes as it answers.
    while bench.read_one() {}
    assert!(
        (HELD..=HELD + 1).contains(&bench.read.len()),
        "{}",
        bench.read.len()
    );
    bench.finish();
    assert_eq!(bench.judged(), LESIONS);
    assert!(bench.most <= HELD + 2, "{} frames were held", bench.most);
    let thumbnails = bench
        .state
        .lesions
        .iter()
        .filter(|one| one.thumbnail().is_some());
    assert_eq!(thumbnails.count(), LESIONS);
    // Each exactly once.
    assert_eq!(bench.read.len(), LESIONS);
    assert_eq!(bench.read.iter().collect::<BTreeSet<_>>().len(), LESIONS);
}

#[test]
fn without_a_model_thumbnails_are_read_within_the_bound_too() {
    let mut bench = Bench::default();
    bench.open();
    bench.finish();
    assert_eq!(bench.read.len(), LESIONS);
    assert!(bench.most <= HELD + 2, "{} frames were held", bench.most);
    // A model that is loaded later judges all of them.
    bench.load("late");
    bench.finish();
    assert_eq!(bench.judged(), LESIONS);
    assert!(bench.most <= HELD + 2, "{} frames were held", bench.most);
}

#[test]
fn what_comes_into_sight_is_read_next() {
    let mut bench = Bench::with_model();
    bench.open();
    for _ in 0..10 {
        bench.read_one();
    }
    bench.ask(Command::InSight(700..712));
    let before = bench.read.len();
    for _ in 0..REQUESTS + 12 {
        bench.read_one();
    }
    let since: BTreeSet<_> = bench.read[before..].iter().copied().collect();
    assert!((700..712).all(|place| since.contains(&place)), "{since:?}");
    // The same while the network has enough to do.
    while bench.read_one() {}
    bench.ask(Command::InSight(100..112));
    let before = bench.read.len();
    while bench.read_one() {}
    let since: BTreeSet<_> = bench.read[before..].iter().copied().collect();
    assert!((100..112).all(|place| since.contains(&place)), "{since:?}");
}

#[test]
fn a_released_lesion_is_read_again_when_it_is_explored_and_keeps_its_verdict() {
    let mut bench = Bench::with_model();
    bench.open();
    bench.finish();
    let released = bench.released();
    assert!(released.len() >= LESIONS - HELD - 1, "{}", released.len());
    let before = bench.read.len();
    bench.ask(Command::Select(released[0]));
    assert!(bench.state.current().unwrap().frame().is_none());
    assert!(bench.read_one());
    let lesion = bench.state.current().unwrap();
    assert!(lesion.frame().is_some() && lesion.answers.primary.before.is_some());
    bench.finish();
    assert_eq!(bench.read.len(), before + 1);
    // A file that has changed meanwhile is judged again.
    bench.light = 9;
    bench.ask(Command::Select(released[1]));
    assert!(
        bench
            .state
            .current()
            .unwrap()
            .answers
            .primary
            .before
            .is_some()
    );
    bench.read_one();
    assert!(
        bench
            .state
            .current()
            .unwrap()
            .answers
            .primary
            .before
            .is_none()
    );
    bench.finish();
    assert_eq!(bench.judged(), LESIONS);
}

#[test]
fn another_framing_and_another_model_are_read_and_judged_within_the_bound() {
    let mut bench = Bench::with_model();
    bench.open();
    bench.finish();
    let other = match bench.state.framing() {
        Framing::Crop => Framing::Squash,
        Framing::Squash => Framing::Crop,
    };
    bench.ask(Command::Frame(Some(other)));
    assert_eq!(bench.judged(), 0);
    // The explored one comes first.
    bench.read_one();
    assert_eq!(bench.read.last(), Some(&0));
    bench.finish();
    assert_eq!(bench.judged(), LESIONS);
    assert!(bench.state.lesions.iter().all(|lesion| !lesion.outdated));
    bench.load("b");
    bench.finish();
    assert_eq!(bench.judged(), LESIONS);
    assert!(bench.most <= HELD + 2, "{} frames were held", bench.most);
}

#[test]
fn one_that_cannot_be_read_is_not_asked_for_again_and_again() {
    let mut bench = Bench::with_model();
    bench.open();
    let (lesion, _, reading, framing) = bench.reads.pop_front().unwrap();
    bench.answer(Answer::Read {
        lesion,
        reading,
        framing,
        result: Err("It is damaged.".to_owned()),
    });
    bench.finish();
    assert_eq!(bench.judged(), LESIONS - 1);
    assert_eq!(bench.read.len(), LESIONS - 1);
    bench.ask(Command::ReadAgain(lesion));
    bench.finish();
    assert_eq!(bench.judged(), LESIONS);
}

#[test]
fn the_order_of_the_list_decides_what_is_read_next_and_what_it_hides_comes_last() {
    let mut bench = Bench::with_model();
    bench.open();
    for _ in 0..10 {
        bench.read_one();
    }
    bench.ask(Command::InSight(0..12));
    for _ in 0..2 {
        let sort = TableCommand::Sort(Column::Name);
        bench.ask(Command::Table(sort));
    }
    let before = bench.read.len();
    for _ in 0..REQUESTS + 12 {
        bench.read_one();
    }
    let since: BTreeSet<_> = bench.read[before..].iter().copied().collect();
    let last = LESIONS - 12..LESIONS;
    assert!(
        last.clone().all(|place| since.contains(&place)),
        "{since:?}"
    );
    // The verdicts of the visible ones come first, too.
    while bench.read_one() {}
    assert!(bench.judge_one() && bench.judge_one());
    let first = &bench.state.lesions[LESIONS - 1];
    assert!(first.answers.primary.before.is_some());
    // Only twelve are shown: the others are read and judged all the same.
    bench.ask(Command::Table(TableCommand::Search("077".to_owned())));
    assert_eq!(bench.state.table.shown().len(), 12);
    let before = bench.read.len();
    for _ in 0..REQUESTS + 12 {
        bench.read_one();
    }
    let since: BTreeSet<_> = bench.read[before..].iter().copied().collect();
    assert!((770..780).all(|place| since.contains(&place)), "{since:?}");
    bench.finish();
    assert_eq!(bench.judged(), LESIONS);
    // The visible ones are held in addition.
    assert!(
        bench.most <= HELD + 2 + 12,
        "{} frames were held",
        bench.most
    );
}

#[test]
fn closing_all_keeps_no_frames_and_undo_reads_them_again() {
    let mut bench = Bench::with_model();
    bench.open();
    bench.finish();
    let ids: Vec<LesionId> = bench.state.lesions.iter().map(|one| one.id).collect();
    bench.ask(Command::Table(TableCommand::Close(ids.clone())));
    assert!(bench.state.lesions.is_empty() && bench.state.table.order.is_empty());
    assert_eq!(bench.state.selected, None);
    bench.ask(Command::Undo);
    let back: Vec<LesionId> = bench.state.lesions.iter().map(|one| one.id).collect();
    assert_eq!(back, ids);
    let held = bench
        .state
        .lesions
        .iter()
        .filter(|one| one.frame().is_some());
    assert_eq!(held.count(), 0);
    bench.finish();
    assert_eq!(bench.judged(), LESIONS);
    assert!(bench.most <= HELD + 2, "{} frames were held", bench.most);
    // Some of them: those between stay where they are.
    let some: Vec<LesionId> = ids.iter().copied().step_by(3).collect();
    bench.ask(Command::Table(TableCommand::Close(some)));
    assert_eq!(bench.state.lesions.len(), LESIONS - LESIONS / 3);
    bench.ask(Command::Undo);
    let back: Vec<LesionId> = bench.state.lesions.iter().map(|one| one.id).collect();
    assert_eq!(back, ids);
}
