//! The cards of the samples on the first page: drawn on a thread of their own when that page is shown for the first time.

use std::sync::OnceLock;

use crossbeam_channel::{Receiver, bounded};
use egui::Context;

use flipscope_image::lesion::Raster;
use flipscope_image::lesion::synthetic;

/// Width and height in pixels: twice those of the card.
const SIZE: (u32, u32) = (392, 294);

/// Whether they are drawn.
pub(super) enum Cards {
    /// Nobody has seen the first page.
    NotAsked,
    /// The thread draws them.
    Drawing(Receiver<&'static [Raster]>),
    /// They were handed over, or cannot be drawn.
    Done,
}

impl Cards {
    /// Begins to draw them if they are `shown` for the first time; returns them once they are drawn.
    ///
    /// # Errors
    /// If the system cannot start a thread: the cards stay empty, and this is said once.
    pub(super) fn update(
        &mut self,
        ctx: &Context,
        shown: bool,
    ) -> std::io::Result<Option<&'static [Raster]>> {
        match self {
            Self::NotAsked if shown => {
                *self = Self::Done;
                *self = Self::Drawing(draw(ctx.clone())?);
                Ok(None)
            }
            Self::Drawing(drawn) => {
                let drawn = drawn.try_recv().ok();
                if drawn.is_some() {
                    *self = Self::Done;
                }
                Ok(drawn)
            }
            Self::NotAsked | Self::Done => Ok(None),
        }
    }
}

fn draw(ctx: Context) -> std::io::Result<Receiver<&'static [Raster]>> {
    let (sender, receiver) = bounded(1);
    std::thread::Builder::new()
        .name("samples".to_owned())
        .spawn(move || {
            if sender.send(drawn()).is_ok() {
                ctx.request_repaint();
            }
        })?;
    Ok(receiver)
}

/// Drawn once in a process: every window shows the same.
fn drawn() -> &'static [Raster] {
    static CARDS: OnceLock<Vec<Raster>> = OnceLock::new();
    CARDS.get_or_init(|| {
        let draw = |sample: &synthetic::Sample| synthetic::draw(&sample.recipe, SIZE.0, SIZE.1);
        let logged = |sample: &synthetic::Sample| {
            draw(sample)
                .inspect_err(|error| {
                    log::error!("the sample {} was not drawn: {error}", sample.name);
                })
                .ok()
        };
        synthetic::samples().iter().filter_map(logged).collect()
    })
}
