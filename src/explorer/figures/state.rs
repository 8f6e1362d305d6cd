//! Figures in the window as plain data.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use flipscope_image::lesion::{Frame, Raster};
use flipscope_image::perturb::Perturbation;
use flipscope_lab::search::SearchOutcome;
use flipscope_lab::search::figure::{self, FileFormat, Judgement, RESOLUTIONS, WIDTHS_MM};
use flipscope_model::Remedy;

/// How figures are drawn: remembered from one start to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Width on paper in millimetres.
    pub width_mm: f64,
    /// Resolution of a PNG, and of what goes to the clipboard.
    pub dpi: u32,
    /// What it is written as.
    pub format: FileFormat,
    /// Whether a figure has a title.
    pub title: bool,
    /// Whether a figure has the numbers behind its words.
    pub details: bool,
    /// Whether a contact sheet leaves out findings that did not flip the verdict.
    pub flips: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            width_mm: figure::WIDTH_MM,
            dpi: figure::DPI,
            format: FileFormat::default(),
            title: true,
            details: true,
            flips: true,
        }
    }
}

impl Settings {
    /// The same, if the dialog can show it: a file may hold anything.
    pub(crate) fn valid(self) -> Self {
        if WIDTHS_MM.contains(&self.width_mm) && RESOLUTIONS.contains(&self.dpi) {
            self
        } else {
            Self::default()
        }
    }
}

/// What a figure shows.
#[derive(Clone, Debug)]
pub enum Source {
    /// A picture, altered by the sliders.
    Altered(Arc<Altered>),
    /// Findings, in the order of the sheet.
    Findings(Vec<Pictured>),
}

/// A finding of a contact sheet.
#[derive(Clone, Debug)]
pub struct Pictured {
    /// Its number in the tray.
    pub number: usize,
    /// What was found.
    pub found: Arc<SearchOutcome>,
    /// The diagnosis of its lesion, if a table of labels states it.
    pub label: Option<String>,
}

/// A picture, altered by the sliders, with the verdicts on it.
#[derive(Clone, Debug)]
pub struct Altered {
    /// The frame without any alteration.
    pub frame: Arc<Frame>,
    /// What alters it.
    pub perturbation: Arc<Perturbation>,
    /// The verdicts on the original and on the altered frame.
    pub verdicts: [Judgement; 2],
    /// The photograph's name.
    pub image: String,
    /// P(melanoma) at or above which the verdict is melanoma.
    pub threshold: f32,
    /// The model's name.
    pub model: String,
    /// What stands between a frame and its verdict.
    pub remedy: Remedy,
    /// The diagnosis of the lesion, if a table of labels states it.
    pub label: Option<String>,
}

/// A page as it will be, in small.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The page.
    pub page: Arc<Raster>,
    /// Which one it is, counted from 0.
    pub at: usize,
    /// How many pages there are.
    pub pages: usize,
    /// Its width and height on paper, in millimetres.
    pub size_mm: [f64; 2],
}

/// What the dialog asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// The page, counted from 0.
    pub page: usize,
    /// Findings that are not put on the sheet, by their places in [`Source::Findings`].
    pub left_out: BTreeSet<usize>,
}

/// Identifies one opening of the dialog for as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureId(pub u64);

/// The open dialog.
#[derive(Clone, Debug)]
pub struct FigureDialog {
    /// Its identifier in requests and answers.
    pub id: FigureId,
    /// What is drawn.
    pub source: Source,
    /// The name that is proposed for the file, without extension.
    pub name: String,
    /// Which page, and of which findings.
    pub asked: Asked,
    /// The newest preview, or why there is none.
    pub preview: Option<Result<Preview, String>>,
    /// What a preview is being drawn of.
    pub drawing: Option<(Settings, Asked)>,
    /// What was written last, and where.
    pub written: Option<String>,
}

impl FigureDialog {
    /// Whether a person has left out every finding.
    pub(super) fn is_empty(&self, settings: &Settings) -> bool {
        let shown = |one: &Pictured| !settings.flips || one.found.finding.success;
        match self.chosen() {
            Source::Findings(chosen) => !chosen.iter().any(shown),
            Source::Altered(_) => false,
        }
    }

    /// What is drawn, without the findings that are left out.
    pub(super) fn chosen(&self) -> Source {
        match &self.source {
            Source::Findings(all) => {
                let chosen = all.iter().enumerate();
                let chosen = chosen.filter(|(at, _)| !self.asked.left_out.contains(at));
                Source::Findings(chosen.map(|(_, one)| one.clone()).collect())
            }
            altered @ Source::Altered(_) => altered.clone(),
        }
    }
}

/// The state of everything about figures in the window.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// How they are drawn.
    pub settings: Settings,
    /// As a person has chosen it: where nothing flipped, the sheet that is open leaves out nothing all the same.
    pub chosen: Settings,
    /// The dialog, if it is open.
    pub open: Option<FigureDialog>,
    /// Figures that are being drawn for a file or for the clipboard.
    pub drawing: usize,
}

impl Figures {
    /// As they were remembered.
    pub(crate) fn with(settings: Settings) -> Self {
        let settings = settings.valid();
        Self {
            settings: settings.clone(),
            chosen: settings,
            ..Self::default()
        }
    }

    /// A person has chosen something.
    pub(super) fn choose(&mut self, settings: Settings) {
        let flips = if settings.flips == self.settings.flips {
            self.chosen.flips
        } else {
            settings.flips
        };
        self.chosen = Settings {
            flips,
            ..settings.clone()
        };
        self.settings = settings;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sheet_without_flips_needs_is_no_choice() {
        let mut figures = Figures::default();
        // Nothing flipped: the open sheet shows all.
        figures.settings.flips = false;
        figures.choose(Settings {
            dpi: 450,
            ..figures.settings.clone()
        });
        assert_eq!((figures.chosen.flips, figures.chosen.dpi), (true, 450));
        // Now a person says so.
        figures.settings.flips = true;
        figures.choose(Settings {
            flips: false,
            ..figures.settings.clone()
        });
        assert!(!figures.chosen.flips);
    }

    #[test]
    fn a_file_with_numbers_that_the_dialog_cannot_show_is_not_followed() {
        for (width_mm, dpi) in [(f64::NAN, 300), (1e9, 300), (180.0, 1)] {
            let remembered = Settings {
                width_mm,
                dpi,
                ..Settings::default()
            };
            assert_eq!(Figures::with(remembered).settings, Settings::default());
        }
    }
}
