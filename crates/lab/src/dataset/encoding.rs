//! The text of a table in whatever form a spreadsheet saved it: its encoding, its line ends, its delimiter.

/// Bytes at the start that are examined to recognise UTF-16 without its mark.
pub(super) const LOOKED_AT: usize = 400;
/// The beginning of Excel's first line, before the delimiter.
const SEP: &str = "sep=";

/// The text as UTF-8, without a byte order mark.
pub(super) fn utf8(bytes: Vec<u8>) -> Vec<u8> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return rest.to_vec();
    }
    let Some(from) = utf16(&bytes) else {
        return bytes;
    };
    let pair = |pair: &[u8]| match pair {
        &[a, b] => from([a, b]),
        _ => 0xfffd,
    };
    let units: Vec<u16> = bytes.chunks(2).map(pair).collect();
    let text = String::from_utf16_lossy(&units);
    text.trim_start_matches('\u{feff}').as_bytes().to_vec()
}

/// How pairs of bytes form UTF-16, if they do: by the mark, or because nearly every other byte of Western text is zero.
fn utf16(bytes: &[u8]) -> Option<fn([u8; 2]) -> u16> {
    if bytes.starts_with(&[0xff, 0xfe]) {
        return Some(u16::from_le_bytes);
    }
    if bytes.starts_with(&[0xfe, 0xff]) {
        return Some(u16::from_be_bytes);
    }
    let head = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let zeros = |odd: usize| {
        let every_other = head.iter().skip(odd).step_by(2);
        every_other.filter(|byte| **byte == 0).count()
    };
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if half == 0 {
        None
    } else if odd * 10 > half * 8 && even * 10 < half {
        Some(u16::from_le_bytes)
    } else if even * 10 > half * 8 && odd * 10 < half {
        Some(u16::from_be_bytes)
    } else {
        None
    }
}

/// The text with every line ending as one newline: lines are counted by these.
pub(super) fn with_newlines(text: Vec<u8>) -> Vec<u8> {
    if !text.contains(&b'\r') {
        return text;
    }
    let mut lines = Vec::with_capacity(text.len());
    let mut after_return = false;
    for byte in text {
        match byte {
            b'\r' => lines.push(b'\n'),
            b'\n' if after_return => {}
            _ => lines.push(byte),
        }
        after_return = byte == b'\r';
    }
    lines
}

/// The delimiter in a first line `sep=;` (with or without quotes), and the length of that line.
pub(super) fn declared_delimiter(text: &[u8]) -> (Option<u8>, usize) {
    let end = text.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    let line = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
    let rest = text.get(line.len()..).unwrap_or_default();
    let ending = match rest {
        [b'\r', b'\n', ..] => 2,
        [] => 0,
        _ => 1,
    };
    // Other programs pad the line with delimiters, and the delimiter may itself be a space.
    let unquoted = String::from_utf8_lossy(line).replace('"', "");
    let unquoted = unquoted.trim_start_matches(' ');
    let after = unquoted
        .get(..SEP.len())
        .filter(|start| start.eq_ignore_ascii_case(SEP))
        .and_then(|_| unquoted.as_bytes().get(SEP.len()..));
    match after {
        Some([delimiter, padding @ ..])
            if delimiter.is_ascii_punctuation() || matches!(delimiter, b'\t' | b' ') =>
        {
            let padded = padding
                .iter()
                .all(|b| b == delimiter || *b == b' ' || *b == b',');
            if padded {
                (Some(*delimiter), line.len() + ending)
            } else {
                (None, 0)
            }
        }
        _ => (None, 0),
    }
}

/// Comma, semicolon or tab: whichever is most frequent in the first line.
pub(super) fn delimiter(text: &[u8]) -> u8 {
    let first = text.split(|byte| matches!(byte, b'\n' | b'\r')).next();
    let first = first.unwrap_or_default();
    let count = |delimiter: &u8| first.split(|byte| byte == delimiter).count();
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(count)
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_every_encoding_of_a_spreadsheet() {
        let right = "image_id\tdiagnosis\r\nä\tnevus\r\n";
        let le: Vec<u8> = right.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = right.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            right.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", right.as_bytes()].concat(),
            le.clone(),
            be.clone(),
            [&[0xff, 0xfe], le.as_slice()].concat(),
            [&[0xfe, 0xff], be.as_slice()].concat(),
        ] {
            assert_eq!(String::from_utf8(utf8(bytes)).unwrap(), right);
        }
        assert_eq!(utf8(Vec::new()), Vec::<u8>::new());
    }

    #[test]
    fn a_first_line_tells_the_delimiter() {
        for (text, declared) in [
            ("sep=;\nx;y", (Some(b';'), 6)),
            ("SEP=,\r\nx", (Some(b','), 7)),
            ("\"sep=\t\"\nx", (Some(b'\t'), 8)),
            ("sep=|", (Some(b'|'), 5)),
            ("sep=;;;\nx", (Some(b';'), 8)),
            ("sep=a\nx", (None, 0)),
            ("separate;x\n", (None, 0)),
            ("image_id,dx", (None, 0)),
        ] {
            assert_eq!(declared_delimiter(text.as_bytes()), declared, "{text:?}");
        }
    }
}
