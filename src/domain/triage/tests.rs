//! Sentences of our own, as customers might write them.

use super::{Model, Reason, Suggested, Verdict, topics::TopicWords};
use crate::domain::{
    case::{Kind, Priority, Tone},
    topic::Topic,
};
use proptest::prelude::*;

fn judge(text: &str) -> Verdict {
    Model::default().judge(text, &[])
}

#[test]
fn before_any_correction_kinds_are_told_apart_in_seven_languages() {
    for (text, kind) in [
        (
            "@harbour My ferry was cancelled and no one answers the phone.",
            Kind::Complaint,
        ),
        (
            "@harbour Thanks for nothing, third time you lost my bag",
            Kind::Complaint,
        ),
        (
            "@harbour How can I change the name on my booking?",
            Kind::Question,
        ),
        (
            "@harbour Thank you so much, Ayla at the desk was wonderful!",
            Kind::Praise,
        ),
        (
            "WIN two tickets! Follow us and retweet https://promo.example #giveaway #win #free",
            Kind::Noise,
        ),
        ("https://promo.example/a #deal #free", Kind::Noise),
        ("win win win win win win win win win", Kind::Noise),
        (
            "@hafen Mein Koffer ist immer noch nicht da und niemand antwortet. Unverschämt!",
            Kind::Complaint,
        ),
        (
            "@hafen Wie lange ist der Schalter heute offen, und wo finde ich ihn?",
            Kind::Question,
        ),
        (
            "@hafen Vielen Dank für die schnelle Hilfe, ihr seid super!",
            Kind::Praise,
        ),
        (
            "@puerto Llevo tres horas esperando y nadie contesta, qué vergüenza.",
            Kind::Complaint,
        ),
        ("@puerto ¿Cómo puedo cambiar mi reserva?", Kind::Question),
        (
            "@puerto Muchas gracias por la ayuda, excelente servicio.",
            Kind::Praise,
        ),
        (
            "@port Ma valise est perdue et personne ne répond, c'est inadmissible.",
            Kind::Complaint,
        ),
        ("@port Comment puis-je changer mon billet ?", Kind::Question),
        (
            "@port Merci beaucoup, équipe formidable et très gentille !",
            Kind::Praise,
        ),
        (
            "@porto La mia valigia non è arrivata e nessuno risponde, vergogna!",
            Kind::Complaint,
        ),
        (
            "@porto O meu voo foi cancelado e ninguém responde, que vergonha.",
            Kind::Complaint,
        ),
        (
            "@haven Mijn koffer is nog steeds niet aangekomen en niemand reageert.",
            Kind::Complaint,
        ),
    ] {
        let verdict = judge(text).kind;
        assert_eq!(verdict.value, kind, "{text} {:?}", verdict.reasons);
    }
}

#[test]
fn a_no_turns_praise_round() {
    assert_eq!(judge("The crew was good").tone.value, Tone::Positive);
    assert_eq!(judge("The crew was not good").tone.value, Tone::Negative);
    let far = judge("The crew was not very wonderful");
    assert_eq!(far.tone.value, Tone::Negative, "{far:?}");
    assert_eq!(
        judge("great, cancelled again, thanks for nothing")
            .tone
            .value,
        Tone::Negative
    );
}

#[test]
fn what_speaks_for_a_suggestion_is_told_in_the_texts_own_words() {
    let verdict = judge("@harbour Ferry cancelled and no one answers.");
    let told: Vec<String> = verdict.kind.reasons.iter().map(Reason::in_words).collect();
    assert!(
        told.contains(&"“no one answers” (nobody answers)".to_owned()),
        "{told:?}"
    );
    assert!(
        told.contains(&"“cancelled” (something failed)".to_owned()),
        "{told:?}"
    );
}

#[test]
fn what_is_not_surely_praise_or_noise_waits_for_somebody() {
    let noise = judge("https://promo.example/a #deal #free");
    assert_eq!(
        (noise.kind.value, noise.opens_as),
        (Kind::Noise, Kind::Noise)
    );
    let unclear = judge("@harbour Monday evening.");
    assert!(unclear.kind.confidence < 60, "{unclear:?}");
    assert!(matches!(unclear.opens_as, Kind::Complaint | Kind::Question));
    assert_eq!(unclear.priority.value, Priority::Normal);
}

#[test]
fn danger_and_hurry_make_a_post_pressing() {
    let priority = |text: &str| judge(text).priority.value;
    assert_eq!(
        priority("There is smoke in cabin 4, help now!"),
        Priority::Urgent
    );
    assert_eq!(
        priority("Stranded tonight with my kids, flight cancelled"),
        Priority::Urgent
    );
    assert_eq!(
        priority("I was charged twice, please refund me before my wedding"),
        Priority::High
    );
    assert_eq!(priority("Where can I buy a ticket?"), Priority::Normal);
    assert_eq!(priority("Lovely crew, thank you!"), Priority::Low);
}

#[test]
fn the_brands_own_words_give_the_topic() {
    let topics = [
        ("bags", "Bags", "bag*\nsuitcase"),
        ("wifi", "Wi-Fi", "wifi"),
    ]
    .map(|(key, name, words)| {
        TopicWords::of(&Topic {
            key: key.to_owned(),
            name: name.to_owned(),
            keywords: words.to_owned(),
        })
    });
    let topic = |text: &str| {
        Model::default()
            .judge(text, &topics)
            .topic
            .map(|it| it.value)
    };
    assert_eq!(topic("Where is my BAGGAGE").as_deref(), Some("bags"));
    assert_eq!(topic("No wifi on board").as_deref(), Some("wifi"));
    assert_eq!(topic("Hello"), None);
}

fn stands_in<T>(text: &str, it: &Suggested<T>) -> bool {
    let words = it.reasons.iter().filter_map(|it| it.words.as_deref());
    it.confidence <= 100
        && it.reasons.len() <= 4
        && it.reasons.iter().all(|it| (1..=100).contains(&it.weight))
        && words.into_iter().all(|it| text.contains(it))
}

proptest! {
    #[test]
    fn no_text_is_too_odd_and_reasons_stand_in_it(
        parts in prop::collection::vec(
            prop_oneof![
                "\\PC{0,12}",
                prop::sample::select(vec![
                    "not", "good", "cancelled", "no one answers", "😡", ":-(", "!!!", "#fail", "@x",
                    "https://x.example", "RT", "smoke", "tonight", "nicht", "danke", "ABC", "…",
                ]).prop_map(str::to_owned),
            ],
            0..30,
        )
    ) {
        let text = parts.join(" ");
        let verdict = judge(&text);
        prop_assert!(stands_in(&text, &verdict.kind), "{verdict:?}");
        prop_assert!(stands_in(&text, &verdict.tone), "{verdict:?}");
        prop_assert!(stands_in(&text, &verdict.priority), "{verdict:?}");
    }
}

#[test]
fn a_very_long_post_is_judged_by_its_beginning() {
    let long = "My order never arrived. ".repeat(20_000);
    assert_eq!(judge(&long).kind.value, Kind::Complaint);
    assert_eq!(judge(&"👍".repeat(5_000)).tone.value, Tone::Positive);
}
