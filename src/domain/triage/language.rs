//! Which language a text is in, guessed from its letters and its small words.
//!
//! A guess only: what is short or mixed has no language, and then the words of all lists that are
//! in Latin letters are not looked for but those of English.

use super::text::{Kind, Piece, hash};
use std::{collections::HashMap, sync::LazyLock};

/// Small words by which languages in Latin letters differ.
const SMALL_WORDS: &[(&str, &str)] = &[
    (
        "en",
        "the and is are was were be been to of in on at for with from this that it my your you i i'm we they have has had do does did not don't can will would what when how why just so but if or an there get got our me",
    ),
    (
        "de",
        "der die das und ist sind war nicht kein keine ich ihr wir sie es ein eine einen mit von zu auf für im den dem des euch mein meine habe hat haben wie was wann wo warum seit nach auch noch schon bei aus wenn aber oder nur mal immer bitte danke doch bin wird werden",
    ),
    (
        "es",
        "el la los las de que y en un una es por para con no se lo su mi me te del al como más pero hay muy ya está están esta este soy ser tengo tiene qué cuando cómo sin ni nos les sus le",
    ),
    (
        "fr",
        "le la les de des du et est en un une que qui pour pas je vous nous il elle ne sur avec au aux ce cette mon ma mes votre vos suis ai a c'est j'ai sont dans plus par se on mais ou où tout très bien merci été être depuis",
    ),
    (
        "it",
        "il lo la i gli le di che e è in un una per con non si mi ti ci del della dei delle al alla sono ho hai ha come più ma anche questo questa mio mia perché quando dove grazie da nel nella vostro",
    ),
    (
        "pt",
        "o a os as de que e em um uma é por para com não nao se meu minha me do da dos das no na ao como mais mas tem está estou ser eu vocês vcs você já muito isso esse essa foi são quando obrigado",
    ),
    (
        "nl",
        "de het een en is zijn van in op te dat die niet geen ik je jullie wij we met voor aan er maar om ook als bij nog al naar mijn heb heeft hebben wat hoe waar waarom wanneer dan dit uit kan wel",
    ),
    (
        "pl",
        "i w na z nie to jest się że do jak co po za o od dla ale czy już mam przez tak mi są było być proszę dziękuję",
    ),
    (
        "sv",
        "och att det i en är jag på som för med har inte av till om ni den ett vi kan så men från var när hur min mitt tack er",
    ),
    (
        "da",
        "og at det i en er jeg på som for med har ikke af til om den et vi kan så men fra var når hvordan min mit tak jer",
    ),
    (
        "tr",
        "ve bir bu da de için ile ne çok mi mı ama var yok ben biz siz daha gibi değil neden nasıl kadar teşekkürler lütfen",
    ),
    (
        "id",
        "dan yang di ini itu untuk dengan tidak saya kami anda dari ke ada bisa sudah belum kenapa bagaimana terima kasih tolong",
    ),
];

static BY_WORD: LazyLock<HashMap<u64, Vec<u8>>> = LazyLock::new(|| {
    let mut known: HashMap<u64, Vec<u8>> = HashMap::new();
    for (place, (_, words)) in SMALL_WORDS.iter().enumerate() {
        for word in words.split(' ') {
            let languages = known.entry(hash(word)).or_default();
            if !languages.contains(&(place as u8)) {
                languages.push(place as u8);
            }
        }
    }
    known
});

