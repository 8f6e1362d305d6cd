//! Pages of flipped lesions: original, altered, and their difference, for each attack. The photographs are read again; the hash of
//! each altered frame decides whether it is the one that was judged.

use flipscope_language::{as_text, decimal, text};
use flipscope_model::model_in_words;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::words;
use crate::figures::FigureError;
use crate::figures::error::OutputError;
use crate::figures::escape::escaped_element;
use crate::figures::figure::{Content, Figure};
use crate::search::Finding;
use crate::study::error::StudyError;
use crate::study::plan::{AttackJob, Job, Model, Plan};
use crate::study::run::{Places, Settings};
use crate::study::store::{Outcome, Store};
use flipscope_base::human::probability_beside;
use flipscope_image::distance::difference::{self, GAIN};
use flipscope_image::lesion::{Frame, Raster, shrink};
use flipscope_image::perturb;

/// Lesions on a page: in two columns.
const MOST: usize = 8;
const COLUMNS: usize = 2;
/// Side of a picture, of its pixels, and the space between pictures.
const SIDE: u32 = 118;
const PIXELS: u32 = 236;
const GAP: u32 = 5;
/// Height of the words below the pictures of a lesion.
const WORDS: u32 = 57;
const MARGIN: u32 = 20;
const TOP: u32 = 56;
/// Letters that fit below the pictures of a lesion.
const LETTERS: usize = 64;

/// A lesion on a page.
struct Flipped {
    id: String,
    finding: Finding,
    pictures: [Raster; 3],
}

/// A page for each attack and model that flipped something that can be shown, and a sentence for each that cannot.
#[derive(Default)]
pub(super) struct Pages {
    pub(super) figures: Vec<Figure>,
    pub(super) notes: Vec<String>,
    /// Whether one cannot be shown because the photographs were not found.
    pub(super) photographs_missing: bool,
}

/// Draws them.
pub(super) fn pages(store: &Store, plan: &Plan) -> Result<Pages, StudyError> {
    let places = Places::new(plan, &Settings::default(), Some(store))?;
    let mut pages = Pages::default();
    for (number, job) in (0_u32..).zip(&plan.jobs) {
        let Job::Attack(attack) = job else {
            continue;
        };
        for (at, model) in (0_u32..).zip(&plan.models) {
            let outcomes = store.outcomes(number, at)?;
            let mut flips: Vec<(u32, &Outcome)> = (outcomes.iter())
                .filter(|(_, outcome)| outcome.flipped)
                .map(|(place, outcome)| (*place, outcome))
                .collect();
            // The smallest first; equal ones in the order of the pictures.
            flips.sort_by(|(_, a), (_, b)| {
                let size = |outcome: &Outcome| outcome.size.unwrap_or(f64::INFINITY);
                size(a).total_cmp(&size(b))
            });
            let found = flips
                .iter()
                .filter_map(|(place, outcome)| flipped(plan, &places, model, *place, outcome));
            let lesions: Vec<Flipped> = found.take(MOST).collect();
            if lesions.is_empty() && !flips.is_empty() {
                let kept = keeps_pictures(attack);
                pages.photographs_missing |= kept;
                pages.notes.push(why_none(attack, kept, model, flips.len()));
            }
            if !lesions.is_empty() {
                pages.figures.push(page(
                    plan,
                    (attack, number),
                    (model, at),
                    &lesions,
                    flips.len(),
                )?);
            }
        }
    }
    Ok(pages)
}

/// Whether a study keeps what an attack found, so that it can be shown: all but noise.
fn keeps_pictures(attack: &AttackJob) -> bool {
    attack.attack.name() != "fgsm"
}

/// Why none of the lesions that an attack flipped is shown; `kept`: whether the study keeps what it found.
fn why_none(attack: &AttackJob, kept: bool, model: &Model, flips: usize) -> String {
    let why = if kept {
        text!("report-their-photographs-neither-where", count = flips)
    } else {
        text!("report-study-does-not-keep").to_owned()
    };
    let name = words::attack(attack.attack.name());
    text!(
        "report-not-shown",
        attack = name,
        direction = words::direction(&attack.direction.to_string()),
        model = model_in_words(&model.name),
        count = flips,
        why = why
    )
}

/// A flipped lesion with its pictures; none if its photograph is not there, or if it was altered by noise, which a study does not
/// keep.
fn flipped(
    plan: &Plan,
    places: &Places,
    model: &Model,
    place: u32,
    outcome: &Outcome,
) -> Option<Flipped> {
    let finding: Finding = serde_json::from_str(&outcome.json).ok()?;
    let image = plan.images.get(place as usize)?;
    let original = places.open(plan, image, model.framing).ok()?;
    let altered = perturb::apply(&original, &finding.perturbation).ok()?;
    if altered.sha256() != finding.altered_sha256 {
        return None;
    }
    let changed = difference::picture(&original, &altered, GAIN);
    let small = |frame: &Frame| shrink(frame.raster(), PIXELS);
    Some(Flipped {
        id: image.id.clone(),
        pictures: [small(&original), small(&altered), small(&changed)],
        finding,
    })
}

