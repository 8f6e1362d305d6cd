//! The menu bar. Its entries are actions of the table, [`crate::explorer::actions`].

mod entry;
mod model;
mod zoom;

use egui::containers::menu::MenuState;
use egui::{EventFilter, Id, Key, MenuBar, Modifiers, Panel, Popup, Response, Ui};

use flipscope_language::{Language, text};

use crate::explorer::actions;
use crate::explorer::actions::Action;
use crate::explorer::appearance::ThemeChoice;
use crate::explorer::command::Command;
use crate::explorer::explore::view::Layout;
use crate::explorer::icons::{Icon, icon_button};
use crate::explorer::page::Page;
use crate::explorer::panels::menu::entry::{choice, entry, named_choice, switch};
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::session;
use crate::explorer::theme;
use crate::explorer::widgets::pages as page_tabs;

/// From this width in points on, the bar has its name, and the choice of page in the same row.
const NAMED: f32 = 830.0;
const ONE_ROW: f32 = 790.0;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    Panel::top("menu")
        .frame(
            egui::Frame::new()
                .fill(ui.visuals().panel_fill)
                .inner_margin(egui::Margin::symmetric(12, 5)),
        )
        .show(ui, |ui| {
            MenuBar::new().ui(ui, |ui| {
                let room = ui.available_width();
                if room > NAMED {
                    ui.label(egui::RichText::new("flipscope").font(theme::large_number(16.0)));
                    ui.add_space(theme::GAP);
                }
                menus(pane, ui);
                if room > ONE_ROW {
                    ui.add_space(theme::GROUP);
                    pages(pane, ui);
                }
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    icon(pane, ui, Icon::Redo, &actions::edit::REDO);
                    icon(pane, ui, Icon::Undo, &actions::edit::UNDO);
                });
            });
            if ui.available_width() <= ONE_ROW {
                ui.horizontal_wrapped(|ui| pages(pane, ui));
            }
        });
}

/// What a menu of the bar has in it.
type Entries = fn(&mut Pane<'_>, &mut Ui);

/// The menus of the bar. From one that is open, Left and Right lead to its neighbours, and from the last one to the first.
fn menus(pane: &mut Pane<'_>, ui: &mut Ui) {
    let menus: [(&str, Entries); 6] = [
        (text!("menu-file"), file),
        (text!("menu-edit"), edit),
        (text!("menu-view"), view),
        (text!("menu-batch"), batch),
        (text!("menu-model"), model::show),
        (text!("menu-help"), help),
    ];
    let count = menus.len();
    let id = Id::unique("the menu that an arrow key leads to");
    let led_to: Option<usize> = ui.data_mut(|data| data.remove_temp(id));
    let asked = asks_for_bar(ui);
    for (at, (name, entries)) in menus.into_iter().enumerate() {
        let Menu { name, leads } = menu(pane, ui, name, entries);
        // Tab and Right lead to the others.
        if asked && at == 0 {
            name.request_focus();
        }
        if led_to == Some(at) {
            name.request_focus();
            Popup::open_id(ui.ctx(), Popup::default_response_id(&name));
            ui.request_repaint();
        }
        let neighbour = match leads {
            Some(Neighbour::Left) => (at + count - 1) % count,
            Some(Neighbour::Right) => (at + 1) % count,
            None => continue,
        };
        // In the next frame: until then egui moves the keyboard from the entries of this one to its name.
        ui.data_mut(|data| data.insert_temp(id, neighbour));
        ui.request_repaint();
    }
}

/// A menu beside another one.
#[derive(Clone, Copy)]
enum Neighbour {
    Left,
    Right,
}

/// A menu of the bar, drawn.
struct Menu {
    name: Response,
    /// The neighbour that a key asks for.
    leads: Option<Neighbour>,
}

/// A menu of the bar. Where its name has the keyboard, Down opens it as Enter does.
fn menu(pane: &mut Pane<'_>, ui: &mut Ui, name: &str, entries: Entries) -> Menu {
    let menu = ui.menu_button(name, |ui| {
        scroll_layout::menu(ui, |ui| entries(pane, ui));
    });
    let response = menu.response;
    let closed = menu.inner.is_none();
    if response.has_focus() {
        // Otherwise that key leads to what is below; in an open menu it does, to the entries.
        let filter = EventFilter {
            vertical_arrows: closed,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        if closed && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown)) {
            Popup::open_id(ui.ctx(), Popup::default_response_id(&response));
            ui.ctx().request_repaint();
        }
    }
    let leads = (!closed).then(|| neighbour(ui, &response)).flatten();
    Menu {
        name: response,
        leads,
    }
}

