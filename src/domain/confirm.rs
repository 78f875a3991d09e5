//! The page on which a customer says whether it is solved: in their language, without an account.

use super::network::Network;

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmPage {
    /// Who asks.
    pub brand: String,
    /// The customer's language as an ISO 639 code, when known.
    pub language: Option<String>,
    /// Where they wrote.
    pub network: Network,
    /// The address of their post there, where one can be told.
    pub thread: Option<String>,
    /// How far they are.
    pub step: ConfirmStep,
}

/// How far a customer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfirmStep {
    /// They were asked.
    Asked,
    /// They said so.
    Answered {
        /// What.
        is_solved: bool,
        /// Whether they may still say otherwise.
        may_change: bool,
    },
}

/// The page's words in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConfirmWords {
    /// Its code.
    pub language: &'static str,
    /// The question; `{}` is who asks.
    pub question: &'static str,
    /// What it is for.
    pub lead: &'static str,
    /// “Yes”.
    pub yes: &'static str,
    /// “No”.
    pub no: &'static str,
    /// The label of the field for more.
    pub more: &'static str,
    /// After a yes.
    pub glad: &'static str,
    /// May they say so in public? `{}` is the network.
    pub public: &'static str,
    /// The link to their post.
    pub thread: &'static str,
    /// After a no.
    pub sorry: &'static str,
    /// The offer to say otherwise.
    pub change: &'static str,
    /// The link is too old, or none.
    pub gone: &'static str,
    /// The same, in a sentence.
    pub gone_lead: &'static str,
}

const WORDS: [ConfirmWords; 4] = [
    ConfirmWords {
        language: "en",
        question: "Is it solved?",
        lead: "{} believes that your problem is solved. You know better: is it?",
        yes: "Yes, it is solved",
        no: "No, it isn't",
        more: "Anything you would like to add (you needn't)",
        glad: "Thank you. We are glad that it is solved.",
        public: "Would you say so in public, too? A word below your post on {} helps others see that asking is worth it.",
        thread: "Open your post",
        sorry: "Thank you for telling us. Your case is open again, and somebody will look at it.",
        change: "Changed your mind? You can say otherwise for an hour.",
        gone: "This link doesn't work any more",
        gone_lead: "It is too old, or wasn't copied whole. Write to us where you wrote before, and we will answer.",
    },
    ConfirmWords {
        language: "de",
        question: "Ist es gelöst?",
        lead: "{} glaubt, dass Ihr Problem gelöst ist. Sie wissen es besser: Ist es das?",
        yes: "Ja, es ist gelöst",
        no: "Nein, ist es nicht",
        more: "Möchten Sie noch etwas sagen? (freiwillig)",
        glad: "Danke. Schön, dass es gelöst ist.",
        public: "Würden Sie das auch öffentlich sagen? Ein Wort unter Ihrem Beitrag auf {} zeigt anderen, dass sich Fragen lohnt.",
        thread: "Ihren Beitrag öffnen",
        sorry: "Danke, dass Sie es uns sagen. Ihr Fall ist wieder offen, und jemand kümmert sich darum.",
        change: "Anders überlegt? Eine Stunde lang können Sie Ihre Antwort ändern.",
        gone: "Dieser Link funktioniert nicht mehr",
        gone_lead: "Er ist zu alt oder wurde nicht ganz kopiert. Schreiben Sie uns dort, wo Sie uns zuvor geschrieben haben, und wir antworten.",
    },
    ConfirmWords {
        language: "es",
        question: "¿Está resuelto?",
        lead: "{} cree que su problema está resuelto. Usted lo sabe mejor: ¿lo está?",
        yes: "Sí, está resuelto",
        no: "No, no lo está",
        more: "¿Quiere añadir algo? (opcional)",
        glad: "Gracias. Nos alegra que esté resuelto.",
        public: "¿Lo diría también en público? Unas palabras debajo de su publicación en {} muestran a otros que vale la pena preguntar.",
        thread: "Abrir su publicación",
        sorry: "Gracias por decírnoslo. Su caso está abierto de nuevo y alguien se ocupará de él.",
        change: "¿Ha cambiado de opinión? Puede cambiar su respuesta durante una hora.",
        gone: "Este enlace ya no funciona",
        gone_lead: "Es demasiado antiguo o no se copió entero. Escríbanos donde nos escribió antes y le responderemos.",
    },
    ConfirmWords {
        language: "fr",
        question: "Est-ce résolu ?",
        lead: "{} pense que votre problème est résolu. Vous le savez mieux que nous : l'est-il ?",
        yes: "Oui, c'est résolu",
        no: "Non, ce n'est pas résolu",
        more: "Voulez-vous ajouter quelque chose ? (facultatif)",
        glad: "Merci. Nous sommes heureux que ce soit résolu.",
        public: "Le diriez-vous aussi en public ? Un mot sous votre publication sur {} montre aux autres qu'il vaut la peine de demander.",
        thread: "Ouvrir votre publication",
        sorry: "Merci de nous le dire. Votre dossier est de nouveau ouvert et quelqu'un va s'en occuper.",
        change: "Vous avez changé d'avis ? Vous pouvez modifier votre réponse pendant une heure.",
        gone: "Ce lien ne fonctionne plus",
        gone_lead: "Il est trop ancien ou n'a pas été copié en entier. Écrivez-nous là où vous nous avez écrit, et nous répondrons.",
    },
];

