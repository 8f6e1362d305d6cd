//! Textures and shared pixels that belong to the window, not to its state.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions};

use flipscope_image::lesion::{self, Frame, Raster};

use crate::explorer::explore::lesion::{Lesion, LesionId, Picture};
use crate::explorer::preview::Picture as PreviewPicture;
use crate::explorer::search::state::{FindingId, SearchId};
use crate::explorer::state::State;

/// Side of a thumbnail in pixels: 54 points on a screen with two pixels per point.
pub(crate) const THUMBNAIL_SIDE: u32 = 108;

/// Textures of the list that are kept: far more than the rows that fit on a screen.
const LIST_TEXTURES: usize = 256;

/// What a thumbnail outside the list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Thumbnail {
    /// The best picture of a search so far.
    Search(SearchId),
    /// The altered frame of a finding.
    Finding(FindingId),
}

/// Textures of the list, pixels of the explored lesion, pictures of the samples.
#[derive(Default)]
pub(crate) struct Assets {
    thumbnails: BTreeMap<Thumbnail, (Arc<Frame>, TextureHandle)>,
    listed: BTreeMap<LesionId, Listed>,
    uses: u64,
    samples: Vec<TextureHandle>,
    whole: Vec<(Arc<Frame>, TextureHandle)>,
    figures: Vec<(Arc<Raster>, TextureHandle)>,
    shown: Vec<Shown>,
    next_key: u64,
    preview: bool,
}

/// The texture of a row of the list.
struct Listed {
    /// What it was made from.
    source: Arc<Raster>,
    texture: TextureHandle,
    /// The number of its last use; the lowest is removed first.
    used: u64,
}

/// Pixels that the preview has under a key, as long as they are unchanged.
struct Shown {
    identity: usize,
    key: u64,
    raster: Arc<Raster>,
    /// Keeps alive the allocation whose address is the identity.
    _frame: Option<Arc<Frame>>,
}

impl Assets {
    /// `preview` says whether the window has a renderer that can draw the perturbed picture.
    pub(crate) fn new(preview: bool) -> Self {
        Self {
            preview,
            ..Self::default()
        }
    }

    /// Whether pictures can be drawn.
    pub(crate) fn can_preview(&self) -> bool {
        self.preview
    }

    /// The texture of a lesion's thumbnail, made when first shown; the most recently shown are kept.
    pub(crate) fn thumbnail(&mut self, ctx: &Context, lesion: &Lesion) -> Option<TextureId> {
        let source = lesion.thumbnail()?;
        self.uses += 1;
        if let Some(listed) = self.listed.get_mut(&lesion.id)
            && Arc::ptr_eq(&listed.source, source)
        {
            listed.used = self.uses;
            return Some(listed.texture.id());
        }
        if self.listed.len() >= LIST_TEXTURES {
            let oldest = self.listed.iter().min_by_key(|(_, listed)| listed.used);
            if let Some(oldest) = oldest.map(|(id, _)| *id) {
                self.listed.remove(&oldest);
            }
        }
        let texture = ctx.load_texture("thumbnail", image(source), TextureOptions::LINEAR);
        let id = texture.id();
        let listed = Listed {
            source: Arc::clone(source),
            texture,
            used: self.uses,
        };
        self.listed.insert(lesion.id, listed);
        Some(id)
    }

    /// The texture of a small copy of a frame, made when first shown.
    pub(crate) fn small(&mut self, ctx: &Context, of: Thumbnail, frame: &Arc<Frame>) -> TextureId {
        if let Some((known, texture)) = self.thumbnails.get(&of)
            && Arc::ptr_eq(known, frame)
        {
            return texture.id();
        }
        let small = lesion::shrink(frame.raster(), THUMBNAIL_SIDE);
        let texture = ctx.load_texture("thumbnail", image(&small), TextureOptions::LINEAR);
        let id = texture.id();
        self.thumbnails.insert(of, (Arc::clone(frame), texture));
        id
    }

    /// The texture of a whole frame; those of the last few are kept.
    pub(crate) fn whole(&mut self, ctx: &Context, frame: &Arc<Frame>) -> TextureId {
        self.whole_with(ctx, frame, TextureOptions::LINEAR)
    }

    /// The same, with pixels shown as blocks if enlarged.
    pub(crate) fn whole_in_blocks(&mut self, ctx: &Context, frame: &Arc<Frame>) -> TextureId {
        self.whole_with(ctx, frame, TextureOptions::NEAREST)
    }

