//! `flipscope explain`, run as a person would: the maps of small synthetic lesions, against what the network says when it is asked directly.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

#[path = "explaining/case.rs"]
mod case;
#[path = "explaining/double.rs"]
mod double;
mod formula;
#[path = "explaining/golden.rs"]
mod golden;
#[path = "explaining/known.rs"]
mod known;
#[path = "explaining/linear.rs"]
mod linear;
mod program;
#[path = "explaining/refused.rs"]
mod refused;
#[path = "../crates/lab/tests/stand_in_info/mod.rs"]
mod stand_in_info;
#[path = "explaining/tiny.rs"]
mod tiny;

use std::path::Path;
use std::sync::Arc;

use case::{Case, probe};
use flipscope_image::lesion::{self, Frame};
use flipscope_model::{Change, Probe, Region, Score};
use program::{flipscope, text};
use serde_json::Value;

#[test]
fn the_occlusion_table_holds_p_with_the_square_there() {
    let case = Case::new();
    let said = case.explain("occlusion", &[]);
    let files = ["map.svg", "map.csv"].map(|name| case.path(name));
    assert_eq!(said["files"], serde_json::json!(files));
    let rows = case.csv();
    assert_eq!(rows.len(), 22);
    assert!(rows.iter().all(|row| row.len() == 22));
    let (classifier, frame) = (case.classifier(), case.frame());
    for (row, column) in [(0, 0), (3, 17), (21, 0), (21, 21), (9, 10)] {
        let square = Region {
            x: column * 14,
            y: row * 14,
            width: 59,
            height: 59,
        };
        let judged = &classifier
            .probe(&[probe(&frame, Change::Covered(square))])
            .unwrap()[0];
        assert_eq!(
            rows[row][column], judged.verdict.p_melanoma,
            "{row} {column}"
        );
    }
    let p = classifier.classify(&[Frame::clone(&frame)]).unwrap()[0].p_melanoma;
    assert_eq!(said["p_melanoma"].as_f64().unwrap() as f32, p);
    // With the digits of 32 bits, as `classify` prints them, and no others.
    let digits = |number: &Value| {
        let number = number.as_f64().unwrap();
        assert_eq!(number, (number as f32).to_string().parse::<f64>().unwrap());
    };
    for name in ["p_melanoma", "of_the_frame"] {
        digits(&said[name]);
    }
    for name in ["low", "high"] {
        digits(&said["extent"][name]);
    }
    assert_eq!(said["quantity"], "P(melanoma)");
    assert_eq!(said["explanation"]["stride"], 14);
    assert_eq!(said["extent"]["values"], "varies");
    assert_eq!(said["frame_sha256"], frame.sha256());
    assert!(case.svg().contains("occlusion") && case.svg().matches("<image").count() == 3);

    // The other class, finer squares, of an altered frame.
    case.explain(
        "occlusion",
        &[
            "--class", "nevus", "--size", "100", "--stride", "60", "--offset", "0,-20,0",
        ],
    );
    let rows = case.csv();
    assert_eq!((rows.len(), rows[0].len()), (5, 5));
    assert_eq!(case.svg().matches("<image").count(), 4);
}

#[test]
fn a_square_of_the_mean_colour_is_zero_after_the_normalisation() {
    // A frame that is the mean colour anyway does not change where it is covered: its map is flat, and says so.
    let case = Case::new();
    let grey = lesion::Raster::from_rgb(299, 299, tiny::MEAN_BYTES.repeat(299 * 299)).unwrap();
    grey.write_png(&case.photograph).unwrap();
    let said = case.explain("occlusion", &["--stride", "100"]);
    assert_eq!(said["extent"]["values"], "flat");
    let svg = case.svg();
    assert!(svg.contains("The map is flat") && svg.matches("<image").count() == 1);
    // For people it says what was written.
    let [photograph, model] = [&case.photograph, &case.model].map(|path| path.to_str().unwrap());
    let (figure, stride) = (
        case.path("other.png"),
        ["--stride", "100", "--device", "cpu"],
    );
    let arguments = [
        "explain",
        "occlusion",
        photograph,
        "--model",
        model,
        "--out",
        &figure,
    ];
    let output = flipscope(&[&arguments[..], &stride].concat());
    assert!(
        text(&output.stdout).ends_with(&format!("\nwritten: {figure}\n")),
        "{}",
        text(&output.stdout)
    );
}

