//! Nothing overlaps, nothing is cut off that no scroll bar reaches: every page, pane, menu and window in front, at small sizes and large
//! zooms, with a finding on the sliders and messages open.

use std::path::PathBuf;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Rect, Shape, Theme, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::classifier::ModelSource;
use flipscope::classifier::scheduler::Seat;
use flipscope::explorer::Launch;
use flipscope::explorer::command::{Command, SearchCommand};
use flipscope::explorer::history::Gesture;
use flipscope::explorer::searches::Form;
use flipscope::explorer::state::{Help, Layout, Page, Tool, View};
use flipscope::perturb::{Perturbation, PixelEdit};
use flipscope::search::attack::{Attack, AttackKind};
use flipscope::search::{Direction, Preset};

use super::support::{LECTURE_HALL, Window, launch, window_without_model, write_chart};

/// Screens, and how much larger everything is shown on them.
const SCREENS: [[f32; 2]; 3] = [[900.0, 600.0], [1366.0, 768.0], [900.0, 560.0]];
const ZOOMS: [f32; 3] = [1.0, 1.5, 2.0];
/// From this size on (points) no page scrolls as a whole: there nothing may be cut off at the sides.
const WHOLE: Vec2 = vec2(880.0, 500.0);

/// A text as it is drawn: where it is, what of it can be seen, and what it says.
struct Drawn {
    rect: Rect,
    clip: Rect,
    text: String,
}

fn drawn(shape: &Shape, clip: Rect, into: &mut Vec<Drawn>) {
    match shape {
        Shape::Vec(shapes) => {
            for shape in shapes {
                drawn(shape, clip, into);
            }
        }
        Shape::Text(text) if !text.galley.text().trim().is_empty() => into.push(Drawn {
            rect: text.visual_bounding_rect(),
            clip,
            text: text.galley.text().to_owned(),
        }),
        _ => {}
    }
}

fn texts<S>(harness: &Harness<'_, S>) -> Vec<Drawn> {
    let mut all = Vec::new();
    for clipped in &harness.output().shapes {
        drawn(&clipped.shape, clipped.clip_rect, &mut all);
    }
    all.retain(|one| one.rect.intersects(one.clip));
    all
}

/// Texts that end where their pane does, and texts that stand on each other.
#[track_caller]
fn nothing_is_cut_or_covered<S>(harness: &Harness<'_, S>, what: &str, in_front: bool) {
    let texts = texts(harness);
    assert!(!texts.is_empty(), "{what}: nothing is drawn");
    for one in &texts {
        let sides =
            one.rect.left() >= one.clip.left() - 1.5 && one.rect.right() <= one.clip.right() + 1.5;
        assert!(
            sides,
            "{what}: “{}” at {:?} is cut to {:?}",
            one.text, one.rect, one.clip
        );
    }
    if in_front {
        return;
    }
    for (at, one) in texts.iter().enumerate() {
        for other in texts.iter().skip(at + 1) {
            let both = one
                .rect
                .intersect(one.clip)
                .intersect(other.rect.intersect(other.clip));
            let covered = both.width() > 2.0 && both.height() > 3.0;
            assert!(
                !covered,
                "{what}: “{}” and “{}” stand on each other at {both:?}",
                one.text, other.text
            );
        }
    }
}

/// What can be pressed or typed into, and all that is said, comes into sight when it is scrolled to.
#[track_caller]
fn everything_is_reached<S>(harness: &mut Harness<'_, S>, what: &str) {
    let screen = harness.ctx.content_rect();
    for role in [
        Role::Button,
        Role::RadioButton,
        Role::CheckBox,
        Role::SpinButton,
        Role::ComboBox,
        Role::Slider,
        Role::TextInput,
        Role::Label,
    ] {
        let count = harness.query_all(by().role(role)).count();
        for at in 0..count {
            let Some(node) = harness.query_all(by().role(role)).nth(at) else {
                break;
            };
            node.scroll_to_me();
            harness.run_steps(2);
            let Some(node) = harness.query_all(by().role(role)).nth(at) else {
                break;
            };
            let rect = node.rect();
            let node = node.accesskit_node();
            let name = node.label().or_else(|| node.value()).unwrap_or_default();
            let there = screen.expand(2.0).contains(rect.center())
                && (rect.width() > screen.width()
                    || screen.expand(2.0).x_range().contains(rect.left())
                        && screen.expand(2.0).x_range().contains(rect.right()));
            assert!(
                there,
                "{what}: {role:?} “{name}” stays at {rect:?}, and the screen is {screen:?}"
            );
        }
    }
}

