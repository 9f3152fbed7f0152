//! What customers complain of while being installed and getting started, each in six independent
//! ways of saying it. Wordings only.

use super::{Pain, Season, Stage, Wordings};

pub(super) const PAINS: &[Pain] = &[
    Pain {
        key: "no_show",
        title: "The engineer did not turn up",
        stage: Stage::Installation,
        season: Season::Winter,
        words: Wordings {
            making: &[
                &[
                    "@engineer [never turned up|never came|never showed|didn't turn up|didn't show][, second time now|, no phone call, nothing|]",
                    "[missed|you missed] [my|our|the] appointment [@times|again] and [no one|nobody] [rang|let us know|bothered to tell me]",
                ],
                &[
                    "[took|I took|had to take] [a day|a morning|the day] off [work|unpaid] and [sat in|waited in|stayed home] [all day|from 8 till 6] for [nothing|no one]",
                    "[my husband|my wife|I] [lost|wasted] a day's [pay|leave] [looking out of the window for nothing|waiting for a knock that never came]",
                ],
                &[
                    "[the slot|our slot|the window] [was|was meant to be] [8 to 12|12 till 5|between one and five], it [came and went|passed], then [a text|an automated text] saying [sorry we missed you|you weren't home]. [I was in|I never left the house]",
                    "[apparently|according to them] [he|the van] [couldn't find us|couldn't find the house|had knocked]. [Rubbish|Not true|Nobody knocked]",
                ],
            ],
            held_out: &[
                &[
                    "[stood up|let down] [@times|twice] by your [fitters|installation people]",
                    "[rebooked|re-booked|rescheduled] [@times|three times] on the day itself, [each time|always] at the last [minute|moment]",
                ],
                &[
                    "[not a soul|nobody at all] on the [day|date] we [agreed|were given], had to [ring up|chase] to hear it had been [moved|put back]",
                    "[they|you] [give|gave] a date, you [clear the room|rearrange work|move the furniture], [then|and] no van, no [message|apology]",
                ],
                &[
                    "you can't just [not come|leave people hanging], I'd [arranged childcare|swapped my shift|driven 60 miles to be there]",
                    "[waiting|I waited] in [like a lemon|like a fool] on @day, [was told it'd be|they said] first thing, [gave up at six|by tea time I'd given up]",
                ],
            ],
        },
    },
    Pain {
        key: "long_wait",
        title: "Weeks to wait for an installation date",
        stage: Stage::Installation,
        season: Season::Autumn,
        words: Wordings {
            making: &[
                &[
                    "[@weeks|over a month|nearly two months] [wait for|to get] [an installation|an install date|a date to be connected]",
                    "the [earliest|first|next] [date|appointment] [you could|they could] [offer|give me] was [@weeks|a month] away",
                ],
                &[
                    "[moved in|we moved in] on the [first|5th|12th|20th|28th] and [still no internet|we're still without broadband|I'm still using my phone for everything]. [It's @weeks now|Coming up to @weeks|]",
                    "[the kids|my kids|we] [had to|have to] do [homework|their work] at [the library|my mum's|the neighbours] until [you lot finally fit it|we get connected]",
                ],
                &[
                    "why does [it take|getting connected take] so long, [your rivals|other companies|my last provider] [did it|can do it] in [a week|#4-8 days]",
                    "[ordered|I ordered] in @month, [fitted|it went in] in [the middle of |]@month. [In between: silence|Far too slow]",
                ],
            ],
            held_out: &[
                &[
                    "[joined|signed] [@weeks|weeks] ago and [nobody can say|I've no idea] when [we'll be live|it's going in|I'll be up and running]",
                    "the [queue|waiting list] for [fitting|getting a line put in] is [ridiculous|shocking|absurd]",
                ],
                &[
                    "[start date|go live date] [keeps being|keeps getting] [pushed back|put back], [first @month then @month|now it's next month]",
                    "I work from home and couldn't [earn|log on] for [@weeks|the best part of a month] while [you found a slot|I waited for a date]",
                ],
                &[
                    "[quick to|you're quick to] take the order, [slow|painfully slow] to [put it in|hook us up]",
                    "[had to|we had to] [buy|pay for] a [dongle|mobile data] to [tide us over|keep going] [as|because] the [fitting|connection] was [so far off|@weeks off]",
                ],
            ],
        },
    },
    Pain {
        key: "second_visit",
        title: "The job needs a second visit for a missing part",
        stage: Stage::Installation,
        season: Season::Level,
        words: Wordings {
            making: &[
                &[
                    "@engineer [didn't have|hadn't got|came without] the [right|correct] [part|cable|bracket|kit] [so|and] has to [come back|return|come out again]",
                    "[needed|it needed|took] [two|three] visits because [the van|his van] [didn't carry|had run out of|had no] [cable|connectors|boxes of the right kind]",
                ],
                &[
                    "[nice enough bloke but|turned up on time but] he [had to leave|left] half way [through|] [for lack of a bit of kit|as he was missing something] and [we're booked again|he'll be back|the next try is] [next month|in @weeks]",
                    "[half done|job half finished], [wires|cables] [sticking out of|hanging off] the wall [till|until] [someone|another one] [brings|can bring] what's missing",
                ],
                &[
                    "[you'd think|surely] they would [know|check] what [a job|the job|our house] needs before [setting off|driving out][. @device wasn't even on the van|]",
                    "[wrong|he brought the wrong] [meter|box|ladder] for [our type of house|an old cottage|a flat], [back to the depot|off he went], [another|a further] [day|morning] [off work|gone]",
                ],
            ],
            held_out: &[
                &[
                    "[should have been|was supposed to be] done in one go, [ended up being|turned into] [two|three] separate [trips|appointments] [for want of|all for] a [£2 |]fitting",
                    "[he had to|they had to] [order|send for] [a piece|something] and [we've|I've] heard [nothing|no more] about [it|when it's coming]",
                ],
                &[
                    "[third|second] [technician|man] this month and [still not|again not] [equipped|prepared] for [the work|a long run of cable]",
                    "[ill equipped|unprepared]. [Looked at the wall, said he'd need a longer ladder, went|Took one look, said he needed other tools, and left]",
                ],
                &[
                    "[first lot|the first team] [got as far as the hall|drilled a hole] and ran out of [wire|stuff], [second lot|the next team] [@weeks later|weeks after] had to [redo|undo] it",
                    "[connected|working] only after a [return|repeat] [call|appointment], [they forgot|somebody forgot] to [load|pack] the [equipment|bits]",
                ],
            ],
        },
    },
    Pain {
        key: "mess",
        title: "Mess and damage left behind",
        stage: Stage::Installation,
        season: Season::Level,
        words: Wordings {
            making: &[
                &[
                    "[left|they left] a [right |terrible |]mess[, dust everywhere|, plaster on the carpet|, bits of wire all over the floor|] [and didn't clean up|and just went|for me to hoover]",
                    "[drilled|he drilled] [straight |]through the [skirting|window frame|wrong wall] and [no one|nobody] [will|wants to] [pay|put it right]",
                ],
                &[
                    "[muddy|dirty] [boots|footprints] [all over|right across] [a cream carpet|my new carpet|the hall]",
                    "the [cable|wire] is [tacked|stapled] [across|round] the [front of the house|living room] [like spaghetti|in plain view], [it looks awful|ugly]",
                ],
                &[
                    "[my|our] [flowerbed|lawn|front garden|drive] [was dug up|got trampled] and [left like that|never made good]",
                    "[cracked|broke] [a tile|a roof tile|the render] and [drove off|said nothing|denied it]",
                ],
            ],
            held_out: &[
                &[
                    "[no care taken with|they have no respect for] [the decoration|people's homes|my home], there's [a hole the size of a fist|a gouge in the door frame]",
                    "[had to|we've had to] get [a plasterer|a decorator|a handyman] in after your people [had been|left]",
                ],
                &[
                    "[scuffed|scratched] [the paintwork|my floor|the banister] [carrying|dragging] [gear|tools] in",
                    "[rubbish|packaging|offcuts] [dumped|left] in [our|my] [bin|hallway|recycling], not [one|even a] dust sheet [in sight|put down]",
                ],
                &[
                    "shoddy [workmanship|finish], [box isn't level|box hanging off the wall] and [trailing leads|wires] [I trip over|a toddler can reach]",
                    "spent [the evening|two hours] [sweeping|cleaning] up [after your fitter|brick dust when he'd gone]",
                ],
            ],
        },
    },
    Pain {
        key: "setup_unclear",
        title: "Instructions for the new kit are unclear",
        stage: Stage::GettingStarted,
        season: Season::Level,
        words: Wordings {
            making: &[
                &[
                    "the [instructions [that came with|for] the [hub|router|box] [make no sense|are useless|might as well be in Chinese]|[leaflet|booklet] with the [hub|router|box] [makes no sense|is useless]]",
                    "[couldn't|could not] [set it up|get it going] from the [guide|leaflet], [it shows a different model|the pictures don't match the box]",
                ],
                &[
                    "[took|it took] [my grandson|our neighbour|a friend] [@hours|all afternoon] to [get the thing working|plug it all in right]. I'm [74|81|not technical]",
                    "which [light|button|cable|socket] goes where, [no idea|who knows], [nothing labelled|nothing is marked]",
                ],
                &[
                    "[a box came in the post|parcel arrived] and [that was it|you're on your own], [no help getting online|not a word on what to do next]",
                    "[I'm not an|you shouldn't need to be an] IT expert[, getting going was far too complicated| to get started]",
                ],
            ],
            held_out: &[
                &[
                    "[assumes|it assumes] you [know|understand] what an SSID [and a WPS button are|is]. [I don't|Most of us don't]",
                    "step [three|four|five] [says|tells you to] [log in|enter the admin code] but [doesn't say where|there is no code on the card]",
                ],
                &[
                    "[self install|DIY set up] was a [nightmare|disaster] for [a pensioner|someone my age|my mother]",
                    "[gave up|I gave up] and [paid|got] [a man|someone] [to come|round] and [connect everything|make it work]",
                ],
                &[
                    "[poorly explained|badly explained] start. [Password on the sticker was too small to read|Red light on, nothing in the paperwork about that]",
                    "[welcome pack|the starter pack] [is|was] [pages of adverts|all marketing] and half a page on [actually using it|switching on]",
                ],
            ],
        },
    },
    Pain {
        key: "meter_silent",
        title: "The smart meter or its display shows nothing",
        stage: Stage::GettingStarted,
        season: Season::Winter,
        words: Wordings {
            making: &[
                &[
                    "[smart meter|the smart meter|new meter] [hasn't worked|has not worked|hasn't sent a reading] since [the day |]it was [fitted|put in]",
                    "the [in home display|little display|monitor] [is blank|shows nothing|just says connecting] [since @month|and has done for weeks|]",
                ],
                &[
                    "[so much for smart|not very smart], I'm [still|back to] [crawling under the stairs|going out with a torch] to [read the numbers|write the numbers down]",
                    "[they|you] [changed|swapped] [a meter that worked|our old one] for [one that doesn't|a dumb one], [pointless|what was the point]",
                ],
                &[
                    "[can't see|I can't see|no way of seeing] what [gas|electric|energy] we're using, the [screen|gadget] [you gave us|on the windowsill] is [a paperweight|dead]",
                    "[no signal|no connection] [between|from] the meter and [the hub|your system], [nobody checked|nobody tested it] after [he left|the fitting]",
                ],
            ],
            held_out: &[
                &[
                    "[usage is|the usage figures have been] stuck at [zero|nought|£0.00] since [installation|day one|they put it in]",
                    "[told it would|they said it'd] [wake up|link up|pair] in [48 hours|two days], [@weeks later nothing|that was @weeks ago, still waiting]",
                ],
                &[
                    "your [energy gadget|electricity thing|gizmo] [lost its link|never paired], [been through|tried] [a reset|the reset] [@times|loads of times]",
                    "[you keep asking|I'm still asked] for [readings|a reading] every month though we had [one that sends its own|the new type] [put in|fitted] [in @month|last year|]",
                ],
                &[
                    "[apparently|it seems] it's [gone into|running in] dumb mode and [no one can|nobody will] [fix that|come and sort it]",
                    "[how am I|how are we] [meant|supposed] to [cut down|save energy] when the [dial|readout] [doesn't update|is frozen]",
                ],
            ],
        },
    },
];
