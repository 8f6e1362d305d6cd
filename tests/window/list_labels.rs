//! Truth in the list: a table of labels is read, shown, corrected, and its problems are said.

use egui::Theme;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::list::command::ListCommand;
use flipscope::explorer::explore::list::rows::Outcome;
use flipscope_model::{Label, ModelSource};

use super::list::{LARGE, judged, rows};
use super::opened::{self, album, message, no_model, write_labels};
use super::support::{LECTURE_HALL, Window};

#[test]
fn a_folder_with_labels_shows_what_is_right_and_sorts_and_filters() {
    let folder = album(&["b.png", "a.png", "d.png", "c.png", "e.png"]);
    write_labels(
        folder.path(),
        "a,melanoma\nb.png,melanoma\nc,nevus\nd,seborrheic keratosis\n",
    );
    let paths = vec![folder.path().to_owned()];
    let Some(mut window) = opened::with(paths, ModelSource::default(), LARGE, Theme::Light) else {
        return;
    };
    let note = "Labels from labels.csv: 2 melanomas, 1 nevus, 1 with another diagnosis.";
    window.until("the labels", |state| {
        state.messages.iter().any(|message| message.text == note)
    });
    window.until("verdicts and labels", judged);

    // Each row says its verdict, its truth, and whether both agree.
    let threshold = window.seen().threshold();
    let mut wrong = Vec::new();
    for lesion in &window.seen().lesions {
        let verdict = &lesion
            .answers
            .primary
            .before
            .as_ref()
            .expect("judged")
            .verdict;
        let label = window.seen().label(verdict);
        let (truth, right) = match lesion.name.as_str() {
            "a.png" | "b.png" => (", label melanoma", Some(label == Label::Melanoma)),
            "c.png" => (", label nevus", Some(label == Label::Nevus)),
            "d.png" => (", label seborrheic keratosis", None),
            _ => ("", None),
        };
        let outcome = right.map_or("", |right| if right { ", agrees" } else { ", differs" });
        if right == Some(false) {
            wrong.push(lesion.name.clone());
        }
        let p = format!("{:.2}", verdict.p_melanoma);
        // Where the label is compared with it, it is said whose the verdict is.
        let whose = if right.is_some() { "network " } else { "" };
        let label = label.name();
        let name = format!("{}, {whose}{p} {label}{truth}{outcome}", lesion.name);
        window.node(Role::ListBoxOption, &name);
    }
    let missed = |window: &Window| {
        let rows = window.seen().list.rows.iter();
        let melanoma = rows.filter(|row| {
            let truth = row.truth.as_ref().and_then(|truth| truth.label);
            truth == Some(Label::Melanoma)
        });
        let wrong = melanoma.filter(|row| row.outcome(threshold) == Some(Outcome::Wrong));
        format!("{} of 2 melanomas missed", wrong.count())
    };
    window.get_by_label_contains(&missed(&window));

    // The order as opened is by name; P sorts, is reversed, and the third click restores.
    let opened = ["a.png", "b.png", "c.png", "d.png", "e.png"];
    assert_eq!(rows(&window), opened);
    let mut by_p: Vec<(f32, String)> = (window.seen().lesions.iter())
        .map(|lesion| {
            let judged = lesion.answers.primary.before.as_ref().expect("judged");
            (judged.verdict.p_melanoma, lesion.name.clone())
        })
        .collect();
    by_p.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut by_p: Vec<String> = by_p.into_iter().map(|(_, name)| name).collect();
    window.click(Role::Button, "Sort by P(melanoma)");
    assert_eq!(rows(&window), by_p);
    window.pause();
    window.click(Role::Button, "Sort by P(melanoma)");
    by_p.reverse();
    assert_eq!(rows(&window), by_p);
    window.pause();
    window.click(Role::Button, "Sort by P(melanoma)");
    assert_eq!(rows(&window), opened);

    // What is wrong: at one of two thresholds something is.
    let all_nevi = wrong.is_empty();
    if all_nevi {
        window.ask(Command::SetThreshold(Some(1.0)));
        wrong = vec!["a.png".to_owned(), "b.png".to_owned()];
    }
    window.click(Role::Button, "Filter the list");
    window.click(Role::RadioButton, "Verdict differs from label");
    assert_eq!(rows(&window), wrong);
    window.get_by_label(&format!("{} of 5 shown", wrong.len()));
    window.fits_everywhere("a filtered list");
    window.click(Role::Button, "Filter the list");
    window.click(Role::RadioButton, "Flipped");
    assert!(rows(&window).is_empty());
    window.click(Role::Button, "Show all");
    assert_eq!(rows(&window), opened);

    // Without labels there is neither truth nor right and wrong.
    window.click(Role::Button, "Menu of the list");
    window.click(Role::Button, "Forget labels");
    assert!(
        window
            .seen()
            .list
            .rows
            .iter()
            .all(|row| row.truth.is_none())
    );
    assert!(window.query_by_label_contains("missed").is_none());
}

