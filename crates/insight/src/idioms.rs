//! Praise that is said by denying its opposite, or by a phrase.
//!
//! "I can't fault them", "never had a problem", "nothing I dislike" hold the words of complaints, and vectors,
//! which add words up, take them for some. Short texts with such a phrase are praise, unless anything else in
//! them takes it back ("no problems until last month").

use regex::Regex;
use std::sync::LazyLock;

/// Words up to which a phrase decides.
const WORDS: usize = 16;

fn compile(pattern: &str) -> Regex {
    // The patterns are constants of this file; a test uses each of them.
    Regex::new(pattern).unwrap_or_else(|error| unreachable!("{error}"))
}

fn compiled(patterns: &[&str]) -> Vec<Regex> {
    patterns.iter().map(|pattern| compile(pattern)).collect()
}

/// Denied faults, in lower case without apostrophes. What is denied must be a thing complained of ("no complaint
/// is ever answered" and "no problem log" deny something else).
static DENIED: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    compiled(&[
        r"\b(?:no|zero|not (?:a|one|any)|without(?: a| any)?|never (?:had |have |experienced |encountered )?(?:a|any)?|(?:do|did|have|has|had)(?:nt| not)(?: had| have)? (?:a|any)) ?(?:single |major |real |big |particular |other )?(?:complaints?|problems?|issues?|faults?|worries|concerns|hitch(?:es)?|hassles?|troubles?|dislikes?|quibbles?|grumbles?|criticisms?|negatives?|regrets?)(?P<rest> (?:at all|whatsoever|what so ever|here|there|so far|ever|with|from|about|in|at|i|we|they|it|all|very|really|great|good|excellent|staff|everything|everyone|thanks?|just|keep|would|and)\b| ?$)",
        r"\b(?:cant|cannot|can not|couldnt|could not) (?:really |honestly |possibly )?(?:fault|be (?:faulted|better|bettered|improved|happier|nicer|easier)|have been (?:better|nicer|kinder|easier|happier|improved|more (?:helpful|kind|caring|patient|friendly|polite|understanding|supportive|professional|accommodating|pleased|satisfied|grateful|impressed|attentive|pleasant|efficient))|(?:have )?(?:asked?|wished?|wanted|hoped) for (?:more|better|anything)|(?:praise|thank) [a-z ]{1,30}enough|recommend [a-z ]{1,30}(?:enough|highly)|speak (?:highly|well) enough|have done (?:any )?(?:better|more))\b",
        r"(?:^|\bi |\bwe )(?:really )?(?:cant|cannot|can not|couldnt|could not) (?:really )?complain\b",
        r"\bnothing (?:that |which )?(?:i |we )(?:really )?(?:dislike|disliked|would change|would improve|could fault|can fault)\b",
        r"\bnothing (?:really )?(?:to )?(?:dislike|complain about|fault|bad to say)\b",
        r"\bnothing (?:to (?:improve|change)|needs? (?:improving|changing|to change|to be (?:improved|changed)))\b",
        r"\bnothing was too much (?:trouble|bother)\b",
        r"\b(?:is|was|are|were)(?:nt| not) (?:really )?(?:anything|a thing|much) (?:that |which )?(?:i |we |to )?(?:dislike|complain about|improve|change|fault|dont like|didnt like)\b",
    ])
});

/// Set phrases.
static SET: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    compiled(&[
        r"\bnothing but praise\b",
        r"\b(?:never|not|hasnt|havent|has not|have not) (?:once )?(?:let (?:me|us) down|failed (?:me|us))\b",
        r"\b(?:second to none|above and beyond|extra mile|made my day|saved (?:my|his|her|our|the) (?:life|day|sanity)|(?:keep|carry) (?:up|on)(?: with)? (?:the|your) (?:good|great|excellent|brilliant|fantastic|amazing) work|credit to (?:you|your))\b",
        r"\brecommend(?:ed)?(?: you| them| it| this| him| her| your| the)?(?: [a-z]+){0,4} to (?:my|a|any|every|all|others|friends|family)[a-z]*\b",
        r"\b(?:would|will|happily|definitely|highly|certainly|always) (?:use [a-z]+ again|recommend(?: you| them| it| this| him| her| anyone)?$)",
        r"\b(?:very |really |so |more than |entirely |completely |totally )(?:happy|pleased|satisfied|impressed|grateful|thankful)\b",
        r"\b(?:happy|pleased|satisfied) (?:with (?:everything|it all|all of it|the service|how|the way)|as (?:it is|things are))\b",
    ])
});

