//! Five hundred damaged pictures: none may panic, hang, eat the memory or open as something that it is not.
//!
//! The pictures are drawn and encoded here, then damaged from one seed: bits flipped, cut, spliced with another file,
//! or given a header that lies about the size. The counts are printed.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first fault"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use flipscope_image::lesion::{ColorHandling, MAX_MEMORY_BYTES, Photograph, Problem, decode};
use image::{ImageFormat, RgbImage};
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

const WIDTH: u32 = 90;
const HEIGHT: u32 = 70;
const IMAGES: usize = 500;
/// Only bounds a hang: a picture of this size takes milliseconds.
const HANG: Duration = Duration::from_mins(2);

/// Counts what Rust code holds; libjpeg's share shows in the resident memory.
struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

#[expect(
    unsafe_code,
    reason = "an allocator is unsafe by its trait; this one only counts"
)]
// SAFETY: every call is handed to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(held, Ordering::Relaxed);
        // SAFETY: as the caller's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as the caller's.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The tests of this file measure the memory of the whole process, so they take turns.
static TURN: Mutex<()> = Mutex::new(());

/// Waits for the turn and starts counting anew.
fn take_turn() -> MutexGuard<'static, ()> {
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    PEAK.store(HELD.load(Ordering::Relaxed), Ordering::Relaxed);
    turn
}

/// Most memory that the process ever had resident, in bytes; `None` where the system does not say.
fn peak_resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(1024 * kilobytes)
}

/// A picture whose file can be damaged.
struct Base {
    name: &'static str,
    bytes: Vec<u8>,
    /// Where the file states width and height, as byte ranges.
    size_fields: Vec<std::ops::Range<usize>>,
}

fn find(bytes: &[u8], what: &[u8]) -> usize {
    bytes.windows(what.len()).position(|w| w == what).unwrap()
}

fn jpeg(picture: &RgbImage, progressive: bool) -> Vec<u8> {
    let mut encoder = mozjpeg::Compress::new(mozjpeg::ColorSpace::JCS_RGB);
    encoder.set_size(WIDTH as usize, HEIGHT as usize);
    encoder.set_quality(85.0);
    if progressive {
        encoder.set_progressive_mode();
    } else {
        encoder.set_fastest_defaults();
    }
    let mut started = encoder.start_compress(Vec::new()).unwrap();
    started.write_scanlines(picture.as_raw()).unwrap();
    started.finish().unwrap()
}

fn tiff(picture: &RgbImage, compression: tiff::encoder::Compression) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    tiff::encoder::TiffEncoder::new(&mut file)
        .unwrap()
        .with_compression(compression)
        .write_image::<tiff::encoder::colortype::RGB8>(WIDTH, HEIGHT, picture.as_raw())
        .unwrap();
    file.into_inner()
}

/// The value field of a tag in the (little-endian) directory.
fn tiff_field(bytes: &[u8], tag: u16) -> std::ops::Range<usize> {
    let directory = u32::from_le_bytes(bytes[4..8].try_into().unwrap()) as usize;
    let at = (directory + 2..bytes.len())
        .step_by(12)
        .find(|at| bytes[*at..*at + 2] == tag.to_le_bytes())
        .unwrap();
    at + 8..at + 12
}

fn bases() -> Vec<Base> {
    let picture = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let ring = ((x as f32 - 45.0).hypot(y as f32 - 35.0) * 6.0) as u8;
        image::Rgb([
            ring,
            (x * 2 + y) as u8,
            (x * y / 9 + (x * 7919 + y * 104_729) % 23) as u8,
        ])
    });
    let with_image = |format| {
        let mut file = Cursor::new(Vec::new());
        picture.write_to(&mut file, format).unwrap();
        file.into_inner()
    };
    let base = |name, bytes: Vec<u8>| {
        let size_fields = match name {
            "JPEG baseline" | "JPEG progressive" => {
                let marker = if name.ends_with("baseline") {
                    [0xff, 0xc0]
                } else {
                    [0xff, 0xc2]
                };
                let at = find(&bytes, &marker) + 5;
                std::iter::once(at..at + 4).collect()
            }
            "PNG" => std::iter::once(16..24).collect(),
            "BMP" => std::iter::once(18..26).collect(),
            "WebP lossless" => std::iter::once(21..25).collect(),
            "WebP lossy" => std::iter::once(26..30).collect(),
            _ => vec![tiff_field(&bytes, 256), tiff_field(&bytes, 257)],
        };
        Base {
            name,
            bytes,
            size_fields,
        }
    };
    let lossy = include_bytes!("golden/decoding/lossy.webp").to_vec();
    vec![
        base("JPEG baseline", jpeg(&picture, false)),
        base("JPEG progressive", jpeg(&picture, true)),
        base("PNG", with_image(ImageFormat::Png)),
        base("BMP", with_image(ImageFormat::Bmp)),
        base("WebP lossless", with_image(ImageFormat::WebP)),
        base("WebP lossy", lossy),
        base(
            "TIFF",
            tiff(&picture, tiff::encoder::Compression::Uncompressed),
        ),
        base("TIFF LZW", tiff(&picture, tiff::encoder::Compression::Lzw)),
        base(
            "TIFF Deflate",
            tiff(
                &picture,
                tiff::encoder::Compression::Deflate(
                    tiff::encoder::compression::DeflateLevel::Balanced,
                ),
            ),
        ),
    ]
}

