//! Notices a promise in what somebody writes: “we'll send the refund by tomorrow”. It is offered to
//! be logged and never logged by itself.
//!
//! It knows English, German, Spanish and French: a word of promising, and a moment. Both have to
//! stand in one sentence; without a moment there is nothing to keep.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

/// What was promised, and by when on the writer's own wall clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noticed {
    /// The sentence that promises.
    pub what: String,
    /// By when.
    pub due: NaiveDateTime,
}

/// The end of a working day, where only a day is said.
const EVENING: u32 = 18;
/// The longest sentence that is taken whole.
const MOST: usize = 200;

/// Beginnings of promises, in small letters. A blank stands for a gap between words.
const VOWS: &[&str] = &[
    // English
    "we'll",
    "we will",
    "i'll",
    "i will",
    "you'll",
    "you will",
    "we are going to",
    "we promise",
    "i promise",
    "we're going to",
    "will be",
    // German
    "wir werden",
    "ich werde",
    "wir senden",
    "wir schicken",
    "wir melden",
    "ich melde",
    "wir erstatten",
    "wir rufen",
    "ich rufe",
    "sie erhalten",
    "sie bekommen",
    "du bekommst",
    "du erhältst",
    "wir kümmern",
    "melden wir",
    "schicken wir",
    "senden wir",
    "wird",
    "erhalten sie",
    "bekommen sie",
    "versprechen",
    "rufen wir",
    "melde ich",
    // Spanish
    "vamos a",
    "voy a",
    "le enviaremos",
    "te enviaremos",
    "enviaremos",
    "le llamaremos",
    "te llamaremos",
    "llamaremos",
    "recibirá",
    "recibirás",
    "le responderemos",
    "responderemos",
    "le devolveremos",
    "devolveremos",
    "prometemos",
    "tendrá",
    "tendrás",
    "le enviaré",
    "enviaré",
    // French
    "nous allons",
    "je vais",
    "on va",
    "nous vous enverrons",
    "vous recevrez",
    "tu recevras",
    "nous vous rappellerons",
    "je vous rappelle",
    "nous enverrons",
    "enverrons",
    "nous vous rembourserons",
    "rembourserons",
    "nous promettons",
    "nous reviendrons",
    "vous aurez",
];

/// Days of the week, from Monday: English, German, Spanish, French.
const DAYS: [[&str; 4]; 7] = [
    ["monday", "montag", "lunes", "lundi"],
    ["tuesday", "dienstag", "martes", "mardi"],
    ["wednesday", "mittwoch", "miércoles", "mercredi"],
    ["thursday", "donnerstag", "jueves", "jeudi"],
    ["friday", "freitag", "viernes", "vendredi"],
    ["saturday", "samstag", "sábado", "samedi"],
    ["sunday", "sonntag", "domingo", "dimanche"],
];
const TOMORROW: &[&str] = &["tomorrow", "morgen", "mañana", "demain"];
const DAY_AFTER: &[&str] = &[
    "the day after tomorrow",
    "übermorgen",
    "pasado mañana",
    "après-demain",
];
const TODAY: &[&str] = &["today", "tonight", "heute", "hoy", "aujourd'hui"];
/// What stands before a number of hours or days.
const WITHIN: &[&str] = &[
    "within",
    "in",
    "binnen",
    "innerhalb von",
    "dentro de",
    "en",
    "dans",
    "sous",
    "d'ici",
    "in the next",
    "in den nächsten",
    "en las próximas",
    "en los próximos",
    "dans les",
];
const MINUTES: &[&str] = &["minute", "minutes", "minuten", "minuto", "minutos", "min"];
const HOURS: &[&str] = &[
    "hour", "hours", "stunde", "stunden", "hora", "horas", "heure", "heures", "hrs", "h",
];
const WHOLE_DAYS: &[&str] = &[
    "day", "days", "tag", "tage", "tagen", "día", "días", "jour", "jours",
];
const WEEKS: &[&str] = &[
    "week", "weeks", "woche", "wochen", "semana", "semanas", "semaine", "semaines",
];
/// What stands before an hour of the day.
const AT: &[&str] = &[
    "by",
    "until",
    "before",
    "at",
    "till",
    "bis",
    "um",
    "vor",
    "gegen",
    "antes de las",
    "a las",
    "hasta las",
    "para las",
    "avant",
    "jusqu'à",
    "à",
    "d'ici",
];
const NUMBERS: [[&str; 4]; 6] = [
    ["one", "einer", "una", "une"],
    ["two", "zwei", "dos", "deux"],
    ["three", "drei", "tres", "trois"],
    ["four", "vier", "cuatro", "quatre"],
    ["five", "fünf", "cinco", "cinq"],
    ["six", "sechs", "seis", "six"],
];

