//! Keys as they are written on keyboards of the window's language: egui knows their English names.

use egui::{Context, KeyboardShortcut};
use flipscope_language::text;

/// A shortcut as text, e.g. "Ctrl+Home".
pub(crate) fn shortcut(ctx: &Context, keys: KeyboardShortcut) -> String {
    let english = ctx.format_shortcut(&keys);
    // A plus sign as a key is the last piece, and empty.
    let pieces: Vec<&str> = english.split('+').map(key).collect();
    pieces.join("+")
}

fn key(english: &str) -> &str {
    match english {
        "Ctrl" => text!("key-ctrl"),
        "Shift" => text!("key-shift"),
        "Space" => text!("key-space"),
        "Delete" => text!("key-delete"),
        "Home" => text!("key-home"),
        "End" => text!("key-end"),
        "PageUp" => text!("key-page-up"),
        "PageDown" => text!("key-page-down"),
        "Enter" => text!("key-enter"),
        "Plus" => "+",
        "Minus" => "−",
        "Equals" => "=",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use egui::{Key, Modifiers};
    use flipscope_language::{Language, within};

    use super::*;

    #[test]
    fn keys_are_named_as_on_the_keyboard() {
        let ctx = Context::default();
        ctx.set_os(egui::os::OperatingSystem::Nix);
        let home = KeyboardShortcut::new(Modifiers::CTRL | Modifiers::SHIFT, Key::Home);
        let letter = KeyboardShortcut::new(Modifiers::COMMAND, Key::O);
        let enter = KeyboardShortcut::new(Modifiers::COMMAND, Key::Enter);
        let said = || [home, letter, enter].map(|keys| shortcut(&ctx, keys));
        assert_eq!(said(), ["Ctrl+Shift+Home", "Ctrl+O", "Ctrl+Enter"]);
        let german = within(Language::German, said);
        assert_eq!(german, ["Strg+Umschalt+Pos1", "Strg+O", "Strg+Eingabe"]);
        let signs = [Key::Plus, Key::Equals, Key::Minus]
            .map(|key| shortcut(&ctx, KeyboardShortcut::new(Modifiers::NONE, key)));
        assert_eq!(signs, ["+", "=", "−"]);
    }
}
