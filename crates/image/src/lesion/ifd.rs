//! The directories of a TIFF structure: a TIFF file (classic or `BigTIFF`), or an EXIF block.
//!
//! No offset or count in the file is trusted: whatever lies outside the bytes is treated as missing.

/// The types that are read as numbers, with their sizes: BYTE, SHORT, LONG, IFD, LONG8, IFD8.
const NUMBERS: [(u16, usize); 6] = [(1, 1), (3, 2), (4, 4), (13, 4), (16, 8), (18, 8)];

/// The bytes of a TIFF structure, and how to read them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Structure<'a> {
    bytes: &'a [u8],
    big_endian: bool,
    /// `BigTIFF`: counts and offsets of 8 bytes.
    wide: bool,
}

/// One directory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Directory<'a> {
    structure: Structure<'a>,
    /// Its entries, one after another.
    entries: &'a [u8],
    /// Position of the next directory; 0 after the last.
    pub(super) next: u64,
}

impl<'a> Structure<'a> {
    /// Reads the header.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let (big_endian, wide) = match bytes.get(..4)? {
            b"II*\0" => (false, false),
            b"MM\0*" => (true, false),
            b"II+\0" => (false, true),
            b"MM\0+" => (true, true),
            _ => return None,
        };
        Some(Self {
            bytes,
            big_endian,
            wide,
        })
    }

    /// Where the header keeps the position of the first directory, and how many bytes that takes.
    fn pointer(self) -> (usize, usize) {
        if self.wide { (8, 8) } else { (4, 4) }
    }

    /// The position of the first directory.
    pub(super) fn first(self) -> Option<u64> {
        let (at, size) = self.pointer();
        self.number(at, size)
    }

    /// The header of the same file, but with its first directory at another position.
    pub(super) fn header_for(self, first: u64) -> Option<Vec<u8>> {
        let (at, size) = self.pointer();
        let mut header = self.bytes.get(..at + size)?.to_vec();
        let place = if self.big_endian {
            first.to_be_bytes().get(8 - size..)?.to_vec()
        } else {
            first.to_le_bytes().get(..size)?.to_vec()
        };
        header.get_mut(at..)?.copy_from_slice(&place);
        Some(header)
    }

    /// The directory at a position, if all of it is there.
    pub(super) fn directory(self, at: u64) -> Option<Directory<'a>> {
        let at = usize::try_from(at).ok()?;
        let (count_size, entry_size, offset_size) = if self.wide { (8, 20, 8) } else { (2, 12, 4) };
        let count = usize::try_from(self.number(at, count_size)?).ok()?;
        let start = at.checked_add(count_size)?;
        let end = start.checked_add(count.checked_mul(entry_size)?)?;
        Some(Directory {
            structure: self,
            entries: self.bytes.get(start..end)?,
            next: self.number(end, offset_size)?,
        })
    }

    fn number(self, at: usize, size: usize) -> Option<u64> {
        let bytes = self.bytes.get(at..at.checked_add(size)?)?;
        let digit = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
        Some(if self.big_endian {
            bytes.iter().fold(0, digit)
        } else {
            bytes.iter().rev().fold(0, digit)
        })
    }
}

impl<'a> Directory<'a> {
    /// The type of a tag's values, how many there are, and the bytes that hold them.
    fn value(&self, tag: u16) -> Option<(u16, usize, &'a [u8])> {
        let within = self.structure;
        let entry_size = if within.wide { 20 } else { 12 };
        let of = |bytes| Structure { bytes, ..within };
        let entry = (self.entries.chunks_exact(entry_size))
            .find(|entry| of(entry).number(0, 2) == Some(u64::from(tag)))?;
        let entry_numbers = of(entry);
        let kind = entry_numbers.number(2, 2)? as u16;
        let offset_size = if within.wide { 8 } else { 4 };
        let count = usize::try_from(entry_numbers.number(4, offset_size)?).ok()?;
        let size = (NUMBERS.iter().find(|(known, _)| *known == kind)).map_or(1, |(_, size)| *size);
        let length = count.checked_mul(size)?;
        let start = if length <= offset_size {
            return Some((kind, count, entry.get(4 + offset_size..)?.get(..length)?));
        } else {
            usize::try_from(entry_numbers.number(4 + offset_size, offset_size)?).ok()?
        };
        let bytes = within.bytes.get(start..start.checked_add(length)?)?;
        Some((kind, count, bytes))
    }

    /// The values of a tag as numbers, only the first `most`; empty if there are none.
    pub(super) fn numbers(&self, tag: u16, most: usize) -> Vec<u64> {
        let Some((kind, _, bytes)) = self.value(tag) else {
            return Vec::new();
        };
        let Some((_, size)) = NUMBERS.iter().find(|(known, _)| *known == kind) else {
            return Vec::new();
        };
        let of = |bytes| Structure {
            bytes,
            ..self.structure
        };
        bytes
            .chunks_exact(*size)
            .take(most)
            .filter_map(|value| of(value).number(0, *size))
            .collect()
    }

    /// The first value of a tag.
    pub(super) fn number(&self, tag: u16) -> Option<u64> {
        self.numbers(tag, 1).first().copied()
    }

    /// The bytes of a text tag.
    pub(super) fn text(&self, tag: u16) -> Option<&'a [u8]> {
        let (kind, _, bytes) = self.value(tag)?;
        matches!(kind, 2 | 7).then_some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lie_within_entries_or_elsewhere_and_never_outside() {
        // One directory: width 5 (SHORT), strips at 1 and 2 (LONG, stored after the directory).
        let mut bytes = b"MM\0*\0\0\0\x08\0\x02".to_vec();
        bytes.extend_from_slice(&[1, 0, 0, 3, 0, 0, 0, 1, 0, 5, 0, 0]);
        bytes.extend_from_slice(&[1, 17, 0, 4, 0, 0, 0, 2, 0, 0, 0, 38]);
        bytes.extend_from_slice(&[0, 0, 0, 0]);
        bytes.extend_from_slice(&[0, 0, 0, 1, 0, 0, 0, 2]);
        let structure = Structure::open(&bytes).unwrap();
        let directory = structure.directory(structure.first().unwrap()).unwrap();
        assert_eq!(directory.number(256), Some(5));
        assert_eq!(directory.numbers(273, 9), [1, 2]);
        assert_eq!(directory.numbers(273, 1), [1]);
        assert_eq!((directory.number(257), directory.next), (None, 0));
        assert_eq!(
            structure.header_for(0x0102_0304).unwrap(),
            b"MM\0*\x01\x02\x03\x04"
        );
        for end in 0..bytes.len() {
            let cut = bytes.get(..end).unwrap();
            let numbers = Structure::open(cut)
                .and_then(|s| s.directory(s.first()?))
                .map(|d| d.numbers(273, 9));
            assert!(numbers.is_none_or(|n| n.is_empty()), "cut to {end}");
        }
    }
}
