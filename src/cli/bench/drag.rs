//! Moves sliders in a window without a screen, and waits for what is to come.

use std::time::{Duration, Instant};

use anyhow::ensure;

use crate::explorer::command::Command as Ask;
use crate::explorer::explore::controls::Control;
use crate::explorer::headless::Headless;
use crate::explorer::history::Gesture;
use crate::explorer::state::State;

use super::quantile::{milliseconds, quantile};
use super::report::{Dragged, UiFrame};

/// Moves sliders, and waits for each verdict.
pub(super) fn drag(window: &mut Headless, repeat: u16) -> anyhow::Result<Dragged> {
    let mut answers = Vec::new();
    let mut frames = Vec::new();
    for step in 0..repeat {
        let Some(lesion) = window.app().state().current() else {
            anyhow::bail!("the photograph is gone");
        };
        let control = if step % 2 == 0 {
            Control::Rotation
        } else {
            Control::OffsetGreen
        };
        let altered = control.set(&lesion.perturbation, f64::from(step) - 20.5);
        window.app().command(Ask::Alter(
            Gesture::Control(control),
            std::sync::Arc::new(altered),
        ));
        frames.extend(run_until(window, "a verdict", |state| {
            state
                .current()
                .is_some_and(|lesion| lesion.current().is_some())
        })?);
        if let Some(judged) = window
            .app()
            .state()
            .current()
            .and_then(|lesion| lesion.current())
        {
            answers.push(f64::from(judged.total_ms));
        }
    }
    Ok(Dragged {
        slider_to_verdict_ms: quantile(answers, 0.5),
        ui_frame_ms: UiFrame {
            median: quantile(frames.clone(), 0.5),
            p99: quantile(frames.clone(), 0.99),
            frames: frames.len(),
        },
    })
}

/// Runs the window, at most 60 frames a second, until a condition holds; returns the milliseconds of each frame.
pub(super) fn run_until(
    window: &mut Headless,
    what: &str,
    done: impl Fn(&State) -> bool,
) -> anyhow::Result<Vec<f64>> {
    const PATIENCE: Duration = Duration::from_mins(2);
    let start = Instant::now();
    let mut times = Vec::new();
    // One frame first: it carries out the commands that are waiting.
    let mut drawn = Some(window.frame());
    loop {
        let busy = drawn.unwrap_or_default();
        times.extend(drawn.map(milliseconds));
        let state = window.app().state();
        if done(state) {
            break;
        }
        if let Some(message) = state.messages.iter().find(|message| message.is_error()) {
            anyhow::bail!("{}", message.text);
        }
        ensure!(
            start.elapsed() < PATIENCE,
            "{what} did not come within {} s",
            PATIENCE.as_secs()
        );
        // After a frame, until the next refresh of a screen; otherwise just long enough not to spin.
        let pause = if drawn.is_some() { 16 } else { 1 };
        std::thread::sleep(Duration::from_millis(pause).saturating_sub(busy));
        drawn = window.frame_if_due();
    }
    Ok(times)
}
