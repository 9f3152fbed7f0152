//! What customers complain of when they need help, each in six independent ways of saying it.
//! Wordings only.

use super::{Pain, Season, Stage, Wordings};

pub(super) const PAINS: &[Pain] = &[
    Pain {
        key: "hold_time",
        title: "Long waits on the phone",
        stage: Stage::GettingHelp,
        season: Season::Winter,
        words: Wordings {
            making: &[
                &[
                    "[on hold|kept on hold|was on hold] for [@mins|@hours|ages] [before|until] [anyone|someone|a person] [answered|picked up]",
                    "[can't|you can't|impossible to] get through [on the phone|by phone|to anyone], [waited|I waited] [@mins|@hours]",
                ],
                &[
                    "[that|your] [music|hold music] is [driving me mad|burned into my brain], [your call is important to us|you are number #12-40], [is it really|no it isn't]",
                    "[rang|I rang] in my lunch [break|hour], [spent|used up] [all of it|the whole thing] [listening to a recording|in the queue] and [hung up|had to go back to work]",
                ],
                &[
                    "[answer|just answer] [the phone|your phones][!| faster| quicker]",
                    "[not enough people|obviously nobody] [on the lines|taking calls], [@mins|@hours] [every time|each time] I [try|need something]",
                ],
            ],
            held_out: &[
                &[
                    "[queue|the queue|queuing] of [@mins|@hours] [for|just for] a [two minute|simple] [question|thing]",
                    "[battery|my phone battery] [went flat|died] before [a human|anybody] [came on|spoke]",
                ],
                &[
                    "[tried|I've tried] [ringing|calling|phoning] at [eight|nine|six], [always|it's always] [busier than normal|unusually high volumes]",
                    "[cut off|got cut off] after [@mins|@hours] of [holding|waiting], [back to the end of the line|then start over]",
                ],
                &[
                    "[should not|it shouldn't] take [@hours|an age|half a day] to [reach|get hold of] [someone|an agent|customer services]",
                    "[did|I did] [the ironing|a crossword|the washing up] [with you on speaker|while listening to your jingle], [nobody ever came|no one at the other end]",
                ],
            ],
        },
    },
    Pain {
        key: "repeat_story",
        title: "Passed around and asked to explain again",
        stage: Stage::GettingHelp,
        season: Season::Level,
        words: Wordings {
            making: &[
                &[
                    "[had to|I had to|having to] [explain|repeat] [everything|my problem|the whole story] to [every person|each new person|#3-6 different people]",
                    "[passed|I was passed|got passed] from [pillar to post|one department to another|team to team], [nobody|none of them] [knew|could see] what [the last one|the others] had [said|done]",
                ],
                &[
                    "[transferred|I got transferred] [@times|again and again] and [ended up|finished up] [back where I started|with the first department]",
                    "[sales say it's|one says it's] [technical|billing], [technical say it's|next says it's] [sales|accounts], [I don't care which|who do I believe]",
                ],
                &[
                    "[don't you people|do you not] [keep notes|write anything down]? [Same questions|Name, address, what's the problem], [every call|from the top]",
                    "[left hand|the left hand] [doesn't know|has no clue] what the right [is doing|hand does]",
                ],
            ],
            held_out: &[
                &[
                    "[started|I started] [from scratch|from the beginning] with [whoever|each one who] [answered|came on], [#3-5|four] times in one [day|week]",
                    "[ping pong|I'm a ping pong ball] between [your departments|offices], [no one|nobody|not one of them] [takes it on|owns it|takes responsibility]",
                ],
                &[
                    "[your teams|your staff] [don't talk to|clearly never speak to] [each other|one another]",
                    "[no record|they'd no record] of [my earlier call|what was agreed|me calling @day], [like talking to strangers|so off we went again]",
                ],
                &[
                    "[every time|each time I ring] it's [someone new|a different voice] who [has never heard of|knows nothing about] [me|my case]",
                    "[that's not my area|not us], [let me put you through|try this other number]. [Repeat till I lose the will|@times in one afternoon]",
                ],
            ],
        },
    },
    Pain {
        key: "no_callback",
        title: "Promised calls back never come",
        stage: Stage::GettingHelp,
        season: Season::Level,
        words: Wordings {
            making: &[
                &[
                    "[promised|I was promised|they promised] a [call back|callback] [within 24 hours|by @day|that afternoon] and [it never came|it never happened|nobody ever rang]",
                    "[no one|nobody] [ever |][calls|rings] [me |you |]back",
                ],
                &[
                    "[said|they said] they'd [look into it|get to the bottom of it|be in touch], [silence|heard nothing|not a peep] [since|ever since]",
                    "[always|it's always] me who [has to chase|does the chasing], [never|not once] you",
                ],
                &[
                    "[leave it with me|a manager will ring you] [they say|he said|she said], [@weeks ago|that was @day week|@days later nothing]",
                    "[my complaint|the complaint|my email] [went into a black hole|just vanished], [no reply|no follow up] [whatsoever|]",
                ],
            ],
            held_out: &[
                &[
                    "[kept|I kept] my [mobile|phone] by me all [week|day] for [someone|the person] [who didn't|that didn't bother to] ring",
                    "[I'm|still] waiting to hear [from|back from] [your manager|the complaints people|your team], [as agreed|as I was told I would]",
                ],
                &[
                    "[follow up|following up] [is non existent|doesn't happen], [empty words|just words]",
                    "[they say|they tell you] somebody will [get back to you|contact you], [nobody does|don't hold your breath]",
                ],
                &[
                    "[gave|I gave] [two|three] numbers [and|plus] the best time, [forgotten|they forgot] [the minute|as soon as] I [hung up|put the phone down]",
                    "[no updates|not a single update] [on|about] [my case|the fault I reported] [since|after] @month, [radio silence|have you forgotten me]?",
                ],
            ],
        },
    },
    Pain {
        key: "chatbot",
        title: "The chat robot blocks the way to a person",
        stage: Stage::GettingHelp,
        season: Season::Level,
        words: Wordings {
            making: &[
                &[
                    "[the chatbot|your chatbot|that bot] [is useless|goes round in circles|doesn't understand anything]",
                    "[can't get past|stuck with] the [bot|robot|automated chat], I [want|need] [a real person|a human being|to talk to a human]",
                ],
                &[
                    "[typed|I typed] [agent|human|help] [#4-9|ten] times, [it|and it] [kept offering|offered] me [the same article|links to the FAQ]",
                    "[sorry, I didn't get that, [over and over again|that's all it says]|did that answer your question, [no it did not|every single time]]",
                ],
                &[
                    "[artificial|so called artificial] [intelligence|stupidity]. [Nobody behind it|Nobody reads what you write]",
                    "[you've|they've] [hidden|taken away] [the phone number|every phone number|the contact details] [and|,] [all that's left is|left us with] [a machine|a computer answering]",
                ],
            ],
            held_out: &[
                &[
                    "[virtual|digital] assistant [on the website|] [hasn't got a clue|couldn't help with anything], [a waste of time|pointless]",
                    "[I spent @mins arguing with [a computer|software] before giving up|arguing with [a computer|software] is no fun]",
                ],
                &[
                    "[bring back|give us back] [people|actual people|humans], [older customers|some of us] [don't like|hate|can't stand] [typing into a box|talking to a screen]",
                    "[asked|I asked] about [my meter|a broken hub|moving] and it [told|answered] me about [opening hours|a new phone offer]",
                ],
                &[
                    "[the little window|that pop up window] [asks] [the same|its] [five|four] questions then says all [advisers|agents] are [offline|busy], [goodbye|chat ended]",
                    "[scripted|canned] [answers|responses], [no way to|you can't] [reach|speak with] [anyone with a brain|a living soul]",
                ],
            ],
        },
    },
];
