//! The same in other languages: German, French, Spanish, Portuguese, Japanese, Arabic, Polish.

use super::Problem;
use crate::domain::case::{
    Kind::{Complaint, Question},
    Remedy::{Compensated, Explained, Fixed},
};

/// The airline's.
pub const AIRLINE: &[Problem] = &[
    Problem {
        topic: "baggage",
        language: "de",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Baggage"),
        posts: &[
            "Mein Koffer ist seit {days} Tagen verschollen. Am Schalter sagt man „morgen“, jeden Tag. Anhänger {tag}.",
            "{flight}: ich bin da, mein Koffer nicht. Und die Hotline legt nach {mins} Minuten einfach auf.",
            "Koffer in {home} vergessen, sagt die App. Von euch, nicht von mir! Wann kommt er nach {city}?",
        ],
        answers: &[
            "Das tut mir leid, {name}. Ich sehe {tag} im System und rufe gerade die Station an. In welchem Hotel sind Sie? – {agent}",
            "Danke für die Nummer, {name}. Ich bleibe dran, bis der Koffer bei Ihnen ist. – {agent}",
        ],
        details: &["Schwarzer Hartschalenkoffer, {tag}. Ich bin im Hotel am Bahnhof."],
        solved: &[
            "Gefunden, {name}: Ihr Koffer kommt heute mit dem Flug um {time} und wird gebracht. – {agent}",
            "Der Kurier hat Ihren Koffer, Ankunft gegen {time}. Sagen Sie mir bitte, wenn er da ist. – {agent}",
        ],
        promise: "",
    },
    Problem {
        topic: "refund",
        language: "de",
        kind: Complaint,
        remedy: Compensated,
        team: Some("Refunds"),
        posts: &[
            "Seit {weeks} Wochen warte ich auf {amount} für den gestrichenen Flug {flight}. Vorgang {ref}. Tut sich da noch was?",
            "Ein Gutschein ist keine Erstattung. Ich möchte meine {amount} zurück, bitte.",
        ],
        answers: &[
            "Das dauert viel zu lange, {name}, Entschuldigung. Ich habe {ref} gefunden und frage nach, wo es hängt. – {agent}",
            "Sie haben recht, {name}: Sie dürfen das Geld statt des Gutscheins haben. Ich stelle das um.",
        ],
        details: &["Bezahlt mit Karte, zwei Personen, Vorgang {ref}."],
        solved: &[
            "{amount} sind heute angewiesen worden, {name}, und in drei Werktagen da. – {agent}",
        ],
        promise: "",
    },
    Problem {
        topic: "gate-delays",
        language: "fr",
        kind: Complaint,
        remedy: Explained,
        team: Some("Airport ops"),
        posts: &[
            "Porte {gate}, vol {flight} : {mins} minutes de retard, personne au comptoir, aucune annonce. On attend quoi ?",
            "Troisième changement de porte pour {flight}. Nous sommes deux cents à courir dans le terminal. 😤",
        ],
        answers: &[
            "Je suis désolé, {name}. L'avion arrive à {time}, l'équipage est prêt. Je vous écris dès que ça bouge. – {agent}",
            "Merci de nous l'avoir dit, {name}. Un collègue se rend à la porte {gate}. – {agent}",
        ],
        details: &["Merci. Est-ce que j'aurai ma correspondance de {time} ?"],
        solved: &[
            "L'embarquement a commencé, {name}, et votre correspondance est prévenue. Bon vol ! – {agent}",
        ],
        promise: "",
    },
    Problem {
        topic: "refund",
        language: "fr",
        kind: Complaint,
        remedy: Compensated,
        team: Some("Refunds"),
        posts: &[
            "Cela fait {weeks} semaines que j'attends le remboursement de {amount}. Dossier {ref}. Un peu de respect ?",
            "Vol {flight} annulé, on me propose un bon d'achat. Non merci, je veux être remboursée.",
        ],
        answers: &[
            "C'est beaucoup trop long, {name}, toutes nos excuses. Je relance le service des remboursements pour {ref}. – {agent}",
            "Vous avez le choix, {name}, et je change cela tout de suite en remboursement. – {agent}",
        ],
        details: &["Payé par carte, dossier {ref}, à mon nom."],
        solved: &["C'est fait, {name} : {amount} partent aujourd'hui vers votre carte. – {agent}"],
        promise: "",
    },
    Problem {
        topic: "rebooking",
        language: "es",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Airport ops"),
        posts: &[
            "Perdí la conexión por vuestro retraso de {mins} minutos y ahora me ofrecéis volar pasado mañana. ¿En serio?",
            "Cancelado {flight}. Cola de {hours} horas y una sola persona en el mostrador. ¿Alguien puede ayudarme con {ref}?",
            "Mi hija viaja sola y le habéis cambiado el vuelo sin avisar. Reserva {ref}. Urgente, por favor. 🙏",
        ],
        answers: &[
            "Lo siento mucho, {name}. Tengo {ref} abierta y le guardo un asiento en el de las {time}. ¿Le viene bien? – {agent}",
            "Gracias por avisarnos, {name}. Un compañero va a buscarla ahora mismo. – {agent}",
        ],
        details: &["Sí, el de las {time} está bien. Una persona, equipaje de mano."],
        solved: &["Listo, {name}: asiento {seat} en el vuelo de las {time}, sin coste. – {agent}"],
        promise: "",
    },
    Problem {
        topic: "baggage",
        language: "pt",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Baggage"),
        posts: &[
            "A minha mala ficou em {home} e ninguém sabe de nada há {days} dias. Etiqueta {tag}.",
            "Cheguei a {city}, a mala não. No balcão dizem para ligar, ao telefone dizem para ir ao balcão.",
        ],
        answers: &[
            "Lamento muito, {name}. Estou a ver a etiqueta {tag} e já liguei para a estação. Em que hotel está? – {agent}",
            "Obrigado pelo aviso, {name}. Vou acompanhar a mala até chegar às suas mãos. – {agent}",
        ],
        details: &["Mala azul, {tag}. Estou num hotel no centro."],
        solved: &[
            "Encontrámos, {name}: a mala chega no voo das {time} e é entregue hoje. – {agent}",
        ],
        promise: "",
    },
    Problem {
        topic: "gate-delays",
        language: "ja",
        kind: Complaint,
        remedy: Explained,
        team: None,
        posts: &[
            "{flight}便、{gate}番ゲートで{mins}分待っていますが案内がありません。状況を教えてください。",
            "{flight}便が遅延と表示されたまま{hours}時間。係員もいません。とても困っています。",
        ],
        answers: &[
            "{name}様、ご不便をおかけし申し訳ございません。到着機は{time}の予定です。動きがあり次第ご連絡いたします。",
            "ご連絡ありがとうございます、{name}様。{gate}番ゲートに係員が向かっております。",
        ],
        details: &["ありがとうございます。{time}の乗り継ぎには間に合いますか。"],
        solved: &["ご搭乗が始まりました。乗り継ぎ便にも連絡済みです。良いご旅行を。"],
        promise: "",
    },
    Problem {
        topic: "seats",
        language: "ja",
        kind: Question,
        remedy: Fixed,
        team: None,
        posts: &[
            "予約{ref}ですが、家族三人の席がばらばらになっています。隣同士に変更できますか。",
            "窓側の{seat}を予約したのに、通路側に変わっていました。なぜでしょうか。",
        ],
        answers: &[
            "{name}様、申し訳ございません。機材変更によるものです。ただいまお席を調整しております。",
        ],
        details: &["はい、三人一緒なら、どこでも大丈夫です。"],
        solved: &["{name}様、{seat}のお席に変更いたしました。搭乗券をメールでお送りしました。"],
        promise: "",
    },
    Problem {
        topic: "baggage",
        language: "ar",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Baggage"),
        posts: &[
            "لم تصل حقيبتي منذ {days} أيام ولا أحد يرد على الهاتف. رقم البطاقة {tag}",
            "وصلت الرحلة {flight} ولم تصل الحقائب. ننتظر منذ {hours} ساعات، أين المسؤول؟",
        ],
        answers: &[
            "نعتذر منك يا {name}. أرى الحقيبة {tag} في النظام وأتصل بالمحطة الآن. في أي فندق تقيم؟",
            "شكرًا لتواصلك يا {name}. سأتابع الأمر بنفسي حتى تصل الحقيبة إليك.",
        ],
        details: &["حقيبة سوداء كبيرة، الرقم {tag}. أنا في فندق قرب المحطة."],
        solved: &["تم العثور على حقيبتك يا {name}، وستصل إليك اليوم بعد الساعة {time}."],
        promise: "",
    },
    Problem {
        topic: "refund",
        language: "ar",
        kind: Complaint,
        remedy: Compensated,
        team: Some("Refunds"),
        posts: &[
            "ألغيتم الرحلة {flight} قبل {weeks} أسابيع وما زلت أنتظر استرداد المبلغ. رقم الطلب {ref}",
        ],
        answers: &["نأسف للتأخير يا {name}. وجدت الطلب {ref} وأسأل القسم المختص عن سبب التأخير."],
        details: &["دفعت بالبطاقة، والحجز باسمي، الرقم {ref}."],
        solved: &["تمت الموافقة يا {name}، وسيصل المبلغ إلى بطاقتك خلال ثلاثة أيام عمل."],
        promise: "",
    },
    Problem {
        topic: "app",
        language: "pl",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Digital"),
        posts: &[
            "Aplikacja pobrała {amount} dwa razy, a bagażu dalej nie ma w rezerwacji {ref}. Halo?",
            "Nie mogę się odprawić na {flight}, ciągle „błąd serwera”. Lot o {time}!",
        ],
        answers: &[
            "Przepraszamy, {name}. Widzę obie płatności i już cofam jedną z nich. – {agent}",
            "Zrobię to ręcznie, {name}, proszę o chwilę. Karta pokładowa przyjdzie mailem. – {agent}",
        ],
        details: &["Rezerwacja {ref}, jedna osoba."],
        solved: &[
            "Gotowe, {name}: wszystko jest w rezerwacji, a nadpłata wraca na kartę. – {agent}",
        ],
        promise: "",
    },
];

