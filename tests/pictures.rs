//! Pictures as people's cameras, scanners and programs write them: which page, which colours, and in how much memory.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::naive_bytecount,
    clippy::items_after_statements,
    clippy::type_complexity,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first fault"
)]

use std::io::Cursor;
use std::path::Path;

use flipscope_image::lesion::{
    ColorHandling, Framing, Photograph, Problem, Raster, decode, open, open_with,
};
use image::{ImageFormat, RgbImage};
use tiff::encoder::{TiffEncoder, colortype};
use tiff::tags::Tag;

/// A picture of `width` × `height` whose values differ from place to place and from `seed` to `seed`.
fn picture(width: u32, height: u32, seed: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([
            (x * 3 + seed) as u8,
            (y * 5 + seed * 7) as u8,
            (x * y / 3 + seed * 40) as u8,
        ])
    })
}

fn raster(picture: &RgbImage) -> Raster {
    Raster::from_rgb(picture.width(), picture.height(), picture.as_raw().clone()).unwrap()
}

fn read(bytes: &[u8]) -> Photograph {
    decode(bytes, "test file", ColorHandling::Converted).unwrap()
}

fn refused(bytes: &[u8]) -> Problem {
    decode(bytes, "test file", ColorHandling::Converted)
        .unwrap_err()
        .problem
}

fn says(photograph: &Photograph, words: &str) -> bool {
    photograph.notes.iter().any(|note| note.contains(words))
}

/// A TIFF of pages, each with tags of its own.
fn pages(of: &[(&RgbImage, &[(Tag, u32)])]) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut file).unwrap();
    for (picture, tags) in of {
        let (width, height) = picture.dimensions();
        let mut page = encoder.new_image::<colortype::RGB8>(width, height).unwrap();
        for (tag, value) in *tags {
            page.encoder().write_tag(*tag, *value).unwrap();
        }
        page.write_data(picture.as_raw()).unwrap();
    }
    file.into_inner()
}

#[test]
fn the_photographs_page_of_a_tiff_is_read() {
    let (thumbnail, photograph) = (picture(30, 20, 1), picture(120, 80, 2));
    let (similar, other) = (picture(118, 84, 3), picture(120, 80, 4));
    let reduced: &[_] = &[(Tag::NewSubfileType, 1)];
    let old_reduced: &[_] = &[(Tag::SubfileType, 2)];
    let mask: &[_] = &[(Tag::NewSubfileType, 4)];
    for (name, file, right, note) in [
        (
            "thumbnail first",
            pages(&[(&thumbnail, reduced), (&photograph, &[])]),
            &photograph,
            "page 2 of 2",
        ),
        (
            "old tag",
            pages(&[(&thumbnail, old_reduced), (&photograph, &[])]),
            &photograph,
            "page 2 of 2",
        ),
        (
            "only smaller",
            pages(&[(&thumbnail, &[]), (&photograph, &[])]),
            &photograph,
            "page 2 of 2",
        ),
        (
            "half as large",
            pages(&[(&picture(60, 40, 5), &[]), (&photograph, &[])]),
            &photograph,
            "page 2 of 2",
        ),
        (
            "as large, but reduced",
            pages(&[(&other, reduced), (&photograph, &[])]),
            &photograph,
            "page 2 of 2",
        ),
        (
            "mask first",
            pages(&[(&other, mask), (&photograph, &[])]),
            &photograph,
            "",
        ),
        (
            "thumbnail last",
            pages(&[(&photograph, &[]), (&thumbnail, reduced)]),
            &photograph,
            "",
        ),
        (
            "two",
            pages(&[(&photograph, &[]), (&other, &[])]),
            &photograph,
            "2 pages of full size",
        ),
        (
            "two and a thumbnail",
            pages(&[(&thumbnail, reduced), (&photograph, &[]), (&similar, &[])]),
            &photograph,
            "2 pages of full size",
        ),
        (
            "nearly as large",
            pages(&[(&photograph, &[]), (&similar, &[])]),
            &photograph,
            "2 pages of full size",
        ),
        (
            "only a reduced one",
            pages(&[(&photograph, reduced)]),
            &photograph,
            "calls its only picture",
        ),
    ] {
        let read = read(&file);
        assert!(*read.raster == raster(right), "{name}: {:?}", read.notes);
        assert_eq!(
            read.notes.is_empty(),
            note.is_empty(),
            "{name}: {:?}",
            read.notes
        );
        assert!(
            note.is_empty() || says(&read, note),
            "{name}: {:?}",
            read.notes
        );
    }
}

