//! Invented people: names of many cultures and the accounts that go with them.

use super::chance::one_of;
use crate::domain::{ids::BrandId, network::Network};
use rand::{RngExt, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use std::collections::HashSet;

/// The accounts that are taken already, so that no two people share one.
pub type Taken = HashSet<(BrandId, Network, String)>;

/// Given names, family names.
type Names = (&'static [&'static str], &'static [&'static str]);

const ENGLISH: Names = (
    &[
        "Amara",
        "Ben",
        "Chidi",
        "Daphne",
        "Elif",
        "Femi",
        "Grace",
        "Hassan",
        "Imogen",
        "Jamal",
        "Keiko",
        "Leah",
        "Mateo",
        "Niamh",
        "Oluwaseun",
        "Priya",
        "Quentin",
        "Rosa",
        "Siobhán",
        "Tariq",
        "Una",
        "Vikram",
        "Wanjiru",
        "Xin",
        "Yusuf",
        "Zofia",
        "Arthur",
        "Bronwen",
        "Cormac",
        "Dilys",
        "Esther",
        "Fatima",
        "Gareth",
        "Harriet",
        "Isla",
        "Jonah",
        "Kofi",
        "Linnea",
        "Maren",
        "Nadia",
        "Owen",
        "Petra",
        "Rafael",
        "Sunita",
        "Thabo",
        "Valentina",
        "Wiremu",
        "Yara",
        "Aroha",
        "Deepak",
        "Ewa",
        "Freya",
        "Hine",
        "Joaquim",
        "Lakshmi",
        "Minh",
        "Noor",
        "Oscar",
        "Phoebe",
        "Soren",
    ],
    &[
        "Adeyemi",
        "Banerjee",
        "Castellan",
        "Dunmore",
        "Eriksen",
        "Fairweather",
        "Goldstraw",
        "Haddad",
        "Iyer",
        "Jankowski",
        "Kamara",
        "Lindqvist",
        "Mbeki",
        "Novak",
        "Okonkwo",
        "Pemberley",
        "Quigley",
        "Rahimi",
        "Sato",
        "Tamati",
        "Underhill",
        "Vasquez",
        "Whitlock",
        "Xu",
        "Yilmaz",
        "Zielinski",
        "Ashdown",
        "Brannigan",
        "Chowdhury",
        "Delacroix",
        "Farrow",
        "Greenhalgh",
        "Hollis",
        "Ibrahim",
        "Jellicoe",
        "Kaur",
        "Llewellyn",
        "Marchetti",
        "Nakagawa",
        "Oyelaran",
        "Penhaligon",
        "Rasmussen",
        "Siddiqui",
        "Thistlewood",
        "Varga",
        "Wetherby",
        "Achterberg",
        "Bellweather",
        "Carrow",
        "Doyle",
        "Featherstone",
        "Ngata",
        "Osei",
        "Pereira",
        "Ruiz",
        "Tran",
        "Ueda",
        "Van Dorn",
        "Winterbourne",
        "Zhao",
    ],
);

const GERMAN: Names = (
    &[
        "Annika", "Bastian", "Carla", "Dominik", "Elke", "Florian", "Greta", "Hannes", "Jörg",
        "Katrin", "Lennart", "Meike",
    ],
    &[
        "Albers",
        "Brandner",
        "Eichholz",
        "Fuhrmann",
        "Grünwald",
        "Hinrichs",
        "Kesselring",
        "Lohmeyer",
        "Özdemir",
        "Petersen",
        "Rautenberg",
        "Wiesner",
    ],
);
const FRENCH: Names = (
    &[
        "Amélie", "Baptiste", "Camille", "Delphine", "Étienne", "Fatou", "Gaëlle", "Hugo", "Inès",
        "Jules", "Léonie", "Mathieu",
    ],
    &[
        "Aubertin",
        "Belhadj",
        "Chastagnier",
        "Delmas",
        "Fontanel",
        "Garrigue",
        "Lemarchand",
        "Marchand",
        "Ndiaye",
        "Perrin",
        "Roussel",
        "Thibaudeau",
    ],
);
const SPANISH: Names = (
    &[
        "Alba", "Bruno", "Carmen", "Diego", "Elena", "Fernando", "Inés", "Javier", "Lucía",
        "Martín", "Nuria", "Pilar",
    ],
    &[
        "Arriaga",
        "Bermejo",
        "Cifuentes",
        "Duarte",
        "Echeverri",
        "Fuentes",
        "Galdós",
        "Herrero",
        "Ibarra",
        "Montalvo",
        "Quiroga",
        "Salcedo",
    ],
);
const PORTUGUESE: Names = (
    &[
        "Beatriz", "Caio", "Duarte", "Filipa", "Gonçalo", "Inês", "Joana", "Luís", "Mariana",
        "Rui", "Tiago", "Vera",
    ],
    &[
        "Almeida",
        "Barros",
        "Cardoso",
        "Esteves",
        "Figueira",
        "Guerreiro",
        "Lacerda",
        "Moura",
        "Nogueira",
        "Pacheco",
        "Sequeira",
        "Valente",
    ],
);
const POLISH: Names = (
    &[
        "Agnieszka",
        "Bartosz",
        "Dorota",
        "Grzegorz",
        "Halina",
        "Jakub",
        "Kinga",
        "Łukasz",
        "Magda",
        "Piotr",
        "Renata",
        "Szymon",
    ],
    &[
        "Adamczyk",
        "Borowiec",
        "Czarnecka",
        "Dudek",
        "Gajda",
        "Jaworska",
        "Kubiak",
        "Malec",
        "Nowicka",
        "Pawlak",
        "Sikora",
        "Wrona",
    ],
);
/// Family name first, with its spelling in Latin letters.
const JAPANESE: &[(&str, &str)] = &[
    ("森田 彩花", "moritaayaka"),
    ("石川 蓮", "ishikawaren"),
    ("藤井 美緒", "fujiimio"),
    ("小林 悠斗", "kobayashiyuto"),
    ("中村 さくら", "nakamurasakura"),
    ("上野 大和", "uenoyamato"),
    ("長谷川 凛", "hasegawarin"),
    ("村上 陽向", "murakamihinata"),
];
/// With its spelling in Latin letters.
const ARABIC: &[(&str, &str)] = &[
    ("ليلى حداد", "laylahaddad"),
    ("يوسف النجار", "yousefnajjar"),
    ("سلمى العلي", "salmaalali"),
    ("كريم منصور", "karimmansour"),
    ("نورة السالم", "nourasalem"),
    ("عمر خليل", "omarkhalil"),
    ("هدى يعقوب", "hudayaqoub"),
    ("زياد فارس", "ziadfaris"),
];

