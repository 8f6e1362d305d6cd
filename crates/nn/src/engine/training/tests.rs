//! Every layer and gradient against its definition in f64, in every vector instruction set that the processor has.

use proptest::prelude::*;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::engine::Isa;
use crate::engine::simd::LANES;

/// Pictures in f64: `[n][channel][row][column]`.
#[derive(Clone, Debug)]
struct Batch {
    n: usize,
    channels: usize,
    size: [usize; 2],
    values: Vec<f64>,
}

impl Batch {
    fn zeros(n: usize, channels: usize, size: [usize; 2]) -> Self {
        let values = vec![0.0; n * channels * size[0] * size[1]];
        Self {
            n,
            channels,
            size,
            values,
        }
    }

    /// Values that an f32 holds.
    fn random(rng: &mut ChaCha8Rng, n: usize, channels: usize, size: [usize; 2]) -> Self {
        let mut batch = Self::zeros(n, channels, size);
        for value in &mut batch.values {
            *value = f64::from(rng.random_range(-1.0_f32..1.0));
        }
        batch
    }

    fn index(&self, frame: usize, channel: usize, row: usize, column: usize) -> usize {
        ((frame * self.channels + channel) * self.size[0] + row) * self.size[1] + column
    }

    fn blocked(&self) -> Vec<f32> {
        let blocks = self.channels.div_ceil(LANES);
        let area = self.size[0] * self.size[1];
        let mut values = vec![0.0; self.n * blocks * area * LANES];
        for (at, value) in self.values.iter().enumerate() {
            let (plane, pixel) = (at / area, at % area);
            let (frame, channel) = (plane / self.channels, plane % self.channels);
            let block = frame * blocks + channel / LANES;
            values[(block * area + pixel) * LANES + channel % LANES] = *value as f32;
        }
        values
    }

    /// Asserts that blocked values are these, and zeros where there is no channel.
    fn assert_close(&self, got: &[f32], tolerance: f64, what: &str) {
        let expected = self.blocked();
        assert_eq!(got.len(), expected.len(), "{what}");
        assert_close(
            got,
            &expected
                .iter()
                .map(|value| f64::from(*value))
                .collect::<Vec<_>>(),
            tolerance,
            what,
        );
    }
}

fn assert_close(got: &[f32], expected: &[f64], tolerance: f64, what: &str) {
    assert_eq!(got.len(), expected.len(), "{what}");
    let size = expected
        .iter()
        .fold(1.0_f64, |size, value| size.max(value.abs()));
    for (at, (got, expected)) in got.iter().zip(expected).enumerate() {
        let apart = (f64::from(*got) - expected).abs();
        assert!(
            apart <= tolerance * size,
            "{what}: {got} for {expected} at {at}"
        );
    }
}

/// Visits every product of a convolution: the places in y, x and the weights.
fn products(layer: &Layer, x: &Batch, y: &Batch, mut visit: impl FnMut(usize, usize, usize)) {
    let ([kr, kc], [pr, pc], s) = (layer.kernel, layer.padding, layer.stride);
    for (frame, out) in (0..x.n).flat_map(|n| (0..layer.c_out).map(move |out| (n, out))) {
        for (row, column) in pixels(y.size) {
            for channel in 0..layer.c_in {
                for (i, j) in pixels([kr, kc]) {
                    let (r, c) = (
                        (row * s + i).wrapping_sub(pr),
                        (column * s + j).wrapping_sub(pc),
                    );
                    if r < x.size[0] && c < x.size[1] {
                        let weight = ((out * layer.c_in + channel) * kr + i) * kc + j;
                        visit(
                            y.index(frame, out, row, column),
                            x.index(frame, channel, r, c),
                            weight,
                        );
                    }
                }
            }
        }
    }
}

