//! Plans of synthetic lesions: who sees what, in which order; and what cannot be planned.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::source::{Kind, Source};
use super::*;
use crate::search::{Attack, AttackKind, Preset, Size, SizeUnit};
use flipscope_image::distance::distances;
use flipscope_image::lesion::{ColorHandling, Frame, Framing};
use flipscope_image::perturb::Perturbation;
use flipscope_language::{Language, within};
use flipscope_model::Label;

/// A frame that is different for every number.
pub(in crate::reader) fn frame(number: u32) -> Frame {
    let mut pixels = vec![128; Frame::BYTES];
    for (at, byte) in number.to_le_bytes().into_iter().enumerate() {
        pixels[at] = byte;
    }
    Frame::from_rgb(pixels).unwrap()
}

/// The altered form of a frame: the last pixel is set.
pub(in crate::reader) fn altered(number: u32) -> Frame {
    let mut pixels = frame(number).pixels().to_vec();
    pixels[Frame::BYTES - 1] = 1;
    Frame::from_rgb(pixels).unwrap()
}

/// A plan with its pictures, from this many findings (every `nth` of a nevus) and photographs (every other a nevus), without
/// reading a file.
pub(in crate::reader) fn made(settings: &Settings, findings: u32, photographs: u32) -> Made {
    try_made(settings, findings, photographs).unwrap()
}

fn try_made(settings: &Settings, findings: u32, photographs: u32) -> Result<Made, ReaderError> {
    let folder = tempfile::tempdir().unwrap();
    let truth = |number: u32| {
        if number % 3 == 2 {
            Label::Nevus
        } else {
            Label::Melanoma
        }
    };
    let sources = (0..findings).map(|number| finding(folder.path(), number, truth(number)));
    let findings = Findings {
        network: ReferenceModel {
            name: "tester".to_owned(),
            sha256: "0".repeat(64),
            threshold: 0.5,
            framing: Framing::Squash,
            color_handling: ColorHandling::Converted,
            field_of_view: false,
            remedy: flipscope_model::Remedy::default(),
            assumptions: Vec::new(),
        },
        sources: sources.collect(),
        unsuccessful: 0,
        undiagnosed: std::collections::BTreeSet::new(),
        problems: Vec::new(),
    };
    let data = folder.path().join("data");
    for class in ["melanoma", "nevus"] {
        std::fs::create_dir_all(data.join(class)).unwrap();
    }
    for number in 0..photographs.max(2) {
        let class = ["melanoma", "nevus"][number as usize % 2];
        frame(1_000_000 + number)
            .write_png(data.join(class).join(format!("{number}.png")))
            .unwrap();
    }
    let dataset = crate::dataset::Dataset::read(&data, None).unwrap();
    let labels = Labels::new((photographs > 0).then_some(&dataset), None);
    make(settings, &findings, &labels, &mut |_| Ok(0.25))
}

fn finding(folder: &Path, number: u32, truth: Label) -> Source {
    let (original, changed) = (frame(number), altered(number));
    let [frame_png, altered_png] = ["frame", "altered"].map(|form| format!("{number}.{form}.png"));
    original.write_png(folder.join(&frame_png)).unwrap();
    changed.write_png(folder.join(&altered_png)).unwrap();
    let melanoma = truth == Label::Melanoma;
    Source {
        truth,
        truth_from: "--truth".to_owned(),
        key: format!("lesion {number}"),
        image: format!("{number}.jpg"),
        image_sha256: None,
        kind: Kind::Finding {
            path: folder.join(format!("{number}.json")),
            frame_png,
            altered_png,
            frame_sha256: original.sha256(),
            p_before: if melanoma { 0.75 } else { 0.25 },
            altered: Box::new(Altered {
                frame_sha256: changed.sha256(),
                p_melanoma: if melanoma { 0.25 } else { 0.75 },
                attack: Attack::preset(AttackKind::Pixels, Preset::Letter),
                search_seed: 1,
                asked: None,
                changed: "1 pixel".to_owned(),
                perturbation: Perturbation::default(),
                size: Size {
                    value: 1.0,
                    unit: SizeUnit::PixelsSet,
                },
                distances: distances(&original, &changed),
                finding_sha256: "1".repeat(64),
            }),
        },
    }
}

/// 20 cases, half adversarial, both forms, small enough to be quick.
pub(in crate::reader) fn small() -> Settings {
    Settings {
        cases: 20,
        gap: 5,
        practice: 2,
        ..Settings::default()
    }
}

