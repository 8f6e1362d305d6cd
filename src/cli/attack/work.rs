//! A run in progress: photographs are searched, findings written, lines printed.

use std::fmt::Write;
use std::io::ErrorKind;

use anyhow::bail;
use indicatif::{HumanDuration, ProgressBar, ProgressState, ProgressStyle};

use super::common::Common;
use super::one::AttackRequest;
use super::summary::{self, Summary};
use crate::cli::naming::Named;
use crate::cli::output::{self, Line};
use flipscope_base::cancel::Cancel;
use flipscope_base::human::probability;
use flipscope_base::overwrite::{Overwrite, concerns_every_file};
use flipscope_base::untrusted::printable;
use flipscope_lab::search::save::{self, SaveError};
use flipscope_lab::search::{
    Finding, Progress, Scorer, Search, SearchError, SearchOutcome, run, run_together,
};

/// The progress bar on standard error; nothing if that is not a terminal.
pub(super) fn bar(photographs: usize) -> ProgressBar {
    let bar = ProgressBar::new(photographs as u64);
    // The message needs the room in a terminal of 80 columns. What is left is told from the photographs that are done: before the first
    // one, nothing is known.
    let template = "{pos} of {len} {bar:12} {elapsed}{left} {wide_msg}";
    let style = ProgressStyle::with_template(template);
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(
        style.with_key("left", |state: &ProgressState, line: &mut dyn Write| {
            if state.pos() > 0 {
                write!(line, ", {:#} left", HumanDuration(state.eta())).ok();
            }
        }),
    );
    bar
}

/// A run in progress.
pub(super) struct Work<'a> {
    pub(super) common: &'a Common,
    pub(super) request: &'a AttackRequest,
    pub(super) scorer: &'a dyn Scorer,
    pub(super) cancel: &'a Cancel,
    pub(super) bar: ProgressBar,
    pub(super) summary: Summary,
    pub(super) overwrite: Overwrite,
}

impl Work<'_> {
    /// Searches some photographs, together if there are several, and writes what was found.
    pub(super) fn several(&mut self, photographs: &[Named]) -> anyhow::Result<()> {
        let mut prepared: Vec<(&Named, Search)> = Vec::new();
        for photograph in photographs {
            match (self.request).done(photograph, &self.common.out, self.common.force) {
                Ok(Some(finding)) => {
                    self.summary.skipped += 1;
                    self.summary.count(&finding);
                    self.say(&summary::skipped(&finding, photograph, self.common.json))?;
                }
                Ok(None) => match self.request.search(photograph) {
                    Ok(search) => prepared.push((photograph, search)),
                    Err(error) => self.failed(photograph, &error)?,
                },
                Err(error) => match self.nothing_despite(photograph) {
                    Some(nothing) => self.keep(photograph, Err(nothing))?,
                    None => self.failed(photograph, &error)?,
                },
            }
        }
        let searches: Vec<Search> = prepared.iter().map(|(_, search)| search.clone()).collect();
        let bar = &self.bar;
        let mut watch = |number: usize, progress: &Progress| {
            let search = searches.get(number);
            show(bar, search.map_or("", |one| &one.subject.image), progress);
        };
        let outcomes = run_together(self.scorer, &searches, self.cancel, &mut watch);
        for ((photograph, _), outcome) in prepared.iter().zip(outcomes) {
            self.keep(photograph, outcome)?;
        }
        Ok(())
    }

    /// Whether a photograph whose finding's place is taken has nothing to flip: then nothing is written, and the file is in nobody's way.
    /// So it is where the same folder holds the findings of the other direction.
    fn nothing_despite(&self, photograph: &Named) -> Option<SearchError> {
        let search = self.request.search(photograph).ok()?;
        if !(self.request).is_taken_by_the_other_direction(photograph, &search, &self.common.out) {
            return None;
        }
        // The verdict of the original, and no search.
        let judged_only = Cancel::default();
        judged_only.request();
        let outcome = run(self.scorer, &search, &judged_only, &mut |_| {});
        (outcome.err()).filter(|error| matches!(error, SearchError::NothingToFlip { .. }))
    }

    fn keep(
        &mut self,
        photograph: &Named,
        outcome: Result<SearchOutcome, SearchError>,
    ) -> anyhow::Result<()> {
        match outcome {
            // Half a search would be taken for a complete one when the run resumes.
            Ok(_) if self.cancel.is_requested() => {}
            Ok(found) => match self.save(&found, photograph) {
                Ok(finding) => {
                    self.summary.count(&finding);
                    self.say(&summary::found(&finding, photograph, self.common.json))?;
                }
                Err(SaveError::Write { path, source }) if concerns_every_file(&source) => {
                    let file = path.display();
                    bail!(
                        "{file}: {source}: no further finding can be written. What is done is kept; the same command resumes from there"
                    );
                }
                Err(SaveError::Write { path, source })
                    if source.kind() == ErrorKind::AlreadyExists && !self.common.force =>
                {
                    self.taken_meanwhile(photograph, SaveError::Write { path, source })?;
                }
                Err(error) => {
                    self.failed(photograph, &output::or_force(error, self.common.force))?;
                }
            },
            Err(error @ SearchError::NothingToFlip { .. }) => {
                self.summary.nothing_to_flip += 1;
                let (request, scorer) = (self.request, self.scorer);
                let json = self.common.json;
                self.say(&summary::nothing(&error, photograph, request, scorer, json))?;
            }
            Err(error) => {
                let file = photograph.path.display();
                self.failed(photograph, &anyhow::anyhow!("{file}: {error}"))?;
            }
        }
        Ok(())
    }

    fn save(&self, found: &SearchOutcome, photograph: &Named) -> Result<Finding, SaveError> {
        save::save_over(found, &self.common.out, &photograph.name, &self.overwrite)
    }

    /// There was no finding when the search began, and now a file is in its place. Where another run has found the same meanwhile, the
    /// photograph is done; else the message says what may be the matter.
    fn taken_meanwhile(&mut self, photograph: &Named, error: SaveError) -> anyhow::Result<()> {
        let out = &self.common.out;
        if let Ok(Some(finding)) = self.request.done(photograph, out, false) {
            self.summary.skipped += 1;
            self.summary.count(&finding);
            return self.say(&summary::skipped(&finding, photograph, self.common.json));
        }
        let said = format!(
            "{}. It may be of another run that is writing into {} now: give each run its own --out",
            output::describe(&output::or_force(error, false)),
            out.display()
        );
        self.failed(photograph, &anyhow::anyhow!(said))
    }

    /// Counts a photograph as done, and writes its line to standard output.
    fn say(&self, line: &Line) -> anyhow::Result<()> {
        self.bar.inc(1);
        self.bar.suspend(|| line.write())?;
        Ok(())
    }

    /// Counts a photograph as not done, and says why.
    fn failed(&mut self, photograph: &Named, error: &anyhow::Error) -> anyhow::Result<()> {
        self.summary.errors += 1;
        self.bar.inc(1);
        let line = summary::failed(error, photograph, self.common.json);
        self.bar.suspend(|| {
            output::report(&output::describe(error));
            line.map_or(Ok(()), |line| line.write())
        })?;
        Ok(())
    }
}

