//! The texts of the window and its languages: every message that the code names exists in every language with the variables that
//! the code gives, none is left unused, and the window's code has no text of its own. The code is read as tokens, so that
//! a name inside another macro is found too.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests may panic"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use flipscope_language::{Catalogue, Language};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// What a message says of itself: its variables, and the messages that it refers to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Message {
    variables: BTreeSet<String>,
    refers: BTreeSet<String>,
}

impl Message {
    fn of(pattern: &Pattern<&str>) -> Self {
        let mut message = Self::default();
        message.pattern(pattern);
        message
    }

    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, attribute } => {
                let attribute = attribute.as_ref().map(|one| format!(".{}", one.name));
                self.refers
                    .insert(format!("{}{}", id.name, attribute.unwrap_or_default()));
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::FunctionReference { arguments, .. } => {
                arguments.positional.iter().for_each(|one| self.inline(one));
            }
            _ => {}
        }
    }
}

/// The crates that have texts, by folder, and their texts.
const CATALOGUES: [(&str, &Catalogue); 5] = [
    ("", &flipscope::texts::TEXTS),
    ("crates/base/", &flipscope_base::texts::TEXTS),
    ("crates/image/", &flipscope_image::texts::TEXTS),
    ("crates/lab/", &flipscope_lab::texts::TEXTS),
    ("crates/model/", &flipscope_model::texts::TEXTS),
];

/// The crate of a source file, by folder.
fn crate_of(file: &str) -> &str {
    let folders = CATALOGUES.iter().map(|(folder, _)| *folder);
    folders
        .filter(|folder| file.starts_with(folder))
        .max_by_key(|folder| folder.len())
        .unwrap_or_default()
}

/// The messages and attributes of a language by id.
fn messages(language: Language) -> BTreeMap<String, Message> {
    let mut found = BTreeMap::new();
    let sources = CATALOGUES
        .iter()
        .flat_map(|(_, texts)| texts.sources(language));
    for (file, content) in sources {
        let resource = fluent_syntax::parser::parse(*content)
            .unwrap_or_else(|(_, errors)| panic!("{}/{file}: {errors:?}", language.tag()));
        for entry in &resource.body {
            let Entry::Message(message) = entry else {
                continue;
            };
            let name = message.id.name;
            let attributes = message.attributes.iter();
            let attributes = attributes.map(|one| (format!("{name}.{}", one.id.name), &one.value));
            let value = message.value.iter().map(|value| (name.to_owned(), value));
            for (id, pattern) in value.chain(attributes) {
                let twice = found.insert(id.clone(), Message::of(pattern));
                assert!(
                    twice.is_none(),
                    "{}/{file}: {id} is there twice",
                    language.tag()
                );
            }
        }
    }
    found
}

/// What a source file says.
#[derive(Debug, Default)]
struct Said {
    /// Messages, with the variables given to them.
    messages: Vec<(String, BTreeSet<String>)>,
    /// Literals that may be texts.
    literals: Vec<String>,
}

/// Calls and macros whose strings nobody reads in the window: names of ids, threads, files and variables; the log; what tells
/// that the program itself is wrong.
const UNREAD: &[&str] = &[
    "Id::new",
    "Grid::new",
    "args",
    "cfg",
    "env",
    "push_id",
    "id_salt",
    "from_id_salt",
    "with",
    "name",
    "var_os",
    "var",
    "warn",
    "debug",
    "info",
    "error",
    "trace",
    "include_str",
    "include_bytes",
    "assert",
    "debug_assert",
    "unreachable",
    "expect",
    "join",
    "starts_with",
    "ends_with",
    "strip_prefix",
    "strip_suffix",
    "trim_end_matches",
    "contains",
    "rename",
    "Id::unique",
    "request_discard",
    "make_persistent_id",
    "Panel::left",
    "Panel::right",
    "Panel::top",
    "Panel::bottom",
    "load_texture",
    "FontFamily::Name",
    "page::form",
    "with_extension",
    "env",
];