impl Base {
    fn size(&self) -> (u32, u32) {
        // The committed lossy picture has its own size.
        if self.name == "WebP lossy" {
            (61, 43)
        } else {
            (WIDTH, HEIGHT)
        }
    }

    /// The file with another size in its header, and its checksum right.
    fn of_size(&self, width: u32, height: u32) -> Vec<u8> {
        let mut bytes = self.bytes.clone();
        let first = self.size_fields[0].clone();
        match self.name {
            "JPEG baseline" | "JPEG progressive" => {
                bytes[first.start..first.start + 2].copy_from_slice(&(height as u16).to_be_bytes());
                bytes[first.start + 2..first.end].copy_from_slice(&(width as u16).to_be_bytes());
            }
            "PNG" => {
                bytes[16..20].copy_from_slice(&width.to_be_bytes());
                bytes[20..24].copy_from_slice(&height.to_be_bytes());
                let mut crc = flate2::Crc::new();
                crc.update(&bytes[12..29]);
                bytes[29..33].copy_from_slice(&crc.sum().to_be_bytes());
            }
            "BMP" => {
                bytes[18..22].copy_from_slice(&width.to_le_bytes());
                bytes[22..26].copy_from_slice(&height.to_le_bytes());
            }
            "WebP lossless" => {
                let packed = u32::from_le_bytes(bytes[21..25].try_into().unwrap()) & 0xf000_0000;
                let size = ((width - 1) & 0x3fff) | (((height - 1) & 0x3fff) << 14);
                bytes[21..25].copy_from_slice(&(packed | size).to_le_bytes());
            }
            "WebP lossy" => {
                bytes[26..28].copy_from_slice(&(width as u16 & 0x3fff).to_le_bytes());
                bytes[28..30].copy_from_slice(&(height as u16 & 0x3fff).to_le_bytes());
            }
            _ => {
                let second = self.size_fields[1].clone();
                bytes[first].copy_from_slice(&width.to_le_bytes());
                bytes[second].copy_from_slice(&height.to_le_bytes());
            }
        }
        bytes
    }

    fn flip_bits(&self, random: &mut ChaCha8Rng) -> Vec<u8> {
        let mut bytes = self.bytes.clone();
        for _ in 0..random.random_range(1..=8) {
            let at = random.random_range(0..bytes.len());
            // A changed size is a lie, which is another kind of damage.
            if !self.size_fields.iter().any(|field| field.contains(&at)) {
                bytes[at] ^= 1 << random.random_range(0..8);
            }
        }
        bytes
    }

    fn cut(&self, random: &mut ChaCha8Rng) -> Vec<u8> {
        self.bytes[..random.random_range(1..self.bytes.len())].to_vec()
    }

    fn splice(&self, other: &Self, random: &mut ChaCha8Rng) -> Vec<u8> {
        let mut bytes = self.bytes[..random.random_range(8..self.bytes.len())].to_vec();
        bytes.extend_from_slice(&other.bytes[random.random_range(0..other.bytes.len())..]);
        bytes
    }

    fn lie(&self, random: &mut ChaCha8Rng) -> Vec<u8> {
        let (width, height) = self.size();
        let factor = [2, 3, 7, 50, 160][random.random_range(0..5)];
        // A WebP states its size once, in the middle of the bit stream: nothing tells that it is too small.
        let kinds = if self.name.starts_with("WebP") { 3 } else { 5 };
        match random.random_range(0..kinds) {
            0 => self.of_size(width * factor, height),
            1 => self.of_size(width, height * factor),
            2 => self.of_size(width * factor, height * factor),
            3 => self.of_size(width, height / 2),
            _ => self.of_size(width / 2, height),
        }
    }
}

/// Decodes on its own thread, so that a hang is seen and a panic is no abort.
fn attempt(
    bytes: Vec<u8>,
) -> Result<thread::Result<Result<Photograph, Problem>>, mpsc::RecvTimeoutError> {
    let (send, receive) = mpsc::channel();
    thread::Builder::new()
        .name("decode".to_owned())
        .spawn(move || {
            let outcome = std::panic::catch_unwind(|| {
                decode(&bytes, "mutated", ColorHandling::Converted).map_err(|e| e.problem)
            });
            send.send(outcome).ok();
        })
        .unwrap();
    receive.recv_timeout(HANG)
}

