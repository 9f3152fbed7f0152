//! Words that name no subject, by the part they may play in a label.
//!
//! `Kind::Silent` words never start or end a label; `Kind::Leaning` ones may start one ("more
//! staff", "not enough parking") and never stand alone. English in full; the commonest of Spanish,
//! French, German, Portuguese, Italian and Dutch. Not a grammar.

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// What part a word may play in a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// May be a label by itself.
    Telling,
    /// May start a label of several words.
    Leaning,
    /// May start or end a label of several words ("waiting time", "work pressure").
    Partner,
    /// May end a label whose verb seldom comes without it ("top up", "log in").
    Particle,
    /// Only inside a label.
    Silent,
}

/// The kind of a lower-case word.
pub(crate) fn kind(word: &str) -> Kind {
    static KINDS: OnceLock<FxHashMap<&'static str, Kind>> = OnceLock::new();
    let kinds = KINDS.get_or_init(|| {
        let silent = SILENT.split_whitespace().map(|w| (w, Kind::Silent));
        let other = OTHER_LANGUAGES
            .split_whitespace()
            .map(|w| (w, Kind::Silent));
        let leaning = LEANING.split_whitespace().map(|w| (w, Kind::Leaning));
        let particles = PARTICLES.split_whitespace().map(|w| (w, Kind::Particle));
        let partners = PARTNERS.split_whitespace().map(|w| (w, Kind::Partner));
        other
            .chain(MONTHS.map(|month| (month, Kind::Silent)))
            .chain(silent)
            .chain(partners)
            .chain(leaning)
            .chain(particles)
            .collect()
    });
    if let Some(&kind) = kinds.get(word) {
        return kind;
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    // "xxxx" stands where a name was taken out.
    let masked = word.chars().all(|c| c == 'x');
    let number = word.chars().any(|c| c.is_ascii_digit());
    // What is left of apostrophes and smileys that were decoded twice.
    let broken = ["äô", "â€", "üò"].iter().any(|wreck| word.contains(wreck));
    if letters < 2 || masked || number || broken {
        Kind::Silent
    } else {
        Kind::Telling
    }
}

/// Whether a title reads as well without the word ("lost my card": "Lost card").
pub(crate) fn is_dropped_from_titles(word: &str) -> bool {
    DROPPED.split_whitespace().any(|dropped| dropped == word)
}

const DROPPED: &str = "a an the my your our their his her its this that these those some any";

/// These override the list of silent words.
const PARTNERS: &str = "
time times work working job jobs company companies organisation organization organisations
organizations employee employees staff patient patients customer customers service services quality
level levels area areas number amount people person issue issues type response call calls day night
";

const PARTICLES: &str = "up in out off down back";

/// Whether a verb and a particle are one verb: any with "up", some with the others.
pub(crate) fn takes_particle(verb: &str, particle: &str) -> bool {
    particle == "up" || PARTICLE_VERBS.split_whitespace().any(|known| known == verb)
}

const PARTICLE_VERBS: &str =
    "log logs logged logging sign signed signing check checking opt opting opted
lock locked cut shut drop phone phoned ring pay paid send";

/// What a word before another says of it: whether a thing is named, or something done or felt.
pub(crate) fn sign(before: &str) -> Sign {
    let holds = |list: &str| list.split_whitespace().any(|word| word == before);
    if holds(NOUN_SIGNS) {
        Sign::Noun
    } else if holds(VERB_SIGNS) {
        Sign::Verb
    } else {
        Sign::Neither
    }
}

/// See [`sign`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// "the", "my", "more" …: a noun follows.
    Noun,
    /// "to", "we", "was" …: a verb or an adjective follows.
    Verb,
    /// Says nothing.
    Neither,
}

const NOUN_SIGNS: &str =
    "the a an my your our their his her its this these those that more no of for with
any some another each every better new other good poor bad all lack";
const VERB_SIGNS: &str = "to i we they you he she it not is was were are be been being am get getting got
feel felt very too so really would could can will should don't didn't dont didnt cannot can't cant have
has had just never always who i'm i've we've";

