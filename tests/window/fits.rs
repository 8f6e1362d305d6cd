//! Nothing overlaps, nothing is cut off that no scroll bar reaches: every page, pane, menu and window in front, at small sizes and large
//! zooms, with a finding on the sliders and messages open.

use std::path::PathBuf;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Rect, Shape, Theme, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use egui_kittest::{Harness, Node};
use flipscope::explorer::Launch;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::view::{Layout, View};
use flipscope::explorer::history::Gesture;
use flipscope::explorer::page::{Help, Page, Tool};
use flipscope::explorer::palette::command::PaletteCommand;
use flipscope::explorer::search::command::SearchCommand;
use flipscope::explorer::search::state::Form;
use flipscope_image::perturb::{Perturbation, PixelEdit};
use flipscope_lab::search::attack::{Attack, AttackKind};
use flipscope_lab::search::{Direction, Preset};
use flipscope_language::{Language, within};
use flipscope_model::ModelSource;
use flipscope_model::scheduler::ModelSlot;

use super::support::{LECTURE_HALL, Window, launch, window_without_model, write_chart};

/// Screens, and how much larger everything is shown on them.
const SCREENS: [[f32; 2]; 3] = [[900.0, 600.0], [1366.0, 768.0], [900.0, 560.0]];
const ZOOMS: [f32; 3] = [1.0, 1.5, 2.0];
/// From this size on (points) no page scrolls as a whole: there nothing may be cut off at the sides.
const WHOLE: Vec2 = vec2(880.0, 500.0);

/// What a page is large at least, with the bars above and below it: where the window is smaller, the page scrolls.
const PAGE: Vec2 = vec2(864.0, 520.0);

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
        // A row at a time: text that goes on below stands on nothing that is beside it.
        Shape::Text(text) => {
            for row in &text.galley.rows {
                let said = row.text();
                if said.trim().is_empty() {
                    continue;
                }
                let rect = row
                    .rect_without_leading_space()
                    .translate(text.pos.to_vec2());
                into.push(Drawn {
                    rect: rect.shrink2(vec2(0.0, rect.height() * 0.15)),
                    clip,
                    text: said,
                });
            }
        }
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
fn nothing_is_cut_or_covered<S>(
    harness: &Harness<'_, S>,
    what: &str,
    in_front: bool,
    problems: &mut Vec<String>,
) {
    let texts = texts(harness);
    assert!(!texts.is_empty(), "{what}: nothing is drawn");
    for one in &texts {
        let sides =
            one.rect.left() >= one.clip.left() - 1.5 && one.rect.right() <= one.clip.right() + 1.5;
        if !sides {
            problems.push(format!(
                "{what}: “{}” at {:?} is cut to {:?}",
                one.text, one.rect, one.clip
            ));
        }
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
            if both.width() > 2.0 && both.height() > 3.0 {
                problems.push(format!(
                    "{what}: “{}” and “{}” stand on each other at {both:?}",
                    one.text, other.text
                ));
            }
        }
    }
}

const ROLES: [Role; 8] = [
    Role::Button,
    Role::RadioButton,
    Role::CheckBox,
    Role::SpinButton,
    Role::ComboBox,
    Role::Slider,
    Role::TextInput,
    Role::Label,
];

fn name_of(node: &Node<'_>) -> String {
    let node = node.accesskit_node();
    node.label().or_else(|| node.value()).unwrap_or_default()
}

/// Everything in sight by role and name.
fn in_sight<S>(harness: &Harness<'_, S>) -> Vec<(Role, String)> {
    let of = |role| {
        harness
            .query_all(by().role(role))
            .map(move |node| (role, name_of(&node)))
    };
    ROLES.into_iter().flat_map(of).collect()
}