/// The telecom's.
pub const TELECOM: &[Problem] = &[
    Problem {
        topic: "coverage",
        language: "pl",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Network"),
        posts: &[
            "Brak zasięgu w {area} od {hours} godzin. Wiecie o tym w ogóle?",
            "Od {days} dni internet działa tylko przy oknie. {area}. Za co ja płacę? 😠",
        ],
        answers: &[
            "Przepraszamy, {name}. Maszt w {area} nie ma zasilania, technik jest w drodze. – {agent}",
            "Dziękuję za zgłoszenie, {name}. Sprawdzam to z działem sieci. – {agent}",
        ],
        details: &["{street}, oba telefony w domu."],
        solved: &[
            "Od {time} zasięg jest znowu pełny, {name}. Proszę uruchomić telefon ponownie. – {agent}",
        ],
        promise: "",
    },
    Problem {
        topic: "billing",
        language: "pt",
        kind: Complaint,
        remedy: Compensated,
        team: Some("Billing"),
        posts: &[
            "Cobraram-me {amount} por um serviço que nunca pedi. Quero o dinheiro de volta.",
            "Cancelei em março e continuam a cobrar. Já liguei três vezes. Três!",
        ],
        answers: &[
            "Peço desculpa, {name}. Já bloqueei o serviço e estou a tratar da devolução. – {agent}",
        ],
        details: &["A conta termina em {digits}."],
        solved: &[
            "{amount} vão ser devolvidos até sexta-feira, {name}. A próxima fatura está certa. – {agent}",
        ],
        promise: "",
    },
    Problem {
        topic: "roaming",
        language: "de",
        kind: Complaint,
        remedy: Explained,
        team: Some("Billing"),
        posts: &[
            "{amount} für Roaming in {city}, obwohl der Reisepass gebucht war. Bitte klären!",
            "Datenroaming aus, Rechnung trotzdem da. Wie geht das? 🤔",
        ],
        answers: &[
            "Das schaue ich mir an, {name}. Ihr Telefon war wohl im Netz einer Fähre. – {agent}",
        ],
        details: &["Die Nummer endet auf {digits}."],
        solved: &[
            "Der Betrag ist gutgeschrieben, {name}, und ab jetzt gibt es eine Obergrenze. – {agent}",
        ],
        promise: "",
    },
    Problem {
        topic: "router",
        language: "es",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Field service"),
        posts: &[
            "El técnico no vino. Segundo día de vacaciones perdido esperando en casa.",
            "El router lleva {days} días en naranja y solo me contesta un robot.",
        ],
        answers: &[
            "Lo siento, {name}. Estoy probando la línea desde aquí y pidiendo la primera cita de mañana. – {agent}",
        ],
        details: &["{street}, {area}. Hay alguien todo el día."],
        solved: &[
            "Su línea está en verde desde las {time}, {name}. Era un contacto en el armario. – {agent}",
        ],
        promise: "",
    },
    Problem {
        topic: "porting",
        language: "fr",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Porting"),
        posts: &[
            "Mon numéro est « en cours de transfert » depuis {days} jours. Plus personne ne peut m'appeler !",
        ],
        answers: &[
            "Je suis désolée, {name}. J'appelle l'autre opérateur et je ne vous lâche pas. – {agent}",
        ],
        details: &["Il se termine par {digits}, c'est une ligne professionnelle."],
        solved: &["Votre numéro sonne de nouveau, {name}, je viens d'essayer. – {agent}"],
        promise: "",
    },
];