/// The neighbour that a key asks for while a menu is open. With a menu inside it open, the keys lead into that and out of it.
fn neighbour(ui: &Ui, name: &Response) -> Option<Neighbour> {
    let popup = Popup::default_response_id(name);
    let within = MenuState::from_id(ui.ctx(), popup, |menu| menu.open_item.is_some());
    if within && !name.has_focus() {
        return None;
    }
    ui.input_mut(|input| {
        let keys = [
            (Key::ArrowLeft, Neighbour::Left),
            (Key::ArrowRight, Neighbour::Right),
        ];
        let pressed = keys.map(|(key, to)| {
            let pressed = input.consume_key(Modifiers::NONE, key);
            pressed.then_some(to)
        });
        pressed.into_iter().flatten().next()
    })
}

/// Whether the key is pressed that brings the keyboard to the bar; what stands in front of the window has the keyboard for itself.
fn asks_for_bar(ui: &Ui) -> bool {
    let in_front = ui.memory(|memory| memory.top_modal_layer().is_some());
    !in_front && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::F10))
}

/// A button of the bar that shows an icon only.
fn icon(pane: &mut Pane<'_>, ui: &mut Ui, icon: Icon, action: &Action) {
    let available = action.obstacle(pane.state).is_none();
    ui.add_enabled_ui(available, |ui| {
        let keys = action.keys_text(ui.ctx());
        if icon_button(ui, icon, action.name.get(), &keys).clicked() {
            pane.emit((action.command)(pane.state));
        }
    });
}

/// The choice of page.
fn pages(pane: &mut Pane<'_>, ui: &mut Ui) {
    let pages = [
        (Page::Explore, &actions::pages::EXPLORE),
        (Page::Study, &actions::pages::STUDY),
        (Page::Readers, &actions::pages::READERS),
        (Page::Explain, &actions::pages::EXPLAIN),
        (Page::Landscape, &actions::pages::LANDSCAPE),
    ]
    .map(|(page, action)| {
        let hint = format!("{} ({})", action.name.get(), action.keys_text(ui.ctx()));
        (page, page.name(), hint)
    });
    let choices = pages
        .each_ref()
        .map(|(page, name, hint)| (*page, *name, hint.as_str()));
    ui.scope(|ui| {
        // The bar's buttons have less padding than those of a choice.
        ui.spacing_mut().button_padding = egui::vec2(10.0, 2.0);
        if let Some(page) = page_tabs(ui, text!("menu-page"), pane.state.page, &choices) {
            pane.emit(Command::OpenPage(page));
        }
    });
}

fn file(pane: &mut Pane<'_>, ui: &mut Ui) {
    use actions::file;
    entry(pane, ui, &file::OPEN_PHOTOGRAPHS);
    entry(pane, ui, &file::OPEN_FOLDER);
    entry(pane, ui, &file::OPEN_FINDINGS);
    entry(pane, ui, &file::OPEN_SAMPLES);
    entry(pane, ui, &file::LABELS);
    ui.separator();
    entry(pane, ui, &file::OPEN_SESSION);
    entry(pane, ui, &file::OPEN_PREVIOUS_SESSION);
    entry(pane, ui, &file::SAVE_SESSION);
    session::panel::recent(pane, ui);
    ui.separator();
    entry(pane, ui, &file::SAVE_ALTERED);
    entry(pane, ui, &actions::figures::FIGURE);
    entry(pane, ui, &actions::figures::SHEET);
    entry(pane, ui, &actions::batch::LIST_CSV);
    entry(pane, ui, &file::COPY_COMMAND_LINE);
    entry(pane, ui, &file::CLOSE_LESION);
    ui.separator();
    entry(pane, ui, &file::QUIT);
}