#[test]
fn five_hundred_damaged_pictures() {
    let _turn = take_turn();
    let bases = bases();
    for base in &bases {
        let photograph = decode(&base.bytes, base.name, ColorHandling::Converted).unwrap();
        assert_eq!(
            (photograph.raster.width(), photograph.raster.height()),
            base.size(),
            "{}",
            base.name
        );
    }
    let mut random = ChaCha8Rng::seed_from_u64(20_200_704);
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut faults = Vec::new();
    let mut slowest = Duration::ZERO;
    for n in 0..IMAGES {
        let base = &bases[n % bases.len()];
        let other = &bases[random.random_range(0..bases.len())];
        let (kind, bytes) = match (n / bases.len()) % 5 {
            0 => ("flipped bits", base.flip_bits(&mut random)),
            1 => ("cut", base.cut(&mut random)),
            2 => ("spliced", base.splice(other, &mut random)),
            3 => ("lie about the size", base.lie(&mut random)),
            _ => {
                let mut bytes = base.flip_bits(&mut random);
                let at = random.random_range(0..bytes.len());
                let end = (at + random.random_range(1..64)).min(bytes.len());
                if !base
                    .size_fields
                    .iter()
                    .any(|field| field.start < end && at < field.end)
                {
                    random.fill_bytes(&mut bytes[at..end]);
                }
                ("overwritten", bytes)
            }
        };
        let started = Instant::now();
        let outcome = attempt(bytes);
        slowest = slowest.max(started.elapsed());
        let verdict = match &outcome {
            Err(_) => "hung",
            Ok(Err(_)) => "panicked",
            Ok(Ok(Ok(_))) => "opened",
            Ok(Ok(Err(Problem::Damaged(text)))) if text.contains("gave up") => {
                "refused (panic contained)"
            }
            Ok(Ok(Err(_))) => "refused",
        };
        *counts.entry((kind, verdict)).or_default() += 1;
        match outcome {
            Err(_) | Ok(Err(_)) => faults.push(format!("{n}: {} {kind} {verdict}", base.name)),
            Ok(Ok(Ok(photograph))) => {
                let size = (photograph.raster.width(), photograph.raster.height());
                // What lacks no more than its end has all its pixels.
                let lacks_its_end =
                    |note: &String| kind == "cut" && note.contains("lacks its end ");
                let whole = photograph.notes.iter().any(lacks_its_end);
                let refuse = matches!(kind, "cut" | "lie about the size") && !whole;
                if refuse || size != base.size() {
                    faults.push(format!(
                        "{n}: {} {kind} opened as {} × {}",
                        base.name, size.0, size.1
                    ));
                }
            }
            Ok(Ok(Err(_))) => {}
        }
    }
    for ((kind, verdict), count) in &counts {
        println!("{kind}: {count} {verdict}");
    }
    let allocated = PEAK.load(Ordering::Relaxed) as u64;
    let resident = peak_resident();
    println!(
        "slowest {slowest:?}; at most {} MB allocated by Rust, {:?} MB resident",
        allocated / 1_000_000,
        resident.map(|r| r / 1_000_000)
    );
    assert!(
        faults.is_empty(),
        "{} of {IMAGES}: {faults:#?}",
        faults.len()
    );
    assert_eq!(counts.values().sum::<usize>(), IMAGES);
    assert!(allocated < MAX_MEMORY_BYTES && resident.is_none_or(|r| r < MAX_MEMORY_BYTES));
}

/// A PNG chunk: length, kind, data, checksum.
fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(&kind);
    crc.update(data);
    let length = (data.len() as u32).to_be_bytes();
    [&length[..], &kind, data, &crc.sum().to_be_bytes()].concat()
}

#[test]
fn packed_profiles_and_texts_cannot_fill_the_memory() {
    let _turn = take_turn();
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..400 {
        std::io::Write::write_all(&mut packer, &vec![0; 1_000_000]).unwrap();
    }
    let packed = packer.finish().unwrap();
    let png = &bases()[2].bytes;
    for kind in [*b"iCCP", *b"zTXt"] {
        let data = [&b"name\0\0"[..], &packed].concat();
        let bomb = [&png[..33], &chunk(kind, &data), &png[33..]].concat();
        // Refused or opened without it, but never unpacked whole.
        let outcome = attempt(bomb).unwrap().unwrap();
        println!(
            "{}: {}",
            String::from_utf8_lossy(&kind),
            outcome.map_or_else(|e| e.to_string(), |p| format!("{:?}", p.notes))
        );
    }
    let allocated = PEAK.load(Ordering::Relaxed);
    println!("at most {} MB allocated", allocated / 1_000_000);
    assert!(allocated < 100_000_000, "{allocated} bytes");
}