#[test]
fn the_page_within_a_page_is_read_where_it_is_the_photograph() {
    let (thumbnail, photograph) = (picture(30, 20, 1), picture(120, 80, 2));
    let mut file = pages(&[
        (&thumbnail, &[(Tag::NewSubfileType, 1), (Tag::SubIfd, 0)]),
        (&photograph, &[]),
    ]);
    // The second page's directory leaves the list, and is hung beneath the first.
    let number = |file: &[u8], at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap());
    let first = number(&file, 4) as usize;
    let entries = usize::from(u16::from_le_bytes(
        file[first..first + 2].try_into().unwrap(),
    ));
    let next = first + 2 + 12 * entries;
    let second = file[next..next + 4].to_vec();
    file[next..next + 4].fill(0);
    let entry = (0..entries)
        .map(|n| first + 2 + 12 * n)
        .find(|at| file[*at..*at + 2] == 330_u16.to_le_bytes())
        .unwrap();
    file[entry + 8..entry + 12].copy_from_slice(&second);
    let read = read(&file);
    assert!(*read.raster == raster(&photograph), "{:?}", read.notes);

    // A list of pages that leads out of the file may have led to the photograph.
    file[entry + 8..entry + 12].copy_from_slice(&0x7fff_0000_u32.to_le_bytes());
    assert!(matches!(refused(&file), Problem::Truncated(_)));
}

/// An uncompressed TIFF of any bands, 8 bits each, in one strip.
fn bands(size: (u32, u32), stored: u16, extra: &[u16], photometric: u16, data: &[u8]) -> Vec<u8> {
    let mut entries: Vec<(u16, u16, Vec<u32>)> = vec![
        (256, 4, vec![size.0]),
        (257, 4, vec![size.1]),
        (258, 3, vec![8; usize::from(stored)]),
        (259, 3, vec![1]),
        (262, 3, vec![u32::from(photometric)]),
        (273, 4, vec![0]),
        (277, 3, vec![u32::from(stored)]),
        (278, 4, vec![size.1]),
        (279, 4, vec![data.len() as u32]),
    ];
    if !extra.is_empty() {
        entries.push((338, 3, extra.iter().map(|v| u32::from(*v)).collect()));
    }
    let after = 8 + 2 + 12 * entries.len() + 4;
    let mut beyond = Vec::new();
    let mut file = b"II*\0\x08\0\0\0".to_vec();
    file.extend((entries.len() as u16).to_le_bytes());
    let lengths: usize = (entries.iter())
        .map(|(_, kind, values)| values.len() * if *kind == 3 { 2 } else { 4 })
        .filter(|length| *length > 4)
        .sum();
    for (tag, kind, values) in entries {
        let mut bytes: Vec<u8> = if tag == 273 {
            ((after + lengths) as u32).to_le_bytes().to_vec()
        } else if kind == 3 {
            values
                .iter()
                .flat_map(|v| (*v as u16).to_le_bytes())
                .collect()
        } else {
            values.iter().flat_map(|v| v.to_le_bytes()).collect()
        };
        file.extend(tag.to_le_bytes());
        file.extend(kind.to_le_bytes());
        file.extend((values.len() as u32).to_le_bytes());
        if bytes.len() > 4 {
            file.extend(((after + beyond.len()) as u32).to_le_bytes());
            beyond.append(&mut bytes);
        } else {
            bytes.resize(4, 0);
            file.extend(bytes);
        }
    }
    file.extend([0; 4]);
    file.extend(beyond);
    file.extend(data);
    file
}