/// What can be pressed or typed into, and all that is said, comes into sight when it is scrolled to; all but what is `behind`. A page
/// that is larger than the window is reached as a whole: there it is the pane's own scrolling that counts.
fn everything_is_reached<S>(
    harness: &mut Harness<'_, S>,
    what: &str,
    behind: &[(Role, String)],
    problems: &mut Vec<String>,
) {
    let screen = harness.ctx.content_rect();
    let beyond = if behind.is_empty() {
        (PAGE - screen.size()).max(Vec2::ZERO)
    } else {
        Vec2::ZERO
    };
    let reach = screen.expand2(beyond + vec2(2.0, 2.0));
    for role in ROLES {
        let count = harness.query_all(by().role(role)).count();
        for at in 0..count {
            let mut left = None;
            for _ in 0..8 {
                let Some(node) = harness.query_all(by().role(role)).nth(at) else {
                    left = None;
                    break;
                };
                let rect = node.rect();
                let sides =
                    reach.x_range().contains(rect.left()) && reach.x_range().contains(rect.right());
                let wide = rect.width() > screen.width();
                let name = name_of(&node);
                if reach.contains(rect.center()) && (wide || sides)
                    || behind.contains(&(role, name.clone()))
                {
                    left = None;
                    break;
                }
                left = Some((name, rect));
                node.scroll_to_me();
                harness.run_steps(2);
            }
            if let Some((name, rect)) = left {
                problems.push(format!(
                    "{what}: {role:?} “{name}” stays at {rect:?}, and the screen is {screen:?}"
                ));
            }
        }
    }
}

