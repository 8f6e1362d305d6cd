//! What a run shows: a bar on standard error, or JSON on standard output.

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::output;
use flipscope_base::human::{counted, duration};
use flipscope_base::untrusted::printable;
use flipscope_lab::study::Event;
use flipscope_lab::study::plan::details_in_words;

/// Shows the progress of a run.
pub(super) struct ProgressDisplay {
    bar: ProgressBar,
    json: bool,
    left: String,
}

impl ProgressDisplay {
    pub(super) fn new(json: bool) -> Self {
        let bar = if json {
            ProgressBar::hidden()
        } else {
            ProgressBar::new(0)
        };
        let template = "{pos} of {len} units {bar:24} {elapsed_precise} {wide_msg}";
        bar.set_style(
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        Self {
            bar,
            json,
            left: String::new(),
        }
    }

    pub(super) fn tell(&mut self, event: &Event<'_>) {
        match event {
            Event::Problem(problem) => self.bar.suspend(|| output::report(problem)),
            Event::WithoutProposals(why) => self.bar.suspend(|| {
                output::report(&format!(
                    "the candidates of attacks are judged as the study says: {why}"
                ));
            }),
            Event::Damaged(name) => self
                .bar
                .suspend(|| output::report(&format!("damaged, and done again: {name}"))),
            Event::Progress(progress) if self.json => {
                // The program that reads it may have closed it; the work goes on.
                output::json(progress).ok();
            }
            Event::Progress(progress) => {
                self.left = format!("left {}", duration(progress.eta_seconds));
                self.bar.set_length(progress.units_total);
                self.bar.set_position(progress.units);
                self.bar.set_message(format!(
                    "{}, {}: {:.1} frames/s, {}",
                    printable(&progress.model),
                    details_in_words(&progress.job),
                    progress.frames_per_second,
                    self.left
                ));
            }
            Event::Waiting(units) => self.bar.set_message(format!(
                "another run is at the last {}; if it does not get on, they are done here",
                counted(*units, "unit", "units")
            )),
            Event::Search(image, progress) => self.bar.set_message(format!(
                "{}: generation {}, {} of at most {} frames, {}",
                printable(image),
                progress.generation,
                progress.evaluations,
                progress.evaluations_at_most,
                self.left
            )),
            Event::Proof(image, progress) => self.bar.set_message(format!(
                "{}: proof, {} of at most {} frames, P(melanoma) {}, {}",
                printable(image),
                progress.judged,
                progress.at_most,
                progress.closest_in_words(),
                self.left
            )),
            _ => {}
        }
    }

    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