fn page(
    plan: &Plan,
    (attack, job): (&AttackJob, u32),
    (model, at): (&Model, u32),
    lesions: &[Flipped],
    flips: usize,
) -> Result<Figure, StudyError> {
    let name = words::attack(attack.attack.name());
    let of = if plan.models.len() > 1 {
        format!(
            ", {}",
            words::with_remedy(&model.name, &model.remedy.to_string())
        )
    } else {
        String::new()
    };
    let title = text!(
        "report-attack-flipped-lesions",
        name = as_text(&name),
        direction = words::direction(&attack.direction.to_string()),
        of = as_text(&of)
    );
    let file = format!("flipped-{}-{}-{}", attack.attack.name(), job + 1, at + 1);
    let svg = svg(&title, lesions).map_err(|error| OutputError::Figure {
        name: file.clone(),
        reason: error.to_string(),
    })?;
    let which = if lesions.len() < flips {
        text!(
            "report-with-smallest-changes",
            lesions = as_text(&lesions.len()),
            flips = as_text(&flips)
        )
    } else {
        text!("report-all").to_owned()
    };
    Ok(Figure {
        name: file,
        caption: text!(
            "report-original-altered-their-difference",
            which = as_text(&which),
            gain = as_text(&GAIN),
            model = model_in_words(&model.name),
            threshold = decimal(model.threshold)
        ),
        content: Content::Pictures { title, svg },
    })
}

fn svg(title: &str, lesions: &[Flipped]) -> Result<String, FigureError> {
    let wide = 3 * SIDE + 2 * GAP;
    let high = SIDE + WORDS;
    let columns = COLUMNS.min(lesions.len()) as u32;
    let rows = lesions.len().div_ceil(COLUMNS) as u32;
    let width = 2 * MARGIN + columns * wide + (columns - 1) * MARGIN;
    let height = TOP + rows * high + MARGIN / 2;
    let title = escaped_element(title);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"Inter, Helvetica, Arial, sans-serif\" font-size=\"11\" role=\"img\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
         <text x=\"{MARGIN}\" y=\"22\" font-size=\"12\" font-weight=\"bold\">{title}</text>\n"
    );
    let difference = text!("report-difference", gain = as_text(&GAIN));
    let names = [
        text!("report-original"),
        text!("report-altered"),
        &*difference,
    ];
    for column in 0..columns {
        let left = MARGIN + column * (wide + MARGIN);
        for (at, name) in (0_u32..).zip(names) {
            let x = left + at * (SIDE + GAP);
            writeln!(svg, "<text x=\"{x}\" y=\"{}\">{name}</text>", TOP - 8).ok();
        }
    }
    for (at, lesion) in lesions.iter().enumerate() {
        let left = MARGIN + (at % COLUMNS) as u32 * (wide + MARGIN);
        let top = TOP + (at / COLUMNS) as u32 * high;
        for (column, picture) in (0_u32..).zip(&lesion.pictures) {
            let x = left + column * (SIDE + GAP);
            let data = STANDARD.encode(picture.to_png()?);
            writeln!(
                svg,
                "<image x=\"{x}\" y=\"{top}\" width=\"{SIDE}\" height=\"{SIDE}\" href=\"data:image/png;base64,{data}\"/>"
            )
            .ok();
        }
        for (line, y) in lines(lesion).iter().zip([14, 27, 40]) {
            let (y, line) = (top + SIDE + y, escaped_element(line));
            writeln!(svg, "<text x=\"{left}\" y=\"{y}\">{line}</text>").ok();
        }
    }
    Ok(svg + "</svg>\n")
}

/// Its name and verdicts; what was changed, in one line or two.
fn lines(lesion: &Flipped) -> Vec<String> {
    let finding = &lesion.finding;
    let p = |p| probability_beside(p, finding.threshold, 2);
    let first = format!(
        "{}: {} → {} ({} → {})",
        lesion.id,
        p(finding.p_before),
        p(finding.p_after),
        finding.label_before.in_words(),
        finding.label_after.in_words()
    );
    let mut lines = vec![short(&first)];
    let words = finding.perturbation.in_words();
    let mut line = String::new();
    for word in words.split(' ') {
        if lines.len() < 2 && letters(&line) + 1 + letters(word) > LETTERS {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(short(&line));
    lines
}

fn letters(text: &str) -> usize {
    text.chars().count()
}

/// A line that fits.
fn short(line: &str) -> String {
    if letters(line) <= LETTERS {
        return line.to_owned();
    }
    let cut: String = line.chars().take(LETTERS - 1).collect();
    format!("{cut}…")
}
