//! The command that is copied gives what is seen, or none is copied and it is said why.

use std::path::Path;
use std::process::Command as Process;
use std::sync::Arc;

use egui::OutputCommand;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::history::Gesture;
use flipscope::explorer::message::Severity;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{self, Noise, Perturbation, PixelEdit};

use super::support::{Window, chart, only, window_without_model, write_chart};

/// What is copied, if anything is.
fn copied(window: &mut Window) -> Option<String> {
    window.state_mut().command(Command::CopyCommandLine);
    let mut found = None;
    for _ in 0..3 {
        window.step();
        let commands = &window.output().platform_output.commands;
        found = found.or_else(|| {
            commands.iter().find_map(|command| match command {
                OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            })
        });
    }
    found
}

/// SHA-256 of the altered frame that a copied command makes.
fn made_by(line: &str, folder: &Path) -> String {
    let mut words = line.split(' ');
    assert_eq!(words.next(), Some("flipscope"));
    // The window's model is none that can be read; no path of the test has a blank.
    let words: Vec<&str> = words.collect();
    let at = words.iter().position(|word| *word == "--model");
    let words = words
        .iter()
        .enumerate()
        .filter(|(place, _)| at.is_none_or(|at| *place != at && *place != at + 1));
    let output = Process::new(env!("CARGO_BIN_EXE_flipscope"))
        .args(words.map(|(_, word)| word))
        .arg("--json")
        .current_dir(folder)
        .output()
        .expect("the program");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}: {said}");
    assert!(!said.contains("is not the one"), "{said}");
    let made: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    made["altered_sha256"].as_str().expect("a hash").to_owned()
}

#[test]
fn a_copied_command_makes_the_frame_that_is_seen_or_none_is_copied() {
    let folder = tempfile::tempdir().expect("a folder");
    let photograph = write_chart(folder.path(), "chart.png");
    let Some(mut window) = window_without_model(vec![photograph]) else {
        return;
    };
    let noise = Noise {
        field: (0..Frame::BYTES).map(|at| [2, -2][at % 2]).collect(),
    };
    let pixel = PixelEdit {
        x: 3,
        y: 4,
        rgb: [1, 2, 3],
    };
    let turned = only(Control::Rotation, 33.3);
    let of_flags = Perturbation {
        gain: [0.994_223_1, 1.0, 1.1],
        offset: [0.0, -10.25, 0.0],
        kelvin: 5_400.5,
        tint: -0.004,
        ..turned.clone()
    };
    let line = |window: &mut Window, perturbation: &Perturbation| {
        let altered = Arc::new(perturbation.clone());
        window.ask(Command::Alter(Gesture::Click, altered));
        window.ask(Command::DismissAll);
        copied(window)
    };
    let seen = |perturbation: &Perturbation| perturb::render(&chart(), perturbation).sha256();
    let text = line(&mut window, &of_flags).expect("flags say it");
    assert_eq!(made_by(&text, folder.path()), seen(&of_flags));
    let hidden = [
        Perturbation {
            noise: Some(noise),
            ..turned.clone()
        },
        Perturbation {
            pixels: vec![pixel],
            ..turned
        },
    ];
    for (at, perturbation) in hidden.iter().enumerate() {
        assert_eq!(line(&mut window, perturbation), None);
        let said = window.seen().messages.last().expect("a message").clone();
        assert_eq!(said.severity, Severity::Warning);
        assert!(said.text.starts_with("Nothing was copied"), "{said:?}");
        assert!(said.text.contains("--perturbation FILE.json"), "{said:?}");

        // Saved with what altered it, the command names that file.
        let png = folder.path().join(format!("chart.{at}.png"));
        window.ask(Command::SaveAltered(png));
        let json = format!("chart.{at}.json");
        window.until("the file", |state| {
            (state.messages.iter()).any(|message| message.text.ends_with(&format!("{json}.")))
        });
        let text = copied(&mut window).expect("a file says it");
        assert!(text.contains(&json), "{text}");
        assert_eq!(made_by(&text, folder.path()), seen(perturbation));
    }
    // Of another alteration, no file is known.
    let other = Perturbation {
        rotate: 1.0,
        ..hidden[1].clone()
    };
    assert_eq!(line(&mut window, &other), None);
}
