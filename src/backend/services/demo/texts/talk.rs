//! What is said in every case, whatever it is about: chasers, joiners, thanks, doubts.

/// The small talk of one language.
#[derive(Debug)]
pub struct Talk {
    /// An ISO 639 code.
    pub language: &'static str,
    /// Sentences that may follow a complaint.
    pub closers: &'static [&'static str],
    /// A customer writes again while waiting.
    pub chasers: &'static [&'static str],
    /// Somebody else joins in.
    pub joiners: &'static [&'static str],
    /// We say sorry for the wait, before the first answer.
    pub late: &'static [&'static str],
    /// We have heard, and go on.
    pub working: &'static [&'static str],
    /// The customer says that it isn't solved.
    pub disputes: &'static [&'static str],
    /// Solved for the second time.
    pub done: &'static [&'static str],
    /// Thanks in public.
    pub thanks: &'static [&'static str],
    /// We answer praise.
    pub welcome: &'static [&'static str],
}

/// The small talk of a language; English where we don't speak it.
pub fn of_language(language: &str) -> &'static Talk {
    ALL.iter()
        .find(|it| it.language == language)
        .unwrap_or(&ENGLISH)
}

/// Something was promised, in English.
pub const PROMISES: &[&str] = &[
    "I promise you [promise] by [due], {name}. If it isn't so, write to me and not to the hotline. – {agent}",
    "You'll have [promise] by [due], {name}, and I'm the one to blame if not. – {agent}",
    "My colleagues have given me their word: [promise] by [due]. I'll check it myself. – {agent}",
];

/// It didn't come, in English.
pub const BROKEN: &[&str] = &[
    "It's past [due] and nothing has happened. You promised.",
    "So much for “by [due]”. Still waiting, {agent}.",
    "[due] has come and gone. Shall I believe the next date?",
];

/// Another team speaks, in English.
pub const DEPARTMENT: &[&str] = &[
    "Hello {name}, this is [team]. {agent} has given me the whole story, so you needn't tell it again. I'm on it.",
    "{name}, [team] here. I've read everything from your first post on and I'm looking into it now.",
    "Taking over from {agent}: I'm with [team] and I have your case in front of me, {name}.",
];

const ENGLISH: Talk = Talk {
    language: "en",
    closers: &[
        "Anyone there?",
        "Please help.",
        "Not good enough.",
        "I've been a customer for {years} years.",
        "My messages are open.",
        "This is the third time I ask.",
        "Already called twice.",
        "Do better.",
        "😡",
        "🙄",
        "🤦",
        "What now?",
        "I'm not angry, just tired.",
        "Thanks in advance.",
        "Reference {ref}.",
        "Really disappointed.",
    ],
    chasers: &[
        "Hello? Anybody?",
        "Still waiting for some kind of answer here.",
        "It's been {mins} minutes. A sign of life would be nice.",
        "Writing again since the first post seems to have gone nowhere.",
        "Do I have to post this every hour until somebody reads it?",
        "So… silence it is? 🙃",
        "Bumping this. Please.",
        "You answered the person below me. I was first!",
    ],
    joiners: &[
        "Same here. You're not alone.",
        "They did exactly this to me last month. Good luck.",
        "Following, I have the same problem.",
        "Unbelievable. Come on, answer her!",
        "Same flight of stairs, same wall. No reply to me either.",
        "+1, still waiting for mine",
        "Wow. Sharing this.",
        "Try writing to them in the morning, that worked for me.",
        "Hope they sort it out for you soon.",
    ],
    late: &[
        "I'm sorry that you had to ask twice, {name}.",
        "You shouldn't have had to wait for this, {name}.",
        "Sorry for the silence, {name}: it was our fault and not yours.",
    ],
    working: &[
        "Thank you, {name}, that helps. I'm on it and will be back here with news. – {agent}",
        "Got it, {name}. I've passed it on with everything you said and I keep an eye on it. – {agent}",
        "Understood, {name}. Give me a little while, I'm not letting go of this. – {agent}",
        "I see, {name}. Then we aren't done yet; I'm looking at it again. – {agent}",
    ],
    disputes: &[
        "No, it isn't solved. Nothing has arrived here.",
        "You closed it, but the problem is still there.",
        "Sorry, but no: it broke again within the hour.",
        "Solved? Not on my side.",
    ],
    done: &[
        "It's really done this time, {name}: I've checked it on our side. Do you see it too? – {agent}",
        "Second try, {name}, and now it holds: I've tested it myself. – {agent}",
        "You were right to write again, {name}. It was only half done; now it's all done. – {agent}",
    ],
    thanks: &[
        "Credit where it's due: {agent} sorted it out faster than I could type the complaint. Thank you! 🙌",
        "Update: solved. Thanks {agent}, that was brilliant.",
        "Okay, I take it all back. Problem gone, and a human who cared. 👏",
        "For everyone who read my rant: they fixed it, the same day. Thank you!",
        "And just like that it's solved. That's how customer care should be. 💛",
        "Big thanks to {agent} for staying on it until it was really done.",
        "I complained in public so I'll say this in public: well done, and thank you.",
    ],
    welcome: &[
        "You've just made a whole room smile, {name}. Thank you! – {agent}",
        "Thank you, {name}! I'll make sure that they hear it in person. – {agent}",
        "That's lovely of you to say, {name}. Come back soon! 💛",
        "Passing this on right now, {name}. It will be read out in the morning briefing. – {agent}",
    ],
};