fn said(tokens: TokenStream, said_so_far: &mut Said) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    let is_punct = |at: usize, c: char| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == c);
    let ident = |at: usize| match tokens.get(at) {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
        _ => None,
    };
    while let Some(token) = tokens.get(at) {
        match token {
            // An attribute, which includes comments for the documentation. What is for tests only is skipped with it.
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                // Of the file as a whole: `#![…]`.
                at += usize::from(is_punct(at + 1, '!'));
                if let Some(TokenTree::Group(group)) = tokens.get(at + 1) {
                    at += 1;
                    // The message of an error: `#[error("{}", text!(…))]`; words of its own are looked for elsewhere.
                    let mut within = Said::default();
                    for token in group.stream() {
                        if let TokenTree::Group(arguments) = token {
                            said(arguments.stream(), &mut within);
                        }
                    }
                    said_so_far.messages.append(&mut within.messages);
                    if group.stream().to_string().replace(' ', "") == "cfg(test)" {
                        while let Some(token) = tokens.get(at + 1) {
                            at += 1;
                            let braces = matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
                            if braces || is_punct(at, ';') {
                                break;
                            }
                        }
                    }
                }
            }
            TokenTree::Group(group) => {
                let exclaims = at > 0 && is_punct(at - 1, '!');
                let name_at = at.checked_sub(if exclaims { 2 } else { 1 });
                let name = name_at.and_then(ident).unwrap_or_default();
                let owner = name_at.and_then(|at| at.checked_sub(3)).and_then(ident);
                let whole = format!("{}::{name}", owner.unwrap_or_default());
                let parenthesised = group.delimiter() == Delimiter::Parenthesis;
                if exclaims && (name == "text" || name == "id") {
                    message(group.stream(), said_so_far);
                } else if !(parenthesised
                    && UNREAD
                        .iter()
                        .any(|unread| *unread == name || *unread == whole))
                {
                    said(group.stream(), said_so_far);
                }
            }
            TokenTree::Literal(literal) => {
                let literal = literal.to_string();
                if let Some(text) = content(&literal)
                    && is_text(&text)
                {
                    said_so_far.literals.push(text);
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// The inside of a string literal; `None` for other literals.
fn content(literal: &str) -> Option<String> {
    let inner = literal.strip_prefix('r').unwrap_or(literal);
    let inner = inner
        .trim_matches('#')
        .strip_prefix('"')?
        .strip_suffix('"')?;
    Some(inner.replace("\\\n", ""))
}

/// Whether it has a word: two letters in a row outside of placeholders. A flag of the command line is none.
fn is_text(literal: &str) -> bool {
    if literal.starts_with(" --") {
        return false;
    }
    let mut depth = 0;
    let mut letters = 0;
    for c in literal.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            c if depth <= 0 && c.is_alphabetic() => {
                letters += 1;
                if letters == 2 {
                    return true;
                }
                continue;
            }
            _ => {}
        }
        letters = 0;
    }
    false
}

/// The inside of `text!(…)` or `id!(…)`.
fn message(tokens: TokenStream, said_so_far: &mut Said) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let Some(TokenTree::Literal(id)) = tokens.first() else {
        // The macros' own definitions.
        return;
    };
    let id = content(&id.to_string()).expect("the id of a message is a string");
    let mut variables = BTreeSet::new();
    for parts in tokens.windows(3) {
        if let [
            TokenTree::Punct(comma),
            TokenTree::Ident(name),
            TokenTree::Punct(equals),
        ] = parts
            && comma.as_char() == ','
            && equals.as_char() == '='
        {
            variables.insert(name.to_string());
        }
    }
    said_so_far.messages.push((id, variables));
    // Values may hold texts in their turn.
    said(tokens.into_iter().skip(1).collect(), said_so_far);
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the sources") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if path.is_dir() && name != "tests" {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs")
            && name != "tests.rs"
            && !name.ends_with("_tests.rs")
        {
            found.push(path);
        }
    }
}

/// What the program's sources say, by path from the root.
fn sources_of_the_program() -> BTreeMap<String, Said> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    rust_files(&root.join("src"), &mut files);
    for krate in std::fs::read_dir(root.join("crates")).expect("the crates") {
        let krate = krate.expect("a crate").path();
        if !krate.ends_with("language") {
            rust_files(&krate.join("src"), &mut files);
        }
    }
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a source file");
        let tokens: TokenStream = text.parse().expect("a source file in Rust");
        let mut found = Said::default();
        said(tokens, &mut found);
        let path = path.strip_prefix(root).expect("a path below the root");
        (path.to_string_lossy().replace('\\', "/"), found)
    };
    files.into_iter().map(read).collect()
}

#[test]
fn every_file_is_read_and_can_be() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (folder, texts) in CATALOGUES {
        for language in Language::ALL {
            let files = root.join(folder).join("locales").join(language.tag());
            let there = std::fs::read_dir(&files).expect("the folder of the language");
            let there: BTreeSet<String> = there
                .map(|file| {
                    let name = file.expect("a file").file_name();
                    name.into_string().expect("a name")
                })
                .collect();
            let read = texts.sources(language).iter();
            let read: BTreeSet<String> = read.map(|(name, _)| format!("{name}.ftl")).collect();
            assert_eq!(there, read, "{}", files.display());
        }
    }
}

#[test]
fn every_language_has_every_message_with_the_same_variables() {
    let english = messages(Language::English);
    for language in Language::ALL {
        let other = messages(language);
        for (id, message) in &english {
            let translated = other.get(id);
            let variables = translated.map(|message| &message.variables);
            assert_eq!(
                variables,
                Some(&message.variables),
                "{}: {id}",
                language.tag()
            );
        }
        let unknown: Vec<_> = other
            .keys()
            .filter(|id| !english.contains_key(*id))
            .collect();
        assert!(unknown.is_empty(), "{} only: {unknown:?}", language.tag());
    }
}

