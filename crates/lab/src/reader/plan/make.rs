//! Makes a plan: draws lesions by the seed, melanomas and nevi as evenly as the material allows, and loads their pictures.

use flipscope_language::{as_text, text};
use std::collections::HashSet;

use super::findings::Findings;
use super::labels::Labels;
use super::settings::Numbers;
use super::source::Source;
use super::{CHOICE, Case, Form, Lesion, NUMBERS, Plan, Settings, Turn};
use crate::reader::error::ReaderError;
use flipscope_base::random::{RandomStream as _, Seeded};
use flipscope_image::lesion::Frame;
use flipscope_model::Label;

/// The pictures of a lesion, as PNG of the exact frames.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pictures {
    /// The unmodified frame.
    pub unmodified: Vec<u8>,
    /// The altered frame, if it is shown.
    pub adversarial: Option<Vec<u8>>,
}

/// A plan with its pictures.
#[derive(Clone, Debug)]
pub struct Made {
    /// The plan.
    pub plan: Plan,
    /// The pictures of each lesion, in the order of [`Plan::lesions`].
    pub pictures: Vec<Pictures>,
    /// One sentence for each photograph that was drawn and cannot be used; another one took its place.
    pub problems: Vec<String>,
}

/// Draws the lesions and loads their pictures. `judge` computes P(melanoma) of a frame with the network that made the findings;
/// it is called for photographs of the labelled set only.
///
/// # Errors
/// If the settings are invalid; if there are too few findings or photographs; if the gap cannot be kept; if pictures cannot be
/// read or judged.
pub fn make(
    settings: &Settings,
    findings: &Findings,
    labels: &Labels<'_>,
    judge: &mut dyn FnMut(&Frame) -> Result<f32, ReaderError>,
) -> Result<Made, ReaderError> {
    settings.validate()?;
    let photographs = labels.photographs();
    let mut random = Seeded::stream(settings.seed, CHOICE);
    let mut maker = Maker {
        findings,
        judge,
        altered: Pool::of(&findings.sources, &mut random),
        // A lesion with a finding can also be shown unmodified, if the finding is not needed.
        plain: Pool::of(photographs.iter().chain(&findings.sources), &mut random),
        taken: HashSet::new(),
        frames: HashSet::new(),
        cases: [0; 2],
        lesions: Vec::new(),
        problems: Vec::new(),
    };
    let numbers = settings.numbers(maker.altered.lesions());
    maker.add_altered(settings, &numbers)?;
    maker.add_plain(numbers.plain)?;
    maker.add_practice(settings.practice as usize)?;
    maker.finish(settings)
}

/// Sources in a random order, by truth; the next is drawn from the end.
struct Pool<'a>([Vec<&'a Source>; 2]);

impl<'a> Pool<'a> {
    fn of(sources: impl IntoIterator<Item = &'a Source>, random: &mut Seeded) -> Self {
        let sources: Vec<&Source> = sources.into_iter().collect();
        let mut places: Vec<usize> = (0..sources.len()).collect();
        random.shuffle(&mut places);
        let mut pools = [Vec::new(), Vec::new()];
        for source in places.iter().filter_map(|at| sources.get(*at)) {
            if let Some(pool) = pools.get_mut(index(source.truth)) {
                pool.push(*source);
            }
        }
        Self(pools)
    }

    /// How many different lesions there are.
    fn lesions(&self) -> usize {
        let keys = self.0.iter().flatten().map(|source| &source.key);
        keys.collect::<HashSet<_>>().len()
    }

    /// The next one that is not taken, preferably of the truth with fewer cases so far.
    fn next(&mut self, cases: [usize; 2], taken: &HashSet<String>) -> Option<&'a Source> {
        let [melanomas, nevi] = cases;
        let first = usize::from(melanomas > nevi);
        for at in [first, 1 - first] {
            while let Some(source) = self.0.get_mut(at).and_then(Vec::pop) {
                if !taken.contains(&source.key) {
                    return Some(source);
                }
            }
        }
        None
    }
}

fn index(truth: Label) -> usize {
    match truth {
        Label::Melanoma => 0,
        Label::Nevus => 1,
    }
}

