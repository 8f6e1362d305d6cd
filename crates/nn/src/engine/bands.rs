//! Which rows and columns of an output a convolution writes, and how an output is cut into bands of rows for threads.

use super::EngineError;
use super::layout::Layout;

/// Where a convolution's pixels lie in its output: every `step`-th row and column, from `first` on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Raster {
    pub(crate) first: [usize; 2],
    pub(crate) step: usize,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
}

/// Cuts blocks of an output into bands of rows: for each band, its part of each block. A band's part goes from its first
/// row's beginning to the next band's; `rows` counts what `step` rows of the layout stand for each.
pub(crate) fn cut<'a>(
    blocks: Vec<&'a mut [f32]>,
    layout: &Layout,
    step: usize,
    firsts: &[usize],
) -> Result<Vec<Vec<&'a mut [f32]>>, EngineError> {
    let [above, _] = layout.border;
    let mut bands: Vec<Vec<&mut [f32]>> = firsts.iter().map(|_| Vec::new()).collect();
    for block in blocks {
        let mut rest = block;
        // From the last band on, so that each takes what lies behind its first row.
        for (first, band) in firsts.iter().zip(&mut bands).rev() {
            let begin = (above + first * step) * layout.row();
            let (before, part) = rest
                .split_at_mut_checked(begin)
                .ok_or(EngineError::Internal("a band lies outside its block"))?;
            band.push(part);
            rest = before;
        }
    }
    Ok(bands)
}
