//! Draws figures, each on a thread of its own.

use std::path::PathBuf;
use std::sync::Arc;

use flipscope_base::overwrite::Overwrite;
use flipscope_image::lesion::Raster;
use flipscope_image::perturb::{self, Perturbation};
use flipscope_lab::search::figure::{
    Comparison, Content, Drawing, FigureError, FileFormat, Frames, Pixels, contact_sheet, one,
    pixels_of_one, pixels_of_sheet, write_pages,
};
use flipscope_language::text;

use crate::explorer::figures::request::{FigureAnswer, FigureWork, Purpose};
use crate::explorer::figures::state::{Altered, Pictured, Preview, Settings, Source};
use crate::explorer::worker::{Answer, Outbox};

/// Width of a preview in pixels: the dialog's, on a screen of twice the usual density.
const PREVIEW: f64 = 1000.0;

/// Starts drawing; the answer comes from the outbox.
///
/// # Errors
/// If the system cannot start a thread.
pub(crate) fn start(work: FigureWork, outbox: Outbox) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("figure".to_owned())
        .spawn(flipscope_language::carried(move || {
            outbox.send(Answer::Figure(answer(&work)));
        }))?;
    Ok(())
}

fn answer(work: &FigureWork) -> FigureAnswer {
    match &work.purpose {
        Purpose::Preview(dialog) => {
            FigureAnswer::Preview(*dialog, preview(work).map_err(|error| error.to_string()))
        }
        Purpose::Clipboard => FigureAnswer::Drawn(picture(work).map_err(|error| error.to_string())),
        Purpose::File {
            dialog,
            path,
            never,
        } => {
            let settings = &work.settings;
            let written = pages(work, settings.format, settings.dpi).and_then(|pages| {
                // The dialog has asked about one file, and a PDF is one; further pages must have free names.
                let force = pages.len() == 1 || settings.format == FileFormat::Pdf;
                let overwrite = Overwrite::new(force, never.iter().map(PathBuf::as_path));
                write_pages(&pages, path, (settings.format, settings.dpi), &overwrite)
            });
            FigureAnswer::Written(*dialog, written.map_err(|error| error.to_string()))
        }
    }
}

fn preview(work: &FigureWork) -> Result<Preview, FigureError> {
    let dpi = (PREVIEW * 25.4 / work.settings.width_mm).round() as u32;
    let pages = pages(work, FileFormat::Png, dpi)?;
    let (at, page) = shown(work, &pages)?;
    Ok(Preview {
        page: Arc::new(page.raster(dpi)?),
        at,
        pages: pages.len(),
        size_mm: page.size_mm(),
    })
}

fn picture(work: &FigureWork) -> Result<(Arc<Raster>, [usize; 2]), FigureError> {
    let dpi = work.settings.dpi;
    let pages = pages(work, FileFormat::Png, dpi)?;
    let (at, page) = shown(work, &pages)?;
    Ok((Arc::new(page.raster(dpi)?), [at, pages.len()]))
}

/// The page that is asked for, or the last one, and which it is.
fn shown<'a>(work: &FigureWork, pages: &'a [Drawing]) -> Result<(usize, &'a Drawing), FigureError> {
    let at = work.page.min(pages.len().saturating_sub(1));
    Ok((at, pages.get(at).ok_or_else(nothing)?))
}

fn nothing() -> FigureError {
    FigureError::Draw(text!("figures-no-finding").to_owned())
}

fn pages(work: &FigureWork, format: FileFormat, dpi: u32) -> Result<Vec<Drawing>, FigureError> {
    let settings = &work.settings;
    match &work.source {
        Source::Altered(altered) => {
            let pixels = pixels_of_one(settings.width_mm, format, dpi);
            Ok(vec![figure(altered, settings, pixels)?])
        }
        Source::Findings(findings) => {
            let shown: Vec<&Pictured> = (findings.iter())
                .filter(|one| !settings.flips || one.found.finding.success)
                .collect();
            let comparisons = (shown.iter())
                .map(|one| {
                    let mut comparison = Comparison::of_finding(&one.found)?;
                    // Several of one lesion are told apart by their numbers.
                    let image = &one.found.finding.subject.image;
                    let same = |other: &&&Pictured| other.found.finding.subject.image == *image;
                    if shown.iter().filter(same).count() > 1 {
                        comparison.image = format!("#{} · {}", one.number, comparison.image);
                    }
                    Ok(comparison.with_label(one.label.as_deref()))
                })
                .collect::<Result<Vec<_>, FigureError>>()?;
            let pixels = pixels_of_sheet(settings.width_mm, format, dpi);
            contact_sheet(&comparisons, settings.width_mm, pixels)
        }
    }
}

fn figure(altered: &Altered, settings: &Settings, pixels: Pixels) -> Result<Drawing, FigureError> {
    let render = |perturbation: &Perturbation| {
        perturb::apply(&altered.frame, perturbation)
            .map_err(|error| FigureError::Draw(error.to_string()))
    };
    let comparison = Comparison::of_alteration(
        Frames {
            original: &render(&altered.perturbation.of_original())?,
            altered: &render(&altered.perturbation)?,
        },
        &altered.perturbation,
        altered.verdicts,
        &altered.image,
        (altered.threshold, &altered.model, altered.remedy),
    )?
    .with_label(altered.label.as_deref());
    let content = Content {
        title: settings.title,
        details: settings.details,
        pixels,
    };
    one(&comparison, settings.width_mm, &content)
}
