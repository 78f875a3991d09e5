//! A row of bits that answers at once how many are set before a place.

/// Bits with a running count: one 32-bit count for every 64 bits.
#[derive(Clone, Debug, Default)]
pub struct Bits {
    words: Vec<u64>,
    /// Set bits before each word.
    before: Vec<u32>,
}

impl Bits {
    /// Packs bits.
    pub fn pack(bits: impl IntoIterator<Item = bool>) -> Self {
        let mut words = Vec::new();
        for (place, bit) in bits.into_iter().enumerate() {
            if place % 64 == 0 {
                words.push(0);
            }
            if bit && let Some(word) = words.last_mut() {
                *word |= 1_u64 << (place % 64);
            }
        }
        let mut set = 0;
        let mut before = Vec::with_capacity(words.len());
        for word in &words {
            before.push(set);
            set += word.count_ones();
        }
        // So that a rank at the very end needs no special case.
        words.push(0);
        before.push(set);
        Self { words, before }
    }

    /// How many bits are set before a place.
    pub fn rank(&self, place: u32) -> u32 {
        let (word, bit) = ((place / 64) as usize, place % 64);
        match (self.words.get(word), self.before.get(word)) {
            (Some(bits), Some(before)) => before + (bits & ((1_u64 << bit) - 1)).count_ones(),
            _ => self.before.last().copied().unwrap_or(0),
        }
    }

    /// How many bits are set in a half-open range.
    pub fn count(&self, (from, until): (u32, u32)) -> u32 {
        self.rank(until) - self.rank(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_agree_with_counting() {
        let bits: Vec<bool> = (0..1000_u32)
            .map(|it| it % 7 == 0 || it % 11 == 3)
            .collect();
        let packed = Bits::pack(bits.iter().copied());
        for place in 0..=1000_u32 {
            let counted = bits.iter().take(place as usize).filter(|it| **it).count();
            assert_eq!(packed.rank(place) as usize, counted, "before {place}");
        }
    }

    #[test]
    fn nothing_has_rank_zero() {
        assert_eq!(Bits::pack([]).rank(0), 0);
        assert_eq!(Bits::default().rank(5), 0);
    }
}
