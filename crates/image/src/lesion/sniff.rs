//! What a file is, by its first bytes. Names and extensions are ignored.

use super::error::Problem;
use flipscope_language::{Text, as_text, id, text};

/// The picture formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// ISO/IEC 10918-1, baseline or progressive.
    Jpeg,
    /// W3C PNG.
    Png,
    /// TIFF 6.0 and `BigTIFF`.
    Tiff,
    /// RIFF WebP, lossy or lossless.
    WebP,
    /// Windows bitmap.
    Bmp,
}

impl Format {
    /// The name shown to people.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Tiff => "TIFF",
            Self::WebP => "WebP",
            Self::Bmp => "BMP",
        }
    }
}

/// Formats that are recognised only so that the refusal can name them: offset, first bytes, name.
const REFUSED: &[(usize, &[u8], Text)] = &[
    (0, b"GIF8", id!("photo-gif-picture-256-colours")),
    (4, b"ftypheic", id!("photo-heic-photograph")),
    (4, b"ftypheix", id!("photo-heic-photograph")),
    (4, b"ftyphevc", id!("photo-heic-photograph")),
    (4, b"ftypmif1", id!("photo-heif-photograph")),
    (4, b"ftypmsf1", id!("photo-heif-photograph")),
    (4, b"ftypavif", id!("photo-avif-picture")),
    (4, b"ftyp", id!("photo-film-photograph-mp4-container")),
    (128, b"DICM", id!("photo-dicom-file")),
    (
        0,
        b"\0\0\0\x0cjP  \r\n\x87\n",
        id!("photo-jpeg-2000-picture"),
    ),
    (0, b"\xff\x4f\xff\x51", id!("photo-jpeg-2000-picture")),
    (0, b"\xff\x0a", id!("photo-jpeg-xl-picture")),
    (0, b"\0\0\0\x0cJXL \r\n\x87\n", id!("photo-jpeg-xl-picture")),
    (0, b"8BPS", id!("photo-photoshop-document")),
    (0, b"%PDF", id!("photo-pdf-document")),
    (0, b"PK\x03\x04", id!("photo-zip-archive-office-document")),
    (0, b"II\x55\0", id!("photo-panasonic-raw-photograph")),
    (0, b"FUJIFILMCCD-RAW", id!("photo-fujifilm-raw-photograph")),
    (0, b"qoif", id!("photo-qoi-picture")),
    (0, b"\0\0\x01\0", id!("photo-windows-icon")),
];

/// Whether these bytes begin a picture, or what is refused in place of one, e.g. a HEIC photograph or a PDF.
pub fn is_picture(bytes: &[u8]) -> bool {
    matches!(sniff(bytes), Ok(_) | Err(Problem::Unsupported(_)))
}

/// Recognises the format of a file from its content.
///
/// # Errors
/// [`Problem::Empty`], [`Problem::Unsupported`] for a format that is recognised but not read, [`Problem::NotAPicture`].
pub(crate) fn sniff(bytes: &[u8]) -> Result<Format, Problem> {
    if bytes.is_empty() {
        return Err(Problem::Empty);
    }
    let format = if bytes.starts_with(b"\xff\xd8\xff") {
        Some(Format::Jpeg)
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(Format::Png)
    } else if [b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"]
        .iter()
        .any(|magic| bytes.starts_with(*magic))
    {
        Some(Format::Tiff)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(Format::WebP)
    } else if bytes.starts_with(b"BM") && is_bmp_header(bytes) {
        Some(Format::Bmp)
    } else {
        None
    };
    if let Some(format) = format {
        return Ok(format);
    }
    let refused = REFUSED
        .iter()
        .find(|(at, magic, _)| bytes.get(*at..at + magic.len()) == Some(*magic));
    if let Some((_, _, name)) = refused {
        return Err(Problem::Unsupported(name.get().to_owned()));
    }
    Err(unknown(bytes))
}

/// Many texts start with "BM"; a bitmap continues with one of these sizes of its second header (or ends before it).
fn is_bmp_header(bytes: &[u8]) -> bool {
    bytes
        .get(14..18)
        .is_none_or(|size| matches!(size, [12 | 16 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0]))
}

/// The refusal of an unknown file, with what it looks like.
fn unknown(bytes: &[u8]) -> Problem {
    let signatures: [&[u8]; 4] = [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"RIFF"];
    if signatures.iter().any(|s| s.starts_with(bytes)) {
        return Problem::Truncated(text!("photo-has-only-bytes", bytes = as_text(&bytes.len())));
    }
    let head = bytes.get(..512).unwrap_or(bytes);
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let kind = if start.starts_with("<!doctype html") || start.starts_with("<html") {
        text!("photo-holds-web-page-html").to_owned()
    } else if start.starts_with("<svg") || (start.starts_with("<?xml") && text.contains("<svg")) {
        return Problem::Unsupported(text!("photo-svg-drawing").to_owned());
    } else if std::str::from_utf8(head)
        .is_ok_and(|t| !t.chars().any(|c| c.is_control() && !c.is_whitespace()))
    {
        text!("photo-holds-text").to_owned()
    } else {
        let first: Vec<String> = head.iter().take(4).map(|b| format!("{b:02x}")).collect();
        text!(
            "photo-first-bytes-no-known",
            join = as_text(&first.join(" "))
        )
    };
    Problem::NotAPicture(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_content() {
        for (bytes, format) in [
            (b"\xff\xd8\xff\xe0".as_slice(), Format::Jpeg),
            (b"\x89PNG\r\n\x1a\n", Format::Png),
            (b"MM\0*\0\0\0\x08", Format::Tiff),
            (b"II*\0\x08\0\0\0", Format::Tiff),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Format::WebP),
            (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", Format::Bmp),
        ] {
            assert_eq!(sniff(bytes).unwrap(), format);
        }
    }

    #[test]
    fn text_that_begins_like_a_bitmap_is_text() {
        let text = b"BM is what this sentence begins with";
        assert!(matches!(sniff(text), Err(Problem::NotAPicture(kind)) if kind.contains("text")));
    }

    #[test]
    fn other_riff_files_are_no_pictures() {
        assert!(matches!(
            sniff(b"RIFF\x10\0\0\0WAVEfmt \x10\0\0\0"),
            Err(Problem::NotAPicture(_))
        ));
    }
}
