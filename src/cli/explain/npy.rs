//! Arrays as NumPy's `.npy` files, version 1.0: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>.

/// Bytes of magic, version and length.
const BEFORE: usize = 10;

/// An array of f32 of this shape, row-major.
pub(super) fn bytes<'a>(shape: &[usize], values: impl Iterator<Item = &'a f32>) -> Vec<u8> {
    let lengths: Vec<String> = shape.iter().map(usize::to_string).collect();
    // One length needs a comma too.
    let shape = lengths.join(", ") + ",";
    let mut header =
        format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape}), }}").into_bytes();
    // The values begin at a multiple of 64.
    let length = (BEFORE + header.len() + 1).next_multiple_of(64) - BEFORE;
    header.resize(length - 1, b' ');
    header.push(b'\n');
    let mut file = b"\x93NUMPY\x01\x00".to_vec();
    file.extend((length as u16).to_le_bytes());
    file.extend(header);
    for value in values {
        file.extend(value.to_le_bytes());
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_numpys() {
        // numpy.save(file, numpy.array([[1, 2.5]], "<f4")): the same bytes but for spaces.
        let file = bytes(&[1, 2], [1.0, 2.5].iter());
        assert_eq!(file.get(..10), Some(&b"\x93NUMPY\x01\x00\x76\x00"[..]));
        assert_eq!(file.len(), 128 + 8);
        assert!(file.starts_with(b"\x93NUMPY") && file.get(127) == Some(&b'\n'));
        assert_eq!(file.get(128..), Some(&[0, 0, 128, 63, 0, 0, 32, 64][..]));
    }
}
