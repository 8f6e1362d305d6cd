//! `flipscope sheet`: findings as a contact sheet, like Figure 2 of the letter.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, ensure};
use clap::Args;

use flipscope_base::human::counted;
use flipscope_base::overwrite::Overwrite;
use flipscope_base::read;
use flipscope_lab::altered::AlteredFrame;
use flipscope_lab::search::figure::{
    self, Comparison, FileFormat, RESOLUTIONS, WIDTHS_MM, contact_sheet, pixels_of_sheet,
    write_pages,
};
use flipscope_lab::search::{Finding, SearchOutcome};

use super::labels::Labels;
use super::{Incomplete, Outcome, finding_files, misuse, output};

const EXAMPLES: &str = "\
Examples:
  flipscope sheet findings --out sheet.pdf
  flipscope sheet a.colour.json b.pose.json --out pair.png --width 85 --dpi 600
  flipscope sheet findings --out sheet.pdf --labels isic2017/labels.csv";

/// Put findings on a page: original, altered, verdicts, and what was changed in words
///
/// They are drawn in the order given; a folder stands for the findings in it, by name. What does not fit on a page of 250 mm goes on the next: a PDF has several pages,
/// of the other formats each page is a file, NAME-1.png, NAME-2.png, and so on. A finding that is damaged or whose pictures are missing is reported on standard error and the rest are drawn; the exit
/// status is then 1.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Sheet {
    /// Findings that `flipscope attack` or the window wrote, with their PNGs next to them, or folders of them
    #[arg(value_name = "FINDING.json|FOLDER", required = true)]
    findings: Vec<PathBuf>,

    /// The file to write: .svg, .pdf or .png
    #[arg(long, value_name = "FILE")]
    out: PathBuf,

    /// Width on paper in millimetres, from 80 to 420; fewer findings than have room side by side make a narrower sheet
    #[arg(long, value_name = "MM", default_value_t = figure::WIDTH_MM, value_parser = width)]
    width: f64,

    /// Resolution of a PNG, from 72 to 1200
    #[arg(long, value_name = "N", default_value_t = figure::DPI, value_parser = dpi)]
    dpi: u32,

    /// State the label of each photograph: a table of labels (CSV) with the photographs next to it, or a folder per class. A photograph
    /// is found in it by the name and the hash of its file
    #[arg(long, value_name = "TABLE|FOLDER")]
    labels: Option<PathBuf>,

    /// Leave out findings that did not flip the verdict
    #[arg(long)]
    flips: bool,

    /// Replace files that are in the place of a page, but never a finding
    #[arg(long)]
    force: bool,
}

fn width(text: &str) -> Result<f64, String> {
    let width = text.parse().ok().filter(|mm| WIDTHS_MM.contains(mm));
    width.ok_or_else(|| format!("it goes from {} to {}", WIDTHS_MM.start(), WIDTHS_MM.end()))
}

fn dpi(text: &str) -> Result<u32, String> {
    let dpi = text.parse().ok().filter(|dpi| RESOLUTIONS.contains(dpi));
    dpi.ok_or_else(|| {
        let (least, most) = (RESOLUTIONS.start(), RESOLUTIONS.end());
        format!("it goes from {least} to {most}")
    })
}

impl Sheet {
    pub(super) fn run(self) -> Outcome {
        let Some(format) = FileFormat::of(&self.out) else {
            let out = self.out.display();
            return Err(misuse(format_args!(
                "{out}: a sheet is written as .svg, .pdf or .png"
            )));
        };
        let labels = self.labels.as_deref().map(Labels::read).transpose()?;
        let labels = labels.unwrap_or_default();
        let (mut not_drawn, mut without) = (0_usize, 0_usize);
        let mut comparisons = Vec::new();
        let mut inputs = Vec::new();
        for (path, named) in finding_files::listed(&self.findings)? {
            let comparison = match read_finding(&path, named) {
                Ok(None) => continue,
                Ok(Some(found)) if self.flips && !found.finding.success => continue,
                Ok(Some(found)) => {
                    let label = labels.of(&found.finding);
                    without += usize::from(label.is_none());
                    Comparison::of_finding(&found)?.with_label(label)
                }
                Err(error) => {
                    not_drawn += 1;
                    output::report(&output::describe(&error));
                    continue;
                }
            };
            comparisons.push(comparison);
            inputs.push(path);
        }
        if not_drawn > 0 {
            let of = counted(not_drawn + comparisons.len(), "finding", "findings");
            output::report(&format!("{not_drawn} of {of} could not be drawn"));
        }
        if let Some(table) = self.labels.as_ref().filter(|_| without > 0) {
            let findings = counted(without, "finding has", "findings have");
            let table = table.display();
            output::report(&format!("{table}: {findings} no label there"));
        }
        if comparisons.is_empty() && not_drawn > 0 {
            return Ok(Err(Incomplete));
        }
        ensure!(
            !comparisons.is_empty(),
            "{}: there is no finding to draw: `flipscope attack` makes them",
            finding_files::names(&self.findings)
        );
        let pixels = pixels_of_sheet(self.width, format, self.dpi);
        let pages = contact_sheet(&comparisons, self.width, pixels)?;
        let overwrite = Overwrite::new(self.force, inputs.iter().map(PathBuf::as_path));
        let written = write_pages(&pages, &self.out, (format, self.dpi), &overwrite)
            .map_err(|error| output::or_force(error, self.force))?;
        for path in written {
            output::line(&path.display().to_string())?;
        }
        Ok(if not_drawn == 0 {
            Ok(())
        } else {
            Err(Incomplete)
        })
    }
}

/// A finding with its pictures; nothing for a file of a folder that is no finding at all.
fn read_finding(path: &Path, named: bool) -> anyhow::Result<Option<SearchOutcome>> {
    let shown = || path.display().to_string();
    let text = finding_files::text(path)?;
    let finding = match Finding::from_json(&text) {
        Ok(finding) => finding,
        Err(_) if !named && !finding_files::is_damaged(&text) => return Ok(None),
        // The picture that the window saved of an altered lesion is no finding, and no damage.
        Err(_) if !named && AlteredFrame::from_json(&text).is_ok() => return Ok(None),
        Err(error) => return Err(finding_files::no_finding(path, &text, &error)),
    };
    // A finding refers to files next to it, never elsewhere.
    let name = Path::new(&finding.frame_png)
        .file_name()
        .filter(|name| *name == finding.frame_png.as_str())
        .with_context(|| format!("{}: it does not name its frame", shown()))?;
    let frame = path.with_file_name(name);
    let png = read::bytes(&frame, read::MAX_FRAME_PNG).map_err(|error| {
        let remedy = finding_files::picture_remedy(&error);
        let frame = frame.display();
        anyhow!(
            "{}: its picture {frame} cannot be read: {error}{remedy}",
            shown()
        )
    })?;
    SearchOutcome::reopen(finding, png)
        .map(Some)
        .with_context(shown)
}
