//! Whether what a list of batches gives on two streams is what each gives alone.
//!
//! Nobody has seen the two streams run on a card yet, and so **the first batches that go that way are judged one by one as well, and must
//! give the same, bit for bit**: once for a list of two, once for one of three or more, in which memory is used again. If they do not, or if
//! the card fails meanwhile, the network's batches go one by one from then on.

/// How many batches of a list have been compared: none, two, or three, from which on memory is used again.
const COMPARED: usize = 3;

/// What each batch of a list gives; `None` if a list cannot be asked.
pub type OfList = Option<Vec<Vec<f32>>>;

/// What has been seen of lists.
#[derive(Debug, Default)]
pub struct Trust {
    /// The longest list that was compared.
    compared: usize,
    /// They differed, or failed while they were compared.
    refused: bool,
}

impl Trust {
    /// What each batch of a list gives. `together` gives it for several, or `None` if it cannot; `alone` for one.
    ///
    /// # Errors
    /// If one of them fails, but for `together` while it is compared.
    pub fn ask<B, E: std::fmt::Display>(
        &mut self,
        batches: &[B],
        together: &mut dyn FnMut(&[B]) -> Result<OfList, E>,
        alone: &mut dyn FnMut(&B) -> Result<Vec<f32>, E>,
    ) -> Result<Vec<Vec<f32>>, E> {
        let mut all = Vec::with_capacity(batches.len());
        let compared = batches.len().min(COMPARED);
        if compared > self.compared.max(1) && !self.refused {
            let (first, _) = batches.split_at(compared);
            let given = together(first);
            for batch in first {
                all.push(alone(batch)?);
            }
            match given {
                Ok(Some(given)) if same(&given, &all) => self.compared = compared,
                // Not this time: there was no memory for it.
                Ok(None) => {}
                Ok(Some(_)) => self.refuse(&"a list gives something else"),
                Err(error) => self.refuse(&error),
            }
        }
        let rest = batches.get(all.len()..).unwrap_or_default();
        if rest.len() > 1
            && self.compared > 0
            && !self.refused
            && let Some(given) = together(rest)?
        {
            all.extend(given);
            return Ok(all);
        }
        for batch in rest {
            all.push(alone(batch)?);
        }
        Ok(all)
    }

    fn refuse(&mut self, trouble: &dyn std::fmt::Display) {
        log::warn!("batches go to the card one by one from here on: {trouble}");
        self.refused = true;
    }
}

/// Whether all bits are the same.
fn same(given: &[Vec<f32>], wanted: &[Vec<f32>]) -> bool {
    let bits = |all: &[Vec<f32>]| -> Vec<Vec<u32>> {
        let of = |one: &Vec<f32>| one.iter().map(|value| value.to_bits()).collect();
        all.iter().map(of).collect()
    };
    bits(given) == bits(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was asked together, and how often alone.
    fn ask(
        trust: &mut Trust,
        batches: &[u8],
        together: impl Fn(u8) -> Result<Option<f32>, &'static str>,
    ) -> (Vec<usize>, usize) {
        let (mut lists, mut alone) = (Vec::new(), 0);
        let made: Result<Vec<Vec<f32>>, &'static str> = trust.ask(
            batches,
            &mut |some| {
                lists.push(some.len());
                some.iter()
                    .map(|&one| Ok(together(one)?.map(|value| vec![value])))
                    .collect()
            },
            &mut |&one| {
                alone += 1;
                Ok(vec![f32::from(one)])
            },
        );
        let wanted: Vec<Vec<f32>> = batches.iter().map(|&one| vec![f32::from(one)]).collect();
        assert_eq!(made, Ok(wanted));
        (lists, alone)
    }

    #[test]
    fn lists_are_compared_until_one_of_three_was_right() {
        let mut trust = Trust::default();
        let right = |one: u8| Ok(Some(f32::from(one)));
        assert_eq!(
            ask(&mut trust, &[1], right),
            (vec![], 1),
            "nothing to overlap"
        );
        assert_eq!(ask(&mut trust, &[1, 2], right), (vec![2], 2));
        assert_eq!(ask(&mut trust, &[1, 2], right), (vec![2], 0));
        assert_eq!(ask(&mut trust, &[1, 2, 3, 4, 5], right), (vec![3, 2], 3));
        assert_eq!(ask(&mut trust, &[1, 2, 3, 4, 5], right), (vec![5], 0));
        assert_eq!(ask(&mut trust, &[], right), (vec![], 0));
    }

    #[test]
    fn what_differs_or_fails_is_not_asked_again() {
        for wrong in [Ok(Some(0.5)), Err("CUDA_ERROR_INVALID_VALUE")] {
            let mut trust = Trust::default();
            assert_eq!(ask(&mut trust, &[1, 2, 3, 4], |_| wrong), (vec![3], 4));
            assert_eq!(ask(&mut trust, &[1, 2, 3, 4], |_| wrong), (vec![], 4));
        }
    }

    #[test]
    fn without_memory_for_it_they_go_one_by_one_this_time() {
        let mut trust = Trust::default();
        assert_eq!(ask(&mut trust, &[1, 2, 3, 4], |_| Ok(None)), (vec![3], 4));
        let right = |one: u8| Ok(Some(f32::from(one)));
        assert_eq!(
            ask(&mut trust, &[1, 2, 3, 4], right),
            (vec![3], 4),
            "one is left"
        );
        assert_eq!(ask(&mut trust, &[1, 2, 3, 4], |_| Ok(None)), (vec![4], 4));
    }

    #[test]
    fn a_failure_later_is_told() {
        let mut trust = Trust::default();
        let right = |one: u8| Ok(Some(f32::from(one)));
        ask(&mut trust, &[1, 2, 3], right);
        let failed = trust.ask(
            &[1_u8, 2, 3],
            &mut |_| Err("CUDA_ERROR_OUT_OF_MEMORY"),
            &mut |_| Ok(vec![0.0]),
        );
        assert_eq!(failed, Err("CUDA_ERROR_OUT_OF_MEMORY"));
    }
}