/// The first promise in a text that was written at `now` on the writer's wall clock.
pub fn notice(text: &str, now: NaiveDateTime) -> Option<Noticed> {
    sentences(text).find_map(|sentence| {
        let words = plain(sentence);
        let vow = VOWS.iter().any(|vow| has(&words, vow));
        if !vow || sentence.ends_with('?') {
            return None;
        }
        let due = moment(&words, now)?;
        let what: String = sentence.trim().chars().take(MOST).collect();
        Some(Noticed { what, due })
    })
}

/// Pieces that end with a full stop, a mark or a line. A point between figures ends nothing.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let mut end = rest.len();
        for (at, letter) in rest.char_indices() {
            let after = rest[at + letter.len_utf8()..].chars().next();
            let ends = match letter {
                '!' | '?' | '\n' => true,
                // “5 p.m. today” goes on in small letters.
                '.' => {
                    after.is_none_or(char::is_whitespace) && {
                        let next = rest[at + 1..].trim_start().chars().next();
                        next.is_none_or(|it| it.is_uppercase() || it == '¡' || it == '¿')
                    }
                }
                _ => false,
            };
            if ends {
                end = at + letter.len_utf8();
                break;
            }
        }
        let (sentence, left) = rest.split_at(end);
        rest = left;
        Some(sentence)
    })
}

/// Small letters, one blank around each word, so that whole words are found by their blanks.
fn plain(sentence: &str) -> String {
    let lower = sentence.to_lowercase().replace(['’', '`'], "'");
    let mut words = String::from(" ");
    for word in lower.split(|it: char| it.is_whitespace() || ",;!?()\"“”„«»¡¿".contains(it))
    {
        let word = word.trim_end_matches(['.', ':']);
        if !word.is_empty() {
            words.push_str(word);
            words.push(' ');
        }
    }
    words
}

fn has(words: &str, phrase: &str) -> bool {
    words.contains(&format!(" {phrase} "))
}

fn has_any(words: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|it| has(words, it))
}

fn moment(words: &str, now: NaiveDateTime) -> Option<NaiveDateTime> {
    if let Some(span) = span(words) {
        return now.checked_add_signed(span);
    }
    let time = time(words);
    let today = now.date();
    let day = if has_any(words, DAY_AFTER) {
        today.checked_add_days(Days::new(2))
    } else if has_any(words, TOMORROW) {
        today.checked_add_days(Days::new(1))
    } else if let Some(day) = weekday(words) {
        next(today, day)
    } else if has_any(words, TODAY) || time.is_some() {
        Some(today)
    } else {
        None
    }?;
    let evening = NaiveTime::from_hms_opt(EVENING, 0, 0)?;
    let due = day.and_time(time.unwrap_or(evening));
    if due > now {
        return Some(due);
    }
    // “Today” after the evening is the end of the day; an hour that is over is tomorrow's.
    match time {
        Some(time) if !has_any(words, TODAY) => {
            let tomorrow = day.checked_add_days(Days::new(1))?;
            Some(tomorrow.and_time(time))
        }
        Some(_) => None,
        None => NaiveTime::from_hms_opt(23, 59, 0).map(|it| day.and_time(it)),
    }
    .filter(|it| *it > now)
}