const ALL: &[Talk] = &[
    ENGLISH,
    Talk {
        language: "de",
        closers: &[
            "Bitte melden!",
            "So geht das nicht.",
            "😡",
            "Ich bin wirklich enttäuscht.",
            "Danke im Voraus.",
        ],
        chasers: &[
            "Hallo? Liest das jemand?",
            "Immer noch keine Antwort …",
            "Ich warte weiter. Schön ist das nicht.",
        ],
        joiners: &[
            "Bei mir genauso!",
            "Das kenne ich leider auch.",
            "Ich drücke die Daumen.",
        ],
        late: &["Entschuldigung, dass Sie zweimal fragen mussten, {name}."],
        working: &[
            "Danke, {name}, das hilft. Ich bleibe dran und melde mich hier. – {agent}",
            "Verstanden, {name}. Ich sehe es mir gleich noch einmal an. – {agent}",
        ],
        disputes: &[
            "Leider nein, es ist noch nichts passiert.",
            "Gelöst? Bei mir nicht.",
        ],
        done: &["Jetzt ist es wirklich erledigt, {name}, ich habe es selbst geprüft. – {agent}"],
        thanks: &[
            "Nachtrag: alles gelöst, und sehr freundlich. Danke, {agent}! 👏",
            "Ehre, wem Ehre gebührt: das ging schnell. Danke!",
        ],
        welcome: &["Vielen Dank, {name}! Das geben wir sehr gern weiter. – {agent}"],
    },
    Talk {
        language: "fr",
        closers: &[
            "Merci de répondre.",
            "C'est inadmissible.",
            "😡",
            "J'attends.",
            "Très déçue.",
        ],
        chasers: &[
            "Toujours pas de réponse…",
            "Il y a quelqu'un ?",
            "Je relance, puisque personne ne répond.",
        ],
        joiners: &[
            "Pareil pour moi !",
            "Courage, j'ai connu la même chose.",
            "Je suis, même problème.",
        ],
        late: &["Pardon de vous avoir fait attendre, {name}."],
        working: &[
            "Merci, {name}, cela m'aide. Je m'en occupe et je reviens vers vous ici. – {agent}",
        ],
        disputes: &["Non, rien n'est réglé.", "Résolu ? Pas chez moi."],
        done: &["Cette fois c'est vraiment réglé, {name}, je l'ai vérifié moi-même. – {agent}"],
        thanks: &[
            "Mise à jour : tout est réglé, merci {agent} ! 👏",
            "Je le dis aussi en public : merci, c'était rapide.",
        ],
        welcome: &["Merci beaucoup, {name} ! L'équipe sera ravie. – {agent}"],
    },
    Talk {
        language: "es",
        closers: &[
            "¿Hay alguien?",
            "Así no se trata a un cliente.",
            "😡",
            "Gracias de antemano.",
            "Muy decepcionada.",
        ],
        chasers: &[
            "¿Hola? Sigo esperando.",
            "Vuelvo a escribir porque nadie contesta.",
            "Otra hora más sin respuesta…",
        ],
        joiners: &[
            "A mí me pasó lo mismo.",
            "Ánimo, yo también espero.",
            "Igual aquí.",
        ],
        late: &["Perdone la espera, {name}."],
        working: &["Gracias, {name}, eso ayuda. Sigo con ello y le escribo por aquí. – {agent}"],
        disputes: &["No, sigue igual.", "¿Resuelto? Aquí no."],
        done: &["Ahora sí, {name}: lo he comprobado yo mismo. – {agent}"],
        thanks: &[
            "Actualizo: resuelto. ¡Gracias, {agent}! 👏",
            "Lo dije en público y en público lo agradezco: muy bien.",
        ],
        welcome: &["¡Mil gracias, {name}! Se lo diremos al equipo. – {agent}"],
    },
    Talk {
        language: "pt",
        closers: &[
            "Alguém me responde?",
            "Isto não se faz.",
            "😤",
            "Fico a aguardar.",
        ],
        chasers: &["Ainda sem resposta…", "Olá? Está aí alguém?"],
        joiners: &["Comigo foi igual.", "Também estou à espera."],
        late: &["Peço desculpa pela demora, {name}."],
        working: &["Obrigado, {name}, isso ajuda. Continuo a tratar disto e volto aqui. – {agent}"],
        disputes: &["Não, continua tudo na mesma."],
        done: &["Agora sim, {name}: verifiquei eu mesma. – {agent}"],
        thanks: &[
            "Atualização: resolvido. Obrigado, {agent}! 👏",
            "Há que dizer quando corre bem: obrigada!",
        ],
        welcome: &["Muito obrigado, {name}! A equipa vai adorar saber. – {agent}"],
    },
    Talk {
        language: "ja",
        closers: &["よろしくお願いします。", "困っています。", "😢"],
        chasers: &[
            "まだお返事がありません。",
            "再度ご連絡します。状況はいかがでしょうか。",
        ],
        joiners: &["私も同じです。", "早く解決しますように。"],
        late: &["{name}様、お待たせして大変申し訳ございません。"],
        working: &["{name}様、ご返信ありがとうございます。確認のうえ、こちらでご連絡いたします。"],
        disputes: &["まだ解決していません。"],
        done: &["{name}様、今度こそ解決いたしました。ご確認いただけますでしょうか。"],
        thanks: &[
            "無事に解決しました。丁寧な対応をありがとうございました。🙏",
            "すぐに対応していただき感謝します。",
        ],
        welcome: &["{name}様、温かいお言葉をありがとうございます。スタッフに伝えます。"],
    },
    Talk {
        language: "ar",
        closers: &["أرجو الرد.", "هذا غير مقبول.", "😡"],
        chasers: &["ما زلت أنتظر الرد.", "هل من مجيب؟"],
        joiners: &["حصل معي نفس الشيء.", "أنا أيضًا أنتظر."],
        late: &["نعتذر عن التأخير يا {name}."],
        working: &["شكرًا يا {name}، هذا يساعدنا. أتابع الموضوع وسأعود إليك هنا."],
        disputes: &["لا، لم تُحل المشكلة بعد."],
        done: &["تم الحل فعلًا هذه المرة يا {name}، وقد تأكدت بنفسي."],
        thanks: &[
            "تم حل المشكلة، شكرًا لكم على سرعة الرد 👏",
            "شكرًا جزيلًا، خدمة ممتازة.",
        ],
        welcome: &["شكرًا لكلماتك اللطيفة يا {name}."],
    },
    Talk {
        language: "pl",
        closers: &[
            "Proszę o odpowiedź.",
            "To jakiś żart?",
            "😡",
            "Z góry dziękuję.",
        ],
        chasers: &["Halo, jest tam ktoś?", "Nadal czekam na odpowiedź."],
        joiners: &["U mnie to samo.", "Ja też czekam."],
        late: &["Przepraszam, że trzeba było pytać dwa razy, {name}."],
        working: &[
            "Dziękuję, {name}, to pomaga. Zajmuję się tym i wrócę tu z odpowiedzią. – {agent}",
        ],
        disputes: &["Niestety nie, dalej nie działa."],
        done: &["Teraz naprawdę załatwione, {name}, sprawdziłem osobiście. – {agent}"],
        thanks: &[
            "Aktualizacja: załatwione. Dziękuję, {agent}! 👏",
            "Szybko i miło. Dzięki!",
        ],
        welcome: &["Dziękujemy, {name}! Przekażemy zespołowi. – {agent}"],
    },
];