/// A text's language as an ISO 639 code; `None` when it can't be told.
pub fn guess(text: &str, pieces: &[Piece]) -> Option<&'static str> {
    if let Some(language) = by_letters(text) {
        return Some(language);
    }
    let mut points = [0_u32; SMALL_WORDS.len()];
    let mut words = 0;
    for piece in pieces.iter().filter(|it| it.kind == Kind::Word) {
        words += 1;
        if let Some(languages) = BY_WORD.get(&piece.hash) {
            // A word of many languages says little of any.
            for language in languages {
                points[usize::from(*language)] += 12 / languages.len() as u32;
            }
        }
    }
    let (best, most) = points
        .iter()
        .enumerate()
        .max_by_key(|&(place, it)| (it, std::cmp::Reverse(place)))?;
    let next = points
        .iter()
        .enumerate()
        .filter(|it| it.0 != best)
        .map(|it| *it.1)
        .max()?;
    let is_clear = *most >= 12 && *most >= next + 4 && *most * 5 >= words * 6;
    is_clear.then(|| SMALL_WORDS[best].0)
}

/// The language of a script that one language has, or that is mostly one's.
fn by_letters(text: &str) -> Option<&'static str> {
    if text.is_ascii() {
        return None;
    }
    let (mut latin, mut kana, mut han, mut hangul, mut cyrillic, mut ukrainian) =
        (0, 0, 0, 0, 0, 0);
    let (mut arabic, mut hebrew, mut greek, mut thai, mut devanagari) = (0, 0, 0, 0, 0);
    for letter in text.chars().take(400) {
        match letter {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => latin += 1,
            '\u{3040}'..='\u{30ff}' => kana += 3,
            '\u{3400}'..='\u{9fff}' => han += 3,
            '\u{ac00}'..='\u{d7af}' => hangul += 3,
            'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' => {
                cyrillic += 1;
                ukrainian += 1;
            }
            '\u{400}'..='\u{4ff}' => cyrillic += 1,
            '\u{600}'..='\u{6ff}' => arabic += 1,
            '\u{590}'..='\u{5ff}' => hebrew += 1,
            '\u{370}'..='\u{3ff}' => greek += 1,
            '\u{e00}'..='\u{e7f}' => thai += 1,
            '\u{900}'..='\u{97f}' => devanagari += 1,
            _ => {}
        }
    }
    let scripts = [
        (if kana > 0 { kana + han } else { 0 }, "ja"),
        (if kana > 0 { 0 } else { han }, "zh"),
        (hangul, "ko"),
        (cyrillic, if ukrainian > 0 { "uk" } else { "ru" }),
        (arabic, "ar"),
        (hebrew, "he"),
        (greek, "el"),
        (thai, "th"),
        (devanagari, "hi"),
    ];
    let (most, language) = scripts.into_iter().max_by_key(|it| it.0)?;
    (most > latin).then_some(language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::triage::text::take_apart;

    fn language(text: &str) -> Option<&'static str> {
        let mut pieces = Vec::new();
        take_apart(text, &mut pieces);
        guess(text, &pieces)
    }

    #[test]
    fn languages_are_told_apart() {
        for (text, expected) in [
            (
                "Why is my bag still not here? I have been waiting for days.",
                "en",
            ),
            (
                "Warum ist mein Koffer immer noch nicht da? Ich warte seit Tagen.",
                "de",
            ),
            (
                "¿Por qué no está mi maleta? Llevo días esperando y nadie contesta.",
                "es",
            ),
            (
                "Pourquoi ma valise n'est pas là ? Je vous attends depuis trois jours.",
                "fr",
            ),
            (
                "Perché la mia valigia non è qui? Sono tre giorni che aspetto.",
                "it",
            ),
            (
                "Por que a minha mala ainda não chegou? Eu estou esperando há dias.",
                "pt",
            ),
            (
                "Waarom is mijn koffer er nog niet? Ik wacht al dagen op jullie.",
                "nl",
            ),
            ("荷物がまだ届きません。", "ja"),
            ("我的行李还没到", "zh"),
            ("Где мой чемодан?", "ru"),
            ("أين حقيبتي؟", "ar"),
        ] {
            assert_eq!(language(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_says_too_little_has_no_language() {
        for text in ["", "ok", "👍", "@ada https://x.example", "12345"] {
            assert_eq!(language(text), None, "{text}");
        }
    }
}