#[test]
fn bands_beside_the_colours_are_left_out_and_said() {
    let colours = picture(40, 30, 9);
    let grey: Vec<u8> = colours.pixels().map(|pixel| pixel[0]).collect();
    let with = |beside: usize| -> Vec<u8> {
        let pixel = |p: &image::Rgb<u8>| [&p.0[..], &vec![77; beside]].concat();
        colours.pixels().flat_map(pixel).collect()
    };
    for (extra, beside, note) in [
        (&[0][..], 1, "1 of the TIFF's 4 bands ignored"),
        (&[2], 1, "transparency dropped"),
        (&[], 1, "transparency dropped"),
        (&[0, 0], 2, "2 of the TIFF's 5 bands ignored"),
        (&[2, 0], 2, "1 of the TIFF's 5 bands ignored"),
        (&[0, 0, 0, 0, 0], 5, "5 of the TIFF's 8 bands ignored"),
    ] {
        let file = bands((40, 30), 3 + beside as u16, extra, 2, &with(beside));
        let read = read(&file);
        assert!(
            *read.raster == raster(&colours),
            "{extra:?}: {:?}",
            read.notes
        );
        assert!(says(&read, note), "{extra:?}: {:?}", read.notes);
    }
    for (extra, beside, note) in [
        (&[2][..], 1, "transparency"),
        (&[0, 0], 2, "2 of the TIFF's 3 bands"),
    ] {
        let data: Vec<u8> = (grey.iter())
            .flat_map(|v| [&[*v][..], &vec![9; beside]].concat())
            .collect();
        let read = read(&bands((40, 30), 1 + beside as u16, extra, 1, &data));
        let values: Vec<u8> = grey.iter().flat_map(|v| [*v; 3]).collect();
        assert_eq!(read.raster.pixels(), values);
        assert!(says(&read, note), "{extra:?}: {:?}", read.notes);
    }
}

fn jpeg(picture: &RgbImage, progressive: bool) -> Vec<u8> {
    let mut encoder = mozjpeg::Compress::new(mozjpeg::ColorSpace::JCS_RGB);
    encoder.set_size(picture.width() as usize, picture.height() as usize);
    encoder.set_quality(95.0);
    encoder.set_fastest_defaults();
    if progressive {
        encoder.set_progressive_mode();
    }
    let mut started = encoder.start_compress(Vec::new()).unwrap();
    started.write_scanlines(picture.as_raw()).unwrap();
    started.finish().unwrap()
}

#[test]
fn a_jpeg_without_its_end_marker_is_read_and_one_without_its_last_row_is_not() {
    for progressive in [false, true] {
        let whole = jpeg(&picture(96, 64, 3), progressive);
        assert_eq!(whole[whole.len() - 2..], [0xff, 0xd9]);
        let right = read(&whole);
        assert!(right.notes.is_empty(), "{:?}", right.notes);
        for cut in [1, 2] {
            let read = read(&whole[..whole.len() - cut]);
            assert!(read.raster == right.raster);
            assert!(says(&read, "lacks its end marker"), "{:?}", read.notes);
        }
        for cut in 3..300 {
            let problem = refused(&whole[..whole.len() - cut]);
            assert!(!problem.to_string().contains("gave up"), "{cut}: {problem}");
        }
    }
}

/// An EXIF block of its colour space and interoperability index.
fn exif(space: u16, index: Option<&[u8; 4]>) -> Vec<u8> {
    let mut block = b"Exif\0\0MM\0*\0\0\0\x08".to_vec();
    block.extend([0, 1, 0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0]);
    block.extend([0, 2, 0xa0, 1, 0, 3, 0, 0, 0, 1]);
    block.extend(space.to_be_bytes());
    block.extend([0, 0, 0xa0, 5, 0, 4, 0, 0, 0, 1, 0, 0, 0, 56, 0, 0, 0, 0]);
    if let Some(index) = index {
        block.extend([0, 1, 0, 1, 0, 2, 0, 0, 0, 4]);
        block.extend(index);
        block.extend([0; 4]);
    }
    block
}

fn with_exif(jpeg: &[u8], exif: &[u8]) -> Vec<u8> {
    let length = (exif.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, exif, &jpeg[2..]].concat()
}

/// The three ways from a value of Adobe RGB (1998) to sRGB, by its definition (IEC 61966-2-5), rounded.
fn of_adobe_rgb(rgb: [u8; 3]) -> [u8; 3] {
    let light = rgb.map(|v| (f64::from(v) / 255.0).powf(563.0 / 256.0));
    let [r, g, b] = light;
    // Both have D65 and the same red and blue, and so two rows are plain.
    let linear = [
        1.398_355_74 * r - 0.398_355_74 * g,
        g,
        -0.042_930_17 * g + 1.042_929_38 * b,
    ];
    linear.map(|v| {
        let v = v.clamp(0.0, 1.0);
        let encoded = if v <= 0.003_130_8 {
            12.92 * v
        } else {
            1.055 * v.powf(1.0 / 2.4) - 0.055
        };
        (encoded * 255.0).round() as u8
    })
}

