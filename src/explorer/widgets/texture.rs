//! Textures of what is made once and painted often: kept with the window as long as they show the same thing.

use egui::{ColorImage, Context, Id, TextureHandle, TextureOptions};

/// The texture of a place, made anew if `key` has changed. Pixels keep their edges.
pub(crate) fn texture(
    ctx: &Context,
    place: Id,
    key: u64,
    make: impl FnOnce() -> ColorImage,
) -> TextureHandle {
    let kept: Option<(u64, TextureHandle)> = ctx.data(|data| data.get_temp(place));
    if let Some((known, texture)) = kept
        && known == key
    {
        return texture;
    }
    let texture = ctx.load_texture(format!("{place:?}"), make(), TextureOptions::NEAREST);
    ctx.data_mut(|data| data.insert_temp(place, (key, texture.clone())));
    texture
}
