//! The form for the next map: its button stays where it is, and the time that it says is that of the usual pass.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::command::Command;
use flipscope::explorer::explain::command::ExplainCommand;
use flipscope::explorer::explain::settings::{MethodChoice, Settings};
use flipscope::explorer::page::Page;
use flipscope_base::human::duration;
use flipscope_language::Language;

use super::explained::small;

#[test]
fn the_button_stays_where_it_is_whatever_the_method() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.ask(Command::OpenPage(Page::Explain));
    for (language, name) in [
        (Language::German, "Karte erstellen"),
        (Language::English, "Make the map"),
    ] {
        window.ask(Command::Language(language));
        window.run_steps(4);
        let mut places = Vec::new();
        for method in MethodChoice::ALL {
            let settings = Settings {
                method,
                ..Settings::default()
            };
            window.ask(Command::Explain(ExplainCommand::Set(Box::new(settings))));
            window.run_steps(2);
            places.push(window.place(Role::Button, name));
        }
        assert!(
            places.iter().all(|place| *place == places[0]),
            "{language:?}: {places:?}"
        );
    }
}

/// The first pass after a start is slow, and with one lesion its verdict stays the last one.
#[test]
fn the_time_of_a_map_is_estimated_from_the_usual_pass() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.until("the bands", |state| {
        state.waiting.with_bands && state.waiting.bands == 0
    });
    window.ask(Command::OpenPage(Page::Explain));
    let each = window.seen().seconds_a_frame().expect("judged");
    let said = format!("in about {}", duration(each * 485.0));
    window.get_by_label_contains(&said);
}