/// Months: when something happened to one person ("ordered in February") names no subject. Days of the week may ("open on
/// Saturdays"), and May is silent anyway.
const MONTHS: [&str; 11] = [
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether a lower-case word is a month's name.
pub(crate) fn is_month(word: &str) -> bool {
    MONTHS.contains(&word)
}

/// Whether a label of words that tell nothing may not start or end with the word.
pub(crate) fn dangles(word: &str) -> bool {
    DANGLING.split_whitespace().any(|known| known == word)
}

const DANGLING: &str = "a an the and or but of to in on at for with by from as is was were are be been am it
its this that these those i my me you your we our us they their he she his her has have had do does did not
so very too if when which who any some there here can could would will should about into than then just i'm
i've also because like more most much no";

const SILENT: &str = "
weve youve theyve whats youre theyre shouldnt hes shes
a about above after again against all almost along already alright also although always am among
an and another any anybody anyone anything anyway anywhere apart are aren't around as aside at away
back bad be became because been before being below besides between bit both but by came can can't
cannot cant come comes coming could couldn't couldnt day days definitely did didn't didnt do does
doesn't doesnt doing don't done dont down due during each either else ending especially etc even
ever every everybody everyone everything exactly excellent extremely far feel feels felt few
fine first for found from front full fully generally get gets getting give given gives giving go
goes going gone good got great guys ha had hadn't happy hard hardly has hasn't hasnt have haven't
havent having he he'd he's hello help her here hers herself hey hi him himself his hope how
however i i'd i'll i'm i've id idea if ill im in indeed instead into is isn't isnt it it'd it'll
it's its itself ive just keep kept kind kindly know last lastly later least let let's lets like
likely little ll look looked looking looks lot lots love lovely made mainly make makes making many
may maybe me mean means might mine moment most mostly much must my myself name near nearly need
needed needing needs neither never next nice nor nothing now obviously of off often oh ok okay on
once one ones only onto or other others otherwise ought our ours ourselves out over overall own
part particular particularly people perfect perhaps person please plus possible possibly pretty
probably put quite rather re really regarding right s said same saw say saying says see seem seemed
seems seen several shall she she's should shouldn't since so some somebody somehow someone
something sometimes somewhere soon sorry still stuff such sure t take takes taken taking tell than
thank thanks that that's thats the their theirs them themselves then there there's therefore these
they they'd they're they've thing things think this those though thought through throughout thus
till to today together told too took totally toward towards tried truly try trying two un under
understand unfortunately unless until up upon us use used using usual usually ve very via want
wanted wanting wants was wasn't wasnt way ways we we'd we'll we're we've well went were weren't what
what's whatever when where whether which while who who's whole whom whose why will wish with within
without won't wonder wonderful wondering wont would wouldn't wouldnt yes yet you you'd you'll you're
you've your yours yourself yourselves u ur pls plz thx n w r b c d e f g h j k l m o p q v x y z
able actually absolutely ago allow allowed allows amazing appear appears apparently asap ask asked
asking asks basically became become becomes began begin behind believe best brilliant call called
caused certain certainly clearly complete completely consider could've currently easily easy enable
end enjoy enough entire entirely exact example experience experienced explain extra fact fairly
fantastic feeling figure find finding follow following fully further furthermore general
going happen happened happening happens highly honest honestly hopefully huge immediate immediately
improve improved improvement improvements improving include included including increase issue issues
job keeps leave leaving less let live main major mention mentioned minor month months moreover nope
normal normally obvious occasion occasionally odd ones open particularly past pleasant pleased plenty
point points previous prior problem problems proper properly provide provided provides providing
quality question questions real realise reason reasons receive received recent recently regards
related relevant remain require required requires respect result results run sadly second seriously
set show showed shown similar simple simply situation slightly small sort specific specifically start
started starting stay steps stop strongly suddenly suggest super suppose supposed talk terms terrible
thankful thoroughly three time times tend total true truth turn type types unable usual various view
week weeks whenever whilst wise work worked working works worse worst worth year years hour
minute minutes yesterday tomorrow tonight morning evening afternoon
dislike dislikes disliked disliking con cons pro pros opinion opinions don didn doesn isn wasn couldn
wouldn shouldn haven hasn aren weren complaint complaints comment comments concern concerns mr mrs ms
area areas aspect aspects better big bigger case cases etc felt half level levels low high large
per place places several side number amount except excluding despite whereas unlike beyond amongst
alongside regardless upto lack poor poorly long longer quick quicker quickly slow
slowly slower fast faster short shorter late later early earlier regular regularly
nbsp amp quot
";

/// These override the list above.
const LEANING: &str = "
more no not less lack better poor long longer quick quicker faster slow slower bad worst short high
low large small big bigger extra late early enough few fewer free clear clearer clean cleaner regular
different new old wrong hard easy easier cheap cheaper without good further unfair unclear
helpful unhelpful friendly unfriendly supportive useful useless informative sad frustrating stressful
difficult polite caring professional unprofessional rude awful horrible nasty strict favourite true
";

const OTHER_LANGUAGES: &str = "
de la el los las un una unos unas y o que en por para con sin se su sus lo al del es son muy mas más
pero como cuando donde todo toda todos todas este esta esto ese esa eso ya si sí hay fue ser estar
está están me mi mis nos le les te tu tus yo ha han he le les des du et ou où dans sur pour par avec
sans est sont très pas ne que qui ce cette ces il elle ils elles nous vous je mon ma mes son sa ses
au aux mais comme tout tous toute toutes plus bien être avoir été der die das den dem des ein eine
einen einem einer und oder aber nicht ist sind war waren sehr auch auf aus bei mit von zu zum zur im
ich wir ihr sie es mir mich uns für über nach wenn dass wie was o os as um uma e mas não do da dos
das no na nos nas em ao à pelo pela foi são muito mais meu minha seu sua il lo gli dei delle e ma non
di che per sono molto più mio mia het een van ik wij zijn niet voor met op aan dat die te er maar ook
";
