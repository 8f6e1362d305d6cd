//! The command line, run as a person or a script would: what it prints, where, and how it ends.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use flipscope_image::lesion::{ColorHandling, Frame, Framing};
use flipscope_image::perturb::{self, Perturbation};
use serde_json::Value;

fn flipscope(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flipscope"))
        .args(arguments)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json_lines(output: &Output) -> Vec<Value> {
    stdout(output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Three small synthetic lesions in a folder.
fn lesions(folder: &Path) -> Vec<PathBuf> {
    let out = folder.to_str().unwrap();
    let output = flipscope(&[
        "synth", "--out", out, "--count", "3", "--seed", "5", "--size", "160x120",
    ]);
    assert!(output.status.success(), "{}", stderr(&output));
    let files: Vec<_> = stdout(&output).lines().map(PathBuf::from).collect();
    assert_eq!(files.len(), 3);
    files
}

#[test]
fn classify_prints_one_line_a_photograph_and_json_says_all() {
    let folder = tempfile::tempdir().unwrap();
    let files = lesions(folder.path());
    let path = folder.path().to_str().unwrap();

    let plain = flipscope(&["classify", path]);
    assert_eq!(plain.status.code(), Some(0), "{}", stderr(&plain));
    assert_eq!(stdout(&plain).lines().count(), 3);
    assert_eq!(stderr(&plain), "", "nothing to report");

    let json = flipscope(&[
        "classify", path, "--json", "--offset", "0,-10,0", "--rotate", "-45", "--shift", "-3,4.5",
    ]);
    assert_eq!(json.status.code(), Some(0), "{}", stderr(&json));
    let lines = json_lines(&json);
    assert_eq!(lines.len(), 3);
    for (line, file) in lines.iter().zip(&files) {
        assert_eq!(line["file"], file.to_str().unwrap());
        assert_eq!(line["framing"], "squash");
        assert_eq!(line["perturbation"]["offset"][1], -10.0);
        assert_eq!(line["perturbation"]["rotate"], -45.0);
        assert_eq!(line["perturbation"]["shift"][1], 4.5);
        let p = line["p_melanoma"].as_f64().unwrap();
        assert_eq!(line["verdict"], if p >= 0.5 { "melanoma" } else { "nevus" });
        assert_eq!(line["label"], line["verdict"], "its earlier name");
        let sum: f64 = line["probabilities"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| p.as_f64().unwrap())
            .sum();
        assert!((sum - 1.0).abs() < 1e-5);
        assert_eq!(line["model_sha256"].as_str().unwrap().len(), 64);
        assert!(line["device"].as_str().unwrap().starts_with("CPU"));
        assert_ne!(line["frame_sha256"], line["altered_sha256"]);
    }
}

#[test]
fn what_the_system_says_is_in_plain_words() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    for (line, words) in [
        ("classify @/nosuch.jpg", "no such file"),
        ("classify @/file/a.jpg", "cannot be read"),
        ("model info @/nosuch.pth", "no such file"),
        ("replay @/nosuch.json", "no such file"),
        ("sheet @/nosuch.json --out @/a.pdf", "no such file"),
        ("study status @/nosuch.study", "no such file"),
        ("study new @/a.study --data @/nosuch.csv", "no such file"),
        ("reader status @/nosuch.readers", "no such file"),
        ("synth --out @/file/in", "cannot be created"),
    ] {
        let line = line.replace('@', place);
        let output = flipscope(&line.split(' ').collect::<Vec<_>>());
        let said = stderr(&output);
        assert_ne!(output.status.code(), Some(0), "{line}");
        assert!(
            said.contains(words) && !said.contains("os error"),
            "{line}: {said}"
        );
    }
}

/// Pictures come from files: a pipe could be waited on for ever, and a picture is looked at more than once.
#[test]
fn standard_input_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let picture = std::fs::read(lesions(folder.path()).remove(0)).unwrap();
    let piped = |name: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_flipscope"))
            .args(["classify", name])
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It may have ended by then.
        child.stdin.take().unwrap().write_all(&picture).ok();
        child.wait_with_output().unwrap()
    };
    let refused = piped("-");
    let said = stderr(&refused);
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(
        said.contains("-: there is no file of this name") && said.contains("write it to a file"),
        "{said}"
    );
    // Why the message names no device: a pipe is none of the files that are read.
    if cfg!(unix) {
        let refused = piped("/dev/stdin");
        let said = stderr(&refused);
        assert_eq!(refused.status.code(), Some(1), "{said}");
        assert!(said.contains("/dev/stdin: is a pipe"), "{said}");
    }
    // A file of that name is a file.
    std::fs::write(folder.path().join("-"), &picture).unwrap();
    let judged = piped("-");
    assert_eq!(judged.status.code(), Some(0), "{}", stderr(&judged));
}

