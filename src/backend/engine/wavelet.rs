//! A wavelet matrix: a column of numbers that answers “the k-th smallest between these rows” and
//! “how many below x between these rows” in as many steps as a number has bits, however many rows
//! there are. (Claude, Navarro, Ordóñez: “The wavelet matrix”, Information Systems 47, 2015.)

use super::bits::Bits;

/// A half-open range of rows.
pub type Range = (u32, u32);

/// A column of numbers in the order of its rows.
#[derive(Clone, Debug, Default)]
pub struct Wavelet {
    /// From the highest bit of a number to the lowest.
    levels: Vec<Level>,
}

#[derive(Clone, Debug)]
struct Level {
    bits: Bits,
    /// How many numbers have a zero here: those with a one stand behind them on the next level.
    zeros: u32,
}

impl Level {
    fn zero_side(&self, (from, until): Range) -> Range {
        (from - self.bits.rank(from), until - self.bits.rank(until))
    }

    fn one_side(&self, (from, until): Range) -> Range {
        (
            self.zeros + self.bits.rank(from),
            self.zeros + self.bits.rank(until),
        )
    }
}

impl Wavelet {
    /// Builds the column; `bits` is how many bits its largest number has.
    pub fn build(mut numbers: Vec<u32>, bits: u32) -> Self {
        let mut levels = Vec::with_capacity(bits as usize);
        let mut sorted = Vec::with_capacity(numbers.len());
        for bit in (0..bits).rev() {
            let is_one = |number: &u32| number >> bit & 1 == 1;
            let packed = Bits::pack(numbers.iter().map(is_one));
            sorted.clear();
            sorted.extend(numbers.iter().filter(|it| !is_one(it)));
            let zeros = sorted.len() as u32;
            sorted.extend(numbers.iter().filter(|it| is_one(it)));
            std::mem::swap(&mut numbers, &mut sorted);
            levels.push(Level {
                bits: packed,
                zeros,
            });
        }
        Self { levels }
    }

    /// How many bits a number of this column has.
    pub fn bits(&self) -> u32 {
        self.levels.len() as u32
    }

    /// How many numbers in some ranges are below `limit`.
    pub fn count_below(&self, ranges: &[Range], limit: u32) -> u64 {
        if self.bits() < 32 && limit >> self.bits() != 0 {
            return ranges.iter().map(|it| u64::from(it.1 - it.0)).sum();
        }
        let mut below = 0;
        for &range in ranges {
            let mut range = range;
            for (place, level) in self.levels.iter().enumerate() {
                if range.0 == range.1 {
                    break;
                }
                let zeros = level.zero_side(range);
                if limit >> (self.bits() - 1 - place as u32) & 1 == 1 {
                    below += u64::from(zeros.1 - zeros.0);
                    range = level.one_side(range);
                } else {
                    range = zeros;
                }
            }
        }
        below
    }

    /// The k-th smallest (from 0) of the numbers in some ranges, with `plus` added to them and
    /// `minus` taken away; both ascending, and `minus` a part of what is there.
    ///
    /// The answer means nothing when there are not that many numbers.
    pub fn kth(&self, ranges: &[Range], plus: &[u32], minus: &[u32], k: u64) -> u32 {
        let mut ranges: Vec<Range> = ranges.iter().copied().filter(|it| it.0 < it.1).collect();
        let (mut plus, mut minus) = (plus, minus);
        let (mut k, mut number) = (k, 0);
        for (place, level) in self.levels.iter().enumerate() {
            let bit = self.bits() - 1 - place as u32;
            let split = |side: &[u32]| side.partition_point(|it| it >> bit & 1 == 0);
            let (plus_zeros, minus_zeros) = (split(plus), split(minus));
            let zeros: u64 = ranges
                .iter()
                .map(|&range| {
                    let side = level.zero_side(range);
                    u64::from(side.1 - side.0)
                })
                .sum::<u64>()
                + plus_zeros as u64
                - minus_zeros as u64;
            if k < zeros {
                for range in &mut ranges {
                    *range = level.zero_side(*range);
                }
                plus = plus.get(..plus_zeros).unwrap_or_default();
                minus = minus.get(..minus_zeros).unwrap_or_default();
            } else {
                k -= zeros;
                number |= 1 << bit;
                for range in &mut ranges {
                    *range = level.one_side(*range);
                }
                plus = plus.get(plus_zeros..).unwrap_or_default();
                minus = minus.get(minus_zeros..).unwrap_or_default();
            }
            ranges.retain(|it| it.0 < it.1);
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_rank_in_any_rows_is_what_sorting_says(
            numbers in prop::collection::vec(0_u32..5000, 1..300),
            cuts in prop::collection::vec((0.0..1.0, 0.0..1.0), 1..4),
            plus in prop::collection::vec(0_u32..5000, 0..20),
            drop in 0_usize..10,
        ) {
            let n = numbers.len();
            let at = |share: f64| (share * n as f64) as u32;
            let mut ends: Vec<u32> = cuts.iter().flat_map(|&(a, b)| [at(a), at(b)]).collect();
            ends.sort_unstable();
            let ranges: Vec<Range> = ends.chunks(2).map(|it| (it[0], it[1])).collect();
            let mut chosen: Vec<u32> = ranges
                .iter()
                .flat_map(|&(from, until)| numbers[from as usize..until as usize].to_vec())
                .collect();
            let mut minus: Vec<u32> = chosen.iter().copied().take(drop).collect();
            chosen.drain(..minus.len());
            chosen.extend(&plus);
            chosen.sort_unstable();
            minus.sort_unstable();
            let mut plus = plus;
            plus.sort_unstable();
            let wavelet = Wavelet::build(numbers, 13);
            for (k, number) in chosen.iter().enumerate() {
                prop_assert_eq!(wavelet.kth(&ranges, &plus, &minus, k as u64), *number);
            }
        }

        #[test]
        fn counting_below_is_what_counting_says(
            numbers in prop::collection::vec(0_u32..500, 0..200),
            limit in 0_u32..1200,
        ) {
            let wavelet = Wavelet::build(numbers.clone(), 9);
            let counted = numbers.iter().filter(|it| **it < limit).count() as u64;
            prop_assert_eq!(wavelet.count_below(&[(0, numbers.len() as u32)], limit), counted);
        }
    }
}
