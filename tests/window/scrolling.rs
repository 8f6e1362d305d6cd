//! How far a page is scrolled is its own affair.

use egui::{Key, vec2};
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::command::Command;
use flipscope::explorer::explain::command::ExplainCommand;
use flipscope::explorer::explain::settings::{MethodChoice, Settings};
use flipscope::explorer::page::{Help, Page};

use super::explained::{picture, small};
use super::support::{Window, window_without_model, write_chart};

/// Goes to a page, and draws it once.
fn open(window: &mut Window, page: Page) {
    window.state_mut().command(Command::OpenPage(page));
    window.step();
}

#[test]
fn no_page_opens_scrolled_as_another_one_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.set_size(vec2(1366.0, 500.0));
    window.ask(Command::OpenPage(Page::Explain));
    let settings = Settings {
        method: MethodChoice::Gradient,
        ..Settings::default()
    };
    window.ask(Command::Explain(ExplainCommand::Set(Box::new(settings))));
    window.ask(Command::Explain(ExplainCommand::Start));
    window.until("the map", |state| {
        let shown = state.selected.and_then(|id| state.explain.of(id));
        state.explain.task.is_none() && shown.is_some()
    });
    let top = |window: &Window| picture(window, "Scale of the map").1.top();
    let before = top(&window);
    let on_the_maps = picture(&window, "Scale of the map").1.center();
    window.wheel(on_the_maps, -5_000.0);
    let scrolled = top(&window);
    assert!(scrolled < before - 100.0, "{scrolled} {before}");

    // From its first frame on: nothing asks for another one.
    for page in [Page::Landscape, Page::Study, Page::Readers] {
        open(&mut window, page);
        let title = match page {
            Page::Landscape => "Where the verdict flips",
            Page::Study => "No study is open",
            _ => "No reader study is open",
        };
        let title = window.get_by_label_contains(title).rect();
        assert!(title.top() > 0.0, "{page:?}: {title:?}");
    }
    open(&mut window, Page::Explain);
    window.run_steps(2);
    assert_eq!(top(&window), scrolled, "and Explain is where it was");
}

#[test]
fn no_help_opens_scrolled_as_another_one_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = write_chart(folder.path(), "chart.png");
    let Some(mut window) = window_without_model(vec![picture]) else {
        return;
    };
    window.set_size(vec2(900.0, 400.0));
    window.ask(Command::Help(Help::Numbers));
    window.run_steps(4);
    let centre = window.ctx.content_rect().center();
    window.wheel(centre, -5_000.0);
    window.key(Key::Escape);
    assert_eq!(window.seen().help, Help::Closed);
    window.state_mut().command(Command::Help(Help::Letter));
    window.run_steps(4);
    let title = window.get_by_label("The letter explained").rect();
    let first = window.get_by_label_contains("Du-Harpur X").rect();
    assert!(first.top() >= title.bottom(), "{first:?}, {title:?}");
}
