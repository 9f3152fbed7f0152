//! What customers complain of in everyday use, each in six independent ways of saying it.
//! Wordings only.

use super::{Pain, Season, Stage, Wordings};

pub(super) const PAINS: &[Pain] = &[
    Pain {
        key: "evening_slow",
        title: "Broadband slows down in the evening",
        stage: Stage::EverydayUse,
        season: Season::Winter,
        words: Wordings {
            making: &[
                &[
                    "[internet|broadband|the connection] [crawls|slows right down|slows to nothing] [every evening|after seven|from about 6pm|at night]",
                    "[fine|it's fine|perfect] [in the morning|during the day], [hopeless|unusable|dreadful] [by tea time|once everyone's home]",
                ],
                &[
                    "[can't|we can't] [watch|stream] [a film|anything|the football] without [it|the picture] [buffering|freezing] [at peak times|of an evening|]",
                    "[video calls|Zoom calls|calls with the grandchildren] [freeze|break up] [after dark|at eight o'clock|when the street's home]",
                ],
                &[
                    "[speed test|tested it myself], [#200-480 at noon, #3-20 at nine|great at lunch, #2-9 by nine pm]. [Not what I pay for|That isn't what I'm paying for]",
                    "[too many|you've put too many] [people|homes|customers] [on|sharing] [one line|the same line|the cabinet] [if you ask me|I reckon|]",
                ],
            ],
            held_out: &[
                &[
                    "[my son's|the lads'] [games lag|gaming is all lag] [as soon as|when] [school's out|the neighbours get in]",
                    "[grinds to a halt|it grinds to a halt] [around|about] [bedtime|dinner], [every single day|like clockwork]",
                ],
                &[
                    "[nights|weeknights] are [a write off|painful], pages [hang|won't load]. [Weekend mornings are fast|Fast as anything at 6am]",
                    "[bandwidth|performance] [falls off a cliff|collapses|drops] at [busy|peak] [periods|hours|times]",
                ],
                &[
                    "[telly|Netflix|iPlayer] [keeps stopping|spins round and round] [just when|whenever] we [sit down|want to relax|get the children to bed]",
                    "[how come|why is it that] [a superfast package|full fibre] is [dial up|so sluggish] [between seven and ten|once it gets dark]",
                ],
            ],
        },
    },
    Pain {
        key: "wifi_rooms",
        title: "Wi-Fi does not reach every room",
        stage: Stage::EverydayUse,
        season: Season::Level,
        words: Wordings {
            making: &[
                &[
                    "[wifi|the wifi|wi-fi] [doesn't reach|won't reach|doesn't cover] [the bedrooms|upstairs|the back of the house|the loft]",
                    "[no signal|one bar] in [the kitchen|the back bedroom|the conservatory|my office], [full bars|perfect] [next to|by] [the router|the box|the hub]",
                ],
                &[
                    "[had to|we've had to] [buy|get] [boosters|an extender|a mesh thing] [of our own|from Amazon] [so the kids could|so my daughter could|for the kids to] [study|watch telly] in [bed|the back bedroom|peace]",
                    "thick walls [apparently|they tell me]. [They could have thought of that|Somebody might have looked at the house first]",
                ],
                &[
                    "[where they put|the place they chose for] @device is [useless|daft], [behind the telly|by the front door], [half the house|most of the house] gets nothing",
                    "[have to|I have to] [stand|sit] [on the landing|in the hall] to [send an email|get a picture to load|make a call online]",
                ],
            ],
            held_out: &[
                &[
                    "[wireless|the wireless] [coverage|range] is [poor|weak|patchy] [in a|for a] [three storey|stone|long] house",
                    "[dead zones|black spots] [all round|around] [the house|our home], [laptop|my phone] drops as soon as I [go up the stairs|walk into the lounge]",
                ],
                &[
                    "[lovely|great] [by|beside] the window, [nothing|zilch] [two|three] [metres|doors] [away|further on]",
                    "[teenager|my teenager] [complains|moans] [daily|non stop] that [the attic|his room] is [cut off|offline]",
                ],
                &[
                    "[ended up|I've ended up] [running|trailing] [a long cable|an ethernet lead] [along the corridor|up the stairs] to [my desk|the study]",
                    "the [garden room|garage|spare room] [might as well be|may as well be] on the moon, your [kit|equipment] isn't [strong|powerful] enough",
                ],
            ],
        },
    },
    Pain {
        key: "works_untold",
        title: "Outages and planned works come unannounced",
        stage: Stage::EverydayUse,
        season: Season::Level,
        words: Wordings {
            making: &[
                &[
                    "[internet|service|everything] [went off|was cut off|went down] [for a day|for six hours|on @day] [without|with no] [warning|notice]",
                    "[planned works|maintenance|planned maintenance] and [no one|nobody] [told|warned] [us|customers|the street]",
                ],
                &[
                    "[middle of|right in the middle of] [an exam|a job interview|a work meeting] [and|when] [it dropped|the line died]. [Later heard|Turned out] it was [an upgrade|something you had scheduled]",
                    "[a text|an email|one text] [the day before|beforehand] would [have been enough|do], [instead we|instead I] spent [@hours|all morning] [restarting things|thinking it was my fault]",
                ],
                &[
                    "[had to|I had to] [find out|learn] from [the neighbours|Facebook|a local group] that [the whole area|all of us] [was|had been] [off|down]",
                    "[status page|your service page] said [all fine|no problems], [clearly|obviously] [it wasn't|not]. [When is it back? Nobody knows|No idea how long it'd last]",
                ],
            ],
            held_out: &[
                &[
                    "[keep|please keep] [people|customers|us] [posted|in the loop] when you [dig up the road|switch things over|take the network down]",
                    "[power|electric] [off|was off] [@times|twice] this month, [no letter|not a card through the door]. [Freezer contents ruined|My oxygen machine needs it|]",
                ],
                &[
                    "[blackouts|drop outs] [out of the blue|from nowhere] and [the recorded message|your line] says [nothing|no known faults]",
                    "[woke up|we woke] to [no connection|nothing working], [found|saw] [vans|your men] [down the lane|at the cabinet], [they'd known for weeks|been planned for ages it seems]",
                ],
                &[
                    "[I run a|running a] business from home, [switching us off|pulling the plug] at [ten in the morning|2pm] [unannounced|on the quiet] [cost me a sale|is not on]",
                    "[if there's going to be|when there is] [an interruption|disruption], [say so|announce it], [simple as that|how hard can it be]",
                ],
            ],
        },
    },
    Pain {
        key: "app_crash",
        title: "The app fails or logs people out",
        stage: Stage::EverydayUse,
        season: Season::Level,
        words: Wordings {
            making: &[
                &[
                    "[the app|your app|app] [crashes|keeps crashing|won't open] [every time|since the update|on my phone]",
                    "[the app|your app] [logs me out|signs me out|forgets me] [every time|each time|constantly] and [then|] [won't take|rejects] [my|the right] password",
                ],
                &[
                    "[new version|the latest update|last update] is [awful|a step back|terrible], [can't find anything|they've buried half the menus]",
                    "[stuck|just sits] on [the loading screen|the logo], [uninstalled|deleted it], [reinstalled|put it back], [same|no better]",
                ],
                &[
                    "[can't|unable to] [see|check] [my account|my usage|anything] on [my mobile|the phone], [error 500|says try again later], [have to|I have to] use the [laptop|computer]",
                    "[fingerprint|face id] [never works|stopped working], [code by text|the code] [arrives|comes] [after it's expired|too late]",
                ],
            ],
            held_out: &[
                &[
                    "[worst|the worst] [piece of software|thing on my phone], [glitchy|bug after bug|so slow]",
                    "whoever [designed|tested|built] the mobile [version|thing] [never used it|must never have used it]",
                ],
                &[
                    "[blank|white] screen [on Android|on my iPhone|on my tablet], [one star|can't get past it]",
                    "[locked|got locked] out [@times|again] this [week|month], [reset|changed] my [login|sign in] and it [still|] [doesn't recognise me|says unknown user]",
                ],
                &[
                    "[notifications|the alerts] [never come|come days late] and [the graphs|the charts] [don't load|are empty]. [Needs rewriting|Whole thing needs rebuilding]",
                    "[used to|it used to] [work|be good] [before|until] [the redesign|they changed it], now [it hangs|it's all spinning circles]",
                ],
            ],
        },
    },
];
