//! Fills the slots of texts with flights, cities, sums and names that stay the same in one case.

use rand::{RngExt, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

const CITIES: &[&str] = &[
    "Lisbon",
    "Porto",
    "Madrid",
    "Valencia",
    "Munich",
    "Hamburg",
    "Vienna",
    "Zurich",
    "Geneva",
    "Lyon",
    "Nice",
    "Milan",
    "Naples",
    "Athens",
    "Split",
    "Kraków",
    "Gdańsk",
    "Prague",
    "Budapest",
    "Copenhagen",
    "Oslo",
    "Helsinki",
    "Dublin",
    "Reykjavík",
    "Marrakesh",
    "Amman",
    "Istanbul",
    "Tokyo",
    "Atlanta",
    "Toronto",
    "Accra",
    "Nairobi",
    "Mumbai",
    "Singapore",
];
const HOMES: &[&str] = &[
    "London",
    "Manchester",
    "Edinburgh",
    "Bristol",
    "Birmingham",
    "Glasgow",
    "Newcastle",
    "Leeds",
];
const AREAS: &[&str] = &[
    "Leeds LS6",
    "Cardiff CF11",
    "Norwich",
    "Hackney E8",
    "Peckham",
    "Salford M5",
    "Dundee",
    "Truro",
    "Whitby",
    "Bath BA2",
    "Swansea",
    "Lincoln",
    "Kendal",
    "Brighton BN1",
    "Derry",
    "Stirling",
    "Hull HU5",
    "Oxford OX4",
    "Ely",
    "Croydon",
];
const STREETS: &[&str] = &[
    "Albert Road",
    "Mill Lane",
    "Station Street",
    "Orchard Close",
    "Canal Walk",
    "Harbour View",
    "Queen's Terrace",
    "Elm Grove",
];

/// What the slots of one case stand for.
#[derive(Clone, Debug)]
pub struct Slots {
    values: Vec<(&'static str, String)>,
}

impl Slots {
    /// Draws the values for one case: for a customer and the agent who answers, with a time of
    /// the day before the first post and one after it.
    pub fn of(
        rng: &mut ChaCha8Rng,
        language: &str,
        [customer, agent]: [&str; 2],
        [earlier, later]: [&str; 2],
    ) -> Self {
        let first = customer.split_whitespace().next().unwrap_or(customer);
        let pounds = rng.random_range(18..640);
        let pence = *[0, 20, 45, 50, 60, 75, 80, 99].choose(rng).unwrap_or(&0);
        let amount = match language {
            "en" => format!("£{pounds}.{pence:02}"),
            "ja" => format!("{}円", pounds * 190),
            _ => format!("{pounds},{pence:02} €"),
        };
        let gate = format!(
            "{}{}",
            ["A", "B", "C", "D"].choose(rng).unwrap_or(&"B"),
            rng.random_range(1..40)
        );
        let pick = |rng: &mut ChaCha8Rng, list: &[&'static str]| {
            (*list.choose(rng).unwrap_or(&"London")).to_owned()
        };
        let letters = |rng: &mut ChaCha8Rng| -> String {
            const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
            (0..6)
                .map(|_| char::from(*LETTERS.choose(rng).unwrap_or(&b'X')))
                .collect()
        };
        Self {
            values: vec![
                ("name", first.to_owned()),
                ("agent", agent.to_owned()),
                ("flight", format!("FLK {}", rng.random_range(102..989))),
                ("city", pick(rng, CITIES)),
                ("home", pick(rng, HOMES)),
                ("area", pick(rng, AREAS)),
                ("street", pick(rng, STREETS)),
                ("gate", gate),
                ("earlier", earlier.to_owned()),
                ("later", later.to_owned()),
                ("hours", rng.random_range(2..8).to_string()),
                ("mins", (rng.random_range(4..19) * 5).to_string()),
                ("days", rng.random_range(2..15).to_string()),
                ("weeks", rng.random_range(2..7).to_string()),
                ("years", rng.random_range(3..17).to_string()),
                ("amount", amount),
                ("ref", letters(rng)),
                (
                    "tag",
                    format!("FLK {:06}", rng.random_range(100_000..999_999)),
                ),
                (
                    "seat",
                    format!(
                        "{}{}",
                        rng.random_range(4..34),
                        ["A", "C", "D", "F"].choose(rng).unwrap_or(&"C")
                    ),
                ),
                ("digits", format!("{:03}", rng.random_range(100..999))),
            ],
        }
    }

    /// A text with its slots filled.
    pub fn fill(&self, text: &str) -> String {
        let mut said = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            said.push_str(before);
            let (name, tail) = after.split_once('}').unwrap_or((after, ""));
            match self.values.iter().find(|(slot, _)| *slot == name) {
                Some((_, value)) => said.push_str(value),
                None => {
                    said.push('{');
                    said.push_str(name);
                    said.push('}');
                }
            }
            rest = tail;
        }
        said.push_str(rest);
        said
    }
}