#[test]
fn adobe_rgb_that_only_exif_tells_is_converted() {
    let plain = jpeg(&picture(96, 64, 3), false);
    let raw = read(&plain);
    for (space, index, converted) in [
        (0xffff, Some(b"R03\0"), true),
        (2, None, true),
        (2, Some(b"R03\0"), true),
        (0xffff, Some(b"R98\0"), false),
        (0xffff, None, false),
        (1, Some(b"R98\0"), false),
        (1, Some(b"R03\0"), false),
    ] {
        let file = with_exif(&plain, &exif(space, index));
        let read = read(&file);
        let told = read.colour_profile.as_deref() == Some("Adobe RGB (1998), by EXIF");
        assert_eq!(
            (told, says(&read, "converted")),
            (converted, converted),
            "{space}, {index:?}"
        );
        assert_eq!(
            says(&read, "uncalibrated"),
            !converted && space == 0xffff,
            "{:?}",
            read.notes
        );
        let expected = |pixel: &[u8]| {
            let rgb: [u8; 3] = pixel.try_into().unwrap();
            if converted { of_adobe_rgb(rgb) } else { rgb }
        };
        let pairs = raw
            .raster
            .pixels()
            .chunks(3)
            .zip(read.raster.pixels().chunks(3));
        let off = pairs
            .flat_map(|(raw, read)| expected(raw).into_iter().zip(read.to_vec()))
            .map(|(a, b)| a.abs_diff(b));
        let off: Vec<u8> = off.collect();
        let exact = off.iter().filter(|by| **by == 0).count();
        assert!(off.iter().all(|by| *by <= 2), "{space}, {index:?}");
        assert!(
            exact * 100 > off.len() * 95,
            "{space}, {index:?}: {exact} exact"
        );
        let unread = decode(&file, "raw", ColorHandling::Raw).unwrap();
        assert!(unread.raster == raw.raster, "raw values are as stored");
    }
}

/// A PNG of the picture with chunks before its pixels.
fn png(picture: &RgbImage, chunks: &[([u8; 4], &[u8])]) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png).unwrap();
    let mut file = file.into_inner();
    let mut at = 33;
    for (kind, data) in chunks {
        let mut crc = flate2::Crc::new();
        crc.update(kind);
        crc.update(data);
        let length = (data.len() as u32).to_be_bytes();
        let chunk = [&length[..], kind, data, &crc.sum().to_be_bytes()].concat();
        file.splice(at..at, chunk.iter().copied());
        at += chunk.len();
    }
    file
}

/// Encodes light as sRGB.
fn srgb(light: f64) -> f64 {
    let light = light.clamp(0.0, 1.0);
    255.0
        * if light <= 0.003_130_8 {
            12.92 * light
        } else {
            1.055 * light.powf(1.0 / 2.4) - 0.055
        }
}