/// The named day after today; today's own name is in a week.
fn next(today: NaiveDate, day: Weekday) -> Option<NaiveDate> {
    let ahead = (7 + day.num_days_from_monday() - today.weekday().num_days_from_monday()) % 7;
    today.checked_add_days(Days::new(u64::from(if ahead == 0 { 7 } else { ahead })))
}

fn weekday(words: &str) -> Option<Weekday> {
    let at = DAYS.iter().position(|names| has_any(words, names))?;
    Weekday::try_from(u8::try_from(at).ok()?).ok()
}

/// “Within two hours”, “binnen 24 Stunden”.
fn span(words: &str) -> Option<TimeDelta> {
    let all: Vec<&str> = words.split_whitespace().collect();
    for (at, unit) in all.iter().enumerate().skip(1) {
        let Some(number) = number(all[at - 1]) else {
            continue;
        };
        let before = format!(" {} ", all[..at - 1].join(" "));
        if !WITHIN.iter().any(|it| before.ends_with(&format!(" {it} "))) {
            continue;
        }
        let span = if MINUTES.contains(unit) {
            TimeDelta::minutes(number)
        } else if HOURS.contains(unit) {
            TimeDelta::hours(number)
        } else if WHOLE_DAYS.contains(unit) {
            TimeDelta::days(number)
        } else if WEEKS.contains(unit) {
            TimeDelta::weeks(number)
        } else {
            continue;
        };
        return Some(span);
    }
    None
}

fn number(word: &str) -> Option<i64> {
    if let Ok(number) = word.parse::<i64>() {
        return (1..=1000).contains(&number).then_some(number);
    }
    let word = match word {
        "an" | "a" | "eine" | "einem" | "un" => "one",
        word => word,
    };
    let at = NUMBERS.iter().position(|names| names.contains(&word))?;
    i64::try_from(at).ok().map(|it| it + 1)
}

/// “By 5 pm”, “bis 17 Uhr”, “avant 17h”, “antes de las 17:00”.
fn time(words: &str) -> Option<NaiveTime> {
    let all: Vec<&str> = words.split_whitespace().collect();
    for (at, word) in all.iter().enumerate() {
        let before = format!(" {} ", all[..at].join(" "));
        if !AT.iter().any(|it| before.ends_with(&format!(" {it} "))) {
            continue;
        }
        let after = all.get(at + 1).copied().unwrap_or_default();
        if let Some(time) = clock(word, after) {
            return Some(time);
        }
    }
    has_any(words, &["noon", "mittag", "mediodía", "midi"])
        .then(|| NaiveTime::from_hms_opt(12, 0, 0))
        .flatten()
}

