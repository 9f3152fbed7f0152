//! Whether an employee's answer is about a person, or only holds a name.
//!
//! "Anna Smith shouts at us" is about a person and has no place in a brief: nobody can answer it there, and
//! the company has other doors for it. "Share Sarah's script with every team" and "open the Victoria branch
//! at eight" are proposals. What tells them apart is what is said of the name: that it does, is or must go,
//! or that somebody is judged.

use crate::scrub::scrub;
use regex::Regex;
use std::sync::LazyLock;

/// A name as the subject of a sentence, perhaps with where the person works. "Our tool called Jira is slow"
/// has the same shape: what is called so is asked first.
static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)(?P<thing>\b(?:in|at|to|from|near|of|for|around|what|how|like) |\b(?:tool|system|app|application|program|programme|software|package|platform|site|website|page|portal|form|script|report|database|product|scheme|process|branch|office|shop|room|bot)s?,? (?:is |was |that is )?(?:called|named) )?\[name\](?:,? (?:in|on|from|at|of|over in) (?:[\w&'’-]+ ){0,3}?[\w&'’-]+)?,?(?: just| simply| really| often| still| also)? (?:who|is|isn[’']t|was|wasn[’']t|never|always|does|doesn[’']t|did|didn[’']t|refuses|refused|won[’']t|can[’']t|cannot|has|hasn[’']t|had|keeps|kept|shouts|shouted|yells|screams|swears|runs|manages|leads|treats|treated|makes|made|thinks|behaves|acts|ignores|ignored|bullies|bullied|talks|speaks|picks|plays|blames|lies|lied|steals|stole|laughs|laughed|cheats|cheated|gets|takes|tells|told|lets|needs to|must|has to|should (?:be (?:moved|sacked|fired|replaced|disciplined|retrained|gone)|go|leave|resign|retire|stop))\b",
    )
});

/// Words that judge a person.
static JUDGED: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)\b(?:rude|lazy|bully|bullies|bullying|bullied|shouts?|shouting|yells?|screams?|aggressive|abusive|arrogant|incompetent|nasty|sexist|racist|harass\w*|humiliat\w*|favou?rit(?:es?|ism)|liar|drunk|toxic|tyrant|hates?|worst (?:boss|manager|supervisor|lead|colleague)|micro-?manag\w*|gets away with|makes (?:people|us|everyone) (?:cry|quit|leave)|plays? (?:people|us) off|stroke of work|get rid of)\b|\b(?:sacks?|sacked|fires?|fired|as long as|scared of|afraid of|frightened of|fed up with|sick of|tired of) (?:\w+ )?\[name\]|\[name\](?:['’]s)? (?:attitude|behaviou?r|moods?|temper|bullying|shouting|rudeness)",
    )
});

/// Speaks of one person, who may be a customer.
static PRONOUN: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?i)\b(?:he|she|him|his|hers?|herself|himself)\b"));
static CUSTOMER: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"(?i)\b(?:customer|client|patient|caller|guest|passenger|member|buyer|user)s?\b")
});

fn compiled(pattern: &str) -> Regex {
    // The patterns are constants of this file; a test uses each of them.
    Regex::new(pattern).unwrap_or_else(|error| unreachable!("{error}"))
}

/// Whether words hold a name, as far as titles, introducing words and common first names tell. More is taken
/// for a name than is one ("the Victoria branch"): enough not to show the words, too much to drop them.
pub fn names_a_person(words: &str) -> bool {
    scrub(words).contains(NAME)
}

/// Whether words are about a person that they name.
pub fn is_about_a_person(words: &str) -> bool {
    let scrubbed = scrub(words);
    if !scrubbed.contains(NAME) {
        return false;
    }
    let acts = |found: regex::Captures<'_>| found.name("thing").is_none();
    SUBJECT.captures_iter(&scrubbed).any(acts)
        || JUDGED.is_match(&scrubbed)
        || of_nobody_else(&scrubbed)
}

/// Whether "he" or "she" can only be who is named: no customer stands before it.
fn of_nobody_else(words: &str) -> bool {
    PRONOUN
        .find(words)
        .is_some_and(|pronoun| !CUSTOMER.is_match(&words[..pronoun.start()]))
}

const NAME: &str = "[name]";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proposals_that_hold_a_name_or_what_looks_like_one_stay() {
        for words in [
            "Give every agent Salesforce so that we see the order history",
            "The tool called Jira is far too slow for tickets",
            "Let the manager Power BI report be seen by the branch team",
            "Open the Victoria branch at eight so that customers don't queue",
            "Use a round Robin list so that calls are shared fairly",
            "Roll out the Georgia returns process everywhere, customers get refunds faster",
            "Dawn deliveries should be offered to customers who work",
            "Share Sarah's call-back script with every team, customers like it",
            "Send the customer a text from the system called Genesys when the parcel is late",
            "Let the customer sign in with Alexa",
            "Give each engineer Android phones for photos",
            "Customers in Jordan should get the price in their own money",
            "Let Alexa read the bill to the customer, so that she hears what it is for",
            "Train every adviser English and Spanish phrases for customers",
            "Customers in Georgia can't get refunds online",
            "Our depot in Jordan is closed on Fridays, open it for customers",
            "Copy what Sarah does: call every customer back the same day",
            "Keep the Victoria branch open as long as customers queue",
            "The problem lies with the Jordan warehouse stock list",
            "The Victoria branch ticket machine is useless",
            "Our supervisor Excel sheet should be shared so that calls are planned",
            "Get the technician Teams access so customers are called back",
        ] {
            assert!(!is_about_a_person(words), "{words}");
        }
        assert!(names_a_person("Share Sarah's call-back script"));
    }

    #[test]
    fn what_is_said_of_a_person_is_told() {
        for words in [
            "Anna Smith on dispatch is rude and everyone knows it",
            "Karen from billing never picks up the phone",
            "Mr Jones always changes the rota on a Friday",
            "the problem is called John Miller, who shouts at all of us",
            "as long as Peter Hall is in charge of this place nothing will change",
            "get rid of Jane Doe, worst boss I ever had",
            "My manager Tom Baker: I have told him ten times",
            "It is [name] in our shop who won't let us call back",
            "supervisor Ann should be moved",
            "Everyone is scared of Anna Smith",
            "Karen's attitude puts customers off",
            "Karen from billing steals",
            "Tom Baker in billing, he laughs at customers",
        ] {
            assert!(is_about_a_person(words), "{words}");
        }
        // Nobody is named.
        assert!(!is_about_a_person("my manager is rude and never listens"));
    }
}