fn show(bar: &ProgressBar, image: &str, progress: &Progress) {
    let best = progress.best.as_ref().map_or_else(String::new, |best| {
        format!(
            ", P {}{}",
            probability(best.p_melanoma, 3),
            if best.flips { ", flips" } else { "" }
        )
    });
    let image = printable(image);
    bar.set_message(format!(
        "{image}: {} of {} frames{best}, {:.1}/s, generation {}",
        progress.evaluations,
        progress.evaluations_at_most,
        progress.evaluations_per_second,
        progress.generation,
    ));
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use indicatif::{ProgressDrawTarget, TermLike};

    use super::*;

    /// A terminal of 80 columns, and what was written to it.
    #[derive(Clone, Debug, Default)]
    struct Terminal(Arc<Mutex<Vec<String>>>);

    impl TermLike for Terminal {
        fn width(&self) -> u16 {
            80
        }
        fn move_cursor_up(&self, _: usize) -> std::io::Result<()> {
            Ok(())
        }
        fn move_cursor_down(&self, _: usize) -> std::io::Result<()> {
            Ok(())
        }
        fn move_cursor_right(&self, _: usize) -> std::io::Result<()> {
            Ok(())
        }
        fn move_cursor_left(&self, _: usize) -> std::io::Result<()> {
            Ok(())
        }
        fn write_line(&self, text: &str) -> std::io::Result<()> {
            self.write_str(text)
        }
        fn write_str(&self, text: &str) -> std::io::Result<()> {
            self.0.lock().unwrap().push(text.to_owned());
            Ok(())
        }
        fn clear_line(&self) -> std::io::Result<()> {
            Ok(())
        }
        fn flush(&self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn the_progress_of_a_search_fits_in_80_columns_with_its_numbers() {
        let terminal = Terminal::default();
        let bar = bar(100);
        bar.set_draw_target(ProgressDrawTarget::term_like_with_hz(
            Box::new(terminal.clone()),
            255,
        ));
        let said = |done: u64| {
            bar.set_position(done);
            terminal.0.lock().unwrap().clear();
            let progress = Progress {
                generation: 12,
                evaluations: 1234,
                evaluations_at_most: 12000,
                evaluations_per_second: 20.34,
                seconds: 61.0,
                eta_seconds: None,
                best: None,
            };
            show(&bar, "ISIC_0012345.jpg", &progress);
            // What is drawn does not depend on how often it was drawn before.
            bar.force_draw();
            let drawn = terminal.0.lock().unwrap();
            let line = drawn.iter().rfind(|text| text.contains(" of 100 "));
            line.cloned().unwrap_or_default()
        };
        let begun = said(0);
        assert!(!begun.contains("left"), "nothing is known yet: {begun}");
        for line in [begun, said(12)] {
            assert!(line.chars().count() <= 80, "{line}");
            assert!(
                line.contains("ISIC_0012345.jpg: 1234 of 12000 frames"),
                "{line}"
            );
        }
        assert!(said(12).contains(" left "));
    }
}