/// One word as an hour, with the one after it; a bare number is none.
fn clock(word: &str, after: &str) -> Option<NaiveTime> {
    let (digits, tail) = match word.find(|it: char| !(it.is_ascii_digit() || it == ':')) {
        Some(end) => word.split_at(end),
        None => (word, ""),
    };
    let (hour, minute) = match digits.split_once(':') {
        Some((hour, minute)) => (hour.parse::<u32>().ok()?, minute.parse::<u32>().ok()?),
        None => (digits.parse::<u32>().ok()?, 0),
    };
    let half = match (tail, after) {
        ("pm" | "p.m", _) | ("", "pm" | "p.m") => Some(12),
        ("am" | "a.m", _) | ("", "am" | "a.m") => Some(0),
        _ => None,
    };
    match half {
        Some(half) => (1..=12)
            .contains(&hour)
            .then(|| NaiveTime::from_hms_opt(hour % 12 + half, minute, 0))
            .flatten(),
        None => {
            let is_french = tail.strip_prefix('h').map(|it| it.parse::<u32>());
            let minute = match is_french {
                Some(Ok(minute)) => minute,
                _ => minute,
            };
            let is_hour = digits.contains(':')
                || is_french.is_some()
                || (tail.is_empty() && ["uhr", "h", "heures", "o'clock", "horas"].contains(&after));
            is_hour
                .then(|| NaiveTime::from_hms_opt(hour, minute, 0))
                .flatten()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Wednesday the 1st of July 2026, two in the afternoon.
    fn now() -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 7, 1)
            .and_then(|it| it.and_hms_opt(14, 0, 0))
            .expect("a moment")
    }

    fn due(text: &str) -> Option<String> {
        notice(text, now()).map(|it| it.due.format("%a %d %H:%M").to_string())
    }

    #[test]
    fn a_promise_is_noticed_in_four_languages() {
        for (text, at) in [
            ("We'll send the refund by tomorrow.", "Thu 02 18:00"),
            ("Sorry! We will call you until 5 pm today.", "Wed 01 17:00"),
            ("I’ll get back to you within 2 hours.", "Wed 01 16:00"),
            ("You will hear from us by Friday at 10:30.", "Fri 03 10:30"),
            ("We'll sort it out within an hour.", "Wed 01 15:00"),
            ("Wir schicken es Ihnen am Montag.", "Mon 06 18:00"),
            ("Ich melde mich bis 17 Uhr.", "Wed 01 17:00"),
            (
                "Sie erhalten die Antwort binnen 24 Stunden.",
                "Thu 02 14:00",
            ),
            ("Wir rufen Sie morgen bis 9:15 an.", "Thu 02 09:15"),
            ("Le enviaremos el reembolso mañana.", "Thu 02 18:00"),
            ("Recibirá noticias antes de las 17:00.", "Wed 01 17:00"),
            ("Vamos a responder dentro de dos horas.", "Wed 01 16:00"),
            ("Nous vous rappellerons demain avant 17h.", "Thu 02 17:00"),
            ("Vous recevrez le colis lundi.", "Mon 06 18:00"),
            ("Nous allons répondre sous 48 heures.", "Fri 03 14:00"),
        ] {
            assert_eq!(due(text).as_deref(), Some(at), "{text}");
        }
    }

    #[test]
    fn what_promises_nothing_is_left_alone() {
        for text in [
            "",
            "Thank you for writing to us.",
            "We'll look into it.",
            "Shall we say we will call tomorrow?",
            "Your flight leaves tomorrow at 5 pm.",
            "The shop is open on Monday.",
            "We will never forget flight 17.",
        ] {
            assert_eq!(due(text), None, "{text}");
        }
    }

    #[test]
    fn the_sentence_that_promises_is_what_is_promised() {
        let text = "Hi Ada, sorry about that. We'll refund you by tomorrow! Take care.";
        let found = notice(text, now()).expect("a promise");
        assert_eq!(found.what, "We'll refund you by tomorrow!");
    }

    #[test]
    fn an_hour_that_is_over_is_tomorrows() {
        assert_eq!(due("We'll call by 9 am.").as_deref(), Some("Thu 02 09:00"));
        assert_eq!(due("We'll call by 9 am today."), None);
    }

    proptest! {
        #[test]
        fn what_is_noticed_lies_ahead_and_stands_in_the_text(text in "\\PC{0,300}") {
            if let Some(found) = notice(&text, now()) {
                prop_assert!(found.due > now());
                prop_assert!(text.contains(&found.what));
            }
        }

        #[test]
        fn any_span_is_read_as_it_is_said(count in 1i64..=1000, at in 0usize..4) {
            let (unit, each) = [
                ("minutes", TimeDelta::minutes(1)),
                ("hours", TimeDelta::hours(1)),
                ("days", TimeDelta::days(1)),
                ("weeks", TimeDelta::weeks(1)),
            ][at];
            let text = format!("We'll be back within {count} {unit}.");
            let found = notice(&text, now()).map(|it| it.due);
            let count = i32::try_from(count).expect("small");
            prop_assert_eq!(found, now().checked_add_signed(each * count));
        }
    }
}
