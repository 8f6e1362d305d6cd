//! The elements of reports: charts, tables and pages, and the files that they are written to.
//!
//! - [`chart`]: points and lines over two axes, as SVG; [`axis`]: where their numbers and categories stand; [`series`], `marks`: their
//!   points and ink
//! - [`figure`]: a figure as files (SVG, PNG, PDF) and on a page, with its caption
//! - [`csv_writer`]: writes a table (CSV); [`csv_reader`]: reads it back, so that a page shows what its tables contain
//! - [`html`]: the head, the tables and the record of a page
//! - [`report_files`]: the page and the folders next to it
//! - `rasterise`, `pdf`: an SVG as pixels and as PDF; `escape`: text within SVG and HTML
//! - `canvas`, [`paper`]: a drawing with its size on paper; `text_width`: where its text is broken; `png_density`: its resolution
//!
//! The same content gives the same bytes. Figures of altered pictures are laid out in [`search::figure`](crate::search::figure),
//! the curves of a training in `train/curve.rs`: they are not charts of this kind.

pub(crate) mod axis;
pub(crate) mod canvas;
pub(crate) mod chart;
pub(crate) mod csv_reader;
pub(crate) mod csv_writer;
pub(crate) mod error;
pub(crate) mod escape;
pub(crate) mod figure;
pub(crate) mod folders;
pub(crate) mod html;
mod marks;
pub(crate) mod paper;
mod pdf;
mod png_density;
mod rasterise;
pub(crate) mod report_files;
pub(crate) mod series;
pub(crate) mod text_width;

pub use csv_writer::csv_bytes;
pub use error::FigureError;
pub(crate) use pdf::pdf;
pub use rasterise::draw;