/// What takes praise back, or wishes for more.
static TAKEN_BACK: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"\b(?:but|until|untill|till|except|excluding|apart from|other than|aside from|however|although|though|tho|unless|only|should|wish|sometimes|instead|let|refund|reward|reason|nobody|no one|hardly|hesitate|never|not|cant|cannot|couldnt|dont|doesnt|didnt|isnt|arent|wasnt|werent|wouldnt|wont|far from|would (?:be|have been|like|prefer)|could (?:be|do|have|of)|needs? (?:to|more)|needed|more (?:of|staff|time|help)|too (?:long|slow|many|expensive|late|few|little|much (?:time|noise|money|to|for|work|stress|pressure))|still|again|worse|rude|slow|late|long|waste|if (?:you|they|it|only)|customers?|says?|said|otherwise|fairness|fair|nightmare|obviously|solved|resolved|fixed)\b",
    )
});

/// Whether a short text holds one of the phrases, and nothing beside it that takes it back.
fn holds(text: &str, phrases: &[Regex]) -> bool {
    if text.len() > 300 || text.split_whitespace().count() > WORDS {
        return false;
    }
    let plain = plain(text);
    let mut beside = plain.clone();
    for phrase in phrases {
        beside = phrase.replace_all(&beside, " ;$rest").into_owned();
    }
    beside != plain && !TAKEN_BACK.is_match(&beside)
}

/// Whether a text praises by a phrase.
pub(crate) fn praises(text: &str) -> bool {
    static ALL: LazyLock<Vec<Regex>> =
        LazyLock::new(|| DENIED.iter().chain(SET.iter()).cloned().collect());
    holds(text, &ALL)
}

/// "No thank you" refuses; whoever tells of it says so of somebody who offered.
static REFUSES: LazyLock<Regex> = LazyLock::new(|| compile(r"(?i)\bno,? thank(?:s| ?you|u)?\b"));

/// Whether a text tells of a refusal: its thanks are none.
pub(crate) fn refuses(text: &str) -> bool {
    REFUSES.is_match(text)
}

/// A wish or a fault told in so many words: "I need to pay by card", "my order never arrived".
static WISHES: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^\W*(?:um,? )?(?:please (?:help|sort|tell|show|can|could)|(?:i |we )?(?:really |just )?(?:need|want|wish)\b|(?:i|we) would (?:like|love) (?:to (?:know|use|be able|see|have|change|get)|one)|(?:tell|show) me\b)|\b(?:did ?n[o’']?t|has ?n[o’']?t|is ?n[o’']?t|does ?n[o’']?t|was ?n[o’']?t|not|never) (?:been )?(?:work(?:ed|ing)?|complet(?:e|ed|ing)|load(?:ed|ing)?|arrived?)\b|\b(?:problems?|trouble) with (?:my|the|a)\b|\b(?:has|have|had|keeps?|always|it|that|this) fail(?:ed|ing|s)\b|\b(?:my|the|a|our) (?:[\w-]+ ){1,2}failed(?:\s*$|[.,;!?]|\s(?:again|every|twice|when|and|but|on)\b)",
    )
});
/// … or what only begins like one.
static THANKS: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:thank\w*|praise|commend|compliment|express|credit|recommend|say|no (?:problems?|trouble)|never fail(?:s|ed)?|never (?:had |any )*(?:problems?|trouble))\b",
    )
});

/// Whether a text wishes for something or tells that something failed: it isn't praise, whatever its words.
pub(crate) fn wishes(text: &str) -> bool {
    WISHES.is_match(text) && !THANKS.is_match(text)
}

/// Displeasure in so many words: vectors take "unsatisfied" for a kind of "satisfied".
static DISPLEASED: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"\b(?:(?P<not>not|never|no one|nobody|wasnt|werent|isnt|havent been|cant be) (?:been |at all |a bit |once )?)?(?:(?:un|dis)satisfied|unhappy|unimpressed|displeased|disappointed|disgusted|appalled|appalling|unacceptable)\b",
    )
});

/// Whether a text says in so many words that somebody isn't pleased.
pub(crate) fn displeases(text: &str) -> bool {
    DISPLEASED
        .captures_iter(&plain(text))
        .any(|found| found.name("not").is_none())
}