/// An invented person with an account nobody else has.
#[derive(Clone, Debug)]
pub struct Person {
    /// What people call them.
    pub name: String,
    /// The account's name.
    pub handle: String,
    /// How many people follow it.
    pub followers: i64,
}

/// Invents somebody who speaks a language and has an account on a network.
pub fn invent(
    rng: &mut ChaCha8Rng,
    taken: &mut Taken,
    brand: BrandId,
    network: Network,
    language: &str,
) -> Person {
    let (name, first, last) = name_in(rng, language);
    let followers = match network {
        Network::Email => 0,
        Network::Facebook => super::chance::followers(rng) / 4 + 20,
        Network::Bluesky
        | Network::Mastodon
        | Network::X
        | Network::Instagram
        | Network::Reddit => super::chance::followers(rng),
    };
    let base = match rng.random_range(0..5) {
        0 | 1 if last.is_empty() => first,
        _ if last.is_empty() => format!("{first}{}", rng.random_range(1..100)),
        0 => format!("{first}{last}"),
        1 => format!("{}{last}", &first[..first.len().min(1)]),
        2 => format!("{first}.{}", &last[..last.len().min(1)]),
        3 => format!("{first}{}", rng.random_range(60..100)),
        _ => format!("{first}.{last}"),
    };
    let mut handle = at_home(&base, network);
    while !taken.insert((brand, network, handle.clone())) {
        handle = at_home(&format!("{base}{}", rng.random_range(2..9999)), network);
    }
    Person {
        name,
        handle,
        followers,
    }
}

/// An account's name as the network writes it.
fn at_home(base: &str, network: Network) -> String {
    match network {
        Network::Bluesky => format!("{}.sky.example", base.replace('.', "-")),
        Network::Mastodon => format!("{}@toot.example", base.replace('.', "_")),
        Network::X | Network::Reddit => base.replace('.', "_"),
        Network::Facebook | Network::Instagram => base.to_owned(),
        Network::Email => format!("{base}@post.example"),
    }
}

/// A name, and its two halves in plain Latin letters.
fn name_in(rng: &mut ChaCha8Rng, language: &str) -> (String, String, String) {
    let pair = match language {
        "ja" => JAPANESE.choose(rng),
        "ar" => ARABIC.choose(rng),
        _ => None,
    };
    if let Some((name, latin)) = pair {
        return ((*name).to_owned(), (*latin).to_owned(), String::new());
    }
    let (given, family) = match language {
        "de" => GERMAN,
        "fr" => FRENCH,
        "es" => SPANISH,
        "pt" => PORTUGUESE,
        "pl" => POLISH,
        _ => ENGLISH,
    };
    let (given, family) = (one_of(rng, given), one_of(rng, family));
    (format!("{given} {family}"), latin(given), latin(family))
}

/// Lower-case Latin letters without marks.
fn latin(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .filter_map(|letter| match letter {
            'a'..='z' => Some(letter),
            'á' | 'à' | 'ã' | 'ä' | 'â' => Some('a'),
            'é' | 'è' | 'ê' | 'ë' => Some('e'),
            'í' | 'ï' => Some('i'),
            'ó' | 'ö' | 'ø' => Some('o'),
            'ú' | 'ü' => Some('u'),
            'ç' => Some('c'),
            'ñ' | 'ń' => Some('n'),
            'ł' => Some('l'),
            _ => None,
        })
        .collect()
}
