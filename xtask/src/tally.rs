//! Counts tests over all the tools that run some.

use std::ops::AddAssign;

use serde_json::Value;

/// How many passed and how many failed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Tally {
    /// From a line such as `test result: ok. 3 passed; 0 failed; 1 ignored; …`; all other lines
    /// count nothing.
    pub fn of_rust_line(line: &str) -> Self {
        let Some((_, counts)) = line.split_once("test result: ") else {
            return Self::default();
        };
        let count = |word: &str| {
            let before = counts
                .split_once(word)
                .map_or("", |(before, _)| before.trim_end());
            before
                .rsplit(' ')
                .next()
                .and_then(|number| number.parse().ok())
                .unwrap_or_default()
        };
        Self {
            passed: count("passed;"),
            failed: count("failed;"),
        }
    }

    /// From the report that Playwright writes as JSON.
    pub fn of_playwright(report: &Value) -> Self {
        let count = |name: &str| report["stats"][name].as_u64().unwrap_or_default();
        // A report can be free of failed tests and still tell of files that would not load.
        let errors = report["errors"]
            .as_array()
            .map_or(0, |errors| errors.len() as u64);
        Self {
            passed: count("expected") + count("flaky"),
            failed: count("unexpected") + errors,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn rust_results_are_read_from_their_line() {
        let line =
            "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out";
        assert_eq!(
            Tally::of_rust_line(line),
            Tally {
                passed: 12,
                failed: 3
            }
        );
        assert_eq!(Tally::of_rust_line("running 3 tests"), Tally::default());
    }

    #[test]
    fn a_browser_test_that_passed_at_last_has_passed() {
        let report =
            json!({ "stats": { "expected": 4, "flaky": 1, "unexpected": 2, "skipped": 1 } });
        assert_eq!(
            Tally::of_playwright(&report),
            Tally {
                passed: 5,
                failed: 2
            }
        );
    }
}
