//! The libraries' messages, in the words of the window. Their English messages name a command-line flag; the window has no
//! flags, so the message says where the same thing is set in the window. The German ones are only ever read in the window,
//! and name its controls themselves.

use flipscope_base::untrusted::printable_lines;

/// The text for the command line, and its replacement in the window. Longer texts come before those that they contain.
const WORDS: &[(&str, &str)] = &[
    // Searching.
    ("(`flipscope prove`)", "(Prove it steady…)"),
    // Making a reader study.
    ("(`flipscope attack`)", "(Search, on the page Explore)"),
    (
        "`flipscope attack` makes them",
        "a search on the page Explore makes them, and Export… writes them",
    ),
    ("(--cases)", "(Per reader … cases)"),
    ("(--adversarial-share)", "(Per reader … altered)"),
    ("(--practice)", "(Practice)"),
    ("(--data)", "(Labels… or Classes…)"),
    (
        "state the truth for all findings that are in no set (--truth)",
        "state the truth for all findings that are in no set (If unlabelled: Melanomas or Nevi)",
    ),
    ("(--truth)", "(If unlabelled)"),
    ("(--both-forms false)", "(Both forms: off)"),
    ("(--gap ", "(cases apart: "),
    ("(--confidence)", "(How sure)"),
    ("(--classroom)", "(A class answers)"),
    ("with --classroom", "where a class answers by show of hands"),
    ("(--raw-values)", "(Model > Raw values)"),
    ("(--field-of-view)", "(Circular field of view)"),
    ("(--fill)", "(Uncovered area)"),
    (
        "name its file with --model, or open it in the window",
        "open it with Model > Open model…",
    ),
    // Studies.
    ("(--part)", "(Location and splits: Results on)"),
    ("(--images)", "(Location and splits: Pictures in)"),
    (
        "resume it with `flipscope study run`",
        "open it with Open a study…, and resume it",
    ),
    (
        "name its file with --model",
        "open it with Model > Open model…",
    ),
    (
        "Run what is missing (`flipscope study run`)",
        "Start the study to do what is missing",
    ),
    (
        "use the results so far with --partial",
        "write the tables of the results so far",
    ),
    (
        "or make one with `flipscope study new`",
        "or make one on the page Study",
    ),
    (
        "or make one with `flipscope reader new`",
        "or make one on the page Readers",
    ),
    (
        "run the study once more with --root FOLDER",
        "choose Where are the photographs?… on the page Study",
    ),
    // Checkpoints.
    (
        "name a checkpoint with --model FILE",
        "open a checkpoint with Model > Open model…",
    ),
    (
        "name them with --classes or in a sidecar",
        "name them in a sidecar",
    ),
    (
        "name them with --classes",
        "name them in a sidecar, a JSON file beside it",
    ),
    (
        "correct it or give --threshold",
        "correct it in the file or its sidecar",
    ),
    (
        "--positive-class is for a checkpoint of one output, and this one has",
        "\"positive_class\" in a sidecar is for a checkpoint of one output, and this one has",
    ),
    (
        "leave it out, or name the classes with --classes",
        "leave it out, or name the classes in the sidecar",
    ),
    (
        "or name the classes with --classes",
        "or name the classes in a sidecar, a JSON file beside it",
    ),
    (
        "in the order of the rows, with --classes or as",
        "in the order of the rows, as",
    ),
    (
        "say it with --positive-class melanoma (or nevus), or as",
        "say it as",
    ),
    (
        " which mean melanoma with --melanoma-classes or in a sidecar",
        " which mean melanoma in a sidecar, a JSON file beside it (melanoma_classes)",
    ),
    (
        "name another file, or replace it with --force",
        "name another file",
    ),
    (
        "with `flipscope reader merge FILE --partial --out NEW`",
        "on the command line (flipscope reader merge, its option partial)",
    ),
    (
        "name its checkpoint with --model",
        "open its checkpoint with Model > Open model…",
    ),
    (
        "does them again (`flipscope study run`)",
        "does them again (Start)",
    ),
    (
        "Look at its checkpoint by `flipscope model info`",
        "Look at its checkpoint with Model",
    ),
    (
        "(`flipscope study merge FILE --partial --out NEW`)",
        "(on the command line: flipscope study merge, its option partial)",
    ),
    // Devices.
    (
        "(`cargo build --release --features cudnn` in the source, whose docs/cuda.md says more) ",
        "(docs/cuda.md of the source says how to build it) ",
    ),
    (
        "`cargo build --release --features metal` has (untested)",
        "a build with the feature metal has (untested)",
    ),
    (
        "build with --features cudnn",
        "the build with cuDNN is needed (docs/cuda.md of the source)",
    ),
    (
        "(in the menu Model, or with --device cpu)",
        "(Model > Device: the processor)",
    ),
    ("use --device cpu", "choose Model > Device: the processor"),
    (
        "--device cpu works without",
        "Model > Device: the processor works without",
    ),
    ("or --device cpu", "or Model > Device: the processor"),
    // Files that a sample does not have.
    (
        "`flipscope synth` writes them as PNG first",
        "File > Save altered picture… writes one as PNG",
    ),
];