    fn whole_with(
        &mut self,
        ctx: &Context,
        frame: &Arc<Frame>,
        options: TextureOptions,
    ) -> TextureId {
        /// A reveal shows three at once; the next ones are made while these are still shown.
        const KEPT: usize = 6;
        let mut known = self.whole.iter();
        if let Some((_, texture)) = known.find(|(known, _)| Arc::ptr_eq(known, frame)) {
            return texture.id();
        }
        let size = [Frame::SIDE as usize; 2];
        let image = ColorImage::from_rgb(size, frame.pixels());
        let texture = ctx.load_texture("frame", image, options);
        let id = texture.id();
        self.whole.insert(0, (Arc::clone(frame), texture));
        self.whole.truncate(KEPT);
        id
    }

    /// The texture of a figure of the open study, made when first shown.
    pub(crate) fn figure(&mut self, ctx: &Context, picture: &Arc<Raster>) -> TextureId {
        let mut known = self.figures.iter();
        if let Some((_, texture)) = known.find(|(known, _)| Arc::ptr_eq(known, picture)) {
            return texture.id();
        }
        let texture = ctx.load_texture("figure", image(picture), TextureOptions::LINEAR);
        let id = texture.id();
        self.figures.push((Arc::clone(picture), texture));
        id
    }

    /// Removes the thumbnails of whatever no longer exists.
    pub(crate) fn keep(&mut self, state: &State) {
        let searches = &state.searches;
        if self.thumbnails.len() > searches.tasks.len() + searches.findings.len() {
            self.thumbnails.retain(|of, _| match of {
                Thumbnail::Search(id) => searches.tasks.iter().any(|one| one.id == *id),
                Thumbnail::Finding(id) => searches.finding(*id).is_some(),
            });
        }
        let drawn = &state.studies.figures.drawn;
        if self.figures.len() > drawn.len() {
            let shown = |picture: &Arc<Raster>| {
                (drawn.iter()).any(|figure| Arc::ptr_eq(&figure.picture, picture))
            };
            self.figures.retain(|(picture, _)| shown(picture));
        }
        if self.listed.len() > state.lesions.len() {
            self.listed.retain(|id, _| state.lesion(*id).is_some());
        }
    }

    /// The texture of a sample's card.
    pub(crate) fn sample(&self, index: usize) -> Option<TextureId> {
        self.samples.get(index).map(TextureHandle::id)
    }

    /// Stores the pictures of the samples.
    pub(crate) fn set_samples(&mut self, ctx: &Context, samples: &[Raster]) {
        self.samples = samples
            .iter()
            .map(|raster| ctx.load_texture("sample", image(raster), TextureOptions::LINEAR))
            .collect();
    }

    /// What the preview draws of a lesion: the frame, or the photograph if it is wanted and loaded.
    pub(crate) fn picture(
        &mut self,
        lesion: &Lesion,
        full_resolution: bool,
    ) -> Option<PreviewPicture> {
        let Picture::Ready {
            frame,
            photograph,
            framing,
            ..
        } = &lesion.picture
        else {
            return None;
        };
        if full_resolution && let Some(photograph) = photograph {
            let raster = &photograph.raster;
            let (key, raster) =
                self.keyed(Arc::as_ptr(raster) as usize, None, || Arc::clone(raster));
            let region = framing.region(raster.width(), raster.height());
            return Some(PreviewPicture {
                key,
                raster,
                region: [region.x0, region.y0, region.x1, region.y1],
            });
        }
        let (key, raster) = self.keyed(Arc::as_ptr(frame) as usize, Some(frame), || {
            Arc::new(frame.raster().clone())
        });
        let side = f64::from(Frame::SIDE);
        Some(PreviewPicture {
            key,
            raster,
            region: [0.0, 0.0, side, side],
        })
    }

    fn keyed(
        &mut self,
        identity: usize,
        frame: Option<&Arc<Frame>>,
        raster: impl FnOnce() -> Arc<Raster>,
    ) -> (u64, Arc<Raster>) {
        if let Some(shown) = self.shown.iter().find(|shown| shown.identity == identity) {
            return (shown.key, Arc::clone(&shown.raster));
        }
        self.next_key += 1;
        let raster = raster();
        // At most two are on screen at once: the frame and the photograph of one lesion.
        if self.shown.len() >= 2 {
            self.shown.remove(0);
        }
        self.shown.push(Shown {
            identity,
            key: self.next_key,
            raster: Arc::clone(&raster),
            _frame: frame.cloned(),
        });
        (self.next_key, raster)
    }
}

fn image(raster: &Raster) -> ColorImage {
    let size = [raster.width() as usize, raster.height() as usize];
    ColorImage::from_rgb(size, raster.pixels())
}
