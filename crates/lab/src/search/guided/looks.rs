//! The points that a strategy has had judged: nothing is judged twice, and each is there for what comes after it.

use super::margin::margin;
use super::slope::Slope;
use crate::search::attack::{EarlyStop, Genes};
use crate::search::error::SearchError;
use crate::search::question::Mode;
use crate::search::session::Session;
use crate::search::strategy::Strategy;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_language::{Language, within};

/// What a strategy knows before its first look.
#[derive(Clone, Copy)]
pub(in crate::search) struct Start {
    /// The class that is wanted, for gradients; none if the model has no such class.
    pub(in crate::search) class: Option<usize>,
    /// The energy of the unaltered frame.
    pub(in crate::search) energy: f64,
    /// When it is enough.
    pub(in crate::search) stop: EarlyStop,
}

/// A point, and its energy.
#[derive(Clone, Debug)]
pub(super) struct Look {
    pub(super) genes: Vec<f64>,
    pub(super) energy: f64,
}

/// What has been judged so far.
pub(super) struct Looks<'l, 'a> {
    pub(super) session: &'l mut Session<'a>,
    pub(super) genes: &'l dyn Genes,
    /// Lower and upper bound of each number.
    pub(super) bounds: Vec<[f64; 2]>,
    /// The point within the bounds that changes least.
    pub(super) origin: Vec<f64>,
    /// Whether any flip is enough.
    pub(super) any_flip: bool,
    start: Start,
    judged: Vec<Look>,
    slopes: Vec<Slope>,
}

impl<'l, 'a> Looks<'l, 'a> {
    pub(super) fn new(session: &'l mut Session<'a>, genes: &'l dyn Genes, start: Start) -> Self {
        let bounds = genes.bounds();
        let identity = genes.identity();
        let origin: Vec<f64> = (identity.iter().zip(&bounds))
            .map(|(identity, &[low, high])| identity.clamp(low, high))
            .collect();
        let unaltered = (origin == identity).then(|| Look {
            genes: origin.clone(),
            energy: start.energy,
        });
        Self {
            session,
            genes,
            bounds,
            origin,
            any_flip: false,
            start,
            judged: unaltered.into_iter().collect(),
            slopes: Vec::new(),
        }
    }

    /// Everything judged so far, in order.
    pub(super) fn judged(&self) -> &[Look] {
        &self.judged
    }

    /// Whether it is over: ended, or certain enough.
    pub(super) fn done(&mut self) -> bool {
        !self.session.goes_on() || self.is_enough()
    }

    /// Whether what has been found is enough: a flip, where any is, or one as certain as asked for.
    pub(super) fn is_enough(&self) -> bool {
        let confidence = self.start.stop.confidence;
        let lowest = self.session.search().mode == Mode::Lowest;
        (self.any_flip || lowest)
            && (self.judged.iter()).any(|one| {
                self.session.flips(one.energy) && (self.any_flip || 1.0 - one.energy > confidence)
            })
    }

    /// Whether it looks for a flip, not for how low it goes.
    pub(super) fn wants_flip(&self) -> bool {
        self.session.search().mode != Mode::Lowest
    }

    /// Has points judged that have not been; their energies in order, infinite for those that were not judged any more.
    pub(super) fn judge(&mut self, points: &[Vec<f64>]) -> Result<Vec<f64>, SearchError> {
        let mut fresh: Vec<&Vec<f64>> = Vec::new();
        for point in points {
            if self.energy(point).is_none() && !fresh.contains(&point) {
                fresh.push(point);
            }
        }
        let perturbations = (fresh.iter())
            .map(|point| self.genes.perturbation(point))
            .collect();
        let energies = self.session.score(perturbations)?;
        for (point, energy) in fresh.into_iter().zip(energies) {
            if energy.is_finite() {
                self.judged.push(Look {
                    genes: point.clone(),
                    energy,
                });
            }
        }
        Ok((points.iter())
            .map(|point| self.energy(point).unwrap_or(f64::INFINITY))
            .collect())
    }

    /// The energy of a point that has been judged.
    pub(super) fn energy(&self, point: &[f64]) -> Option<f64> {
        let found = self.judged.iter().find(|one| one.genes == point);
        found.map(|one| one.energy)
    }

    /// Takes the slope at a point, unless that is done already; says whether there is one. There is none if the search has ended, or
    /// where gradients are missing and the strategy can do without.
    pub(super) fn slope(&mut self, at: &[f64]) -> Result<bool, SearchError> {
        if self.slope_at(at).is_some() {
            return Ok(true);
        }
        let perturbation = self.genes.perturbation(at);
        let Some((energy, gradient)) = gradient(self.session, perturbation, self.start.class)?
        else {
            return Ok(false);
        };
        if self.energy(at).is_none() {
            self.judged.push(Look {
                genes: at.to_vec(),
                energy,
            });
        }
        let frame = self.session.frame();
        let slope = Slope::new(frame, self.genes, at, energy, &gradient);
        self.slopes.push(slope);
        self.session.generation += 1;
        Ok(true)
    }

    /// The slopes that were taken, in order.
    pub(super) fn slopes(&self) -> &[Slope] {
        &self.slopes
    }

    /// The slope that was taken at a point.
    pub(super) fn slope_at(&self, at: &[f64]) -> Option<&Slope> {
        self.slopes.iter().find(|slope| slope.at == at)
    }

    /// The smallest flip so far, and its size.
    pub(super) fn smallest_flip(&self) -> Option<(Vec<f64>, f64)> {
        let flips = self.judged.iter();
        let flips = flips.filter(|one| self.session.flips(one.energy));
        flips
            .map(|one| {
                let size = self.session.size(&self.genes.perturbation(&one.genes));
                (one.genes.clone(), size)
            })
            .min_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// The margin of a look.
    pub(super) fn margin(&self, point: &[f64]) -> Option<f64> {
        self.energy(point).map(margin)
    }

    /// The point some share of the way from one to another.
    pub(super) fn between(from: &[f64], to: &[f64], share: f64) -> Vec<f64> {
        (from.iter().zip(to))
            .map(|(from, to)| from + (to - from) * share)
            .collect()
    }

    /// From the unit cube to the bounds.
    pub(super) fn scaled(&self, unit: &[f64]) -> Vec<f64> {
        (unit.iter().zip(&self.bounds))
            .map(|(unit, &[low, high])| low + (high - low) * unit)
            .collect()
    }
}

/// The energy of a perturbation and the gradient of the cross entropy for a class; none if the search has ended, or where gradients are
/// missing and the strategy can do without, which the session then records.
pub(super) fn gradient(
    session: &mut Session<'_>,
    perturbation: Perturbation,
    class: Option<usize>,
) -> Result<Option<(f64, Vec<f32>)>, SearchError> {
    if session.without_gradients.is_some() {
        return Ok(None);
    }
    let why = match class {
        None => SearchError::NoSuchClass(session.search().direction.to().name()),
        Some(class) => match session.gradient(perturbation, class) {
            Ok(Some((_, gradient)))
                if gradient.len() != Frame::BYTES || !gradient.iter().all(|x| x.is_finite()) =>
            {
                session.no_gradient()
            }
            Err(error @ SearchError::Network { .. }) => error,
            other => return other,
        },
    };
    if session.search().strategy != Strategy::Auto {
        return Err(why);
    }
    // Findings are in English, whatever the window's language.
    session.without_gradients = Some(within(Language::English, || why.to_string()));
    Ok(None)
}