impl ConfirmWords {
    /// Those of a language, else English.
    pub fn of(language: Option<&str>) -> &'static Self {
        let code = language.unwrap_or_default().to_ascii_lowercase();
        let code = code.split(['-', '_']).next().unwrap_or_default();
        let found = WORDS.iter().find(|it| it.language == code);
        found.unwrap_or(&WORDS[0])
    }
}

/// Where a post can be read on its network, where that can be told from what it is called.
pub fn thread_address(network: Network, author: &str, external_id: &str) -> Option<String> {
    let is_plain = |it: &str| {
        !it.is_empty()
            && it
                .chars()
                .all(|it| it.is_ascii_alphanumeric() || "-_.:".contains(it))
    };
    if let Some(rest) = external_id.strip_prefix("https://") {
        let is_address = rest
            .chars()
            .all(|it| it.is_ascii_graphic() && !"\"<>".contains(it));
        return is_address.then(|| external_id.to_owned());
    }
    match network {
        Network::Bluesky => {
            let rest = external_id.strip_prefix("at://")?;
            let (who, post) = rest.split_once("/app.bsky.feed.post/")?;
            (is_plain(who) && is_plain(post))
                .then(|| format!("https://bsky.app/profile/{who}/post/{post}"))
        }
        Network::X => {
            let is_number = external_id.chars().all(|it| it.is_ascii_digit());
            (is_number && is_plain(external_id) && is_plain(author))
                .then(|| format!("https://x.com/{author}/status/{external_id}"))
        }
        Network::Mastodon
        | Network::Facebook
        | Network::Instagram
        | Network::Reddit
        | Network::Email => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_speaks_the_customers_language_or_english() {
        let of = |code: &str| ConfirmWords::of(Some(code)).language;
        assert_eq!((of("de"), of("fr-CA"), of("ES")), ("de", "fr", "es"));
        assert_eq!((of("ja"), ConfirmWords::of(None).language), ("en", "en"));
    }

    #[test]
    fn an_address_on_a_network_is_told_only_where_it_is_known() {
        let on = |network, id: &str| thread_address(network, "ada", id);
        assert_eq!(
            on(Network::X, "123").as_deref(),
            Some("https://x.com/ada/status/123")
        );
        assert_eq!(
            on(Network::Bluesky, "at://did:plc:abc/app.bsky.feed.post/3k").as_deref(),
            Some("https://bsky.app/profile/did:plc:abc/post/3k")
        );
        assert_eq!(
            on(Network::Mastodon, "https://m.example/@ada/1").as_deref(),
            Some("https://m.example/@ada/1")
        );
        assert_eq!(on(Network::X, "demo-7-1"), None);
        assert_eq!(on(Network::Mastodon, "javascript:alert(1)"), None);
        assert_eq!(on(Network::Mastodon, "https://m.example/\"><b"), None);
    }
}