/// Everything in sight, at every size and zoom, with or without something in front of it; then it is as large as before.
#[track_caller]
pub(crate) fn everywhere<S>(harness: &mut Harness<'_, S>, what: &str, in_front: bool) {
    let mut problems = Vec::new();
    check_with(harness, what, (&[], in_front), &mut problems);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// As [`everywhere`], of the window of a reading: it has no page that scrolls as a whole.
#[track_caller]
pub(crate) fn of_a_reading<S>(harness: &mut Harness<'_, S>, what: &str) {
    let nothing = [(Role::Unknown, String::new())];
    let mut problems = Vec::new();
    check(harness, what, &nothing, &mut problems);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn check<S>(
    harness: &mut Harness<'_, S>,
    what: &str,
    behind: &[(Role, String)],
    problems: &mut Vec<String>,
) {
    check_with(harness, what, (behind, !behind.is_empty()), problems);
}

/// As [`check`], with messages open, which stand in front of the page.
fn check_with_messages<S>(harness: &mut Harness<'_, S>, what: &str, problems: &mut Vec<String>) {
    check_with(harness, what, (&[], true), problems);
}

fn check_with<S>(
    harness: &mut Harness<'_, S>,
    what: &str,
    (behind, in_front): (&[(Role, String)], bool),
    problems: &mut Vec<String>,
) {
    let size = harness.ctx.content_rect().size();
    for screen in SCREENS {
        for zoom in ZOOMS {
            let points = Vec2::from(screen) / zoom;
            harness.set_size(points);
            harness.run_steps(4);
            let what = format!("{what}, {} × {} at {zoom}", screen[0], screen[1]);
            if points.x >= WHOLE.x && points.y >= WHOLE.y {
                nothing_is_cut_or_covered(harness, &what, in_front, problems);
            }
            if screen != SCREENS[2] || zoom == 2.0 {
                everything_is_reached(harness, &what, behind, problems);
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
        window.ask(Command::UseModel(ModelSlot::Primary, source));
        window.until("the refusal", |state| state.model.loading.is_none());
    }
    assert!(window.seen().messages.len() >= 2);
}

#[test]
fn every_page_and_pane_fits() {
    let mut problems = Vec::new();
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
        window.ask(Command::OpenPage(Page::Explore));
        window.ask(Command::ShowTool(Tool::Alter));
        window.ask(Command::Alter(Gesture::Click, Arc::new(a_finding())));
        check_with(
            &mut window,
            &format!("a finding on the sliders{with}"),
            (&[], messages),
            &mut problems,
        );
        for layout in Layout::ALL {
            window.ask(Command::SetView(View {
                layout,
                zoom: 2.0,
                ..View::default()
            }));
            check_with(
                &mut window,
                &format!("{}{with}", layout.name()),
                (&[], messages),
                &mut problems,
            );
        }
        window.ask(Command::SetView(View::default()));
        window.ask(Command::ShowTool(Tool::Search));
        if !messages {
            window.get_by_label("Population").click();
            window.run_steps(20);
        }
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
            check_with(
                &mut window,
                &format!("the search {kind:?}{with}"),
                (&[], messages),
                &mut problems,
            );
        }
        for page in [Page::Study, Page::Readers, Page::Explain, Page::Landscape] {
            window.ask(Command::OpenPage(page));
            check_with(
                &mut window,
                &format!("the page {page:?}{with}"),
                (&[], messages),
                &mut problems,
            );
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_window_in_front_and_every_menu_fits() {
    let mut problems = Vec::new();
    let folder = tempfile::tempdir().expect("a folder");
    let picture = write_chart(folder.path(), "chart.png");
    let Some(mut window) = window_without_model(vec![picture]) else {
        return;
    };
    let behind = in_sight(&window);
    for help in [
        Help::Keys,
        Help::About,
        Help::Numbers,
        Help::Letter,
        Help::Cite,
    ] {
        window.ask(Command::Help(help));
        check(
            &mut window,
            &format!("help: {help:?}"),
            &behind,
            &mut problems,
        );
        window.ask(Command::Help(Help::Closed));
    }
    window.ask(Command::Palette(PaletteCommand::Open));
    check(&mut window, "the command palette", &behind, &mut problems);
    window.ask(Command::Palette(PaletteCommand::Close));
    two_messages(&mut window);
    let behind = in_sight(&window);
    window.ask(Command::AllMessages(true));
    check(&mut window, "all messages", &behind, &mut problems);
    window.ask(Command::AllMessages(false));
    for menu in ["File", "Edit", "View", "Model", "Help"] {
        for screen in SCREENS {
            for zoom in ZOOMS {
                window.set_size(Vec2::from(screen) / zoom);
                window.run_steps(3);
                let behind = in_sight(&window);
                window.click(Role::Button, menu);
                window.run_steps(3);
                let what = format!("the menu {menu}, {} × {} at {zoom}", screen[0], screen[1]);
                everything_is_reached(&mut window, &what, &behind, &mut problems);
                window.key(egui::Key::Escape);
                window.run_steps(2);
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_empty_window_and_a_photograph_that_cannot_be_read_fit() {
    let mut problems = Vec::new();
    let start = |paths| Launch {
        paths,
        model: ModelSource::File(PathBuf::from("no-such-folder/model.safetensors")),
        ..Launch::default()
    };
    let Some(mut window) = launch(start(Vec::new()), LECTURE_HALL, Theme::Light) else {
        return;
    };
    window.until("the refusal", |state| !state.messages.is_empty());
    check_with_messages(&mut window, "the empty window", &mut problems);
    let broken = vec![PathBuf::from("no-such-folder/mole.jpg")];
    let mut window = launch(start(broken), LECTURE_HALL, Theme::Light).expect("just drawn");
    window.until("both refusals", |state| state.messages.len() == 2);
    check_with_messages(
        &mut window,
        "a photograph that cannot be read",
        &mut problems,
    );
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Icons have no text to be found by [`nothing_is_cut_or_covered`].
fn the_buttons_of_a_card_are_apart(window: &mut Window) {
    let size = window.ctx.content_rect().size();
    window.set_size(vec2(1000.0, 640.0));
    for language in Language::ALL {
        window.ask(Command::Language(language));
        window.run_steps(4);
        let finding = within(language, || window.seen().searches.findings[0].title());
        let buttons = window.query_all(by().role(Role::Button));
        let buttons: Vec<(String, Rect)> = buttons
            .map(|node| (name_of(&node), node.rect()))
            .filter(|(name, _)| name.contains(&finding))
            .collect();
        assert!(buttons.len() >= 4, "{finding}: {buttons:?}");
        for (at, (one, rect)) in buttons.iter().enumerate() {
            for (other, beside) in buttons.iter().skip(at + 1) {
                let both = rect.intersect(*beside);
                let apart = both.width() < 1.0 || both.height() < 1.0;
                assert!(apart, "“{one}” and “{other}” at {both:?}");
            }
        }
    }
    window.ask(Command::Language(Language::English));
    window.set_size(size);
    window.run_steps(4);
}

/// With verdicts of two models, a finding's card, and a search under way or failed.
#[test]
fn verdicts_and_findings_fit() {
    let mut problems = Vec::new();
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
    check(&mut window, "a finding's card", &[], &mut problems);
    the_buttons_of_a_card_are_apart(&mut window);
    window.ask(Command::ShowTool(Tool::Alter));
    check(&mut window, "a found perturbation", &[], &mut problems);
    let behind = in_sight(&window);
    window.ask(Command::Help(Help::Model));
    check(&mut window, "help: Model", &behind, &mut problems);
    window.ask(Command::Help(Help::Closed));
    let demo = window
        .seen()
        .model
        .ready
        .as_ref()
        .expect("loaded")
        .source
        .clone();
    window.ask(Command::UseModel(ModelSlot::Comparison, demo));
    window.until("the second model", |state| state.comparison.ready.is_some());
    window.verdict();
    check(&mut window, "two models", &[], &mut problems);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