#[test]
fn the_saved_picture_is_the_one_that_was_judged() {
    let folder = tempfile::tempdir().unwrap();
    let file = lesions(folder.path()).remove(0);
    let out = folder.path().join("altered");
    let output = flipscope(&[
        "classify",
        file.to_str().unwrap(),
        "--json",
        "--gain",
        "0.95,1.02,1",
        "--rotate",
        "33",
        "--save",
        out.to_str().unwrap(),
    ]);
    assert!(output.status.success(), "{}", stderr(&output));
    let line = &json_lines(&output)[0];
    let png = out.join(format!(
        "{}.altered.png",
        file.file_stem().unwrap().to_str().unwrap()
    ));
    let saved = Frame::from_png(&std::fs::read(&png).unwrap(), &png).unwrap();
    assert_eq!(line["altered_sha256"], saved.sha256());

    let photograph = flipscope_image::lesion::open(&file, ColorHandling::Converted).unwrap();
    let frame = Framing::Squash.apply(&photograph.raster);
    let perturbation: Perturbation = serde_json::from_value(line["perturbation"].clone()).unwrap();
    assert_eq!(perturb::apply(&frame, &perturbation).unwrap(), saved);

    // Scored alone from the PNG it gives the same verdict: the frame is a square of 299, so framing leaves it alone.
    let again = flipscope(&["classify", png.to_str().unwrap(), "--json"]);
    assert_eq!(json_lines(&again)[0]["p_melanoma"], line["p_melanoma"]);
}

#[test]
fn one_unreadable_file_is_named_and_the_rest_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let files = lesions(folder.path());
    let broken = folder.path().join("broken.png");
    std::fs::write(&broken, b"\x89PNG\r\n\x1a\nnothing more").unwrap();
    let missing = folder.path().join("missing.jpg");
    let output = flipscope(&[
        "classify",
        broken.to_str().unwrap(),
        missing.to_str().unwrap(),
        files[0].to_str().unwrap(),
        "--json",
    ]);
    assert_eq!(output.status.code(), Some(1));
    let lines = json_lines(&output);
    let judged: Vec<_> = lines
        .iter()
        .filter(|line| line["error"].is_null())
        .collect();
    assert_eq!((lines.len(), judged.len()), (3, 1), "{lines:?}");
    assert_eq!(judged[0]["file"], files[0].to_str().unwrap());
    for path in [&broken, &missing] {
        let path = path.to_str().unwrap();
        let line = lines.iter().find(|line| line["file"] == path).unwrap();
        let error = line["error"].as_str().unwrap();
        assert!(error.starts_with(path), "{error}");
        assert!(line["p_melanoma"].is_null(), "{line}");
    }
    let report = stderr(&output);
    assert!(
        report.contains("broken.png") && report.contains("missing.jpg"),
        "{report}"
    );
    assert_eq!(
        report.matches("there is no such file").count(),
        1,
        "each cause is said once: {report}"
    );
}