/// A message in the window's words. It may contain names and text from untrusted files: their control characters are escaped.
pub(super) fn in_window(message: &str) -> String {
    let mut reworded = printable_lines(message).into_owned();
    for (flag, control) in WORDS {
        if reworded.contains(flag) {
            reworded = reworded.replace(flag, control);
        }
    }
    reworded
}

/// The same as a sentence of its own: the libraries' messages begin in lower case, for they follow a colon.
pub(super) fn sentence(message: &str) -> String {
    let message = in_window(message);
    let end = if message.ends_with(['.', '?', '!']) {
        ""
    } else {
        "."
    };
    let mut letters = message.chars();
    match letters.next() {
        Some(first) => format!("{}{}{end}", first.to_uppercase(), letters.as_str()),
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    #[test]
    fn the_window_names_its_own_controls() {
        let message = "search for more (`flipscope attack`), or ask for fewer cases (--cases) or fewer that are altered \
                       (--adversarial-share)";
        assert_eq!(
            in_window(message),
            "search for more (Search, on the page Explore), or ask for fewer cases (Per reader … cases) or fewer that are altered \
             (Per reader … altered)"
        );
        assert_eq!(
            in_window("at most 9 can (--gap 9), or show each lesion once (--both-forms false)"),
            "at most 9 can (cases apart: 9), or show each lesion once (Both forms: off)"
        );
        assert_eq!(in_window("half.png: truncated"), "half.png: truncated");
        // The command is filled in where the file is looked for.
        assert_eq!(
            in_window("check its name and folder, or make one with `flipscope study new`"),
            "check its name and folder, or make one on the page Study"
        );
    }

    /// No message of a library that the window can show may still contain a flag or a command. A message that names a new one
    /// needs a line above.
    #[test]
    fn no_message_that_can_reach_the_window_names_a_flag() {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates");
        let mut files = Vec::new();
        for library in ["base", "image", "model", "lab"] {
            collect(&crates.join(library).join("src"), "rs", &mut files);
            collect(&crates.join(library).join("locales/en"), "ftl", &mut files);
        }
        let (mut mentioned, mut left) = (0, Vec::new());
        for file in files {
            let name = file.strip_prefix(&crates).unwrap().display().to_string();
            // Training is not done in the window; tests show messages to nobody.
            if name.contains("train") || name.contains("tests") {
                continue;
            }
            let text = fs::read_to_string(&file).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            // Strings that continue on the next line are joined; comments are skipped.
            let text: String = text
                .lines()
                .map(str::trim_start)
                .filter(|line| !line.starts_with("//"))
                .map(|line| match line.strip_suffix('\\') {
                    Some(line) => line.to_owned(),
                    None => format!("{line}\n"),
                })
                .collect();
            for line in text.lines() {
                let names = |text: &str| {
                    let flag = |(at, _): (usize, &str)| {
                        text[at + 2..].starts_with(|c: char| c.is_ascii_lowercase())
                    };
                    text.contains("`flipscope ")
                        || text.match_indices("--").any(flag)
                        || name.ends_with("ftl") && names_command(text)
                };
                let is_text = name.ends_with("ftl") || line.contains('"') || line.contains("--");
                if !names(line) || !is_text {
                    continue;
                }
                // A provenance that is written to a file, and never shown as a remedy.
                if line.contains("\"--truth\".to_owned()") {
                    continue;
                }
                mentioned += 1;
                let reworded = in_window(line);
                if names(&reworded) {
                    left.push(format!("{name}: {reworded}"));
                }
            }
        }
        assert!(left.is_empty(), "{}", left.join("\n"));
        assert!(mentioned > 15, "{mentioned} messages were looked at");
    }

    /// Whether a text names a command, and not as one of the command line.
    fn names_command(text: &str) -> bool {
        let commands = [
            "attack", "bench", "classify", "explain", "model", "prove", "reader", "replay",
            "sheet", "study", "synth", "train",
        ];
        let mut named = commands.iter();
        let named = named.any(|command| text.contains(&format!("flipscope {command}")));
        named && !text.contains("the command line") && !text.contains("der Befehlszeile")
    }

    #[test]
    fn an_exhaustive_search_names_the_proof_of_the_window() {
        use flipscope_lab::search::{Attack, AttackKind, Preset, Strategy};
        use flipscope_language::{Language, text, within};
        let attack = Attack::preset(AttackKind::Colour, Preset::Default);
        for (language, control) in [
            (Language::English, "Prove it steady…"),
            (Language::German, "Stabilität beweisen…"),
        ] {
            within(language, || {
                let error = attack.check_strategy(Strategy::Exhaustive).unwrap_err();
                let said = in_window(&error.to_string());
                assert!(
                    said.contains(control) && !said.contains("flipscope"),
                    "{said}"
                );
                assert_eq!(text!("proof-open"), control);
            });
        }
    }

    #[test]
    fn no_german_message_of_a_library_names_a_command_outside_the_command_line() {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates");
        let mut files = Vec::new();
        for library in ["base", "image", "model", "lab"] {
            collect(&crates.join(library).join("locales/de"), "ftl", &mut files);
        }
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            let named: Vec<&str> = text.lines().filter(|line| names_command(line)).collect();
            assert!(named.is_empty(), "{}: {named:?}", file.display());
        }
    }

    fn collect(folder: &Path, wanted: &str, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, wanted, files);
            } else if path.extension().is_some_and(|ending| ending == wanted) {
                files.push(path);
            }
        }
    }
}
