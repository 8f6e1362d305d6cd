//! The command line that reproduces the verdict on screen: what "Copy as command line" copies.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use flipscope_base::untrusted::printable;
use flipscope_image::lesion::ColorHandling;
use flipscope_image::perturb::Perturbation;
use flipscope_model::{DemoModel, ModelSource};

use crate::explorer::explore::perturbation_files::has_flags;
use crate::explorer::state::State;

/// `flipscope classify …` for one photograph and what alters it; none if flags cannot say that, and no file is known that does.
pub(crate) fn classify(
    photograph: &Path,
    perturbation: &Perturbation,
    model: Option<&ModelSource>,
    state: &State,
) -> Option<String> {
    let stored = if has_flags(perturbation) {
        None
    } else {
        Some(state.perturbation_files.of(perturbation)?)
    };
    let mut line = format!("flipscope classify {}", quoted(&guarded(photograph)));
    let named = match model {
        Some(ModelSource::File(path)) => Some(guarded(path)),
        Some(ModelSource::Embedded(demo)) if *demo != DemoModel::default() => {
            Some(PathBuf::from(demo.name()))
        }
        _ => None,
    };
    if let Some(name) = named {
        write!(line, " --model {}", quoted(&name)).ok();
    }
    if let Some(framing) = state.framing {
        write!(line, " --framing {framing}").ok();
    }
    if state.color_handling == ColorHandling::Raw {
        line.push_str(" --raw-values");
    }
    if let Some(threshold) = state.threshold {
        write!(line, " --threshold {threshold}").ok();
    }
    if !state.remedy.primary.is_none() {
        write!(line, " --remedy {}", state.remedy.primary).ok();
    }
    if let Some(file) = stored {
        // In place of all flags below.
        write!(line, " --perturbation {}", quoted(&guarded(file))).ok();
        return Some(line);
    }
    let neutral = Perturbation::default();
    let list = |values: &[f64]| {
        values
            .iter()
            .map(f64::to_string)
            .collect::<Vec<_>>()
            .join(",")
    };
    if perturbation.kelvin != neutral.kelvin {
        write!(line, " --kelvin {}", perturbation.kelvin).ok();
    }
    if perturbation.tint != neutral.tint {
        write!(line, " --tint={}", perturbation.tint).ok();
    }
    if perturbation.gain != neutral.gain {
        write!(line, " --gain {}", list(&perturbation.gain)).ok();
    }
    if perturbation.offset != neutral.offset {
        // With an equals sign, so that a leading minus is not taken for another flag.
        write!(line, " --offset={}", list(&perturbation.offset)).ok();
    }
    if perturbation.rotate != 0.0 {
        write!(line, " --rotate={}", perturbation.rotate).ok();
    }
    if perturbation.shift != neutral.shift {
        write!(line, " --shift={}", list(&perturbation.shift)).ok();
    }
    if perturbation.sampling != neutral.sampling {
        write!(line, " --sampling {}", perturbation.sampling).ok();
    }
    if perturbation.fill != neutral.fill {
        write!(line, " --fill {}", perturbation.fill).ok();
    }
    if perturbation.field_of_view {
        line.push_str(" --field-of-view");
    }
    Some(line)
}

/// A path that no program takes for a flag.
fn guarded(path: &Path) -> PathBuf {
    if path.as_os_str().as_encoded_bytes().starts_with(b"-") {
        Path::new(".").join(path)
    } else {
        path.to_owned()
    }
}

/// Quoted for a POSIX shell if necessary. Control characters, and bytes that are not UTF-8, are written as `$'\x1b'`, which
/// Bash and Zsh read: pasted unquoted, a terminal would execute them.
fn quoted(path: &Path) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:=@%".contains(c);
    match path.to_str() {
        Some(text) if !text.is_empty() && text.chars().all(plain) => text.to_owned(),
        Some(text) if printable(text) == text => {
            format!("'{}'", text.replace('\'', r"'\''"))
        }
        _ => {
            let bytes = path.as_os_str().as_encoded_bytes().iter();
            let escaped = bytes.fold(String::new(), |mut text, &byte| {
                if byte.is_ascii_graphic() && !b"'\\".contains(&byte) {
                    text.push(char::from(byte));
                } else {
                    write!(text, "\\x{byte:02x}").ok();
                }
                text
            });
            format!("$'{escaped}'")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flipscope_image::lesion::Frame;
    use flipscope_image::perturb::{Noise, PixelEdit};

    #[test]
    fn names_only_what_was_changed_and_quotes_what_a_shell_would_split() {
        let perturbation = Perturbation {
            rotate: -45.5,
            offset: [0.0, -10.0, 0.0],
            kelvin: 5400.0,
            tint: -0.004,
            ..Perturbation::default()
        };
        let line = classify(
            Path::new("a mole's.jpg"),
            &perturbation,
            None,
            &State::default(),
        );
        assert_eq!(
            line.unwrap(),
            r"flipscope classify 'a mole'\''s.jpg' --kelvin 5400 --tint=-0.004 --offset=0,-10,0 --rotate=-45.5"
        );
    }

    #[test]
    fn a_name_is_neither_a_flag_nor_carried_out_by_a_terminal() {
        let line = |name| {
            let neutral = Perturbation::default();
            classify(Path::new(name), &neutral, None, &State::default()).unwrap()
        };
        assert_eq!(line("--json.jpg"), "flipscope classify ./--json.jpg");
        assert_eq!(
            line("a\u{1b}[2J'é.jpg"),
            r"flipscope classify $'a\x1b[2J\x27\xc3\xa9.jpg'"
        );
    }

    #[test]
    fn noise_and_pixels_are_never_left_out_silently() {
        let set = PixelEdit {
            x: 1,
            y: 2,
            rgb: [3; 3],
        };
        let noise = Noise {
            field: vec![2; Frame::BYTES],
        };
        for perturbation in [
            Perturbation {
                pixels: vec![set],
                rotate: 2.0,
                ..Perturbation::default()
            },
            Perturbation {
                noise: Some(noise),
                ..Perturbation::default()
            },
        ] {
            let mut state = State::default();
            let line = |state: &State| classify(Path::new("mole.jpg"), &perturbation, None, state);
            assert_eq!(line(&state), None);
            let file = Path::new("my mole.fgsm.json");
            state.perturbation_files.note(file, &perturbation);
            assert_eq!(
                line(&state).unwrap(),
                "flipscope classify mole.jpg --perturbation 'my mole.fgsm.json'"
            );
        }
    }
}