#[test]
fn usage_errors_end_with_2_and_name_the_flag() {
    for (arguments, expected) in [
        (&["classify"][..], "PHOTOGRAPH"),
        (&["classify", "a.png", "--gain", "1,2"], "--gain"),
        (&["classify", "a.png", "--offset", "red"], "--offset"),
        (&["classify", "a.png", "--threshold", "1.5"], "--threshold"),
        (&["classify", "a.png", "--framing", "stretch"], "crop"),
        (&["classify", "a.png", "--device", "gpu"], "cuda"),
        (&["classify", "a.png", "--sampling", "cubic"], "nearest"),
        (&["classify", "a.png", "--no-such-flag"], "--no-such-flag"),
        (&["classify", "a.png", "--gain", "-1,1,1"], "gain"),
        (&["classify", "a.png", "--shift", "1e9,0"], "shift"),
        (&["prove", "offset", "a.png", "--radius", "0.5"], "1 to 255"),
        (
            &["prove", "rotation", "a.png", "--radius", "6"],
            "at most 5",
        ),
        (&["synth", "--out", "x", "--malignancy", "2"], "0 to 1"),
        (&["synth", "--out", "x", "--size", "9x9"], "16 to 8192"),
        (
            &["attack", "pixels", "a.png", "--out", "x", "--count", "0"],
            "pixels",
        ),
        (
            &["attack", "colour", "a.png", "--out", "x", "--kelvin", "1,2"],
            "--balance lamp",
        ),
        (
            &["explain", "summary", "a.png", "--out", "x.gif"],
            ".png, .svg or .pdf",
        ),
        (
            &["study", "new", "x", "--data", "y", "--sensitivity", "1.5"],
            "from 0 to 1",
        ),
        (
            &["reader", "new", "x", "y", "--adversarial-share", "2"],
            "share of altered",
        ),
        (&["reader", "new", "x", "y", "--cases", "1"], "choose 2 to"),
        (
            &["classify", "a.png", "--kelvin", "abc"],
            "a number of kelvin, such as 5400",
        ),
        (
            &["attack", "pose", "a.png", "--out", "x", "--budget", "0"],
            "at least 1",
        ),
        (
            &[
                "explain", "summary", "a.png", "--out", "x.png", "--budget", "0",
            ],
            "at least 1",
        ),
    ] {
        let output = flipscope(arguments);
        let status = output.status.code();
        assert_eq!(status, Some(2), "{arguments:?}: {}", stderr(&output));
        assert!(
            stderr(&output).contains(expected),
            "{arguments:?}: {}",
            stderr(&output)
        );
        assert_eq!(stdout(&output), "");
    }
}

#[test]
fn a_model_that_cannot_be_used_ends_with_1_before_anything_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let file = lesions(folder.path()).remove(0);
    let file = file.to_str().unwrap();
    let model = folder.path().join("bad.safetensors");
    std::fs::write(&model, b"not a checkpoint").unwrap();
    for (arguments, expected) in [
        (
            &["classify", file, "--model", model.to_str().unwrap()][..],
            "bad.safetensors",
        ),
        (&["classify", file, "--model", "nowhere.pth"], "nowhere.pth"),
        (&["classify", file, "--device", "cuda"], "CPU build"),
    ] {
        // A build with CUDA may well have the device.
        if arguments.contains(&"cuda") && cfg!(feature = "cuda") {
            continue;
        }
        let output = flipscope(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(
            stderr(&output).contains(expected),
            "{arguments:?}: {}",
            stderr(&output)
        );
        assert_eq!(stdout(&output), "");
    }
}

#[test]
fn without_a_display_the_window_says_what_to_do_instead() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let output = flipscope(&[folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let report = stderr(&output);
    assert!(
        report.contains("DISPLAY") && report.contains("flipscope classify"),
        "{report}"
    );
}

#[test]
fn a_mistyped_command_or_a_missing_file_opens_no_window() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().to_str().unwrap();
    for (arguments, expected) in [
        (
            &["clasify", "x"][..],
            "there is no file or command `clasify`: did you mean classify?",
        ),
        (
            &["clasify", there, "--json", "--rotate", "5"],
            "there is no file or command `clasify`: did you mean classify?",
        ),
        (
            &["nope.jpg"],
            "there is no file or command `nope.jpg`: `flipscope --help`",
        ),
        (
            &["--model", "demo", "nope.jpg"],
            "there is no file or command `nope.jpg`",
        ),
        (
            &[there, "nope.jpg"],
            "there is no file or folder `nope.jpg`",
        ),
    ] {
        let output = flipscope(arguments);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(
            said.contains(expected) && !said.contains("DISPLAY"),
            "{arguments:?}: {said}"
        );
        assert_eq!(stdout(&output), "");
    }
}

