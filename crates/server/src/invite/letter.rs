//! What an invitation and a reminder say, in the languages there are.

use crate::mail::Letter;
use throughline_ledger::invitations::Due;
use throughline_ledger::rounds::Round;

/// The words of one language.
pub(super) struct Words {
    subject: &'static str,
    reminder: &'static str,
    body: &'static str,
    until: &'static str,
    /// On a slip.
    pub slip: &'static str,
    /// On a slip, before the code.
    pub code: &'static str,
    /// On a slip, before the address.
    pub address: &'static str,
    /// On a slip, before the last day.
    pub last_day: &'static str,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
}

const ENGLISH: Words = Words {
    subject: "One question, two minutes",
    reminder: "A reminder to everybody: one question, two minutes",
    body: "What simple change here would help our customers? You know your part of the work best.\n\nThis link is yours. It works once, and nobody can tell which answer is yours: not your leaders, managers or HR. What exactly is protected, and from whom, stands on the page.\n\n{link}\n",
    until: "\nThe last day is {day}. If you have answered already, thank you: this letter goes to everybody, since nobody knows who has.\n",
    slip: "What simple change here would help our customers? One question, two minutes. Any slip is for anyone of your unit; it works once, and nobody can tell which answer is yours.",
    code: "Code",
    address: "Scan, or open",
    last_day: "Last day",
    direction: "ltr",
};

const SPANISH: Words = Words {
    subject: "Una pregunta, dos minutos",
    reminder: "Un recordatorio para todos: una pregunta, dos minutos",
    body: "\u{bf}Qu\u{e9} cambio sencillo aqu\u{ed} ayudar\u{ed}a a nuestros clientes? Nadie conoce tu parte del trabajo mejor que t\u{fa}.\n\nEste enlace es tuyo. Funciona una vez y nadie puede saber qu\u{e9} respuesta es la tuya: ni la direcci\u{f3}n, ni tus jefes, ni Recursos Humanos. En la p\u{e1}gina se explica qu\u{e9} se protege exactamente y frente a qui\u{e9}n.\n\n{link}\n",
    until: "\nEl \u{fa}ltimo d\u{ed}a es el {day}. Si ya respondiste, gracias: esta carta llega a todos, porque nadie sabe qui\u{e9}n ha respondido.\n",
    slip: "\u{bf}Qu\u{e9} cambio sencillo aqu\u{ed} ayudar\u{ed}a a nuestros clientes? Una pregunta, dos minutos. Cualquier papeleta sirve para cualquiera de tu equipo; funciona una vez y nadie puede saber qu\u{e9} respuesta es la tuya.",
    code: "C\u{f3}digo",
    address: "Escanea, o abre",
    last_day: "\u{da}ltimo d\u{ed}a",
    direction: "ltr",
};

const ARABIC: Words = Words {
    subject: "سؤال واحد، دقيقتان",
    reminder: "تذكير للجميع: سؤال واحد، دقيقتان",
    body: "ما التغيير البسيط هنا الذي سيساعد عملاءنا؟ أنت أعلم الناس بجزئك من العمل.\n\nهذا الرابط خاص بك. يعمل مرة واحدة، ولا يستطيع أحد أن يعرف أي إجابة هي إجابتك: لا القادة ولا المديرون ولا الموارد البشرية. وفي الصفحة بيان ما هو محمي بالضبط، وممن.\n\n{link}\n",
    until: "\nآخر يوم هو {day}. إن كنت قد أجبت فشكرًا لك: هذه الرسالة تصل إلى الجميع، لأن لا أحد يعرف من أجاب.\n",
    slip: "ما التغيير البسيط هنا الذي سيساعد عملاءنا؟ سؤال واحد، دقيقتان. أي قصاصة تصلح لأي شخص في وحدتك؛ تعمل مرة واحدة، ولا يستطيع أحد أن يعرف أي إجابة هي إجابتك.",
    code: "الرمز",
    address: "امسح، أو افتح",
    last_day: "آخر يوم",
    direction: "rtl",
};

/// The words of a tag's language; English where there are none.
pub(super) fn words(tag: &str) -> &'static Words {
    match tag.split('-').next() {
        Some("es") => &SPANISH,
        Some("ar") => &ARABIC,
        _ => &ENGLISH,
    }
}

/// The language of the round that somebody reads: her own, else the round's first.
fn spoken<'a>(round: &'a Round, language: Option<&str>) -> &'a str {
    let own = language.and_then(|tag| tag.split('-').next());
    let found = round
        .languages
        .iter()
        .find(|tag| tag.split('-').next() == own);
    found
        .or(round.languages.first())
        .map_or("en", String::as_str)
}

/// The letter to one person.
pub(super) fn letter(round: &Round, number: i32, due: &Due, link: &str) -> Letter {
    let words = words(spoken(round, due.language.as_deref()));
    let subject = if number > 1 {
        words.reminder
    } else {
        words.subject
    };
    let mut text = words.body.replace("{link}", link);
    if let Some(last) = round.closes_on {
        text.push_str(&words.until.replace("{day}", &last.to_string()));
    }
    text.push_str("\n-- \n");
    text.push_str(&round.name);
    text.push('\n');
    Letter {
        to: due.email.clone(),
        subject: format!("{}: {subject}", round.name.replace(['\r', '\n'], " ")),
        text,
    }
}
