//! How often the intervals of a reader study cover the truth, over simulated studies:
//!
//! ```text
//! cargo run --release --example simulate_readers -- [--repetitions N] [--seed N]
//! ```
//!
//! Prints a table in Markdown: for each design, how many of the 95 % intervals covered what is known of the simulated readers, with the
//! exact binomial interval (Clopper and Pearson) of that share, and how many variances were the biased ones. `tests/readers/simulate.rs`
//! has the model.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

#[path = "../tests/readers/simulate.rs"]
mod simulate;

use anyhow::{Context as _, bail};
use flipscope_lab::statistics::Proportion;
use simulate::{Design, Setting, VARIANCES, run};

/// The studies: (what it is, readers, melanomas and as many nevi, design, whether the alteration misleads).
const STUDIES: [(&str, u32, u32, Design, bool); 6] = [
    (
        "the letter's size: 4 readers, 51 melanomas and 51 nevi, each in both forms",
        4,
        51,
        Design::Crossed,
        true,
    ),
    (
        "8 readers, 40 and 40, each in both forms",
        8,
        40,
        Design::Crossed,
        true,
    ),
    (
        "8 readers, 40 and 40, each in both forms, and no effect",
        8,
        40,
        Design::Crossed,
        false,
    ),
    (
        "8 readers, 40 and 40, each in one form to a reader",
        8,
        40,
        Design::Counterbalanced,
        true,
    ),
    (
        "8 readers, 40 and 40, each in one form to a reader, every third reader leaves half-way",
        8,
        40,
        Design::Leaving,
        true,
    ),
    (
        "24 readers, 20 and 20, each in one form to a reader, every third reader leaves half-way",
        24,
        20,
        Design::Leaving,
        true,
    ),
];

fn main() -> anyhow::Result<()> {
    let (mut repetitions, mut seed) = (20_000, 2026);
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments
            .next()
            .with_context(|| format!("{name} needs a value"))?
            .parse::<u64>()
            .with_context(|| format!("the value of {name}"))?;
        match name.as_str() {
            "--repetitions" => repetitions = value,
            "--seed" => seed = value,
            _ => bail!("{name} is no option: use --repetitions N, --seed N"),
        }
    }
    println!("{repetitions} studies of each design, seed {seed}; variances {VARIANCES:?}");
    for (name, readers, lesions, design, misled) in STUDIES {
        let altered = if misled { [0.60, 0.70] } else { [0.80, 0.75] };
        let setting = Setting {
            readers,
            lesions,
            design,
            rates: [[0.80, altered[0]], [0.75, altered[1]]],
        };
        println!("\n{name}\n\n| interval | truth | covered | share (95 %) | biased variance |");
        println!("|---|---|---|---|---|");
        for row in run(&setting, repetitions, seed)? {
            let share = Proportion::new(row.covered, row.repetitions)?;
            let interval = share.clopper_pearson(0.95)?;
            let truth = row
                .truth
                .map_or("the reader's own".to_owned(), |truth| format!("{truth:.3}"));
            println!(
                "| {} | {truth} | {} | {:.4} ({:.4} to {:.4}) | {} |",
                row.name,
                row.covered,
                share.value(),
                interval.lower,
                interval.upper,
                row.biased
            );
        }
    }
    Ok(())
}