#[test]
fn a_landscape_holds_what_classify_says_to_the_last_bit() {
    let case = Case::new();
    let said = case.explain(
        "landscape",
        &[
            "--x",
            "rotate,-30,45,4",
            "--y",
            "gain-g,0.9,1.1,3",
            "--sampling",
            "bilinear",
            "--offset",
            "3,0,-2",
        ],
    );
    assert_eq!(said["columns"]["values"][1], -5.0);
    let table = std::fs::read_to_string(case.path("map.csv")).unwrap();
    let mut lines = table.lines();
    assert_eq!(lines.next(), Some("rotate,gain-g,p_melanoma"));
    let points: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    assert_eq!(points.len(), 12);
    for point in &points {
        let gain = format!("1,{},1", point[1]);
        let output = flipscope(&[
            "classify",
            case.photograph.to_str().unwrap(),
            "--model",
            case.model.to_str().unwrap(),
            "--device",
            "cpu",
            "--json",
            "--rotate",
            point[0],
            "--gain",
            &gain,
            "--sampling",
            "bilinear",
            "--offset",
            "3,0,-2",
        ]);
        let said: Value = serde_json::from_str(text(&output.stdout)).unwrap();
        let p = said["p_melanoma"].as_f64().unwrap() as f32;
        assert_eq!(point[2].parse::<f32>().unwrap().to_bits(), p.to_bits());
    }
    case.explain("landscape", &["--x", "offset-r,-30,30,7", "--y", "none"]);
    let table = std::fs::read_to_string(case.path("map.csv")).unwrap();
    assert!(table.starts_with("offset-r,p_melanoma\n-30,") && table.lines().count() == 8);
}

#[test]
fn a_second_model_has_its_landscape_beside_the_first_one_s() {
    let case = Case::new();
    let other = case.path("other.safetensors");
    tiny::checkpoint(5).write(Path::new(&other)).unwrap();
    let axes = ["--x", "rotate,-30,45,3", "--y", "gain-g,0.9,1.1,2"];
    let column = |at: usize| -> Vec<String> {
        let table = std::fs::read_to_string(case.path("map.csv")).unwrap();
        let cell = |line: &str| line.split(',').nth(at).unwrap().to_owned();
        table.lines().map(cell).collect()
    };
    case.explain("landscape", &[&axes[..], &["--against", &other]].concat());
    let (first, second) = (column(2), column(3));
    assert_eq!(second[0], "p_melanoma_of_model_2");
    let svg = case.svg();
    assert_eq!(svg.matches("crispEdges").count(), 2);
    case.explain("landscape", &axes);
    assert_eq!(column(2), first);
    // Alone, the second one says the same.
    tiny::checkpoint(5).write(&case.model).unwrap();
    case.explain("landscape", &axes);
    assert_eq!(column(2)[1..], second[1..]);
}