#[test]
fn a_wrong_header_is_reported_when_the_table_is_loaded() {
    let folder = album(&["a.png", "b.png"]);
    let table = folder.path().join("labels.csv");
    let rows = "\na,melanoma,L1,train\nb,nevus,L2,test\n";
    let Some(mut window) = opened::with(Vec::new(), no_model(), LECTURE_HALL, Theme::Light) else {
        return;
    };
    let mut load = |header: &str, command: Command| {
        std::fs::write(&table, format!("{header}{rows}")).expect("written");
        window.ask(command);
        window.until("the labels", |state| {
            state.list.reading == 0 && state.listing == 0
        });
        let said: Vec<String> = (window.seen().messages.iter())
            .map(|message| message.text.clone())
            .collect();
        said.join("\n")
    };
    // The file, the columns that were found, and those that are expected.
    let open = Command::Open(vec![folder.path().to_owned()]);
    let said = load("picture,diagnosis,lesion_id,split", open);
    for words in [
        "labels.csv",
        "(picture, diagnosis, lesion_id, split)",
        "image_id",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let labels = |path: &std::path::Path| Command::List(ListCommand::Labels(path.to_owned()));
    let said = load("image_id,class,lesion_id,split", labels(&table));
    for words in [
        "labels.csv",
        "(image_id, class, lesion_id, split)",
        "diagnosis",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    // Columns that a table need not have: without a message, a study would be the first to miss them.
    let said = load("image_id,diagnosis,lesion,set", labels(&table));
    for words in [
        "labels.csv: ",
        "“lesion” is not read",
        "lesion_id",
        "“set” is not read",
        "call it split",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn labels_that_do_not_match_say_so_and_others_can_be_chosen() {
    let folder = album(&["a.png", "b.png"]);
    let table = write_labels(folder.path(), "x,melanoma\ny,nevus\n");
    let Some(mut window) = opened::with(Vec::new(), no_model(), LECTURE_HALL, Theme::Light) else {
        return;
    };
    window.drop_files(&[folder.path().to_owned()]);
    window.until("the labels", |state| {
        state.list.reading == 0 && state.listing == 0
    });
    let text = message(&window, "No labels:");
    assert!(text.contains("labels.csv") && text.contains("2 rows without a picture"));
    assert_eq!(
        window.seen().lesions.len(),
        2,
        "the photographs are open all the same"
    );

    // A table from elsewhere, let go over the window: it is for the open photographs.
    std::fs::remove_file(&table).expect("removed");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let fits = write_labels(elsewhere.path(), "A.PNG,melanoma\nb,nevus\n");
    window.drop_files(&[fits]);
    window.until("the labels", |state| state.list.reading == 0);
    let truths: Vec<_> = (window.seen().list.rows.iter())
        .map(|row| row.truth.as_ref().and_then(|truth| truth.label))
        .collect();
    assert_eq!(truths, [Some(Label::Melanoma), Some(Label::Nevus)]);
    let first = message(&window, "Labels from");
    assert_eq!(first, "Labels from labels.csv: 1 melanoma, 1 nevus.");

    // Another table adds to it, and says what that means for what was there.
    let second = elsewhere.path().join("second.csv");
    std::fs::write(&second, "image_id,diagnosis\na,nevus\n").expect("written");
    window.drop_files(&[second]);
    window.until("the labels", |state| state.list.reading == 0);
    let second = message(&window, "Labels from second.csv");
    let expected = "Labels from second.csv: 0 melanomas, 1 nevus. 1 photograph had another label: the new one replaces it.";
    assert_eq!(second, expected);
    let no_table = elsewhere.path().join("notes.csv");
    std::fs::write(&no_table, "colour,size\nbrown,3\n").expect("written");
    window.drop_files(&[no_table]);
    window.until("the refusal", |state| state.list.reading == 0);
    assert!(message(&window, "notes.csv").contains("colour, size"));
    assert!(
        window.seen().list.rows[0].truth.is_some(),
        "what was known stays"
    );
}