/// The forms of a lesion in the order of a slot, with their positions.
fn places(plan: &Plan, slot: u32, lesion: u32) -> Vec<(usize, Form)> {
    let order = plan.order(slot);
    let cases = order.iter().map(|number| plan.case(*number).unwrap());
    let own = cases.enumerate().filter(|(_, case)| case.lesion == lesion);
    own.map(|(at, case)| (at, case.form)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn both_forms_keep_the_gap_and_take_turns(
        seed: u64, share in 0.2_f64..0.8, cases in 6_u32..24, slot in 0_u32..50,
    ) {
        let settings = Settings { cases, adversarial_share: share, seed, gap: cases / 4, practice: 0, ..small() };
        let made = made(&settings, cases, 30);
        let plan = &made.plan;
        let order = plan.order(slot);
        prop_assert_eq!(order.len(), cases as usize);
        prop_assert_eq!(&order, &plan.order(slot));
        prop_assert_ne!(&order, &plan.order(slot + 1));
        let adversarial: usize =
            [Label::Melanoma, Label::Nevus].map(|truth| plan.count(slot, Form::Adversarial, truth)).iter().sum();
        prop_assert_eq!(adversarial, (f64::from(cases) * share).round() as usize);
        let mut first_altered = 0_i32;
        for (lesion, number) in plan.lesions.iter().zip(0..) {
            let (here, next) = (places(plan, slot, number), places(plan, slot + 1, number));
            if let Turn::Both(_) = lesion.turn {
                prop_assert_eq!(here.len(), 2);
                prop_assert!(here[0].0 + (settings.gap as usize) < here[1].0);
                // The next reader sees the other form first.
                prop_assert_eq!(here[0].1, next[1].1);
                first_altered += if here[0].1 == Form::Adversarial { 1 } else { -1 };
            } else {
                prop_assert_eq!(here.len(), 1);
            }
        }
        prop_assert!(first_altered.abs() <= 1, "{}", first_altered);
    }

    #[test]
    fn shown_once_a_lesion_takes_the_other_form_for_the_next_reader(seed: u64, slot in 0_u32..50, findings in 5_u32..14) {
        let settings = Settings { adversarial_share: 0.25, both_forms: false, seed, practice: 0, ..small() };
        let made = made(&settings, findings, 30);
        let plan = &made.plan;
        let either = plan.lesions.iter().filter(|lesion| matches!(lesion.turn, Turn::Either(_))).count();
        prop_assert_eq!(either, findings.min(10) as usize);
        let mut swapped = 0;
        for number in 0..plan.lesions.len() as u32 {
            let (here, next) = (places(plan, slot, number), places(plan, slot + 1, number));
            prop_assert_eq!((here.len(), next.len()), (1, 1));
            swapped += usize::from(here[0].1 != next[0].1);
        }
        // Five are adversarial for each reader; both see some as adversarial only because there are too few findings.
        prop_assert_eq!(swapped, 2 * (either - 5));
    }
}

#[test]
fn the_same_seed_is_the_same_plan_and_pictures_are_the_exact_frames() {
    let one = made(&small(), 16, 4);
    let two = made(&small(), 16, 4);
    assert_eq!(one.plan.sha256().unwrap(), two.plan.sha256().unwrap());
    assert_eq!(one.pictures, two.pictures);
    let other = made(&Settings { seed: 2, ..small() }, 16, 4);
    assert_ne!(one.plan.sha256().unwrap(), other.plan.sha256().unwrap());
    for (lesion, pictures) in one.plan.lesions.iter().zip(&one.pictures) {
        let read = |png: &[u8]| Frame::from_png(png, "png").unwrap().sha256();
        assert_eq!(read(&pictures.unmodified), lesion.frame_sha256);
        let changed = pictures.adversarial.as_deref().map(read);
        assert_eq!(changed.as_deref(), lesion.sha256(Form::Adversarial));
    }
    let json = one.plan.to_json().unwrap();
    let again: Plan = serde_json::from_str(&json).unwrap();
    assert_eq!(again, one.plan);
    assert_eq!(again.to_json().unwrap(), json);
}

#[test]
fn melanomas_and_nevi_come_out_even_and_practice_is_of_other_lesions() {
    let settings = Settings {
        cases: 30,
        adversarial_share: 1.0 / 3.0,
        ..small()
    };
    let plan = made(&settings, 30, 20).plan;
    for form in Form::ALL {
        let [melanomas, nevi] =
            [Label::Melanoma, Label::Nevus].map(|truth| plan.count(0, form, truth));
        assert_eq!(melanomas, nevi, "{form:?}");
    }
    assert_eq!(plan.practice.len(), 2);
    for case in &plan.practice {
        assert!(plan.cases.iter().all(|other| other.lesion != case.lesion));
    }
    assert!(plan.cautions().is_empty(), "{:?}", plan.cautions());
    // Tables number the lesions of the reading without gaps.
    let practised = plan.lesions.iter().map(|one| one.turn == Turn::Practice);
    let practised: Vec<bool> = practised.collect();
    assert!(practised.is_sorted(), "{practised:?}");
    let shown: std::collections::BTreeSet<u32> =
        plan.cases.iter().map(|case| case.lesion).collect();
    assert!(shown.into_iter().eq(0..plan.lesions.len() as u32 - 2));
}

#[test]
fn what_cannot_be_planned_is_said_with_the_remedy() {
    let says = |settings: Settings, findings, photographs, words: &str| {
        let error = try_made(&settings, findings, photographs)
            .unwrap_err()
            .to_string();
        assert!(error.contains(words), "{error}");
    };
    says(small(), 9, 0, "there are findings of 9");
    says(
        Settings {
            adversarial_share: 0.25,
            ..small()
        },
        6,
        2,
        "--data",
    );
    says(
        Settings { gap: 12, ..small() },
        20,
        0,
        "at most 9 can (--gap 9)",
    );
    says(
        Settings {
            practice: 5,
            ..small()
        },
        12,
        0,
        "2 are left",
    );
    let alone = Settings {
        readers: 3,
        both_forms: false,
        practice: 0,
        ..small()
    };
    let cautions = made(&alone, 20, 0).plan.cautions().join("; ");
    assert!(
        cautions.contains("odd number") && cautions.contains("no paired"),
        "{cautions}"
    );
}

/// In a German window every parameter has a German name, and values that are words are German; in English they are those of the tables.
#[test]
fn a_german_protocol_has_german_parameters() {
    let plan = made(&small(), 16, 4).plan;
    let english = plan.parameters().unwrap();
    assert_eq!(plan.parameters_in_words().unwrap(), english);
    let german = within(Language::German, || plan.parameters_in_words()).unwrap();
    assert_eq!(german.len(), english.len());
    for ((name, value), (said, told)) in english.iter().zip(&german) {
        assert!(!said.contains('_') && name != said, "{name}: {said}");
        assert!(
            !["yes", "no", "none", "squash"].contains(&told.as_str()),
            "{name}: {told}"
        );
        if value.bytes().all(|byte| byte.is_ascii_digit()) {
            assert_eq!(value, told, "{name}");
        }
    }
    let text = within(Language::German, || plan.protocol()).unwrap();
    let text = within(Language::German, || text.to_string());
    for words in ["Anteil veränderter Fälle", "keine Gegenmaßnahme"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn black_corners_that_only_the_altered_form_has_are_told() {
    let mut plan = made(&small(), 16, 4).plan;
    let is_told = |plan: &Plan| {
        plan.cautions()
            .iter()
            .any(|told| told.starts_with("1 altered"))
    };
    assert!(!is_told(&plan));
    let mut altered = plan
        .lesions
        .iter_mut()
        .filter_map(|lesion| lesion.altered.as_mut());
    altered.next().unwrap().perturbation.rotate = 30.0;
    assert!(is_told(&plan));
}

#[test]
fn the_protocol_says_every_parameter_and_hash() {
    let settings = Settings {
        time_limit: Some(17),
        confidence: true,
        biopsy: true,
        side: 747,
        seed: 4711,
        readers: 6,
        ..small()
    };
    let plan = made(&settings, 16, 4).plan;
    let text = plan.protocol().unwrap().to_string();
    for (name, value) in plan.parameters().unwrap() {
        assert!(text.contains(&format!("  {name:<26}{value}\n")), "{name}");
    }
    // It lists every field of the settings.
    let json = serde_json::to_value(&settings).unwrap();
    for field in json.as_object().unwrap().keys() {
        let named = plan.parameters().unwrap();
        assert!(
            named
                .iter()
                .any(|(name, _)| name.starts_with(field.as_str())),
            "{field}"
        );
    }
    for words in [
        "20 dermoscopic pictures",
        "at least 5 other cases",
        "747 points",
        "at most 17 seconds",
        "confidence from 1",
        "would biopsy",
        "6 readers are planned",
        "seed 4711",
        &plan.network.sha256,
        &plan.sha256().unwrap(),
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn a_file_that_is_no_finding_is_told_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.json");
    std::fs::write(&path, "{}").unwrap();
    let labels = Labels::new(None, Some(Label::Melanoma));
    let error = findings(std::slice::from_ref(&path), &labels).unwrap_err();
    assert!(
        error.to_string().contains("a.json: it holds no finding"),
        "{error}"
    );
    let error = findings(&[folder.path().to_owned()], &labels)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("1 cannot be used, the first: ") && error.contains("flipscope attack"),
        "{error}"
    );
    std::fs::write(&path, b"\xff\xd8\xff\xe0").unwrap();
    let error = findings(std::slice::from_ref(&path), &labels).unwrap_err();
    assert!(
        error.to_string().contains("holds no finding")
            && error.to_string().contains(": name the .json"),
        "{error}"
    );
    let missing = PathBuf::from("nowhere.json");
    let error = findings(&[missing], &labels).unwrap_err().to_string();
    assert!(
        error.starts_with("nowhere.json: there is no such file: check its name"),
        "{error}"
    );
    let empty = tempfile::tempdir().unwrap();
    let error = findings(&[empty.path().to_owned()], &labels).unwrap_err();
    let (said, name) = (error.to_string(), empty.path().display());
    assert!(
        said.starts_with(&format!("{name}: there is no finding in it"))
            && said.contains("`flipscope attack`"),
        "{said}"
    );
}