/// Whether a text denies that there is anything to complain of.
pub(crate) fn denies(text: &str) -> bool {
    holds(text, &DENIED)
}

/// An employee's praise of the company where something else was asked: "nice place to work", "love to be part of it".
static OF_THE_COMPANY: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"^(?:[a-z]+ is |(?:i|we|am|it|its|is|this|really|a|an|the|very) )*(?:(?:love|like|enjoy|happy|proud|glad|blessed) (?:(?:to be|being) (?:a )?part of (?:[a-z]+ ){0,2}(?:company|family|team|brand|organi[sz]ation)|(?:to work|working) (?:here|at|for))\b|(?:nice|good|great|best|excellent|wonderful|amazing|awesome|fantastic) (?:place|company|organi[sz]ation|firm|employer|brand)(?:$| (?:to|for|with|of|and|in|where)\b))",
    )
});

/// What is amiss in a good company: "no growth", "low salary".
static AMISS: LazyLock<Regex> =
    LazyLock::new(|| compile(r"\b(?:no|low|poor|bad|less|lack\w*|zero|more|better|improve\w*)\b"));

/// Whether an employee's short text praises the company and nothing in it takes that back.
pub fn praises_the_company(text: &str) -> bool {
    if text.split_whitespace().count() > WORDS {
        return false;
    }
    let plain = plain(text);
    OF_THE_COMPANY.is_match(&plain) && !TAKEN_BACK.is_match(&plain) && !AMISS.is_match(&plain)
}

/// Words that alone, with a denial among them, say that there is nothing to say: "nothing especially as of now",
/// "I don't have any negative point to update".
const IDLE: &str = "nothing none nil no not any anything anyone much many such as of now till until date yet so far \
    really especially particular particularly specific specifically in at all to say mention add share update \
    explain tell report comment comments about dislike dislikes disliked complain complains complaint complaints \
    negative negatives bad wrong point points thing things thinks that i have has dont do didnt havent think \
    remember there theres is was isnt wasnt be everything good fine great awesome nice best ok okay well \
    company organization organisation place here this the with me my it its and a an for also just \
    regarding personally honestly speaking which am happy issue issues problem problems con cons face faced \
    still already mentioned above favourite favorite like never thought find found see seen kind type sort";
const DENIALS: &str = "nothing none nil no not never dont didnt havent isnt wasnt";
/// What reads like it and complains: "nothing is good here", "I don't like anything".
static NONE_GOOD: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"\b(?:no|not|nothing|never|isnt|wasnt|dont (?:have|find|think|like)(?: any| anything| it is| its| it)?|no such)(?: is| was| that| a| an| the| so| as| any| anything| such| really| at all| found| find| see| seen| had| thought| like)* (?:good|fine|great|awesome|nice|best|happy|well|work|job)\b|\b(?:didnt|dont|did not|do not|never) (?:really )?like (?:any\w*|it|the|this|working|to)\b",
    )
});

/// Whether an answer, at greater length than "nothing", says that there is nothing.
pub(crate) fn says_as_good_as_nothing(text: &str) -> bool {
    if text.len() > 120 {
        return false;
    }
    let plain = plain(text);
    let among = |list: &str, word: &str| list.split_whitespace().any(|known| known == word);
    let words = || plain.split(' ').filter(|word| !word.is_empty());
    words().all(|word| among(IDLE, word))
        && words().any(|word| among(DENIALS, word))
        && !NONE_GOOD.is_match(&plain)
}

