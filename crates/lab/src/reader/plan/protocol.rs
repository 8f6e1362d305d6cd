//! The protocol as text: the methods section of a paper in this thread's language, followed by every parameter and hash.

use std::fmt::{self, Write as _};

use super::{Form, Plan, Settings, Turn};
use crate::reader::error::ReaderError;
use crate::study::plan::details_in_words;
use flipscope_language::{as_text, decimal, text};
use flipscope_model::{Label, model_in_words};

/// The protocol of a reader study as text, in its two parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Protocol {
    /// What is done, in paragraphs, and what limits the conclusions: a line or an empty line each.
    pub methods: String,
    /// Every parameter and hash with its name, in the thread's language.
    pub parameters: Vec<(&'static str, String)>,
}

/// Width of the column of names in the text, in characters, where none is longer.
const NAMES: usize = 26;

/// Parameters that a study for a class does not have: classes are not planned, and no interval is computed from their hands.
const OF_READERS: [&str; 2] = ["readers", "intervals_of_rates"];

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}", self.methods, text!("protocol-parameters"))?;
        let longest = self.parameters.iter().map(|(name, _)| name.chars().count());
        let wide = longest.max().unwrap_or(0).saturating_add(2).max(NAMES);
        for (name, value) in &self.parameters {
            writeln!(f, "  {name:<wide$}{value}")?;
        }
        Ok(())
    }
}

impl Plan {
    /// The protocol: what is done, in sentences, then every parameter and hash.
    ///
    /// # Errors
    /// As [`Plan::sha256`].
    pub fn protocol(&self) -> Result<Protocol, ReaderError> {
        let mut methods = format!("{}\n\n", text!("protocol-title"));
        for paragraph in self.methods() {
            writeln!(methods, "{paragraph}\n").ok();
        }
        for caution in self.cautions() {
            writeln!(methods, "{}", text!("protocol-note", caution = caution)).ok();
        }
        Ok(Protocol {
            methods,
            parameters: self.parameters_in_words()?,
        })
    }

    /// The methods, a paragraph each.
    #[must_use]
    pub fn methods(&self) -> Vec<String> {
        let statistics = if self.settings.classroom {
            text!("protocol-statistics-of-a-class")
        } else {
            text!("protocol-statistics")
        };
        vec![
            self.material(),
            self.searched(),
            self.presentation(),
            self.asking(),
            statistics.to_owned(),
        ]
    }

    fn material(&self) -> String {
        let settings = &self.settings;
        let form = |form: Form| {
            let count = |truth| self.count(0, form, truth);
            let (melanomas, nevi) = (count(Label::Melanoma), count(Label::Nevus));
            text!(
                "protocol-form",
                count = as_text(&(melanomas + nevi)),
                form = form.in_words(),
                melanomas = melanomas,
                nevi = nevi,
            )
        };
        let [cases, seed] = [as_text(&settings.cases), as_text(&settings.seed)];
        let [unmodified, adversarial] = Form::ALL.map(form);
        let network = model_in_words(&self.network.name);
        let threshold = decimal(self.network.threshold);
        let remedy = self.network.remedy_in_words();
        let forms = self.forms();
        text!(
            "protocol-material",
            who = if settings.classroom {
                "class"
            } else {
                "reader"
            },
            cases = cases,
            unmodified = unmodified,
            adversarial = adversarial,
            network = network,
            threshold = threshold,
            remedy = remedy,
            seed = seed,
            forms = forms,
        )
    }

    /// Who sees which lesions in which forms.
    fn forms(&self) -> String {
        let (settings, class) = (&self.settings, self.settings.classroom);
        if settings.both_forms {
            let (pairs, gap) = (self.pairs(), text!("protocol-gap", count = settings.gap));
            return if class {
                text!("protocol-both-forms-class", count = pairs, gap = gap)
            } else {
                text!("protocol-both-forms", count = pairs, gap = gap)
            };
        }
        let either = |turn: Turn| matches!(turn, Turn::Either(_));
        let either = self.lesions.iter().filter(|lesion| either(lesion.turn));
        let count = either.count();
        if class {
            text!("protocol-one-form-class", count = count)
        } else {
            text!("protocol-one-form", count = count)
        }
    }

    /// Where the adversarial pictures come from, with everything that their flips depend on.
    fn searched(&self) -> String {
        let searches: Vec<String> = (self.searches().into_iter())
            .map(|(search, count)| {
                let search = details_in_words(&search);
                text!("protocol-search", count = count, search = search)
            })
            .collect();
        let further = text!("protocol-further");
        text!(
            "protocol-searches",
            searches = searches.join(further),
            framing = self.network.framing.to_string(),
        )
    }

    fn presentation(&self) -> String {
        let settings = &self.settings;
        let limit = settings.time_limit.map_or_else(
            || text!("protocol-no-limit").to_owned(),
            |limit| text!("protocol-limit", count = limit),
        );
        let practice = text!("protocol-practice", count = settings.practice);
        if settings.classroom {
            return text!(
                "protocol-presentation-class",
                limit = limit,
                practice = practice
            );
        }
        text!(
            "protocol-presentation",
            side = as_text(&settings.side),
            limit = limit,
            practice = practice,
        )
    }

    fn asking(&self) -> String {
        let settings = &self.settings;
        let mut asked = vec![text!("protocol-asked-label")];
        if settings.confidence {
            asked.push(text!("protocol-asked-confidence"));
        }
        if settings.biopsy {
            asked.push(if settings.classroom {
                text!("protocol-asked-biopsy-class")
            } else {
                text!("protocol-asked-biopsy")
            });
        }
        let asked = asked.join("; ");
        if settings.classroom {
            let who = text!("protocol-classroom");
            return text!("protocol-asked-class", asked = asked, who = who);
        }
        let who = text!("protocol-readers", count = settings.readers);
        text!("protocol-asked", asked = asked, who = who)
    }

    /// Every parameter and hash, with its name; of a class without those that only a study for readers has.
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
            (
                "side_points",
                // Before a class, the screen decides.
                if *classroom {
                    "as large as the screen has room for".to_owned()
                } else {
                    side.to_string()
                },
            ),
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
            ("network_remedy", network.remedy.to_string()),
            ("framing", network.framing.to_string()),
            ("reading", network.color_handling.name().to_owned()),
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
        if *classroom {
            facts.retain(|(name, _)| !OF_READERS.contains(name));
        }
        let assumed = network.assumptions.iter();
        facts.extend(assumed.map(|one| ("network_assumed", one.text.clone())));
        Ok(facts)
    }
}