#[test]
fn what_cannot_be_done_is_said_with_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let [empty, table, lines] = ["empty", "labels.csv", "c.jsonl"].map(at);
    std::fs::create_dir(&empty).unwrap();
    std::fs::write(&table, "image,label\n").unwrap();
    std::fs::write(&lines, "{}\n{}\n").unwrap();
    let (none, sheet, beneath) = (at("nope.json"), at("sheet.pdf"), format!("{table}/out"));
    let [jpeg, blank, study] = ["mole.jpg", "blank.csv", "new.study"].map(at);
    std::fs::write(&jpeg, b"\xff\xd8\xff\xe0\0\x10JFIF\0").unwrap();
    std::fs::write(&blank, "").unwrap();
    let altered = |file| ["classify", &jpeg, "--perturbation", file];
    let labelled = |file| ["study", "new", &study, "--data", file];
    let readers = |file| ["reader", "new", &study, file, "--truth", "melanoma"];
    let finding = "give a .json that `flipscope attack --out` or the window wrote";
    for (arguments, expected) in [
        (&["replay", &none][..], "check its name"),
        (&["replay", &table], finding),
        (&["replay", &lines], finding),
        (&["replay", &empty], "there is no finding to replay"),
        (&["sheet", &none, "--out", &sheet], "check its name"),
        (&["sheet", &table, "--out", &sheet], finding),
        (&["sheet", &empty, "--out", &sheet], "no finding to draw"),
        (&["classify", &empty], "name another folder"),
        (&["synth", "--out", &beneath], "name another folder"),
        (&altered(&none), "check its name"),
        (&altered(&jpeg), finding),
        (&altered(&table), "holds no perturbation"),
        (&altered(&table), "give the .json that the window saved"),
        (&labelled(&jpeg), "is a picture, not a table"),
        (&labelled(&blank), "is empty"),
        (&readers(&empty), "no finding in it: name a folder"),
        (&readers(&none), "check its name"),
        (&["study", "run", &empty], "name the study's file itself"),
        (
            &["study", "run", &table],
            "or make one with `flipscope study new`",
        ),
    ] {
        let output = flipscope(arguments);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(
            said.contains(expected) && said.contains(folder.path().to_str().unwrap()),
            "{arguments:?}: {said}"
        );
        assert_eq!(stdout(&output), "");
    }
    let json = flipscope(&["replay", &none, "--json"]);
    let line = &json_lines(&json)[0];
    assert_eq!(
        (&line["file"], &line["finding"]),
        (&Value::from(none.as_str()), &line["file"])
    );
    assert!(
        line["error"].as_str().unwrap().contains("check its name"),
        "{line}"
    );
    assert!(line["holds"].is_null(), "{line}");
}

#[test]
fn of_nothing_attacked_there_is_no_summary_and_a_gif_is_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("old.gif"), b"").unwrap();
    let (photographs, out) = (folder.path(), folder.path().join("out"));
    let [photographs, out] = [photographs, &out].map(|path| path.to_str().unwrap());
    let output = flipscope(&["attack", "pose", photographs, "--out", out]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), "");
    let said = stderr(&output);
    assert!(
        said.contains("1 GIF file was left out (old.gif)") && !said.contains("seconds"),
        "{said}"
    );
}

