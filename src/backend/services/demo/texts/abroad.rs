//! The same in other languages: German, French, Spanish, Portuguese, Japanese, Arabic, Polish.

use super::{Problem, telling as t};
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
        promise: "",
        tellings: &[
            t(
                "Mein Koffer ist seit {days} Tagen verschollen. Am Schalter sagt man „morgen“, jeden Tag. Anhänger {tag}.",
                "Das tut mir leid, {name}. Ich sehe den Anhänger im System und rufe gerade die Station an. In welchem Hotel sind Sie? – {agent}",
                "Im Hotel am Bahnhof. Schwarzer Hartschalenkoffer mit rotem Band.",
                "Gefunden, {name}: schwarz, rotes Band. Ein Fahrer bringt ihn heute noch ins Hotel. – {agent}",
            ),
            t(
                "{flight}: ich bin da, mein Koffer nicht. Und die Hotline legt nach {mins} Minuten einfach auf.",
                "Entschuldigung, {name}, das darf nicht sein. Hier legt niemand auf: Wie lautet die Nummer auf dem Anhänger? – {agent}",
                "{tag}. Danke, dass jemand antwortet.",
                "Ihr Koffer ist gelandet und beim Kurier. Sagen Sie mir bitte, wenn er da ist. – {agent}",
            ),
            t(
                "Koffer in {home} vergessen, sagt die App. Von euch, nicht von mir! Wann kommt er nach {city}?",
                "Heute noch, {name}: Er ist für den Flug um {later} gebucht, und ich sehe nach, ob er wirklich einsteigt. – {agent}",
                "Gut. Ich bin ab acht im Hotel.",
                "Er ist eingestiegen und wird gegen Abend gebracht. Entschuldigen Sie bitte. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "refund",
        language: "de",
        kind: Complaint,
        remedy: Compensated,
        team: Some("Refunds"),
        promise: "",
        tellings: &[
            t(
                "Seit {weeks} Wochen warte ich auf {amount} für den gestrichenen Flug {flight}. Vorgang {ref}. Tut sich da noch was?",
                "Das dauert viel zu lange, {name}, Entschuldigung. Ich habe {ref} gefunden und frage nach, wo es hängt. – {agent}",
                "Bezahlt mit Karte, zwei Personen.",
                "{amount} sind heute angewiesen worden und in drei Werktagen da, {name}. – {agent}",
            ),
            t(
                "Ein Gutschein ist keine Erstattung. Ich möchte meine {amount} zurück, bitte.",
                "Sie haben recht, {name}: Sie dürfen das Geld statt des Gutscheins haben. Ich stelle das um. – {agent}",
                "Danke. Buchung {ref}.",
                "Umgestellt: {amount} gehen auf Ihre Karte, der Gutschein ist gelöscht. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "gate-delays",
        language: "fr",
        kind: Complaint,
        remedy: Explained,
        team: Some("Airport ops"),
        promise: "",
        tellings: &[
            t(
                "Porte {gate}, vol {flight} : {mins} minutes de retard, personne au comptoir, aucune annonce. On attend quoi ?",
                "Un avion qui arrive en retard, {name}, et on aurait dû vous le dire. Un collègue se rend à la porte {gate}. – {agent}",
                "Merci. Est-ce que j'aurai ma correspondance de {later} ?",
                "L'embarquement a commencé, {name}, et votre correspondance est prévenue. Bon vol ! – {agent}",
            ),
            t(
                "Troisième changement de porte pour {flight}. Nous sommes deux cents à courir dans le terminal. 😤",
                "Je suis désolé, {name}. J'ai vérifié auprès des opérations : c'est la {gate}, et cela ne bougera plus. – {agent}",
                "Nous y sommes. J'espère que c'est vrai.",
                "C'était vrai : vous embarquez. Une passerelle était en panne. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "refund",
        language: "fr",
        kind: Complaint,
        remedy: Compensated,
        team: Some("Refunds"),
        promise: "",
        tellings: &[
            t(
                "Cela fait {weeks} semaines que j'attends le remboursement de {amount}. Dossier {ref}. Un peu de respect ?",
                "C'est beaucoup trop long, {name}, toutes nos excuses. Je relance le service des remboursements pour {ref}. – {agent}",
                "Payé par carte, à mon nom.",
                "C'est fait, {name} : {amount} partent aujourd'hui vers votre carte. – {agent}",
            ),
            t(
                "Vol {flight} annulé, on me propose un bon d'achat. Non merci, je veux être remboursée.",
                "Vous avez le choix, {name}, et je change cela tout de suite en remboursement. – {agent}",
                "Merci. Dossier {ref}.",
                "Le bon est annulé et {amount} reviennent sur votre carte. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "rebooking",
        language: "es",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Airport ops"),
        promise: "",
        tellings: &[
            t(
                "Perdí la conexión por vuestro retraso de {mins} minutos y ahora me ofrecéis volar pasado mañana. ¿En serio?",
                "Lo siento mucho, {name}. Le guardo un asiento en el de las {later}. ¿Le viene bien? – {agent}",
                "Sí, perfecto. Una persona, equipaje de mano.",
                "Listo, {name}: asiento {seat} en el de las {later}, sin coste. – {agent}",
            ),
            t(
                "Cancelado {flight}. Cola de {hours} horas y una sola persona en el mostrador. ¿Alguien puede ayudarme con {ref}?",
                "Yo puedo, {name}: salga de la cola. Estoy mirando qué vuelo queda hoy para {ref}. – {agent}",
                "Gracias. Cualquiera antes de mañana.",
                "Vuela hoy a las {later}, la tarjeta está en su correo. – {agent}",
            ),
            t(
                "Mi hija viaja sola y le habéis cambiado el vuelo sin avisar. Reserva {ref}. Urgente, por favor. 🙏",
                "Gracias por avisarnos, {name}. Un compañero va a buscarla ahora mismo y se queda con ella. – {agent}",
                "Lleva una mochila amarilla. Gracias, de verdad.",
                "Está con mi compañero y vuela a las {later}. La acompaña hasta la puerta. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "baggage",
        language: "pt",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Baggage"),
        promise: "",
        tellings: &[
            t(
                "A minha mala ficou em {home} e ninguém sabe de nada há {days} dias. Etiqueta {tag}.",
                "Lamento muito, {name}. Estou a ver a etiqueta e já liguei para a estação. Em que hotel está? – {agent}",
                "Num hotel no centro. A mala é azul.",
                "Encontrámos a mala azul, {name}: chega no próximo voo e é entregue hoje. – {agent}",
            ),
            t(
                "Cheguei a {city}, a mala não. No balcão dizem para ligar, ao telefone dizem para ir ao balcão.",
                "Fica por aqui, {name}: diga-me o número da etiqueta e eu trato do resto. – {agent}",
                "{tag}. Obrigada!",
                "A mala já está com o estafeta, {name}. Avise-me quando a tiver. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "gate-delays",
        language: "ja",
        kind: Complaint,
        remedy: Explained,
        team: None,
        promise: "",
        tellings: &[
            t(
                "{flight}便、{gate}番ゲートで{mins}分待っていますが案内がありません。状況を教えてください。",
                "{name}様、ご不便をおかけし申し訳ございません。到着機の遅れによるものです。{gate}番ゲートに係員が向かっております。",
                "ありがとうございます。{later}の乗り継ぎには間に合いますか。",
                "ご搭乗が始まりました。乗り継ぎ便にも連絡済みです。良いご旅行を。",
            ),
            t(
                "{flight}便が遅延と表示されたまま{hours}時間。係員もいません。とても困っています。",
                "{name}様、長らくお待たせし申し訳ございません。出発は{later}の予定です。動きがあり次第ご連絡いたします。",
                "わかりました。ここで待っています。",
                "まもなく出発いたします。お待たせして申し訳ございませんでした。",
            ),
        ],
    },
    Problem {
        topic: "seats",
        language: "ja",
        kind: Question,
        remedy: Fixed,
        team: None,
        promise: "",
        tellings: &[
            t(
                "予約{ref}ですが、家族三人の席がばらばらになっています。隣同士に変更できますか。",
                "{name}様、申し訳ございません。機材変更によるものです。ただいまお席を調整しております。",
                "はい、三人一緒なら、どこでも大丈夫です。",
                "{name}様、三人並びのお席に変更いたしました。搭乗券をメールでお送りしました。",
            ),
            t(
                "窓側の{seat}を予約したのに、通路側に変わっていました。なぜでしょうか。",
                "{name}様、機材変更のため自動で変更されておりました。窓側をお探しいたします。",
                "ありがとうございます。窓側なら前方でも後方でも結構です。",
                "窓側のお席をご用意いたしました。ご迷惑をおかけしました。",
            ),
        ],
    },
    Problem {
        topic: "baggage",
        language: "ar",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Baggage"),
        promise: "",
        tellings: &[
            t(
                "لم تصل حقيبتي منذ {days} أيام ولا أحد يرد على الهاتف. رقم البطاقة {tag}",
                "نعتذر منك يا {name}. أرى حقيبتك في النظام وأتصل بالمحطة الآن. في أي فندق تقيم؟",
                "حقيبة سوداء كبيرة. أنا في فندق قرب المحطة.",
                "تم العثور على الحقيبة السوداء يا {name}، وستصل إلى الفندق اليوم.",
            ),
            t(
                "وصلت الرحلة {flight} ولم تصل الحقائب. ننتظر منذ {hours} ساعات، أين المسؤول؟",
                "نعتذر عن الانتظار يا {name}. تعطل حزام الأمتعة، وأرسلنا زميلًا إليكم الآن.",
                "وصل الزميل، شكرًا. متى تخرج الحقائب؟",
                "خرجت الحقائب على الحزام الثالث. نعتذر مرة أخرى يا {name}.",
            ),
        ],
    },
    Problem {
        topic: "refund",
        language: "ar",
        kind: Complaint,
        remedy: Compensated,
        team: Some("Refunds"),
        promise: "",
        tellings: &[t(
            "ألغيتم الرحلة {flight} قبل {weeks} أسابيع وما زلت أنتظر استرداد المبلغ. رقم الطلب {ref}",
            "نأسف للتأخير يا {name}. وجدت الطلب {ref} وأسأل القسم المختص عن سبب التأخير.",
            "دفعت بالبطاقة، والحجز باسمي.",
            "تمت الموافقة يا {name}، وسيصل المبلغ إلى بطاقتك خلال ثلاثة أيام عمل.",
        )],
    },
    Problem {
        topic: "app",
        language: "pl",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Digital"),
        promise: "",
        tellings: &[
            t(
                "Aplikacja pobrała {amount} dwa razy, a bagażu dalej nie ma w rezerwacji {ref}. Halo?",
                "Przepraszamy, {name}. Widzę obie płatności: jedną cofam, a bagaż dodaję ręcznie. – {agent}",
                "Dziękuję, jedna walizka.",
                "Gotowe, {name}: bagaż jest w rezerwacji, a nadpłata wraca na kartę. – {agent}",
            ),
            t(
                "Nie mogę się odprawić na {flight}, ciągle „błąd serwera”. Lot o {later}!",
                "Zrobię to ręcznie, {name}, proszę o chwilę. Karta pokładowa przyjdzie mailem. – {agent}",
                "Rezerwacja {ref}, jedna osoba.",
                "Odprawione: miejsce {seat}, karta jest w mailu. Dobrego lotu, {name}! – {agent}",
            ),
        ],
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
        promise: "",
        tellings: &[
            t(
                "Brak zasięgu w {area} od {hours} godzin. Wiecie o tym w ogóle?",
                "Wiemy, {name}, i przepraszamy: maszt w {area} nie ma zasilania, technik jest w drodze. – {agent}",
                "Dobrze. Oba telefony w domu milczą.",
                "Zasięg jest znowu pełny, {name}. Proszę uruchomić telefon ponownie. – {agent}",
            ),
            t(
                "Od {days} dni internet działa tylko przy oknie. {area}. Za co ja płacę? 😠",
                "Dziękuję za zgłoszenie, {name}. Sprawdzam kąt anteny z działem sieci. Jaka to ulica? – {agent}",
                "{street}.",
                "Antena jest ustawiona na nowo, a {days} dni odliczymy od rachunku. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "billing",
        language: "pt",
        kind: Complaint,
        remedy: Compensated,
        team: Some("Billing"),
        promise: "",
        tellings: &[
            t(
                "Cobraram-me {amount} por um serviço que nunca pedi. Quero o dinheiro de volta.",
                "Peço desculpa, {name}. Já bloqueei o serviço e estou a tratar da devolução. – {agent}",
                "A conta termina em {digits}.",
                "{amount} vão ser devolvidos até sexta-feira, {name}. – {agent}",
            ),
            t(
                "Cancelei em março e continuam a cobrar. Já liguei três vezes. Três!",
                "Tem razão, {name}: o cancelamento está aqui e nunca foi registado. Estou a registá-lo agora. – {agent}",
                "Até que enfim. Termina em {digits}.",
                "Está cancelado e devolvemos tudo desde março: {amount}. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "roaming",
        language: "de",
        kind: Complaint,
        remedy: Explained,
        team: Some("Billing"),
        promise: "",
        tellings: &[
            t(
                "{amount} für Roaming in {city}, obwohl der Reisepass gebucht war. Bitte klären!",
                "Das kläre ich, {name}: Ich sehe nach, in welchem Netz Ihr Telefon in {city} war. – {agent}",
                "Die Nummer endet auf {digits}.",
                "Es war im falschen Netz. Der Betrag ist gutgeschrieben, und es gibt jetzt eine Obergrenze. – {agent}",
            ),
            t(
                "Datenroaming aus, Rechnung trotzdem da. Wie geht das? 🤔",
                "Über die Mailbox, {name}, leider: Auch sie kostet im Ausland. Ich sehe nach, ob es das war. – {agent}",
                "Aha. Endet auf {digits}.",
                "Das war es. Gutgeschrieben, und die Mailbox bleibt im Ausland jetzt aus. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "router",
        language: "es",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Field service"),
        promise: "",
        tellings: &[
            t(
                "El técnico no vino. Segundo día de vacaciones perdido esperando en casa.",
                "Lo siento de verdad, {name}. Estoy pidiendo la primera cita libre y se la confirmo yo. – {agent}",
                "{street}, {area}. Hay alguien todo el día.",
                "El técnico acaba de salir de su casa y todo funciona, me dicen. Le descontamos los dos días. – {agent}",
            ),
            t(
                "El router lleva {days} días en naranja y solo me contesta un robot.",
                "Aquí una persona, {name}. Estoy probando su línea desde aquí. – {agent}",
                "Gracias, persona. Termina en {digits}.",
                "Era un contacto suelto en el armario. La línea está en verde, {name}. – {agent}",
            ),
        ],
    },
    Problem {
        topic: "porting",
        language: "fr",
        kind: Complaint,
        remedy: Fixed,
        team: Some("Porting"),
        promise: "",
        tellings: &[t(
            "Mon numéro est « en cours de transfert » depuis {days} jours. Plus personne ne peut m'appeler !",
            "Je suis désolée, {name}. J'appelle l'autre opérateur et je ne vous lâche pas. – {agent}",
            "Il se termine par {digits}, c'est une ligne professionnelle.",
            "Votre numéro sonne de nouveau, {name}, je viens d'essayer. – {agent}",
        )],
    },
];