#[test]
fn colours_that_a_png_states_are_converted_and_the_right_statement_wins() {
    let grey = RgbImage::from_fn(256, 4, |x, _| image::Rgb([x as u8; 3]));
    let red = RgbImage::from_pixel(8, 8, image::Rgb([200, 60, 60]));
    let linear = 100_000_u32.to_be_bytes();
    let usual = 45_455_u32.to_be_bytes();
    let of =
        |values: [u32; 8]| -> Vec<u8> { values.iter().flat_map(|v| v.to_be_bytes()).collect() };
    let p3 = of([31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000]);
    let standard = of([31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000]);

    // Grey: what a transfer curve does, to within rounding.
    let bt709 = |v: f64| {
        if v < 0.081 {
            v / 4.5
        } else {
            ((v + 0.099_297) / 1.099_297).powf(1.0 / 0.45)
        }
    };
    let identity = |v: f64| v;
    let (gamma, cicp, plain) = (*b"gAMA", *b"cICP", *b"sRGB");
    type Light<'a> = Option<&'a dyn Fn(f64) -> f64>;
    let cases: [(&str, Vec<([u8; 4], &[u8])>, Light<'_>); 10] = [
        ("linear by gAMA", vec![(gamma, &linear)], Some(&identity)),
        ("BT.709 by cICP", vec![(cicp, &[1, 1, 0, 1])], Some(&bt709)),
        (
            "linear by cICP",
            vec![(cicp, &[1, 8, 0, 1])],
            Some(&identity),
        ),
        ("the usual gamma", vec![(gamma, &usual)], None),
        (
            "sRGB outright beats gAMA",
            vec![(plain, &[0]), (gamma, &linear)],
            None,
        ),
        (
            "cICP beats sRGB",
            vec![(cicp, &[1, 8, 0, 1]), (plain, &[0])],
            Some(&identity),
        ),
        (
            "sRGB by cICP beats gAMA",
            vec![(cicp, &[1, 13, 0, 1]), (gamma, &linear)],
            None,
        ),
        (
            "an impossible cICP gives way",
            vec![(cicp, &[1, 13, 1, 1]), (gamma, &linear)],
            Some(&identity),
        ),
        ("narrow range gives way", vec![(cicp, &[1, 13, 0, 0])], None),
        ("HDR is not guessed", vec![(cicp, &[9, 16, 0, 1])], None),
    ];
    for (name, chunks, light) in cases {
        let read = read(&png(&grey, &chunks));
        let mut worst: f64 = 0.0;
        for (x, pixel) in read.raster.pixels().chunks(3).take(256).enumerate() {
            let right = light.map_or(x as f64, |light| srgb(light(x as f64 / 255.0)));
            for value in pixel {
                worst = worst.max((f64::from(*value) - right).abs());
            }
        }
        assert!(worst <= 1.0, "{name}: {worst}, {:?}", read.notes);
        assert_eq!(
            says(&read, "converted"),
            light.is_some(),
            "{name}: {:?}",
            read.notes
        );
        let unusable = name.contains("gives way") || name.contains("HDR");
        assert_eq!(
            says(&read, "cICP chunk is unusable"),
            unusable,
            "{name}: {:?}",
            read.notes
        );
        let raw = decode(&png(&grey, &chunks), "raw", ColorHandling::Raw).unwrap();
        assert!(*raw.raster == raster(&grey) && raw.notes.is_empty());
    }

    // Display P3 (200, 60, 60) is sRGB (219.5, 39.3, 53.0), by the primaries' definition; the same by cICP and by cHRM.
    for (name, chunks) in [
        ("cICP", vec![(*b"cICP", &[12, 13, 0, 1][..])]),
        ("cHRM", vec![(*b"cHRM", p3.as_slice())]),
        (
            "cHRM with gAMA",
            vec![(*b"gAMA", &usual[..]), (*b"cHRM", p3.as_slice())],
        ),
    ] {
        let read = read(&png(&red, &chunks));
        let pixel = read.raster.pixel(3, 3).unwrap();
        let right = of_display_p3([200, 60, 60]);
        assert!(
            pixel
                .iter()
                .zip(right)
                .all(|(a, b)| (f64::from(*a) - b).abs() <= 1.0),
            "{name}: {pixel:?}, {right:?}"
        );
    }
    let same = read(&png(&red, &[(*b"cHRM", &standard)]));
    assert_eq!(same.raster.pixel(0, 0), Some([200, 60, 60]));
    assert!(same.notes.is_empty(), "{:?}", same.notes);
}

/// Display P3 as sRGB, by the matrices of its definition (both have D65 and sRGB's curve).
fn of_display_p3(rgb: [u8; 3]) -> [f64; 3] {
    let [r, g, b] = rgb.map(|v| {
        let v = f64::from(v) / 255.0;
        if v <= 0.040_45 {
            v / 12.92
        } else {
            ((v + 0.055) / 1.055).powf(2.4)
        }
    });
    [
        1.224_940 * r - 0.224_940 * g,
        -0.042_057 * r + 1.042_057 * g,
        -0.019_638 * r - 0.078_636 * g + 1.098_274 * b,
    ]
    .map(srgb)
}

#[test]
fn threads_of_pixels_are_refused_and_frames_of_them_stay_within_memory() {
    for (width, height) in [(1, 2_000_000), (2_000_000, 1), (3, 100_001)] {
        let mut file = Cursor::new(Vec::new());
        image::GrayImage::new(width, height)
            .write_to(&mut file, ImageFormat::Png)
            .unwrap();
        assert!(matches!(
            refused(&file.into_inner()),
            Problem::TooLong { .. }
        ));
    }
    let mut file = Cursor::new(Vec::new());
    image::GrayImage::new(2, 100_000)
        .write_to(&mut file, ImageFormat::Png)
        .unwrap();
    let thin = read(&file.into_inner());
    for framing in Framing::ALL {
        assert_eq!(framing.apply(&thin.raster).pixels().len(), 299 * 299 * 3);
    }
}

/// A WebP animation of one picture at its canvas's corner.
fn animation(canvas: (u32, u32), picture: &RgbImage) -> Vec<u8> {
    let mut still = Cursor::new(Vec::new());
    picture.write_to(&mut still, ImageFormat::WebP).unwrap();
    let still = still.into_inner();
    let size = |(w, h): (u32, u32)| {
        let (w, h) = ((w - 1).to_le_bytes(), (h - 1).to_le_bytes());
        [w[0], w[1], w[2], h[0], h[1], h[2]]
    };
    let chunk = |kind: &[u8; 4], data: &[u8]| {
        let mut chunk = [&kind[..], &(data.len() as u32).to_le_bytes(), data].concat();
        chunk.resize(chunk.len().next_multiple_of(2), 0);
        chunk
    };
    let frame = [
        &[0; 6][..],
        &size(picture.dimensions()),
        &[100, 0, 0, 0],
        &still[12..],
    ]
    .concat();
    let body = [
        b"WEBP".to_vec(),
        chunk(b"VP8X", &[&[2, 0, 0, 0][..], &size(canvas)].concat()),
        chunk(b"ANIM", &[0; 6]),
        chunk(b"ANMF", &frame),
        chunk(b"ANMF", &frame),
    ]
    .concat();
    [&b"RIFF"[..], &(body.len() as u32).to_le_bytes(), &body].concat()
}

#[test]
fn of_an_animation_the_first_picture_is_read_where_it_is_the_whole() {
    let first = picture(40, 30, 6);
    let read = read(&animation((40, 30), &first));
    assert!(*read.raster == raster(&first));
    assert!(says(&read, "the first picture"), "{:?}", read.notes);
    let problem = refused(&animation((96, 100_000), &first));
    assert!(
        matches!(&problem, Problem::Unsupported(why) if why.contains("canvas")),
        "{problem}"
    );
}

#[test]
fn a_photograph_is_framed_before_it_is_let_go() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    std::fs::write(&path, png(&picture(50, 40, 1), &[])).unwrap();
    let frame = open_with(&path, ColorHandling::Raw, |p| {
        Framing::Squash.apply(&p.raster)
    })
    .unwrap();
    let whole = open(&path, ColorHandling::Raw).unwrap();
    assert!(frame == Framing::Squash.apply(&whole.raster));
    let missing = open_with(Path::new("nowhere.png"), ColorHandling::Raw, |_| ()).unwrap_err();
    assert!(missing.to_string().contains("nowhere.png"));
}

/// 12 bits stored unscaled in 16 are nearly black: judged as they are stored, and said. Scaled, or dark in the file itself, they are not.
#[test]
fn twelve_bits_stored_in_sixteen_are_said() {
    let of = |scale: u16, format| {
        let picture = image::ImageBuffer::from_fn(40, 30, |x, y| {
            image::Rgb([x as u16 * 100 * scale, y as u16 * 130 * scale, 2000 * scale])
        });
        let mut file = Cursor::new(Vec::new());
        image::DynamicImage::ImageRgb16(picture)
            .write_to(&mut file, format)
            .unwrap();
        read(&file.into_inner())
    };
    for (scale, shallow) in [(1, true), (16, false)] {
        let photograph = of(scale, ImageFormat::Png);
        assert!(says(&photograph, "reduced to 8"));
        assert_eq!(says(&photograph, "upper 4 bits"), shallow, "{scale}");
        let brightest = photograph.raster.pixels().iter().max().copied();
        assert_eq!(brightest < Some(16), shallow);
    }
}