#[test]
fn gradients_are_slopes_and_integrated_ones_are_complete() {
    let case = Case::new();
    let (classifier, frame) = (case.classifier(), case.frame());
    for score in [
        Score::Logit(0),
        Score::Logit(1),
        Score::Probability(vec![0]),
    ] {
        let [(probed, gradient)]: [_; 1] = classifier
            .probe_gradients(&[probe(&frame, Change::Nothing)], &score)
            .unwrap()
            .try_into()
            .unwrap();
        let again = &classifier.probe(&[probe(&frame, Change::Nothing)]).unwrap()[0];
        assert!((score.of(&probed) - score.of(again)).abs() < 1e-5);
        // Along the gradient itself, both ways.
        let size = gradient.iter().map(|g| g * g).sum::<f32>().sqrt();
        let step = 2e-2;
        let moved = |sign: f32| {
            let change = gradient.iter().map(|g| sign * step * g / size).collect();
            let probes = [probe(&frame, Change::Added(Arc::new(change)))];
            score.of(&classifier.probe(&probes).unwrap()[0])
        };
        let slope = (moved(1.0) - moved(-1.0)) / (2.0 * step);
        assert!(
            (slope / size - 1.0).abs() < 0.02,
            "{score:?}: {slope} {size}"
        );
    }

    let said = case.explain("integrated", &["--score", "probability"]);
    let number = |key: &str| said["explanation"][key].as_f64().unwrap();
    let (sum, difference) = (number("sum"), number("difference"));
    assert!(
        (sum - difference).abs() <= 0.01 * difference.abs(),
        "{said}"
    );
    let ends = [Change::Nothing, Change::Scaled(0.0)].map(|change| probe(&frame, change));
    let answers = classifier.probe(&ends).unwrap();
    let [all, nothing] = [0, 1].map(|at| f64::from(answers[at].verdict.p_melanoma));
    assert!((difference - (all - nothing)).abs() < 1e-6);
    let rows = case.csv();
    assert_eq!((rows.len(), rows[0].len()), (299, 299));
    let written: f64 = rows.iter().flatten().map(|&value| f64::from(value)).sum();
    assert!((written - sum).abs() < 1e-4 * difference.abs().max(1e-3));
}

#[test]
fn smoothgrad_is_the_mean_gradient_of_the_noise_that_it_saves() {
    let case = Case::new();
    let (noise, channels) = (case.path("noise.npy"), case.path("channels.npy"));
    let flags = [
        "--samples",
        "3",
        "--seed",
        "9",
        "--save-noise",
        &noise,
        "--channels",
        &channels,
    ];
    let said = case.explain("smoothgrad", &flags);
    let floats = |path: &str| -> Vec<f32> {
        let bytes = std::fs::read(path).unwrap();
        let (values, rest) = bytes[128..].as_chunks::<4>();
        assert!(rest.is_empty());
        values
            .iter()
            .map(|bytes| f32::from_le_bytes(*bytes))
            .collect()
    };
    let (noise, mean) = (floats(&noise), floats(&channels));
    assert_eq!((noise.len(), mean.len()), (3 * Frame::BYTES, Frame::BYTES));
    let (classifier, frame) = (case.classifier(), case.frame());
    let probes: Vec<Probe> = noise
        .chunks_exact(Frame::BYTES)
        .map(|copy| probe(&frame, Change::Added(Arc::new(copy.to_vec()))))
        .collect();
    let gradients = classifier
        .probe_gradients(&probes, &Score::Logit(0))
        .unwrap();
    for at in (0..Frame::BYTES).step_by(997) {
        let wanted = gradients
            .iter()
            .map(|(_, gradient)| gradient[at])
            .sum::<f32>()
            / 3.0;
        assert!(
            (mean[at] - wanted).abs() <= 1e-6 * wanted.abs().max(1e-3),
            "{at}"
        );
    }
    let rows = case.csv();
    let sum = |at: usize| {
        mean[at * 3..at * 3 + 3]
            .iter()
            .map(|g| g.abs())
            .sum::<f32>()
    };
    assert!((rows[100][200] - sum(100 * 299 + 200)).abs() < 1e-6);
    let deviation = said["explanation"]["deviation"].as_f64().unwrap();
    let squares: f64 = noise.iter().map(|&n| f64::from(n).powi(2)).sum();
    assert!((squares / noise.len() as f64 / deviation.powi(2) - 1.0).abs() < 0.01);
}

