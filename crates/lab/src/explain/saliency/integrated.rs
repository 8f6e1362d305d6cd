//! Integrated gradients, as finely as completeness needs.
//!
//! Completeness: the attributions sum to the score of the frame less that of a frame of the mean colour. The way from one to the other is
//! walked in parts, for which the same holds: between two points of the way, the integral of the slope is the difference of their
//! scores. So it is known where the integral is wrong, and the worst parts are halved until the whole is within 1 %. A network of rectifiers is
//! straight between kinks, of which there are thousands on the way, close together where it makes up its mind: more points everywhere
//! help little there.
//!
//! With a number of steps that is asked for, the way is one part, and the map is the one that Captum makes with as many.

use flipscope_language::text;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use flipscope_image::lesion::Frame;
use flipscope_model::{Change, Probe, Probed};

use super::super::error::ExplainError;
use super::super::map::{Method, Quantity};
use super::super::network::{ProbedNetwork, probe_all};
use super::super::progress::Watch;
use super::legendre::points;
use super::{Attributions, summed};

/// The parameters of integrated gradients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Integrated {
    /// Points on the way, 1 to 10,000.
    pub steps: usize,
    /// If completeness is not within 1 %, the worst parts of the way are halved, up to so many points; without more than
    /// [`Integrated::steps`], the way is one part.
    pub at_most: usize,
}

/// 50, as Captum's, and up to 3,000.
impl Default for Integrated {
    fn default() -> Self {
        Self {
            steps: 50,
            at_most: 3_000,
        }
    }
}

/// How far the sum of the attributions may be from the difference of the scores, as a share of it.
const TOLERANCE: f64 = 0.01;
/// Points of Gauss and Legendre in a part.
const POINTS: usize = 5;
/// Of the parts, the share that is halved at once.
const WORST: usize = 4;
/// Parts whose gradients are held, a megabyte each: of more, the best ones are settled.
const HELD: usize = 64;

impl Integrated {
    /// The attributions.
    ///
    /// # Errors
    /// If a parameter is out of range, the network fails, or it is cancelled.
    pub fn attributions(
        &self,
        network: &dyn ProbedNetwork,
        frame: &Arc<Frame>,
        quantity: &Quantity,
        watch: &mut Watch<'_>,
    ) -> Result<Attributions, ExplainError> {
        if !(1..=10_000).contains(&self.steps) {
            return Err(ExplainError::Parameter {
                parameter: text!("parameter-steps"),
                reason: text!("parameter-count-range").to_owned(),
            });
        }
        let way = Way {
            network,
            frame,
            quantity,
            x: network.normalised(frame),
        };
        let (unchanged, ends) = way.ends(watch)?;
        let difference = ends[1].score - ends[0].score;
        let (integral, steps, parts) = if self.at_most <= self.steps {
            let mut whole = vec![0.0; Frame::BYTES];
            for part in way.walked(&[ends], self.steps, watch)? {
                add(&mut whole, &part);
            }
            (whole, self.steps, 1)
        } else {
            self.halving(&way, ends, watch)?
        };
        let values: Vec<f32> = (integral.iter().zip(&way.x))
            .map(|(gradient, x)| (gradient * f64::from(*x)) as f32)
            .collect();
        let sum = values.iter().map(|&value| f64::from(value)).sum::<f64>();
        Ok(Attributions {
            values,
            method: Method::Integrated {
                steps,
                parts,
                sum,
                difference,
            },
            quantity: quantity.clone(),
            frame: unchanged,
        })
    }

