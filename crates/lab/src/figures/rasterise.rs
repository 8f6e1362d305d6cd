//! Draws an SVG.

use flipscope_language::text;
use resvg::{tiny_skia, usvg};

use super::error::FigureError;
use flipscope_image::lesion::Raster;

/// Pixels of the PNG for one unit of the SVG.
const SCALE: f32 = 2.0;

/// Parses the SVG, with the typeface that it uses.
///
/// # Errors
/// If it is not an SVG.
pub(crate) fn tree(svg: &str) -> Result<usvg::Tree, FigureError> {
    let mut options = usvg::Options::default();
    let fonts = options.fontdb_mut();
    fonts.load_font_data(include_bytes!("../../../../assets/fonts/Inter-Regular.otf").to_vec());
    fonts.load_font_data(include_bytes!("../../../../assets/fonts/Inter-SemiBold.otf").to_vec());
    fonts.set_sans_serif_family("Inter");
    usvg::Tree::from_str(svg, &options).map_err(|error| FigureError::Draw(error.to_string()))
}

/// The SVG drawn at twice its size.
///
/// # Errors
/// If it cannot be drawn.
pub fn draw(svg: &str) -> Result<Raster, FigureError> {
    draw_scaled(svg, SCALE)
}

/// The SVG drawn with this many pixels for one of its own.
///
/// # Errors
/// If it cannot be drawn.
pub(crate) fn draw_scaled(svg: &str, scale: f32) -> Result<Raster, FigureError> {
    let failed = |error: &dyn std::fmt::Display| FigureError::Draw(error.to_string());
    let tree = tree(svg)?;
    let size = tree.size();
    // A hair less than a whole pixel is one: sizes in millimetres are rounded.
    let [width, height] =
        [size.width(), size.height()].map(|length| (length * scale).round() as u32);
    let mut pixels = tiny_skia::Pixmap::new(width, height)
        .ok_or_else(|| failed(&text!("figure-without-size")))?;
    // Paper: a figure need not end at a whole pixel, and has no background of its own beyond its edge.
    pixels.fill(tiny_skia::Color::WHITE);
    let transform = tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixels.as_mut());
    // Alpha is 255 everywhere.
    let (rgba, _) = pixels.data().as_chunks::<4>();
    let mut rgb = vec![[0; 3]; rgba.len()];
    for (rgb, &[red, green, blue, _]) in rgb.iter_mut().zip(rgba) {
        *rgb = [red, green, blue];
    }
    Raster::from_rgb(width, height, rgb.into_flattened()).map_err(|error| failed(&error))
}