/// A plan in the making.
struct Maker<'a> {
    findings: &'a Findings,
    judge: &'a mut dyn FnMut(&Frame) -> Result<f32, ReaderError>,
    altered: Pool<'a>,
    plain: Pool<'a>,
    /// The lesions that are taken, by key; the frames that are taken, by hash.
    taken: HashSet<String>,
    frames: HashSet<String>,
    /// Melanomas and nevi among a reader's cases.
    cases: [usize; 2],
    lesions: Vec<(Lesion, Pictures)>,
    problems: Vec<String>,
}

impl<'a> Maker<'a> {
    /// Adds the lesions that are shown altered, with the turns that balance which form comes first, or which one is shown.
    fn add_altered(&mut self, settings: &Settings, numbers: &Numbers) -> Result<(), ReaderError> {
        let has = self.altered.lesions();
        let needs = numbers.adversarial;
        let mut drawn: Vec<&'a Source> = Vec::new();
        while drawn.len() < numbers.altered {
            let mut cases = [0; 2];
            for source in &drawn {
                count(&mut cases, source, 1);
            }
            let Some(source) = self.altered.next(cases, &self.taken) else {
                return Err(ReaderError::Plan(text!(
                    "readers-adversarial-cases-need-findings",
                    needs = as_text(&needs),
                    has = as_text(&has)
                )));
            };
            self.taken.insert(source.key.clone());
            drawn.push(source);
        }
        let mut turns: Vec<(&Source, Turn)> = if settings.both_forms {
            let alone = drawn.split_off(numbers.pairs);
            // Numbered by truth: every other melanoma and every other nevus is altered first.
            drawn.sort_by_key(|source| index(source.truth));
            let both = drawn.into_iter().zip((0..).map(Turn::Both));
            both.chain(alone.into_iter().map(|source| (source, Turn::Fixed)))
                .collect()
        } else {
            spread(drawn).zip((0..).map(Turn::Either)).collect()
        };
        for (source, turn) in turns.drain(..) {
            let shown = if matches!(turn, Turn::Both(_)) { 2 } else { 1 };
            count(&mut self.cases, source, shown);
            if !self.add(source, true, turn)? {
                return Err(ReaderError::Plan(text!(
                    "readers-two-findings-show-same",
                    image = as_text(&source.image)
                )));
            }
        }
        Ok(())
    }

    /// Adds lesions that are shown unmodified only.
    fn add_plain(&mut self, needed: usize) -> Result<(), ReaderError> {
        let mut added = 0;
        while added < needed {
            let Some(source) = self.plain.next(self.cases, &self.taken) else {
                return Err(ReaderError::Plan(text!(
                    "readers-lesions-needed-shown-unmodified",
                    needed = as_text(&needed),
                    added = as_text(&added)
                )));
            };
            if self.add(source, false, Turn::Fixed)? {
                count(&mut self.cases, source, 1);
                added += 1;
            }
        }
        Ok(())
    }

    /// Adds the practice round: unmodified and adversarial in turn, as long as there are findings that are not needed.
    fn add_practice(&mut self, needed: usize) -> Result<(), ReaderError> {
        let mut cases = [0; 2];
        let mut added = 0;
        while added < needed {
            let altered = if added % 2 == 1 {
                self.altered.next(cases, &self.taken)
            } else {
                None
            };
            let source = match altered {
                Some(source) => source,
                None => match self.plain.next(cases, &self.taken) {
                    Some(source) => source,
                    None => {
                        return Err(ReaderError::Plan(text!(
                            "readers-practice-cases-need-lesions",
                            needed = as_text(&needed),
                            added = as_text(&added)
                        )));
                    }
                },
            };
            if self.add(source, altered.is_some(), Turn::Practice)? {
                count(&mut cases, source, 1);
                added += 1;
            }
        }
        Ok(())
    }