/// Everything in sight, at every size and zoom; then it is as large as before.
#[track_caller]
pub(crate) fn everywhere<S>(harness: &mut Harness<'_, S>, what: &str) {
    check(harness, what, false);
}

#[track_caller]
fn check<S>(harness: &mut Harness<'_, S>, what: &str, in_front: bool) {
    let size = harness.ctx.content_rect().size();
    for screen in SCREENS {
        for zoom in ZOOMS {
            let points = Vec2::from(screen) / zoom;
            harness.set_size(points);
            harness.run_steps(4);
            let what = format!("{what}, {} × {} at {zoom}", screen[0], screen[1]);
            if points.x >= WHOLE.x && points.y >= WHOLE.y {
                nothing_is_cut_or_covered(harness, &what, in_front);
            }
            if screen != SCREENS[2] || zoom == 2.0 {
                everything_is_reached(harness, &what);
            }
        }
    }
    harness.set_size(size);
    harness.run_steps(4);
}

/// As many digits as a search finds, on every slider, and pixels.
fn a_finding() -> Perturbation {
    Perturbation {
        shift: [-31.287_364_512_987, 8.000_123_456_789],
        rotate: -123.456_789_012_345,
        gain: [
            1.077_684_099_585_512,
            0.923_412_345_678_9,
            1.099_999_999_999_9,
        ],
        offset: [-7.381_234_567_8, 3.0, 12.5],
        pixels: vec![
            PixelEdit {
                x: 1,
                y: 2,
                rgb: [3; 3]
            };
            3
        ],
        ..Perturbation::default()
    }
}

fn two_messages(window: &mut Window) {
    for name in [
        "no-such-model-with-a-rather-long-name-as-people-give-them.safetensors",
        "another.pth",
    ] {
        let source = ModelSource::File(PathBuf::from(name));
        window.ask(Command::UseModel(Seat::First, source));
        window.until("the refusal", |state| state.model.loading.is_none());
    }
    assert!(window.seen().messages.len() >= 2);
}

#[test]
fn every_page_and_pane_fits() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = "a photograph whose name is longer than any list is wide, as cameras and archives make them.png";
    let picture = write_chart(folder.path(), name);
    let Some(mut window) = window_without_model(vec![picture]) else {
        return;
    };
    for messages in [false, true] {
        if messages {
            two_messages(&mut window);
        }
        let with = if messages { ", two messages" } else { "" };
        window.ask(Command::Turn(Page::Explore));
        window.ask(Command::Show(Tool::Alter));
        window.ask(Command::Alter(Gesture::Click, Arc::new(a_finding())));
        window.fits_everywhere(&format!("a finding on the sliders{with}"));
        for layout in Layout::ALL {
            window.ask(Command::Look(View {
                layout,
                zoom: 2.0,
                ..View::default()
            }));
            window.fits_everywhere(&format!("{}{with}", layout.name()));
        }
        window.ask(Command::Look(View::default()));
        window.ask(Command::Show(Tool::Search));
        for kind in [
            AttackKind::Colour,
            AttackKind::Pose,
            AttackKind::Grid,
            AttackKind::Pixels,
            AttackKind::Fgsm,
        ] {
            let form = Form {
                attack: Attack::preset(kind, Preset::Letter),
                ..Form::default()
            };
            window.ask(Command::Search(SearchCommand::Set(Box::new(form))));
            window.fits_everywhere(&format!("the search {kind:?}{with}"));
        }
        for page in [Page::Study, Page::Readers] {
            window.ask(Command::Turn(page));
            window.fits_everywhere(&format!("the page {page:?}{with}"));
        }
    }
}

