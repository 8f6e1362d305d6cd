//! Things that are kept for when they are needed again, up to a number of them: beyond it the one that was put in longest ago goes.
//!
//! A network's programs are kept so. What uses one takes it out and puts it back, so that the newest are those that were used last.

/// Kept things, the oldest first.
#[derive(Debug)]
pub(super) struct Recent<K, V> {
    all: Vec<(K, V)>,
    most: usize,
}

impl<K: PartialEq, V> Recent<K, V> {
    /// None yet; at most so many, and one at least.
    pub(super) fn new(most: usize) -> Self {
        Self {
            all: Vec::new(),
            most: most.max(1),
        }
    }

    /// What is kept under a key.
    pub(super) fn get(&self, key: &K) -> Option<&V> {
        let found = self.all.iter().find(|(known, _)| known == key);
        found.map(|(_, value)| value)
    }

    /// Takes it out.
    pub(super) fn take(&mut self, key: &K) -> Option<V> {
        let at = self.all.iter().position(|(known, _)| known == key)?;
        Some(self.all.remove(at).1)
    }

    /// Puts it in, in the place of what was there under this key; gives what has no room any more.
    pub(super) fn put(&mut self, key: K, value: V) -> Option<V> {
        let mut gone = self.take(&key);
        if self.all.len() >= self.most {
            gone = Some(self.all.remove(0).1);
        }
        self.all.push((key, value));
        gone
    }

    /// Forgets all of them.
    pub(super) fn clear(&mut self) {
        self.all.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_were_used_last_stay() {
        let mut kept = Recent::new(3);
        for key in 0..3 {
            assert_eq!(kept.put(key, key * 10), None);
        }
        let zero = kept.take(&0).unwrap();
        assert_eq!(kept.put(0, zero), None, "used again, the newest now");
        assert_eq!(kept.put(3, 30), Some(10));
        assert_eq!(kept.put(2, 21), Some(20), "one key, one thing");
        assert_eq!(
            [0, 1, 2, 3].map(|key| kept.get(&key).copied()),
            [Some(0), None, Some(21), Some(30)]
        );
        kept.clear();
        assert_eq!(kept.take(&0), None);
    }
}