    /// Loads a source. Returns false if its photograph cannot be read, or shows the same as another one.
    fn add(&mut self, source: &Source, altered: bool, turn: Turn) -> Result<bool, ReaderError> {
        self.taken.insert(source.key.clone());
        let loaded = match source.load(&self.findings.network) {
            Ok(loaded) => loaded,
            Err(ReaderError::Lesion(error)) => {
                self.problems
                    .push(text!("readers-another-one-used", error = as_text(&error)));
                return Ok(false);
            }
            Err(error) => return Err(error),
        };
        let frame_sha256 = loaded.original.sha256();
        if !self.frames.insert(frame_sha256.clone()) {
            return Ok(false);
        }
        let p_melanoma = match loaded.p_melanoma {
            Some(p) => p,
            None => (self.judge)(&loaded.original)?,
        };
        let shown = loaded.altered.filter(|_| altered);
        let png = |frame: &Frame| {
            let failed =
                |error: std::io::Error| ReaderError::Plan(format!("{}: {error}", source.image));
            frame.to_png().map_err(failed)
        };
        let lesion = Lesion {
            truth: source.truth,
            truth_from: source.truth_from.clone(),
            image: source.image.clone(),
            image_sha256: loaded.image_sha256,
            frame_sha256,
            p_melanoma,
            altered: source.altered().filter(|_| shown.is_some()).cloned(),
            turn,
        };
        let pictures = Pictures {
            unmodified: png(&loaded.original)?,
            adversarial: shown.as_ref().map(png).transpose()?,
        };
        self.lesions.push((lesion, pictures));
        Ok(true)
    }

    /// Puts lesions and cases into orders that carry no information, and checks the plan.
    fn finish(self, settings: &Settings) -> Result<Made, ReaderError> {
        let mut random = Seeded::stream(settings.seed, NUMBERS);
        let mut places: Vec<usize> = (0..self.lesions.len()).collect();
        random.shuffle(&mut places);
        // Those of the reading are numbered from 1 on; the practice round's come after them.
        places.sort_by_key(|at| {
            let lesion = self.lesions.get(*at);
            lesion.is_some_and(|(lesion, _)| lesion.turn == Turn::Practice)
        });
        let mut slots: Vec<Option<(Lesion, Pictures)>> =
            self.lesions.into_iter().map(Some).collect();
        let (lesions, pictures): (Vec<Lesion>, Vec<Pictures>) = places
            .iter()
            .filter_map(|at| slots.get_mut(*at).and_then(Option::take))
            .unzip();
        let (mut shown, mut practised) = (Vec::new(), Vec::new());
        for (lesion, number) in lesions.iter().zip(0_u32..) {
            let alone = if lesion.altered.is_some() {
                Form::Adversarial
            } else {
                Form::Unmodified
            };
            match lesion.turn {
                Turn::Practice => practised.push((number, alone)),
                Turn::Fixed => shown.push((number, alone)),
                Turn::Both(_) | Turn::Either(_) => {
                    shown.extend(Form::ALL.map(|form| (number, form)));
                }
            }
        }
        let plan = Plan {
            software: env!("CARGO_PKG_VERSION").to_owned(),
            settings: settings.clone(),
            network: self.findings.network.clone(),
            cases: numbered("case", &shown, &mut random),
            practice: numbered("practice", &practised, &mut random),
            lesions,
        };
        plan.validate()?;
        Ok(Made {
            plan,
            pictures,
            problems: self.problems,
        })
    }
}

fn count(cases: &mut [usize; 2], source: &Source, shown: usize) {
    if let Some(one) = cases.get_mut(index(source.truth)) {
        *one += shown;
    }
}

/// Melanomas and nevi mixed evenly, so that any stretch has its share of both.
fn spread(drawn: Vec<&Source>) -> impl Iterator<Item = &Source> {
    let mut of = [0_usize; 2];
    for source in &drawn {
        count(&mut of, source, 1);
    }
    let mut seen = [0_usize; 2];
    let mut placed: Vec<(f64, &Source)> = drawn
        .into_iter()
        .map(|source| {
            let at = index(source.truth);
            let before = seen.get(at).copied().unwrap_or(0) as f64;
            let total = of.get(at).copied().unwrap_or(1) as f64;
            count(&mut seen, source, 1);
            ((before + 0.5) / total, source)
        })
        .collect();
    placed.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    placed.into_iter().map(|(_, source)| source)
}

/// Cases in a random order, with numbered names.
fn numbered(word: &str, shown: &[(u32, Form)], random: &mut Seeded) -> Vec<Case> {
    let mut places: Vec<usize> = (0..shown.len()).collect();
    random.shuffle(&mut places);
    let width = shown.len().to_string().len().max(2);
    let cases = places.iter().filter_map(|at| shown.get(*at));
    cases
        .zip(1..)
        .map(|((lesion, form), number)| Case {
            id: format!("{word} {number:0width$}"),
            lesion: *lesion,
            form: *form,
        })
        .collect()
}