#[test]
fn every_window_in_front_and_every_menu_fits() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = write_chart(folder.path(), "chart.png");
    let Some(mut window) = window_without_model(vec![picture]) else {
        return;
    };
    for help in [Help::Keys, Help::About] {
        window.ask(Command::Help(help));
        check(&mut window, &format!("help: {help:?}"), true);
        window.ask(Command::Help(Help::Closed));
    }
    two_messages(&mut window);
    window.ask(Command::AllMessages(true));
    check(&mut window, "all messages", true);
    window.ask(Command::AllMessages(false));
    for menu in ["File", "Edit", "View", "Model", "Help"] {
        for screen in SCREENS {
            for zoom in ZOOMS {
                window.set_size(Vec2::from(screen) / zoom);
                window.run_steps(3);
                window.click(Role::Button, menu);
                window.run_steps(3);
                let what = format!("the menu {menu}, {} × {} at {zoom}", screen[0], screen[1]);
                everything_is_reached(&mut window, &what);
                window.key(egui::Key::Escape);
                window.run_steps(2);
            }
        }
    }
}

#[test]
fn the_empty_window_and_a_photograph_that_cannot_be_read_fit() {
    let start = |paths| Launch {
        paths,
        model: ModelSource::File(PathBuf::from("no-such-folder/model.safetensors")),
        ..Launch::default()
    };
    let Some(mut window) = launch(start(Vec::new()), LECTURE_HALL, Theme::Light) else {
        return;
    };
    window.until("the refusal", |state| !state.messages.is_empty());
    window.fits_everywhere("the empty window");
    let broken = vec![PathBuf::from("no-such-folder/mole.jpg")];
    let mut window = launch(start(broken), LECTURE_HALL, Theme::Light).expect("just drawn");
    window.until("both refusals", |state| state.messages.len() == 2);
    window.fits_everywhere("a photograph that cannot be read");
}

/// With verdicts of two models, a finding's card, and a search under way or failed.
#[test]
fn verdicts_and_findings_fit() {
    let Some(mut window) = launch(Launch::default(), LECTURE_HALL, Theme::Light) else {
        return;
    };
    window.get_by_label("Start with Synthetic 1").click();
    window.step();
    let judged = window.verdict();
    let label = window.seen().label(&judged.verdict);
    let direction = [Direction::MelanomaToNevus, Direction::NevusToMelanoma]
        .into_iter()
        .find(|direction| direction.from() == label)
        .expect("one of both");
    let mut form = Form {
        attack: Attack::preset(AttackKind::Colour, Preset::Default),
        direction,
        ..Form::default()
    };
    form.budget.evaluations = Some(24);
    window.ask(Command::Search(SearchCommand::Set(Box::new(form))));
    window.ask(Command::Search(SearchCommand::Start));
    window.until("a finding", |state| !state.searches.findings.is_empty());
    let id = window.seen().searches.findings[0].id;
    window.ask(Command::Search(SearchCommand::Apply(id)));
    window.verdict();
    window.fits_everywhere("a finding's card");
    window.ask(Command::Show(Tool::Alter));
    window.fits_everywhere("a found perturbation");
    window.ask(Command::Help(Help::Model));
    check(&mut window, "help: Model", true);
    window.ask(Command::Help(Help::Closed));
    let demo = window
        .seen()
        .model
        .ready
        .as_ref()
        .expect("loaded")
        .source
        .clone();
    window.ask(Command::UseModel(Seat::Second, demo));
    window.until("the second model", |state| state.beside.ready.is_some());
    window.verdict();
    window.fits_everywhere("two models");
}