#[test]
fn gradcam_is_the_last_block_weighted_by_its_slopes() {
    let case = Case::new();
    let said = case.explain("gradcam", &["--class", "melanoma"]);
    assert_eq!(said["explanation"]["block"], "conv3");
    let rows = case.csv();
    assert_eq!((rows.len(), rows[0].len()), (8, 8));
    let (classifier, frame) = (case.classifier(), case.frame());
    let block = classifier.last_block(&frame, &Score::Logit(0)).unwrap();
    // The logit is linear in the block's output: the weighted sum over everything, and the bias.
    let weighted: f64 = block
        .values
        .chunks_exact(block.channels)
        .flat_map(|pixel| pixel.iter().zip(&block.by_value))
        .map(|(value, weight)| f64::from(*value) * f64::from(*weight))
        .sum();
    let logit = f64::from(block.probed.logits[0]);
    assert!(
        (weighted + f64::from(tiny::BIAS[0]) - logit).abs() < 1e-4,
        "{weighted} {logit}"
    );
    let pixel: f64 = block.values[block.channels * 19..block.channels * 20]
        .iter()
        .zip(&block.by_value)
        .map(|(value, weight)| f64::from(*value) * f64::from(*weight))
        .sum();
    assert!((f64::from(rows[2][3]) - pixel.max(0.0)).abs() < 1e-6);
}

#[test]
fn checks_say_whether_a_map_can_be_believed() {
    let case = Case::new();
    let said = case.explain("gradient", &["--check"]);
    let checks = &said["checks"];
    let curves = &checks["curves"];
    assert_eq!(curves["deletion"].as_array().unwrap().len(), 33);
    // Nothing covered is the frame, everything covered the mean colour, and insertion goes the other way.
    let (classifier, frame) = (case.classifier(), case.frame());
    let ends = [Change::Nothing, Change::Scaled(0.0)].map(|change| probe(&frame, change));
    let answers = classifier.probe(&ends).unwrap();
    for (curve, order) in [("deletion", [0, 32]), ("insertion", [32, 0])] {
        for (at, answer) in order.into_iter().zip(&answers) {
            let p = curves[curve][at].as_f64().unwrap() as f32;
            assert_eq!(p, answer.verdict.p_melanoma, "{curve} {at}");
        }
    }
    assert!(checks["random_weights"]["survives"].is_boolean());
    assert!(case.svg().contains("Deletion") && case.svg().contains("Rank correlation"));
}

#[test]
fn a_summary_gives_the_smallest_change_of_each_family() {
    let case = Case::new();
    // Close to the P(melanoma) of this lesion.
    let said = case.explain("summary", &["--budget", "40", "--threshold", "0.63"]);
    let families = said["families"].as_array().unwrap();
    assert_eq!(families.len(), 9);
    let label = said["label"].as_str().unwrap();
    let mut flips = 0;
    for family in families {
        let flip = &family["flip"];
        assert!(family["judged"].as_u64().unwrap() <= 41, "{family}");
        if flip.is_null() || flip["perturbation"].is_null() {
            continue;
        }
        flips += 1;
        let perturbation = serde_json::from_value(flip["perturbation"].clone()).unwrap();
        let frame = flipscope_image::perturb::apply(&case.frame(), &perturbation).unwrap();
        assert_eq!(flip["altered_sha256"], frame.sha256());
        let verdict = &case.classifier().classify(&[frame]).unwrap()[0];
        assert_eq!(
            flip["p_melanoma"].as_f64().unwrap() as f32,
            verdict.p_melanoma
        );
        assert_ne!(verdict.label(0.63).name(), label, "{family}");
    }
    assert!(flips > 0, "{said}");
    assert!(said["statement"].as_str().unwrap().starts_with("Called "));
    let table = std::fs::read_to_string(case.path("map.csv")).unwrap();
    assert_eq!(table.lines().count(), 10);
}