#[test]
fn the_code_and_the_messages_agree() {
    let english = messages(Language::English);
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut wrong = Vec::new();
    for (file, said) in sources_of_the_program() {
        for (id, variables) in said.messages {
            let here = CATALOGUES
                .iter()
                .find(|(folder, _)| *folder == crate_of(&file));
            let (_, here) = here.expect("every crate is below the root");
            let here = here.sources(Language::English).iter();
            let first = id.split('.').next().unwrap_or_default();
            let known = here.flat_map(|(_, content)| content.lines());
            let known = known
                .filter_map(|line| line.split_once(" ="))
                .any(|(name, _)| name == first);
            match english.get(&id).filter(|_| known) {
                None => wrong.push(format!("{file}: there is no message {id}")),
                Some(message) if message.variables != variables => wrong.push(format!(
                    "{file}: {id} has the variables {:?}, and is given {variables:?}",
                    message.variables
                )),
                Some(_) => {}
            }
            used.insert(id);
        }
    }
    for message in english.values() {
        used.extend(message.refers.iter().cloned());
    }
    wrong.extend(
        english
            .keys()
            .filter(|id| !used.contains(*id))
            .map(|id| format!("nothing uses {id}")),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Files whose strings are the same in every language: the rewording of the libraries' English messages, the columns of
/// tables for other programs, and citations.
const SAME_EVERYWHERE: &[&str] = &[
    "src/explorer/wording.rs",
    "src/explorer/batch/csv.rs",
    "src/explorer/guide/cite.rs",
];

/// Strings of the window's code that are no texts: names that are the same in every language, of files, fonts, parts.
const NAMES: &[&str] = &[
    "flipscope",
    "flipscope classify {}",
    "macos",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "WAYLAND_SOCKET",
    "json",
    "labels.csv",
    "{}.{}.png",
    "%Y%m%dT%H%M%SZ",
    "inter",
    "inter-semibold",
    "semibold",
    "flipscope {}",
    "flipscope: {}",
    "{} – flipscope",
    "AUC",
    "FGSM",
    "PNG",
    "SHA-256",
    // Keys that are called the same.
    "Enter",
    "Esc",
    // Of the display.
    "WAYLAND_DISPLAY",
    "WAYLAND_SOCKET",
    "DISPLAY",
    // Of the graphics card's objects, shaders' functions and constants.
    "preview",
    "headless preview",
    "preview input",
    "preview picture",
    "preview view",
    "preview perturbation",
    "preview altered frame",
    "perturb",
    "draw",
    "cover",
    "MAY_BE_LINEAR",
    "SHOW",
    "FULL",
    "CRISP",
    "LINEAR_TARGET",
    // Of sessions, figures and tables.
    "I-FGSM (BIM)",
    "mm",
    "85 mm",
    "120 mm",
    "180 mm",
    "https://doi.org/{}",
    "csv",
    "lesions.csv",
    "findings.csv",
    "findings",
    "{}.figure",
    "session",
    "flipscope session",
    "session{suffix}.lock",
    "last{suffix}.session",
    "previous{suffix}.session",
    "session.set-aside",
    "session.set-aside-{n}",
];

/// Words of the data files that the window writes, endings of files, and names of parts, by the source file or folder that has
/// them: they are the same in every language.
const WRITTEN: &[(&str, &[&str])] = &[
    // What egui calls keys.
    (
        "src/explorer/actions/key_names.rs",
        &[
            "Ctrl", "Shift", "Space", "Delete", "Home", "End", "PageUp", "PageDown", "Plus",
            "Minus", "Equals",
        ],
    ),
    // What Linux and Mesa call them.
    ("src/explorer/priority.rs", &["llvmpipe", "/proc/self/task"]),
    (
        "src/explorer/explore/list/rows.rs",
        &["sliders", "wrong", "right"],
    ),
    ("src/explorer/explore/list/truth.rs", &["unknown"]),
    // Names and endings of files.
    (
        "src/explorer/session/shelf.rs",
        &["earlier-", ".session", "%Y-%m-%d %H:%M", "%Y%m%dT%H%M%SZ"],
    ),
    (
        "src/explorer/file_drop.rs",
        &[
            "study",
            "readers",
            "session",
            "safetensors",
            "pth",
            "pt",
            "csv",
            "json",
        ],
    ),
    (
        "src/explorer/worker/dialogs/",
        &[
            "csv",
            "tsv",
            "txt",
            "safetensors",
            "pth",
            "pt",
            "png",
            "session",
            "study",
            "readers",
        ],
    ),
    ("src/explorer/study/apply.rs", &["study"]),
    ("src/explorer/study/panel/results.rs", &["Newcombe", "none"]),
    ("src/explorer/readers/apply.rs", &["readers"]),
    ("src/explorer/remembered_file.rs", &["json.set-aside"]),
    // What egui knows parts of the window by.
    ("src/explorer/study/panel/", &["next study", "results of"]),
    ("src/explorer/readers/panel/", &["next reader study"]),
    ("src/explorer/explore/panel/", &["library", "tools"]),
    ("src/explorer/headless.rs", &["headless window"]),
    (
        "src/explorer/explain/settings.rs",
        &[
            "occlusion",
            "gradient",
            "smoothgrad",
            "integrated",
            "gradcam",
        ],
    ),
    ("src/explorer/explain/export.rs", &["original.csv"]),
    ("src/explorer/landscape/apply.rs", &["landscape"]),
    ("src/explorer/explain/worker.rs", &["explain"]),
    ("src/explorer/landscape/worker.rs", &["landscape"]),
    ("src/explorer/summary/worker.rs", &["summary"]),
    ("src/explorer/worker/altered_frame.rs", &["png"]),
    ("src/explorer/explain/saving.rs", &["{}.{what}.{}"]),
    ("src/explorer/landscape/state.rs", &["melanoma"]),
    ("src/explorer/summary/apply.rs", &["summary"]),
];

/// Error messages that only the command line shows: of what is typed there, of what only it does, and of what is wrong before there
/// is a window. By source file or folder.
const ON_THE_COMMAND_LINE: &[&str] = &[
    // What is typed: names of devices, precisions, remedies, formats, framings, attacks.
    "crates/image/src/perturb/error.rs: unknown {what} \\\"{name}\\\": use one of {known}",
    "crates/model/src/checkpoint/weight_format.rs",
    "crates/model/src/inference/device.rs",
    "crates/model/src/remedy/mod.rs",
    "crates/nn/src/precision.rs",
    // What only it does: drawing synthetic pictures, training, proofs.
    "crates/image/src/lesion/synthetic/draw.rs",
    "crates/lab/src/train/",
    "crates/lab/src/proof/",
    // The program itself is wrong: plans and layers that do not fit each other, or a study's own perturbations.
    "crates/nn/src/",
    "crates/image/src/corruption/parameters.rs",
    // Before there is a window, and where tests and measurements draw without one.
    "src/explorer/window.rs",
    "src/explorer/headless.rs",
    "src/explorer/preview/headless.rs",
];

/// The literals of `#[error("…")]` that have a word of their own.
fn error_messages(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let inside: Vec<TokenTree> = group.stream().into_iter().collect();
        let hash = at.checked_sub(1).and_then(|at| tokens.get(at));
        let attribute = matches!(hash, Some(TokenTree::Punct(punct)) if punct.as_char() == '#');
        if let [TokenTree::Ident(name), TokenTree::Group(message)] = inside.as_slice()
            && attribute
            && *name == "error"
        {
            let first = message.stream().into_iter().next();
            let literal = first.and_then(|token| match token {
                TokenTree::Literal(literal) => content(&literal.to_string()),
                _ => None,
            });
            found.extend(literal.filter(|literal| is_text(literal)));
        } else {
            error_messages(group.stream(), found);
        }
    }
}

#[test]
fn errors_that_reach_the_window_are_texts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src/explorer", "crates"] {
        rust_files(&root.join(folder), &mut files);
    }
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a source file");
        let mut messages = Vec::new();
        error_messages(text.parse().expect("a source file in Rust"), &mut messages);
        let path = path.strip_prefix(root).expect("a path below the root");
        let path = path.to_string_lossy().replace('\\', "/");
        for message in messages {
            let whole = format!("{path}: {message}");
            let listed = ON_THE_COMMAND_LINE
                .iter()
                .find(|one| whole.starts_with(**one));
            match listed {
                Some(one) => {
                    known.insert(*one);
                }
                None => found.push(whole),
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    let gone: Vec<_> = ON_THE_COMMAND_LINE
        .iter()
        .filter(|one| !known.contains(*one))
        .collect();
    assert!(gone.is_empty(), "no longer there: {gone:?}");
}

#[test]
fn the_window_has_no_text_in_its_code() {
    let mut found = Vec::new();
    for (file, said) in sources_of_the_program() {
        let window = file.starts_with("src/explorer/");
        if window && !SAME_EVERYWHERE.contains(&file.as_str()) {
            let written = |text: &str| {
                WRITTEN
                    .iter()
                    .any(|(path, words)| file.starts_with(path) && words.contains(&text))
            };
            let known = |text: &str| NAMES.contains(&text) || written(text);
            let texts = said.literals.iter().filter(|text| !known(text));
            found.extend(texts.map(|text| format!("{file}: {text:?}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