#[test]
fn the_help_of_a_command_says_what_it_writes_and_how_it_ends() {
    for (command, words) in [
        (&["classify"][..], "the exit status is then 1"),
        (&["attack"], "NAME.ATTACK.json"),
        (&["prove"], "NAME.BOX.proof.json"),
        (&["replay"], "embedded models are found by their hash"),
        (&["sheet"], "a PDF has several pages"),
        (&["study"], "A study is one file"),
        (&["study", "run"], "the same command resumes from there"),
        (&["reader", "new"], "never from the network"),
        (&["train"], "best.safetensors"),
        (&["bench"], "forward_ms"),
        (
            &["attack", "colour"],
            "forward-equivalents what a search cost",
        ),
        (&["attack"], "pixels moved of a pose"),
        (&["study", "export"], "mBCE mean balanced corruption error"),
        (&["study", "report"], "balanced error 1 minus"),
        (&["study", "run"], "of this run `units` and `frames`"),
        (&["study", "status"], "A unit is one photograph"),
        (&["explain", "summary"], "ΔE2000 how different"),
        (&["explain", "occlusion"], "of_the_frame the class's score"),
    ] {
        let help = |flag: &str| {
            let shown = stdout(&flipscope(&[command, &[flag]].concat()));
            shown.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let long = help("--help");
        assert!(long.contains(words), "{command:?}: {words}");
        assert!(
            !long.contains("docs/"),
            "{command:?}: nobody has the source"
        );
        assert!(!help("-h").contains(words), "{command:?}: a summary");
    }
}

#[test]
fn a_study_of_a_part_without_lesions_says_which_part_has_them() {
    let folder = tempfile::tempdir().unwrap();
    let files = lesions(folder.path());
    let name = |at: usize| files[at].file_name().unwrap().to_str().unwrap();
    let table = folder.path().join("table.csv");
    let rows = format!(
        "file,label,split\n{},melanoma,val\n{},nevus,val\n{},nevus,val\n",
        name(0),
        name(1),
        name(2)
    );
    std::fs::write(&table, rows).unwrap();
    let study = folder.path().join("a.study");
    let [table, study] = [&table, &study].map(|path| path.to_str().unwrap());
    let new = |more: &[&str]| {
        let begin = ["study", "new", study, "--data", table, "--perturb", "none"];
        flipscope(&[&begin, more].concat())
    };
    let refused = new(&[]);
    let said = stderr(&refused);
    assert_eq!(refused.status.code(), Some(1), "{said}");
    for words in [
        "the part test of the photographs has no melanoma",
        "train: melanomas 0, nevi 0; validation: melanomas 1, nevi 2",
        "(--part)",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let made = new(&["--part", "validation", "--tuning", "train"]);
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    lesions(folder.path());
    let mut child = Command::new(env!("CARGO_BIN_EXE_flipscope"))
        .args(["classify", folder.path().to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");

    // A command that writes files has not written them all.
    let out = folder.path().join("found");
    let arguments = ["attack", "colour", "--budget", "2", "--json", "--out"];
    let mut child = Command::new(env!("CARGO_BIN_EXE_flipscope"))
        .args(arguments)
        .args([out.as_path(), folder.path()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
}

#[test]
fn the_same_seed_draws_the_same_lesion_and_its_recipe_stands_beside_it() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (one, other) in lesions(first.path()).iter().zip(lesions(second.path())) {
        assert_eq!(std::fs::read(one).unwrap(), std::fs::read(other).unwrap());
        let recipe: Value =
            serde_json::from_slice(&std::fs::read(one.with_extension("json")).unwrap()).unwrap();
        assert!(recipe["seed"].is_u64());
    }
}

#[test]
fn model_info_prints_the_demo_model_and_a_conversion_keeps_its_verdicts() {
    let info = flipscope(&["model", "info", "--json"]);
    assert!(info.status.success(), "{}", stderr(&info));
    let info = &json_lines(&info)[0];
    assert_eq!(info["architecture"], "inception-v3");
    assert_eq!(info["classes"].as_array().unwrap().len(), 2);

    let folder = tempfile::tempdir().unwrap();
    let file = lesions(folder.path()).remove(0);
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo-model.safetensors");
    let converted = folder.path().join("demo.f32.safetensors");
    let output = flipscope(&[
        "model",
        "convert",
        demo,
        converted.to_str().unwrap(),
        "--format",
        "f32",
    ]);
    assert!(output.status.success(), "{}", stderr(&output));
    let of = |model: &[&str]| {
        let arguments = [&["classify", file.to_str().unwrap(), "--json"], model].concat();
        json_lines(&flipscope(&arguments))[0]["p_melanoma"]
            .as_f64()
            .unwrap()
    };
    let (embedded, as_f32) = (of(&[]), of(&["--model", converted.to_str().unwrap()]));
    assert!((embedded - as_f32).abs() < 1e-5, "{embedded} {as_f32}");
}

/// Twelve photographs of 96 megapixels are 3.5 GB of pixels. Those that are being decoded at a time share 1 GB.
#[cfg(target_os = "linux")]
#[test]
fn many_large_photographs_do_not_fill_the_memory_together() {
    const COUNT: usize = 12;
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join("00.png");
    image::RgbImage::from_pixel(12_000, 8_000, image::Rgb([150, 110, 90]))
        .save(&first)
        .unwrap();
    for n in 1..COUNT {
        std::fs::hard_link(&first, folder.path().join(format!("{n:02}.png"))).unwrap();
    }
    let arguments = ["classify", "--json", folder.path().to_str().unwrap()];
    let mut running = Command::new(env!("CARGO_BIN_EXE_flipscope"))
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", running.id());
    let mut peak = 0;
    // The highest mark so far, in kB; of a process that has ended there is none.
    while running.try_wait().unwrap().is_none() {
        let status = std::fs::read_to_string(&status).unwrap_or_default();
        let mark = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let mark = mark.and_then(|mark| mark.trim().strip_suffix(" kB"));
        peak = peak.max(mark.map_or(0, |kb| kb.parse::<u64>().unwrap()));
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let output = running.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(json_lines(&output).len(), COUNT);
    println!("peak memory {} MB", peak / 1000);
    assert!((300_000..1_900_000).contains(&peak), "{peak} kB");
}