    /// The integral of the gradient, the points that it took, and the parts that it ended with.
    fn halving(
        &self,
        way: &Way<'_>,
        ends: [Place; 2],
        watch: &mut Watch<'_>,
    ) -> Result<(Vec<f64>, usize, usize), ExplainError> {
        let difference = ends[1].score - ends[0].score;
        let first = (self.steps / POINTS).max(1);
        let between = (1..first).map(|at| at as f64 / first as f64);
        let mut places = vec![ends[0]];
        places.extend(way.places(&between.collect::<Vec<_>>(), watch)?);
        places.push(ends[1]);
        let pairs: Vec<[Place; 2]> = places.array_windows().copied().collect();
        let mut held = way.walked(&pairs, POINTS, watch)?;
        let mut settled = (vec![0.0; Frame::BYTES], 0.0);
        let (mut steps, mut parts) = (POINTS * held.len(), held.len());
        loop {
            let apart = settled.1 + held.iter().map(Part::error).sum::<f64>();
            held.sort_by(|a, b| b.error().abs().total_cmp(&a.error().abs()));
            let room = self.at_most.saturating_sub(steps) / (2 * POINTS);
            let halved = held.len().div_ceil(WORST).min(room);
            if apart.abs() <= TOLERANCE * difference.abs() || halved == 0 {
                break;
            }
            let worst: Vec<[Place; 2]> = held.drain(..halved).map(|part| part.ends).collect();
            let best = held.split_off(held.len().min(HELD));
            for part in &best {
                add(&mut settled.0, part);
                settled.1 += part.error();
            }
            let middles: Vec<f64> = (worst.iter())
                .map(|[from, to]| f64::midpoint(from.at, to.at))
                .collect();
            let middles = way.places(&middles, watch)?;
            let halves: Vec<[Place; 2]> = (worst.iter().zip(middles))
                .flat_map(|(&[from, to], middle)| [[from, middle], [middle, to]])
                .collect();
            held.extend(way.walked(&halves, POINTS, watch)?);
            steps += 2 * POINTS * halved;
            parts += halved;
        }
        let mut integral = settled.0;
        for part in &held {
            add(&mut integral, part);
        }
        Ok((integral, steps, parts))
    }
}

/// A place on the way, 0 to 1, and the score there.
#[derive(Clone, Copy)]
struct Place {
    at: f64,
    score: f64,
}

/// A part of the way.
struct Part {
    ends: [Place; 2],
    /// The integral of the gradient, `[row][column][channel]`.
    gradient: Vec<f32>,
    /// The integral of the slope.
    rise: f64,
}

impl Part {
    /// How far the integral is from the difference of the scores.
    fn error(&self) -> f64 {
        self.rise - (self.ends[1].score - self.ends[0].score)
    }
}

fn add(to: &mut [f64], part: &Part) {
    for (sum, value) in to.iter_mut().zip(&part.gradient) {
        *sum += f64::from(*value);
    }
}

/// The way from the mean colour to a frame.
struct Way<'a> {
    network: &'a dyn ProbedNetwork,
    frame: &'a Arc<Frame>,
    quantity: &'a Quantity,
    x: Vec<f32>,
}

impl Way<'_> {
    fn probe(&self, change: Change) -> Probe {
        Probe {
            frame: Arc::clone(self.frame),
            change,
        }
    }

    fn score(&self, probed: &Probed) -> f64 {
        f64::from(self.quantity.score.of(probed))
    }

    /// What the network says about the frame, and both ends.
    fn ends(&self, watch: &mut Watch<'_>) -> Result<(Probed, [Place; 2]), ExplainError> {
        let probes = [Change::Scaled(0.0), Change::Nothing].map(|change| self.probe(change));
        watch.expect(probes.len());
        let mut answers = probe_all(self.network, &probes, watch)?;
        let (Some(frame), Some(colour)) = (answers.pop(), answers.pop()) else {
            return Err(ExplainError::Cancelled);
        };
        let ends = [(0.0, &colour), (1.0, &frame)].map(|(at, probed)| Place {
            at,
            score: self.score(probed),
        });
        Ok((frame, ends))
    }

    /// Places between the ends.
    fn places(&self, at: &[f64], watch: &mut Watch<'_>) -> Result<Vec<Place>, ExplainError> {
        let probes: Vec<Probe> = (at.iter())
            .map(|at| self.probe(Change::Scaled(*at)))
            .collect();
        watch.expect(probes.len());
        let answers = probe_all(self.network, &probes, watch)?;
        let places = at.iter().zip(&answers).map(|(at, probed)| Place {
            at: *at,
            score: self.score(probed),
        });
        Ok(places.collect())
    }

    /// Parts, with the integral over so many points of each.
    fn walked(
        &self,
        parts: &[[Place; 2]],
        count: usize,
        watch: &mut Watch<'_>,
    ) -> Result<Vec<Part>, ExplainError> {
        let points = points(count);
        watch.expect(parts.len() * count);
        let probes = parts.iter().enumerate().flat_map(|(part, [from, to])| {
            let long = to.at - from.at;
            points.iter().map(move |(share, weight)| {
                let at = from.at + share * long;
                (part, weight * long, self.probe(Change::Scaled(at)))
            })
        });
        let all = (parts.len(), probes);
        let gradients = summed(self.network, all, self.quantity, watch)?;
        let made = parts.iter().zip(gradients).map(|(ends, gradient)| Part {
            ends: *ends,
            rise: (gradient.iter().zip(&self.x))
                .map(|(gradient, x)| gradient * f64::from(*x))
                .sum(),
            gradient: gradient.iter().map(|value| *value as f32).collect(),
        });
        Ok(made.collect())
    }
}
