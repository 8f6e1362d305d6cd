//! Contact sheets of findings: what is on them, in which order, page by page.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::batch::command::BatchCommand;
use flipscope::explorer::batch::findings::FindingColumn;
use flipscope::explorer::command::Command;
use flipscope::explorer::figures::command::FigureCommand;
use flipscope::explorer::figures::state::{Settings, Source};
use flipscope::explorer::search::command::SearchCommand;
use flipscope::explorer::search::state::Form;
use flipscope::explorer::state::State;
use flipscope_lab::search::{Attack, AttackKind, Budget, Preset};

use super::figures::{altered, ask, copied, previewed, said, write};

#[test]
fn findings_go_on_a_contact_sheet() {
    let Some(mut window) = altered() else { return };
    ask(&mut window, FigureCommand::OpenSheet);
    assert!(said(window.seen(), "There are no findings yet"));
    window.ask(Command::ResetAll);
    let form = Form {
        budget: Budget {
            evaluations: Some(30),
            seconds: None,
        },
        ..Form::default()
    };
    window.ask(Command::Search(SearchCommand::Set(Box::new(form))));
    for count in 1..=2 {
        window.ask(Command::Search(SearchCommand::Start));
        window.until("the finding", |state| {
            state.searches.findings.len() == count
        });
    }
    window.keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::E);
    window.until("the preview", previewed);
    let folder = tempfile::tempdir().expect("a folder");
    let svg = write(&mut window, &folder.path().join("sheet.svg"));
    let svg = String::from_utf8(svg).expect("text");
    assert_eq!(svg.matches("<image").count(), 4, "two pairs");
    for kept in &window.seen().searches.findings {
        // Two on one lesion.
        let number = format!("#{} · ", kept.number);
        assert!(svg.contains(&number), "{number}");
    }
    let finding = &window.seen().searches.findings[0].found.finding;
    let mut words = finding.perturbation.in_words();
    words.truncate(12);
    words[..1].make_ascii_uppercase();
    assert!(svg.contains(&words), "{words}");
    assert!(svg.contains("melanoma</text>") && svg.contains("nevus</text>"));
    assert!(svg.contains("not a diagnosis"));
}

/// A sheet of several pages is seen page by page; what is copied is the page that is seen, and a person chooses what is on it.
#[test]
fn the_pages_of_a_contact_sheet_are_turned_and_its_findings_chosen() {
    let Some(mut window) = altered() else { return };
    window.ask(Command::ResetAll);
    for kind in [0, 0, 1, 1].map(|at| [AttackKind::Colour, AttackKind::Pose][at]) {
        window.search(Form {
            attack: Attack::preset(kind, Preset::Default),
            budget: Budget {
                evaluations: Some(10),
                seconds: None,
            },
            ..Form::default()
        });
    }
    ask(&mut window, FigureCommand::OpenSheet);
    // As wide as one pair is at most: four are on two pages.
    let wide = Settings {
        flips: false,
        width_mm: 140.0,
        ..window.seen().figures.settings.clone()
    };
    ask(&mut window, FigureCommand::Set(wide));
    window.until("the preview", previewed);
    let page = |state: &State| {
        let preview = state.figures.open.as_ref()?.preview.as_ref()?.as_ref();
        preview.ok().map(|preview| [preview.at, preview.pages])
    };
    let [first, pages] = page(window.seen()).expect("a preview");
    assert!(first == 0 && pages > 1, "{pages} pages");
    let copied_first = copied(&mut window, Command::Figure(FigureCommand::Copy));
    for _ in 1..pages {
        window.click(Role::Button, "Next page");
        window.until("the next page", previewed);
    }
    assert_eq!(page(window.seen()), Some([pages - 1, pages]));
    window.get_by_label_contains(&format!("page {pages} of {pages}"));
    window.fits_everywhere("the last page");
    let copied_last = copied(&mut window, Command::Figure(FigureCommand::Copy));
    assert_ne!(copied_first, copied_last, "the page that is shown");
    let on_clipboard = format!("Page {pages} of {pages} is on the clipboard.");
    assert!(said(window.seen(), &on_clipboard));

    window.get_by_label("4 of 4 on the sheet").click();
    window.run_steps(2);
    for number in 1..=4 {
        window.get_by_label_contains(&format!("#{number}, "));
    }
    window.click(Role::Button, "None");
    window.until("the empty sheet", |state| {
        let open = state.figures.open.as_ref().expect("the dialog");
        open.drawing.is_none() && matches!(open.preview, Some(Err(_)))
    });
    window.get_by_label_contains("Nothing is on the sheet");
    window.fits_everywhere("an empty sheet");
    ask(&mut window, FigureCommand::Include(vec![0, 3], true));
    window.until("the preview", previewed);
    assert_eq!(page(window.seen()), Some([0, 1]), "fewer pages than before");
    window.get_by_label("2 of 4 on the sheet");
    let folder = tempfile::tempdir().expect("a folder");
    let svg = write(&mut window, &folder.path().join("two.svg"));
    let svg = String::from_utf8(svg).expect("text");
    assert_eq!(svg.matches("<image").count(), 4, "two pairs");
}

#[test]
fn a_contact_sheet_is_in_the_order_of_the_table() {
    let Some(mut window) = altered() else { return };
    window.ask(Command::ResetAll);
    for kind in [AttackKind::Colour, AttackKind::Pose] {
        let form = Form {
            attack: Attack::preset(kind, Preset::Default),
            budget: Budget {
                evaluations: Some(10),
                seconds: None,
            },
            ..Form::default()
        };
        window.search(form);
    }
    let mut attacks = || -> Vec<&str> {
        ask(&mut window, FigureCommand::OpenSheet);
        let open = window.seen().figures.open.as_ref().expect("the dialog");
        let Source::Findings(findings) = &open.source else {
            panic!("another figure")
        };
        let attacks = findings.iter().map(|one| one.found.finding.attack.name());
        let attacks = attacks.collect();
        ask(&mut window, FigureCommand::Close);
        let sort = BatchCommand::Sort(FindingColumn::Attack);
        window.ask(Command::Batch(sort));
        attacks
    };
    assert_eq!(attacks(), ["colour", "pose"], "as found");
    assert_eq!(attacks(), ["colour", "pose"], "sorted");
    assert_eq!(attacks(), ["pose", "colour"], "reversed");
    // Two searches of one lesion are two findings, and one lesion.
    window.click(Role::RadioButton, "Tools: Findings");
    window.get_by_label_contains("2 findings on 1 lesion: ");
}