fn batch(pane: &mut Pane<'_>, ui: &mut Ui) {
    use actions::batch;
    entry(pane, ui, &batch::APPLY_ALL);
    entry(pane, ui, &batch::APPLY_SELECTED);
    entry(pane, ui, &batch::STOP_APPLYING);
    ui.separator();
    entry(pane, ui, &batch::SEARCH_ALL);
    entry(pane, ui, &batch::SEARCH_SELECTED);
    entry(pane, ui, &batch::SEARCH_AGAIN);
    entry(pane, ui, &actions::search::CANCEL_ALL);
    ui.separator();
    entry(pane, ui, &batch::FINDINGS);
    entry(pane, ui, &batch::EXPORT_FINDINGS);
    entry(pane, ui, &batch::FINDINGS_CSV);
    ui.separator();
    entry(pane, ui, &batch::MAKE_STUDY);
}

fn edit(pane: &mut Pane<'_>, ui: &mut Ui) {
    use actions::edit;
    entry(pane, ui, &edit::UNDO);
    entry(pane, ui, &edit::REDO);
    ui.separator();
    entry(pane, ui, &edit::RESET_ALL);
    ui.separator();
    entry(pane, ui, &edit::FIND);
    ui.separator();
    entry(pane, ui, &actions::figures::COPY_PICTURE);
    entry(pane, ui, &actions::figures::COPY_FIGURE);
}

fn view(pane: &mut Pane<'_>, ui: &mut Ui) {
    use actions::view;
    for layout in Layout::ALL {
        let chosen = pane.state.view.layout == layout;
        choice(pane, ui, view::of_layout(layout), chosen);
    }
    ui.separator();
    ui.menu_button(text!("menu-picture"), |ui| picture(pane, ui));
    ui.menu_button(text!("menu-list"), |ui| {
        entry(pane, ui, &view::NEXT_LESION);
        entry(pane, ui, &view::PREVIOUS_LESION);
        ui.separator();
        choice(pane, ui, &view::GRID, pane.state.list.grid);
        choice(pane, ui, &view::TABLE, !pane.state.list.grid);
    });
    entry(pane, ui, &view::SLIDERS);
    entry(pane, ui, &view::SEARCHES);
    ui.separator();
    ui.menu_button(text!("menu-interface-size"), zoom::show);
    ui.menu_button(text!("menu-theme"), |ui| {
        let theme = pane.state.appearance.theme;
        choice(pane, ui, &view::SYSTEM_THEME, theme == ThemeChoice::System);
        choice(pane, ui, &view::LIGHT, theme == ThemeChoice::Light);
        choice(pane, ui, &view::DARK, theme == ThemeChoice::Dark);
        let contrast = pane.state.appearance.contrast;
        switch(pane, ui, &view::CONTRAST, contrast);
    });
    ui.menu_button(text!("menu-language"), |ui| {
        for language in Language::ALL {
            let chosen = pane.state.language() == language;
            let command = Command::Language(language);
            named_choice(pane, ui, language.name(), chosen, command);
        }
    });
    ui.separator();
    entry(pane, ui, &actions::presenter::TOGGLE);
    let guessing = pane.state.presenter.guessing;
    switch(pane, ui, &actions::presenter::HIDE, guessing);
    ui.separator();
    entry(pane, ui, &view::MESSAGES);
    entry(pane, ui, &view::DISMISS_MESSAGES);
}

/// How the pictures are shown.
fn picture(pane: &mut Pane<'_>, ui: &mut Ui) {
    use actions::view;
    let full = pane.state.view.full_resolution;
    choice(pane, ui, &view::NETWORK_RESOLUTION, !full);
    choice(pane, ui, &view::FULL_RESOLUTION, full);
    ui.separator();
    entry(pane, ui, &view::ZOOM_IN);
    entry(pane, ui, &view::ZOOM_OUT);
    entry(pane, ui, &view::WHOLE_PICTURE);
    ui.separator();
    let histogram = pane.state.view.histogram;
    switch(pane, ui, &view::HISTOGRAM, histogram);
}

fn help(pane: &mut Pane<'_>, ui: &mut Ui) {
    use actions::help;
    entry(pane, ui, &help::PALETTE);
    entry(pane, ui, &help::KEYS);
    entry(pane, ui, &help::TOUR);
    ui.separator();
    entry(pane, ui, &help::NUMBERS);
    entry(pane, ui, &help::LETTER);
    entry(pane, ui, &help::CITE);
    entry(pane, ui, &help::ABOUT);
}