fn pixels([rows, columns]: [usize; 2]) -> impl Iterator<Item = (usize, usize)> {
    (0..rows).flat_map(move |row| (0..columns).map(move |column| (row, column)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_convolution_and_its_gradients_are_their_definitions(
        seed: u64,
        n in 1_usize..5,
        c_in in 1_usize..36,
        c_out in 1_usize..52,
        kernel in prop::sample::select(vec![[1, 1], [3, 3], [5, 5], [1, 7], [7, 1], [1, 3], [3, 1], [7, 7], [2, 4]]),
        stride in 1_usize..4,
        padding in (0_usize..4, 0_usize..4),
        size in (1_usize..20, 1_usize..20),
    ) {
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let size = [size.0.max(kernel[0]), size.1.max(kernel[1])];
        let layer = Layer { c_in, c_out, kernel, stride, padding: [padding.0, padding.1], size };
        let x = Batch::random(rng, n, c_in, size);
        let scale = (3.0 / (c_in * kernel[0] * kernel[1]) as f32).sqrt();
        let weight: Vec<f32> = (0..layer.weights()).map(|_| rng.random_range(-scale..scale)).collect();
        let mut y = Batch::zeros(n, c_out, layer.output().unwrap());
        let dy = Batch::random(rng, n, c_out, y.size);
        let mut dx = Batch::zeros(n, c_in, size);
        let mut dw = vec![0.0; weight.len()];
        let shape = y.clone();
        products(&layer, &x, &shape, |to, from, w| {
            y.values[to] += x.values[from] * f64::from(weight[w]);
            dx.values[from] += dy.values[to] * f64::from(weight[w]);
            dw[w] += dy.values[to] * x.values[from];
        });
        for isa in Isa::all() {
            let (bx, bdy) = (x.blocked(), dy.blocked());
            let made = layer.forward(isa, &weight, &bx, n).unwrap();
            y.assert_close(&made, 2e-5, isa.name());
            let (again, found) = layer.forward_with_statistics(isa, &weight, &bx, n).unwrap();
            prop_assert_eq!(&again, &made);
            let blocks = c_out.div_ceil(LANES);
            let wanted = Statistics::of(isa, &made, n, blocks).unwrap();
            let wide = |values: &[f32]| -> Vec<f64> { values.iter().map(|value| f64::from(*value)).collect() };
            assert_close(&found.mean, &wide(&wanted.mean), 1e-6, isa.name());
            assert_close(&found.var, &wide(&wanted.var), 1e-6, isa.name());
            let bias: Vec<f32> = (0..c_out).map(|channel| (channel as f32).sin()).collect();
            let ended = layer.forward_with_bias(isa, &weight, &bias, true, &bx, n).unwrap();
            let plane = made.len() / (n * blocks);
            let wanted = made.iter().enumerate().map(|(at, value)| {
                let channel = at / plane % blocks * LANES + at % LANES;
                f64::from(value + bias.get(channel).unwrap_or(&0.0)).max(0.0)
            });
            // The sums begin with the bias, and so round otherwise.
            assert_close(&ended, &wanted.collect::<Vec<_>>(), 2e-5, isa.name());
            dx.assert_close(&layer.backward_input(isa, &weight, &bdy, n).unwrap(), 2e-5, isa.name());
            assert_close(&layer.backward_weights(isa, &bx, &bdy, n).unwrap(), &dw, 1e-5, isa.name());
        }
    }

    #[test]
    fn any_batch_norm_and_its_gradients_are_their_definitions(
        seed: u64,
        n in 1_usize..5,
        channels in 1_usize..36,
        size in (1_usize..9, 2_usize..9),
        relu: bool,
        of_batch: bool,
    ) {
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let mut x = Batch::random(rng, n, channels, [size.0, size.1]);
        // Means far from 0, as of a first layer.
        for value in &mut x.values {
            *value = f64::from(*value as f32 + 3.0);
        }
        let dy = Batch::random(rng, n, channels, x.size);
        let mut some = |low, high| -> Vec<f32> { (0..channels).map(|_| rng.random_range(low..high)).collect() };
        let (weight, bias) = (some(0.5, 1.5), some(-1.0, 1.0));
        let (given_mean, given_var) = (some(2.0, 4.0), some(0.1, 2.0));
        let norm = BatchNormParameters { weight: &weight, bias: &bias, eps: 1e-3, relu };

        let area = x.size[0] * x.size[1];
        let count = (n * area) as f64;
        let of = |channel: usize| (0..n).flat_map(move |frame| {
            let first = (frame * channels + channel) * area;
            first..first + area
        });
        let (mut mean, mut var) = (vec![], vec![]);
        for channel in 0..channels {
            if of_batch {
                let m = of(channel).map(|at| x.values[at]).sum::<f64>() / count;
                mean.push(m);
                var.push(of(channel).map(|at| (x.values[at] - m).powi(2)).sum::<f64>() / count);
            } else {
                mean.push(f64::from(given_mean[channel]));
                var.push(f64::from(given_var[channel]));
            }
        }
        let (mut y, mut dx) = (x.clone(), x.clone());
        let (mut dweight, mut dbias) = (vec![0.0; channels], vec![0.0; channels]);
        for channel in 0..channels {
            let inverse = 1.0 / (var[channel] + 1e-3).sqrt();
            let by = f64::from(weight[channel]) * inverse;
            let hat = |at: usize| (x.values[at] - mean[channel]) * inverse;
            for at in of(channel) {
                let value = hat(at) * f64::from(weight[channel]) + f64::from(bias[channel]);
                y.values[at] = if relu { value.max(0.0) } else { value };
                // A value that is 0 up to the rounding may have either derivative.
                prop_assume!(!relu || value.abs() > 1e-5);
            }
            let g = |at: usize| if relu && y.values[at] <= 0.0 { 0.0 } else { dy.values[at] };
            dbias[channel] = of(channel).map(g).sum();
            dweight[channel] = of(channel).map(|at| g(at) * hat(at)).sum();
            for at in of(channel) {
                let moving = if of_batch { (dbias[channel] + hat(at) * dweight[channel]) / count } else { 0.0 };
                dx.values[at] = by * (g(at) - moving);
            }
        }
        for isa in Isa::all() {
            let (bx, bdy) = (x.blocked(), dy.blocked());
            let blocks = channels.div_ceil(LANES);
            let mut statistics = Statistics::of(isa, &bx, n, blocks).unwrap();
            if !of_batch {
                let pad = |values: &[f32]| values.iter().copied().chain(std::iter::repeat(0.0)).take(blocks * LANES).collect();
                statistics = Statistics { mean: pad(&given_mean), var: pad(&given_var) };
            }
            assert_close(&statistics.mean[..channels], &mean, 1e-6, isa.name());
            assert_close(&statistics.var[..channels], &var, 1e-6, isa.name());
            let by = norm.forward(isa, &statistics, &bx, n).unwrap();
            y.assert_close(&by, 2e-5, isa.name());
            let got = norm.towards_parameters(isa, &statistics, of_batch, &bx, &bdy, n).unwrap();
            let mut input = bdy.clone();
            norm.backward_input(isa, &got, &bx, &mut input, n).unwrap();
            // Lanes without a channel get whatever: they are zero as the input's are.
            dx.assert_close(&input, 2e-5, isa.name());
            assert_close(&got.weight, &dweight, 2e-5, isa.name());
            assert_close(&got.bias, &dbias, 2e-5, isa.name());
        }
    }

    #[test]
    fn any_pooling_and_its_gradient_are_their_definitions(
        seed: u64,
        n in 1_usize..4,
        channels in 1_usize..20,
        kernel in 1_usize..6,
        stride in 1_usize..4,
        padding in 0_usize..3,
        size in (1_usize..20, 1_usize..20),
        mean: bool,
    ) {
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let padding = padding.min(kernel / 2);
        let size = [size.0.max(kernel), size.1.max(kernel)];
        let mut x = Batch::random(rng, n, channels, size);
        // Few different values: a maximum is often in more than one place.
        for value in &mut x.values {
            *value = (*value * 4.0).round() / 4.0;
        }
        let pool = Pool { mean, kernel, stride, padding, size };
        let output = pool.output().unwrap();
        let mut y = Batch::zeros(n, channels, output);
        let dy = Batch::random(rng, n, channels, output);
        let mut dx = Batch::zeros(n, channels, size);
        for frame in 0..n {
            for channel in 0..channels {
                for (row, column) in pixels(output) {
                    let to = y.index(frame, channel, row, column);
                    let places: Vec<usize> = pixels([kernel, kernel])
                        .map(|(i, j)| ((row * stride + i).wrapping_sub(padding), (column * stride + j).wrapping_sub(padding)))
                        .filter(|(r, c)| *r < size[0] && *c < size[1])
                        .map(|(r, c)| x.index(frame, channel, r, c))
                        .collect();
                    if mean {
                        let share = (kernel * kernel) as f64;
                        y.values[to] = places.iter().map(|at| x.values[*at]).sum::<f64>() / share;
                        for at in places {
                            dx.values[at] += dy.values[to] / share;
                        }
                    } else {
                        let most = places.iter().map(|at| x.values[*at]).fold(f64::MIN, f64::max);
                        y.values[to] = most;
                        let first = places.into_iter().find(|at| x.values[*at] == most).unwrap();
                        dx.values[first] += dy.values[to];
                    }
                }
            }
        }
        for isa in Isa::all() {
            let (bx, bdy) = (x.blocked(), dy.blocked());
            let by = pool.forward(isa, &bx).unwrap();
            y.assert_close(&by, 1e-6, isa.name());
            dx.assert_close(&pool.backward(isa, &bx, &by, &bdy).unwrap(), 2e-6, isa.name());
        }
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let rng = &mut ChaCha8Rng::seed_from_u64(3);
    let layer = Layer {
        c_in: 24,
        c_out: 40,
        kernel: [3, 3],
        stride: 1,
        padding: [1, 1],
        size: [21, 19],
    };
    let n = 5;
    let x = Batch::random(rng, n, 24, layer.size).blocked();
    let dy = Batch::random(rng, n, 40, layer.output().unwrap()).blocked();
    let weight: Vec<f32> = (0..layer.weights())
        .map(|_| rng.random_range(-0.1..0.1))
        .collect();
    let results: Vec<_> = [1, 2, 3, 8]
        .map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            pool.install(|| {
                let isa = Isa::best();
                [
                    layer.forward(isa, &weight, &x, n).unwrap(),
                    layer.backward_input(isa, &weight, &dy, n).unwrap(),
                    layer.backward_weights(isa, &x, &dy, n).unwrap(),
                ]
            })
        })
        .into();
    assert!(results.iter().all(|result| *result == results[0]));
    assert!(
        results[0]
            .iter()
            .all(|values| values.iter().any(|value| *value != 0.0))
    );
}
