//! How well suggestions agree with what people made of the same posts.

/// The mean over all classes of how well each is found (F1), from 0 to 1: a rare class counts as
/// much as a common one. Pairs are what is right and what was suggested.
pub fn macro_f1<T: Copy + PartialEq>(classes: &[T], pairs: &[(T, T)]) -> f64 {
    let present: Vec<T> = classes
        .iter()
        .copied()
        .filter(|class| pairs.iter().any(|it| it.0 == *class || it.1 == *class))
        .collect();
    let sum: f64 = present.iter().map(|class| f1(*class, pairs)).sum();
    sum / present.len().max(1) as f64
}

/// How well one class is found: 1 when all of it is and nothing else.
pub fn f1<T: Copy + PartialEq>(class: T, pairs: &[(T, T)]) -> f64 {
    let count = |is_it: fn(bool, bool) -> bool| {
        let found = pairs
            .iter()
            .filter(|it| is_it(it.0 == class, it.1 == class));
        found.count() as f64
    };
    let (both, right, suggested) = (
        count(|right, suggested| right && suggested),
        count(|right, _| right),
        count(|_, suggested| suggested),
    );
    if right + suggested == 0.0 {
        0.0
    } else {
        2.0 * both / (right + suggested)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_class_counts_as_much_as_a_common_one() {
        let always = [(0, 0), (0, 0), (0, 0), (1, 0)];
        assert!((f1(0, &always) - 6.0 / 7.0).abs() < 1e-9);
        assert!((macro_f1(&[0, 1], &always) - 3.0 / 7.0).abs() < 1e-9);
        assert!((macro_f1(&[0, 1, 2], &[(0, 0), (1, 1)]) - 1.0).abs() < 1e-9);
        assert_eq!(macro_f1::<u8>(&[0, 1], &[]), 0.0);
    }
}
