//! Grey, alpha and 16 bits: everything becomes interleaved 8-bit RGB as with Pillow's `convert("RGB")`.

use super::error::Problem;
use super::preflight::buffer;
use flipscope_language::text;

/// How one pixel lies in memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Channels {
    /// Samples per pixel: its colours first, then alpha or anything else.
    pub(super) count: usize,
    /// Whether the colours are one grey instead of red, green and blue.
    pub(super) grey: bool,
    /// Whether a sample has 16 bits, in this machine's byte order, instead of 8.
    pub(super) wide: bool,
}

impl Channels {
    /// 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha.
    pub(super) fn new(count: usize, wide: bool) -> Self {
        let grey = count < 3;
        Self { count, grey, wide }
    }

    /// How many samples are colours.
    pub(super) fn colours(self) -> usize {
        if self.grey { 1 } else { 3 }
    }

    /// Bytes of one pixel.
    pub(super) fn bytes(self) -> usize {
        self.count * if self.wide { 2 } else { 1 }
    }

    /// The most bytes per pixel that [`to_rgb`] holds: it works in place if the pixel does not grow.
    pub(super) fn peak_bytes(self) -> u64 {
        self.bytes() as u64 + if self.bytes() < 3 { 3 } else { 0 }
    }

    /// What is lost, in words for the photograph's notes.
    pub(super) fn notes(self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.wide {
            notes.push(text!("photo-16-bits-channel-reduced").to_owned());
        }
        if self.count > self.colours() {
            notes.push(text!("photo-transparency-dropped").to_owned());
        }
        notes
    }

    /// What a person should know if the picture uses only the lowest 12 of its 16 bits, as cameras with 12 bits may store it: as 8-bit
    /// `pixels` it is nearly black.
    pub(super) fn shallow(self, pixels: &[u8]) -> Option<String> {
        let brightest = pixels.iter().max().copied().unwrap_or_default();
        (self.wide && (1..16).contains(&brightest))
            .then(|| text!("photo-none-16-bit-values").to_owned())
    }
}

/// Repeats grey, drops alpha, keeps the upper byte of 16 bits.
pub(super) fn to_rgb(mut samples: Vec<u8>, channels: Channels) -> Result<Vec<u8>, Problem> {
    let stride = channels.bytes();
    if stride == 3 && !channels.grey {
        return Ok(samples);
    }
    let (size, upper) = match (channels.wide, cfg!(target_endian = "big")) {
        (false, _) => (1, 0),
        (true, true) => (2, 0),
        (true, false) => (2, 1),
    };
    let offsets = if channels.grey {
        [upper; 3]
    } else {
        [upper, size + upper, 2 * size + upper]
    };
    let pick = |pixel: &[u8]| offsets.map(|at| pixel.get(at).copied().unwrap_or_default());
    let pixels = samples.len() / stride;
    if stride < 3 {
        let mut rgb = buffer(3 * pixels as u64)?;
        for (out, pixel) in rgb.chunks_exact_mut(3).zip(samples.chunks_exact(stride)) {
            out.copy_from_slice(&pick(pixel));
        }
        return Ok(rgb);
    }
    for i in 0..pixels {
        let rgb = samples.get(stride * i..stride * (i + 1)).map(pick);
        if let (Some(out), Some(rgb)) = (samples.get_mut(3 * i..3 * i + 3), rgb) {
            out.copy_from_slice(&rgb);
        }
    }
    samples.truncate(3 * pixels);
    samples.shrink_to_fit();
    Ok(samples)
}
