//! How to cite the letter and this program: as text and as BibTeX, each copied by a button.

use egui::{Label, RichText, TextStyle, Ui};

use flipscope_language::text;

use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::theme;

/// An article.
pub(crate) struct Article {
    /// Family name, given names.
    authors: &'static [(&'static str, &'static str)],
    title: &'static str,
    journal: &'static str,
    /// The journal's abbreviation.
    short: &'static str,
    year: u16,
    volume: &'static str,
    number: &'static str,
    pages: (&'static str, &'static str),
    /// Without the resolver's address.
    pub doi: &'static str,
}

/// Du-Harpur et al.: `PubMed` 32931808, PMC7990050.
pub(crate) const LETTER: Article = Article {
    authors: &[
        ("Du-Harpur", "Xinyi"),
        ("Arthurs", "Callum"),
        ("Ganier", "Clarisse"),
        ("Woolf", "Rick"),
        ("Laftah", "Zainab"),
        ("Lakhan", "Manpreet"),
        ("Salam", "Amr"),
        ("Wan", "Bo"),
        ("Watt", "Fiona M"),
        ("Luscombe", "Nicholas M"),
        ("Lynch", "Magnus D"),
    ],
    title: "Clinically relevant vulnerabilities of deep machine learning systems for skin cancer diagnosis",
    journal: "Journal of Investigative Dermatology",
    short: "J Invest Dermatol",
    year: 2021,
    volume: "141",
    number: "4",
    pages: ("916", "920"),
    doi: "10.1016/j.jid.2020.07.034",
};

impl Article {
    /// In the style of medical journals (Vancouver).
    pub(crate) fn text(&self) -> String {
        let initials = |given: &str| -> String {
            given
                .split(' ')
                .filter_map(|name| name.chars().next())
                .collect()
        };
        let authors: Vec<String> = (self.authors.iter())
            .map(|(family, given)| format!("{family} {}", initials(given)))
            .collect();
        let (first, last) = self.pages;
        format!(
            "{}. {}. {}. {};{}({}):{first}–{last}. doi:{}",
            authors.join(", "),
            self.title,
            self.short,
            self.year,
            self.volume,
            self.number,
            self.doi
        )
    }

    /// As an entry of BibTeX.
    pub(crate) fn bibtex(&self) -> String {
        let authors: Vec<String> = (self.authors.iter())
            .map(|(family, given)| format!("{family}, {given}"))
            .collect();
        let (first, last) = self.pages;
        format!(
            "@article{{duharpur2021,\n  author = {{{}}},\n  title = {{{}}},\n  journal = {{{}}},\n  year = {{{}}},\n  volume = \
             {{{}}},\n  number = {{{}}},\n  pages = {{{first}--{last}}},\n  doi = {{{}}}\n}}\n",
            authors.join(" and "),
            self.title,
            self.journal,
            self.year,
            self.volume,
            self.number,
            self.doi
        )
    }
}

/// This program as text.
fn program_text() -> String {
    format!(
        "flipscope, version {}: how little it takes to flip a skin-cancer classifier [computer program].",
        env!("CARGO_PKG_VERSION")
    )
}

/// This program as an entry of BibTeX. `@misc` is known to every style.
fn program_bibtex() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "@misc{{flipscope,\n  title = {{flipscope: how little it takes to flip a skin-cancer classifier}},\n  note = {{Computer \
         program, version {version}}}\n}}\n"
    )
}

/// The content of a window in front.
pub(crate) fn show(pane: &Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    ui.heading(text!("guide-cite"));
    ui.add_space(theme::GAP);
    scroll_layout::in_front(ui, |ui| {
        ui.add_space(theme::GAP);
        ui.label(theme::section(text!("cite-letter"), &palette));
        let names = [
            text!("cite-letter.copy-text"),
            text!("cite-letter.copy-bibtex"),
        ];
        one(ui, names, &LETTER.text(), &LETTER.bibtex());
        ui.add_space(theme::GAP);
        ui.label(theme::section(text!("cite-program"), &palette));
        let names = [
            text!("cite-program.copy-text"),
            text!("cite-program.copy-bibtex"),
        ];
        one(ui, names, &program_text(), &program_bibtex());
        if let Some(model) = &pane.state.model.ready {
            ui.add_space(theme::GAP);
            let text = text!(
                "cite-model",
                name = flipscope_base::untrusted::printable(model.info.name_in_words()),
                sha256 = &*model.info.sha256
            );
            ui.add(Label::new(RichText::new(text).color(palette.muted)).wrap());
        }
    });
}

/// One citation with its buttons, and their names.
fn one(ui: &mut Ui, [copy_text, copy_bibtex]: [&str; 2], text: &str, bibtex: &str) {
    ui.add(Label::new(text).wrap().selectable(true));
    ui.add_space(4.0);
    let code = RichText::new(bibtex.trim_end()).text_style(TextStyle::Monospace);
    ui.add(Label::new(code).wrap().selectable(true));
    ui.horizontal_wrapped(|ui| {
        for (button, name, copied) in [
            (text!("cite-copy-text"), copy_text, text),
            (text!("cite-copy-bibtex"), copy_bibtex, bibtex),
        ] {
            let response = ui.button(button);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
            if response.on_hover_text(name).clicked() {
                ui.copy_text(copied.to_owned());
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letter_is_cited_as_journals_and_bibtex_have_it() {
        let text = LETTER.text();
        assert!(
            text.starts_with("Du-Harpur X, Arthurs C, Ganier C, "),
            "{text}"
        );
        assert!(
            text.contains("Watt FM, Luscombe NM, Lynch MD. Clinically"),
            "{text}"
        );
        assert!(
            text.ends_with("J Invest Dermatol. 2021;141(4):916–920. doi:10.1016/j.jid.2020.07.034"),
            "{text}"
        );
        let bibtex = LETTER.bibtex();
        assert_eq!(bibtex.matches(" and ").count(), 10);
        assert!(
            bibtex.contains("author = {Du-Harpur, Xinyi and Arthurs, Callum and "),
            "{bibtex}"
        );
        for entry in [bibtex, program_bibtex()] {
            assert_eq!(entry.matches('{').count(), entry.matches('}').count());
            assert!(entry.starts_with('@') && entry.ends_with("}\n"), "{entry}");
        }
    }
}
