//! Every parameter that a rate depends on, as text: shown next to a rate in tables, reports, the terminal and the window.

use std::fmt::Write as _;

use serde_json::Value;

use super::AttackJob;
use crate::search::attack::Balance;
use crate::search::{Attack, Mode, Strategy};

/// All the parameters of an attack, e.g. "gain 0.9 to 1.1; evolution population per gene 20; …".
///
/// Made from the attack's JSON form, so that none can be left out.
#[must_use]
pub fn parameters(attack: &Attack) -> String {
    let mut text = String::new();
    let json = serde_json::to_value(attack).ok();
    let Some(Value::Object(mut all)) =
        json.and_then(|mut json| Some(json.get_mut("parameters")?.take()))
    else {
        return text;
    };
    // Only one or two kinds of colour balance are searched, and the bounds of the others are not used.
    if let Attack::Colour(colour) = attack {
        let unasked: &[&str] = match colour.balance {
            Balance::Gain => &["offset", "kelvin"],
            Balance::Offset => &["gain", "kelvin"],
            Balance::Both => &["kelvin"],
            Balance::Lamp => {
                // Not in its JSON where it is the usual one.
                all.insert("kelvin".to_owned(), colour.kelvin.to_vec().into());
                &["gain", "offset"]
            }
        };
        for name in unasked {
            all.remove(*name);
        }
    }
    say(&mut text, "", &Value::Object(all));
    text
}

/// The strategy of an attack that has several, as a part of a list: "strategy auto; "; nothing for others.
#[must_use]
pub fn strategy(attack: &Attack, strategy: Strategy) -> String {
    if attack.has_strategies() {
        format!("strategy {strategy}; ")
    } else {
        String::new()
    }
}

/// The frame budget of a search, and the most that it takes.
#[must_use]
pub fn budget(attack: &Attack, mode: Mode, strategy: Strategy, frames: Option<u64>) -> String {
    match (frames, mode) {
        (Some(frames), _) => format!("budget {frames} frames"),
        (None, Mode::First | Mode::Lowest) => {
            let most = attack.evaluations(mode, strategy);
            format!("no budget (at most {most} frames)")
        }
        (None, Mode::Smallest) => "no budget".to_owned(),
    }
}

fn say(text: &mut String, name: &str, value: &Value) {
    match value {
        Value::Object(fields) => {
            // First the bounds of the change, then how it is searched.
            let is_group = |value: &Value| value.is_object();
            let plain = fields.iter().filter(|(_, value)| !is_group(value));
            let groups = fields.iter().filter(|(_, value)| is_group(value));
            for (key, value) in plain.chain(groups) {
                let key = key.replace('_', " ");
                let name = if name.is_empty() {
                    key
                } else {
                    format!("{name} {key}")
                };
                say(text, &name, value);
            }
        }
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(plain).collect();
            let between = if values.len() == 2 { " to " } else { ", " };
            item(text, name, &values.join(between));
        }
        Value::Null => {}
        other => item(text, name, &plain(other)),
    }
}

fn item(text: &mut String, name: &str, value: &str) {
    let between = if text.is_empty() { "" } else { "; " };
    // Writing to a string cannot fail.
    write!(text, "{between}{name} {value}").ok();
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(is) => if *is { "yes" } else { "no" }.to_owned(),
        other => other.to_string(),
    }
}

impl AttackJob {
    /// The budget as text.
    #[must_use]
    pub fn budget_text(&self) -> String {
        budget(&self.attack, self.mode, self.strategy, self.budget)
    }

    /// Everything that its rate depends on except the model: question, preset, strategy, budget, seed, and every parameter.
    #[must_use]
    pub fn details(&self) -> String {
        format!(
            "{}, {}; preset {}; {}{}; seed {}; {}",
            self.mode,
            self.direction,
            self.attack.which_preset(),
            strategy(&self.attack, self.strategy),
            self.budget_text(),
            self.seed,
            parameters(&self.attack)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{AttackKind, Direction, Preset};

    fn attack_job(kind: AttackKind, budget: Option<u64>) -> AttackJob {
        AttackJob {
            attack: Attack::preset(kind, Preset::Letter),
            mode: Mode::Lowest,
            strategy: Strategy::Evolution,
            direction: Direction::MelanomaToNevus,
            seed: 7,
            budget,
        }
    }

    #[test]
    fn every_parameter_of_every_attack_is_said() {
        let words: [(AttackKind, &[&str]); 5] = [
            (AttackKind::Fgsm, &["epsilon ", "steps ", "step "]),
            (AttackKind::Pixels, &["count 3", "population per gene 20"]),
            (
                AttackKind::Colour,
                &[
                    "gain 0.9 to 1.1",
                    "early stop confidence 0.9",
                    "generations 21",
                ],
            ),
            (
                AttackKind::Pose,
                &[
                    "rotate 0.0 to 360.0",
                    "shift x ",
                    "sampling nearest",
                    "fill black",
                ],
            ),
            (AttackKind::Grid, &["rotations ", "shifts ", "sampling "]),
        ];
        for (kind, words) in words {
            let details = attack_job(kind, Some(25)).details();
            for words in [words, &["budget 25 frames", "seed 7", "preset letter"]].concat() {
                assert!(details.contains(words), "{words}: {details}");
            }
        }
        let none = attack_job(AttackKind::Colour, None).details();
        assert!(none.contains("no budget (at most "), "{none}");
    }
}
