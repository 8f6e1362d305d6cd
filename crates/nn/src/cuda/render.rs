//! Candidates as the perturbation's kernel takes them: the numbers that cross to the card in the place of pixels.

use std::mem::{offset_of, size_of};

use bytemuck::{Pod, Zeroable};

/// Rows and columns of a frame (`SIDE` of `perturb.cu`).
const SIDE: usize = 299;

/// Pixels of a frame.
pub const PIXELS: usize = SIDE * SIDE;

/// A resampling, from the shift or the rotation of a pose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resampling {
    /// There is none.
    None,
    /// Reads one pixel: for a, b, c, d, e, f, source x is `(c + x·a + y·b) >> 16` and source y `(f + x·d + y·e) >> 16`.
    Nearest([i32; 6]),
    /// Mixes four pixels around `(a·(x+½) + b·(y+½) + c, d·(x+½) + e·(y+½) + f)`.
    Linear([f64; 6]),
}

/// What is read outside the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// One colour.
    Colour,
    /// The nearest pixel inside.
    Clamped,
    /// The frame, mirrored at its border.
    Mirrored,
}

/// One candidate (`Candidate` of `perturb.cu`).
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub struct Candidate {
    /// Which of the batch's frames.
    pub frame: i32,
    shift: i32,
    rotation: i32,
    outside: i32,
    colour: u32,
    /// Whether the field of view is blackened outside: 1 or 0.
    pub field_of_view: i32,
    /// Its edited pixels among the batch's.
    pub first_edit: i32,
    /// How many they are.
    pub edits: i32,
    /// Which of the batch's noise fields; −1 for none.
    pub noise: i32,
    /// Which of the batch's lamps; −1 for none.
    pub lamp: i32,
    shift_fixed: [i32; 6],
    rotation_fixed: [i32; 6],
    shift_matrix: [f64; 6],
    rotation_matrix: [f64; 6],
    /// Of each channel.
    pub gain: [f64; 3],
    /// Of each channel.
    pub offset: [f64; 3],
}

// The other side of these, here and below, is in perturb.cu, under the same numbers.
const _: () = assert!(size_of::<Candidate>() == 232 && offset_of!(Candidate, colour) == 16);
const _: () = assert!(offset_of!(Candidate, first_edit) == 24);
const _: () = assert!(offset_of!(Candidate, noise) == 32 && offset_of!(Candidate, lamp) == 36);
const _: () = assert!(offset_of!(Candidate, shift_fixed) == 40);
const _: () = assert!(offset_of!(Candidate, rotation_fixed) == 64);
const _: () = assert!(offset_of!(Candidate, shift_matrix) == 88);
const _: () = assert!(offset_of!(Candidate, rotation_matrix) == 136);
const _: () = assert!(offset_of!(Candidate, gain) == 184 && offset_of!(Candidate, offset) == 208);

impl Candidate {
    /// A frame as it is.
    pub fn new(frame: usize) -> Self {
        Self {
            frame: frame as i32,
            noise: -1,
            lamp: -1,
            gain: [1.0; 3],
            ..Self::zeroed()
        }
    }

    /// With a pose.
    #[must_use]
    pub fn posed(
        mut self,
        shift: Resampling,
        rotation: Resampling,
        outside: Outside,
        colour: [u8; 3],
    ) -> Self {
        let numbers = |step: Resampling| match step {
            Resampling::None => (0, [0; 6], [0.0; 6]),
            Resampling::Nearest(fixed) => (1, fixed, [0.0; 6]),
            Resampling::Linear(matrix) => (2, [0; 6], matrix),
        };
        (self.shift, self.shift_fixed, self.shift_matrix) = numbers(shift);
        (self.rotation, self.rotation_fixed, self.rotation_matrix) = numbers(rotation);
        self.outside = match outside {
            Outside::Colour => 0,
            Outside::Clamped => 1,
            Outside::Mirrored => 2,
        };
        self.colour = packed(colour);
        self
    }
}

/// A pixel that is set to a colour (`Edit` of `perturb.cu`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct Edit {
    x: i32,
    y: i32,
    colour: u32,
}

const _: () = assert!(size_of::<Edit>() == 12 && offset_of!(Edit, y) == 4);
const _: () = assert!(offset_of!(Edit, colour) == 8);

impl Edit {
    /// A pixel of the frame, and the colour that it gets.
    pub fn new(x: u32, y: u32, colour: [u8; 3]) -> Self {
        Self {
            x: x as i32,
            y: y as i32,
            colour: packed(colour),
        }
    }
}

fn packed([r, g, b]: [u8; 3]) -> u32 {
    u32::from_le_bytes([r, g, b, 0])
}

/// A batch as it crosses to the card.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// What is rendered.
    pub candidates: Vec<Candidate>,
    /// All edited pixels.
    pub edits: Vec<Edit>,
    /// All noise fields, one after another.
    pub noise: Vec<i16>,
    /// All lamps: what each value of R, G and B becomes, before gain and offset.
    pub lamps: Vec<[[u8; 256]; 3]>,
    /// The frames, one after another; `None` where the card still has those of the batch before.
    pub frames: Option<Vec<u8>>,
}
