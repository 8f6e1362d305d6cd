//! The protocol as text: the methods section of a paper, followed by every parameter and hash.

use std::fmt::Write as _;

use super::{Form, Plan, Settings, Turn};
use crate::reader::error::ReaderError;
use flipscope_base::human::counted;
use flipscope_model::Label;

impl Plan {
    /// The protocol: what is done, in sentences, then every parameter and hash.
    ///
    /// # Errors
    /// As [`Plan::sha256`].
    pub fn protocol(&self) -> Result<String, ReaderError> {
        let mut text = "Protocol of a reader study\n\n".to_owned();
        for paragraph in self.methods() {
            writeln!(text, "{paragraph}\n").ok();
        }
        for caution in self.cautions() {
            writeln!(text, "Note: {caution}.").ok();
        }
        text.push_str("\nParameters\n");
        for (name, value) in self.parameters()? {
            writeln!(text, "  {name:<26}{value}").ok();
        }
        Ok(text)
    }

    /// The methods, a paragraph each.
    #[must_use]
    pub fn methods(&self) -> Vec<String> {
        vec![
            self.material(),
            self.searched(),
            self.presentation(),
            self.asking(),
            "All rates are given with their counts. Rates of one reader, and pooled counts, have Wilson's 95 % interval; each \
             reader's two forms of the same lesions are compared by McNemar's test; the difference between the forms across \
             readers is estimated by a multi-reader multi-case analysis, which treats both readers and lesions as samples of \
             larger populations; agreement of readers is given as κ."
                .to_owned(),
        ]
    }

    fn material(&self) -> String {
        let settings = &self.settings;
        let count = |form, truth| self.count(0, form, truth);
        let form = |form: Form| {
            format!(
                "{} {} ({}, {})",
                count(form, Label::Melanoma) + count(form, Label::Nevus),
                form.name(),
                counted(count(form, Label::Melanoma), "melanoma", "melanomas"),
                counted(count(form, Label::Nevus), "nevus", "nevi")
            )
        };
        let forms = if settings.both_forms {
            format!(
                "{} shown to every reader in both forms, with at least {} in between; which form comes \
                 first is balanced within a reader and between readers of odd and even slots",
                counted(self.pairs(), "lesion is", "lesions are"),
                counted(settings.gap, "other case", "other cases")
            )
        } else {
            let either = |turn: Turn| matches!(turn, Turn::Either(_));
            let either = self.lesions.iter().filter(|lesion| either(lesion.turn));
            format!(
                "no reader sees a lesion twice; {} shown in one form to readers of odd slots and, as \
                 far as their number allows, in the other to readers of even slots",
                counted(either.count(), "lesion is", "lesions are")
            )
        };
        format!(
            "Each reader judges {} dermoscopic pictures of 299 × 299 pixels: {} and {}. An adversarial picture is one that was \
             altered, within the bounds of its search, so that the verdict of the network {} (threshold {}) flips, as an 8-bit \
             picture read back from its file and judged on its own. Melanomas and nevi were drawn as evenly as the material \
             allows, by seed {}. In this study {forms}. The order of the cases is random (seed {}, one stream per slot), and \
             differs from reader to reader.",
            settings.cases,
            form(Form::Unmodified),
            form(Form::Adversarial),
            self.network.name,
            self.network.threshold,
            settings.seed,
            settings.seed,
        )
    }

    /// Where the adversarial pictures come from, with everything that their flips depend on.
    fn searched(&self) -> String {
        let searches: Vec<String> = (self.searches().into_iter())
            .map(|(search, count)| {
                let pictures = counted(count, "picture", "pictures");
                format!("{pictures} by {search}")
            })
            .collect();
        format!(
            "The adversarial pictures were found by search: {}. The network's frames were made with the framing {}. The seed of \
             each search is given with its case in the tables.",
            searches.join(". Further, "),
            self.network.framing
        )
    }

    fn presentation(&self) -> String {
        let settings = &self.settings;
        let limit = settings.time_limit.map_or_else(
            || "without a time limit".to_owned(),
            |limit| {
                let limit = counted(limit, "second", "seconds");
                format!("for at most {limit}, after which the case counts as not answered")
            },
        );
        format!(
            "Pictures are shown one at a time on neutral grey, {} points wide and high on screen, {limit}. Nothing shown \
             distinguishes the forms: the pictures come from one file that holds the exact frames, encoded alike, under \
             numbers that say nothing. {} first, with the truth given after each; \
             during the reading readers are not told the truth.",
            settings.side,
            counted(
                settings.practice,
                "practice picture of another lesion comes",
                "practice pictures of other lesions come"
            )
        )
    }

    fn asking(&self) -> String {
        let settings = &self.settings;
        let mut asked = vec!["melanoma or nevus"];
        if settings.confidence {
            asked.push("confidence from 1 (a guess) to 5 (certain)");
        }
        if settings.biopsy {
            asked.push("whether they would biopsy");
        }
        let who = if settings.classroom {
            "A class answers by show of hands, which the teacher counts and enters; its votes are reported as counts, and are \
             not treated as independent readers."
                .to_owned()
        } else {
            format!(
                "{} planned, known by pseudonyms. Each answer is on disk before the next picture is shown.",
                counted(settings.readers, "reader is", "readers are")
            )
        };
        format!("Readers are asked: {}. {who}", asked.join("; "))
    }

    /// Every parameter and hash, with its name.
    ///
    /// # Errors
    /// As [`Plan::sha256`].
    pub fn parameters(&self) -> Result<Vec<(&'static str, String)>, ReaderError> {
        let Settings {
            cases,
            adversarial_share,
            both_forms,
            gap,
            side,
            time_limit,
            confidence,
            biopsy,
            practice,
            readers,
            classroom,
            seed,
        } = &self.settings;
        let network = &self.network;
        let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
        let mut facts = vec![
            ("plan_sha256", self.sha256()?),
            ("software", self.software.clone()),
            ("cases", cases.to_string()),
            ("adversarial_share", adversarial_share.to_string()),
            ("both_forms", yes(*both_forms)),
            ("gap", gap.to_string()),
            ("lesions_in_both_forms", self.pairs().to_string()),
            ("side_points", side.to_string()),
            (
                "time_limit_seconds",
                time_limit.map_or_else(|| "none".to_owned(), |limit| limit.to_string()),
            ),
            ("confidence", yes(*confidence)),
            ("biopsy", yes(*biopsy)),
            ("practice", practice.to_string()),
            ("readers", readers.to_string()),
            ("classroom", yes(*classroom)),
            ("seed", seed.to_string()),
            ("network", network.name.clone()),
            ("network_sha256", network.sha256.clone()),
            ("network_threshold", network.threshold.to_string()),
            ("framing", network.framing.to_string()),
            ("reading", format!("{:?}", network.reading).to_lowercase()),
            ("field_of_view", yes(network.field_of_view)),
            (
                "searches",
                (self.searches().into_iter())
                    .map(|(search, count)| format!("{count} × {search}"))
                    .collect::<Vec<_>>()
                    .join(" | "),
            ),
            ("intervals_of_rates", "Wilson, 95 %".to_owned()),
        ];
        let assumed = network.assumptions.iter();
        facts.extend(assumed.map(|one| ("network_assumed", one.text.clone())));
        Ok(facts)
    }
}
