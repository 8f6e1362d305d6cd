//! Mutation and crossover, in SciPy's order of draws and additions.

use super::settings::{Settings, Strategy};
use flipscope_base::random::RandomStream;

/// One trial for every member: mutants, crossed with the members.
///
/// `population[0]` is the best; `index` is SciPy's array of member numbers, shuffled again for each member; `weight` is that of
/// this generation.
pub(super) fn trials(
    settings: &Settings,
    weight: f64,
    population: &[Vec<f64>],
    index: &mut [usize],
    random: &mut impl RandomStream,
) -> Vec<Vec<f64>> {
    let genes = population.first().map_or(0, Vec::len);
    let others: Vec<[usize; 5]> = (0..population.len())
        .map(|member| {
            random.shuffle(index);
            select(index, member)
        })
        .collect();
    let fill_points: Vec<usize> = population.iter().map(|_| random.below(genes)).collect();
    let mut trials = Vec::with_capacity(population.len());
    for ((member, others), fill_point) in population.iter().zip(&others).zip(fill_points) {
        let mutant = mutant(settings.strategy, weight, population, member, others);
        let crossed: Vec<bool> = (0..genes)
            .map(|_| random.uniform() < settings.recombination)
            .collect();
        trials.push(cross(
            settings.strategy,
            member,
            &mutant,
            &crossed,
            fill_point,
        ));
    }
    for trial in &mut trials {
        for gene in trial {
            if *gene < 0.0 || *gene > 1.0 {
                *gene = random.uniform();
            }
        }
    }
    trials
}

/// The first five of a shuffled index that are not the member itself. A population of five has only four others: the fifth then
/// repeats the first, and only rand2 would use it, which requires six members.
fn select(index: &[usize], member: usize) -> [usize; 5] {
    let mut others = index.iter().copied().filter(|&other| other != member);
    let first = others.next().unwrap_or(0);
    let mut next = || others.next().unwrap_or(first);
    [first, next(), next(), next(), next()]
}

fn mutant(
    strategy: Strategy,
    weight: f64,
    population: &[Vec<f64>],
    current: &[f64],
    others: &[usize; 5],
) -> Vec<f64> {
    let rows = others.map(|at| population.get(at).map_or(current, Vec::as_slice));
    let best = population.first().map_or(current, Vec::as_slice);
    let gene = |at: usize| {
        let value = |row: &[f64]| row.get(at).copied().unwrap_or(0.0);
        let [r0, r1, r2, r3, r4] = rows.map(value);
        let (best, current) = (value(best), value(current));
        match strategy {
            Strategy::Best1Bin | Strategy::Best1Exp => best + weight * (r0 - r1),
            Strategy::Rand1Bin | Strategy::Rand1Exp => r0 + weight * (r1 - r2),
            Strategy::RandToBest1Bin | Strategy::RandToBest1Exp => {
                r0 + weight * (best - r0) + weight * (r1 - r2)
            }
            Strategy::CurrentToBest1Bin | Strategy::CurrentToBest1Exp => {
                current + weight * (best - current + r0 - r1)
            }
            Strategy::Best2Bin | Strategy::Best2Exp => best + weight * (r0 + r1 - r2 - r3),
            Strategy::Rand2Bin | Strategy::Rand2Exp => r0 + weight * (r1 + r2 - r3 - r4),
        }
    };
    (0..current.len()).map(gene).collect()
}

/// At least one gene, at the fill point, comes from the mutant.
fn cross(
    strategy: Strategy,
    member: &[f64],
    mutant: &[f64],
    crossed: &[bool],
    fill_point: usize,
) -> Vec<f64> {
    let genes = member.len();
    let from_mutant: Vec<bool> = if strategy.is_exponential() {
        // A run from the fill point on, as long as the draws allow; the first of them does not count.
        let run = 1 + crossed.iter().skip(1).take_while(|&&more| more).count();
        (0..genes)
            .map(|at| (at + genes - fill_point) % genes < run)
            .collect()
    } else {
        (0..genes)
            .map(|at| at == fill_point || crossed.get(at).copied().unwrap_or(false))
            .collect()
    };
    (member.iter().zip(mutant).zip(from_mutant))
        .map(|((&member, &mutant), from_mutant)| if from_mutant { mutant } else { member })
        .collect()
}