/// Lower case without apostrophes, anything else that is no letter one space.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\'' | '’' | '‘' | '`' | '´' => {}
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ if out.ends_with(' ') || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn denied_complaints_and_phrases_are_praise() {
        for text in [
            "I can't fault the people I spoke to",
            "Cannot fault the service.",
            "We've been with you 6 years, never had a problem",
            "Could not have asked for more",
            "No complaints whatsoever",
            "There are no dislikes at Acme for me",
            "There isn't anything that I dislike in Acme",
            "Nothing that I dislike",
            "They saved my life",
            "Would recommend you to my friends.",
            "I will definitely recommend",
            "Polite staff, nothing was too much trouble.",
            "Broadband has not let us down once",
            "very happy indeed",
            "Satisfied with the service",
            "Nothing but praise",
            "Nothing needs to change",
            "nothing that I would change",
            "there was nothing to complain about",
            "We really can't complain",
            "The nurses could not have been more helpful",
            "No complaints, would use you again",
            "She went above and beyond",
            "carry on the good work",
        ] {
            assert!(praises(text), "{text}");
        }
    }

    #[test]
    fn praise_of_the_company_is_told() {
        for text in [
            "Love to be a part of Hsbc family",
            "Nice place to work with Samsung electronics",
            "It is a great company",
            "I am proud to work for this company",
            "IBM is very good company",
        ] {
            assert!(praises_the_company(text), "{text}");
        }
        for text in [
            "Love to have more holidays",
            "Good company policies",
            "Nice place to work, but the pay is low",
            "Great company to work for if you like politics",
            "Best people leave",
            "Good place needed for lunch",
            "Would like to work from home",
            "Good company with no growth",
            "Nice place to work. Low salary",
            "Like to work with better tools",
            "We like to be part of decisions",
        ] {
            assert!(!praises_the_company(text), "{text}");
        }
    }

    #[test]
    fn nothing_at_greater_length_is_nothing() {
        for text in [
            "Nothing especially",
            "Nothing. Everything is good here",
            "As of now, not much.",
            "I don't have any negative point to update",
            "There is no dislike about the company",
            "No any dislikes",
            "There is nothing like that any dislike",
            "I never thought of any negatives as now.",
            "No such negative points found",
        ] {
            assert!(says_as_good_as_nothing(text), "{text}");
        }
        for text in [
            "Nothing is good here",
            "I never found anything good",
            "Nothing works",
            "Not a good company",
            "I don't have any work",
            "no career growth",
            "everything is good",
            "I didn't like anything",
            "It isn't as good as it was",
            "I don't feel well about this job",
            "I have not had the update",
        ] {
            assert!(!says_as_good_as_nothing(text), "{text}");
        }
    }

    #[test]
    fn what_is_taken_back_or_wished_for_is_not() {
        for text in [
            "No problems until last month",
            "can't fault the staff but the wait was awful",
            "I would not recommend you to my friends",
            "no issue was resolved",
            "never had the problem fixed",
            "very happy to pay more if you answer the phone",
            "satisfied with the service, although it could be quicker",
            "the letter did not say why",
            "problems with the bill",
            "not very happy",
            "Service went down, and your status page says no problems",
            "it was planned and you never let us know",
            "a nightmare to cancel. To be fair, installation went without a hitch",
            "The agent could not have been more unhelpful",
            "I would never recommend them to anyone",
            "I cannot recommend it to anyone",
            "not entirely satisfied with the repair",
            "I'm not completely happy",
            "Customers aren't very happy with the app",
            "You can't complain to anyone here",
            "No complaint is ever answered",
            "They have no concern for customers",
            "Nothing we complain about is ever acted on",
            "They never posted the credit to the account",
            "Nobody went above and beyond for me",
            "Let agents recommend the right plan to any customer",
            "Reward staff who go the extra mile",
            "There is no complaints procedure for customers",
            "There is no problem log between shifts",
            "no help with my complaint",
            "no bus to the hospital",
        ] {
            assert!(!praises(text), "{text}");
        }
    }

    #[test]
    fn wishes_and_faults_are_no_praise() {
        for text in [
            "I need to pay by card.",
            "i want to pay monthly",
            "Tell me how I can book a visit",
            "My order never arrived",
            "The app on my phone isn't working.",
            "Problems with my booking",
            "my card payment failed",
        ] {
            assert!(wishes(text), "{text}");
        }
        for text in [
            "I want to thank everyone on the ward",
            "I would love to come back",
            "Never had any trouble with the app",
            "Everything worked",
            "The staff never failed to cheer me up",
            "A lovely team",
        ] {
            assert!(!wishes(text), "{text}");
        }
    }

    #[test]
    fn displeasure_is_told_unless_denied() {
        for text in [
            "I'm very unhappy with the repair",
            "Highly dissatisfied!",
            "This is un-acceptable, totally unacceptable.",
        ] {
            assert!(displeases(text), "{text}");
        }
        for text in [
            "Never disappointed",
            "We were not at all disappointed.",
            "Nobody could be happier",
            "A satisfied customer",
        ] {
            assert!(!displeases(text), "{text}");
        }
    }

    #[test]
    fn thanks_that_refuse_are_none() {
        assert!(refuses("said no thank you to 5 offers"));
        assert!(refuses("No thanks."));
        assert!(!refuses("no complaints, thank you"));
    }
}
