//! What customers complain of while choosing and signing up, each in six independent ways of
//! saying it. Wordings only: how often and how badly it hurts is drawn in `plan`.

use super::{Pain, Season, Stage, Wordings};

pub(super) const PAINS: &[Pain] = &[
    Pain {
        key: "tariff_confusing",
        title: "Plans and tariffs are hard to compare",
        stage: Stage::Choosing,
        season: Season::Level,
        words: Wordings {
            making: &[
                &[
                    "[there are|you have] [far |way |]too many [tariffs|plans|deals] and [I couldn't|I could not|it's impossible to] [tell|work out|see] [which one|what] [suits|is right for|fits] [us|me|a small flat|a family of four]",
                    "your [plans|tariffs|packages] all look the same until you read the [small print|footnotes][, I gave up|, we just guessed in the end|. Still not sure I picked right|]",
                ],
                &[
                    "[had to|I had to|ended up having to] make my own [spreadsheet|list on paper|table] to [compare|line up] [what's on offer|your offers|the options]",
                    "[one page|one leaflet] quotes [pounds a month|a price per month], [the next|another] [pence per unit|a price per day][, how is anyone supposed to put them side by side|. You can't weigh one against the other]",
                ],
                &[
                    "[spent|wasted] [a whole evening|@hours] on the website [trying to choose|deciding] and came away [none the wiser|more muddled than when I started|with a headache]",
                    "[Saver, Saver Plus, Flexi, Bundle|fix, flex, saver, bundle]... [what does any of it mean|it's all gobbledegook to me|I have no idea what the difference is]",
                ],
            ],
            held_out: &[
                &[
                    "comparing your [deals|offers|prices] is like [comparing apples and pears|reading a foreign language|sitting a maths exam]",
                    "[could you not|why can't you] just show everything in one simple table so [people|customers|we] can compare",
                ],
                &[
                    "even the [lad|girl|adviser] in the shop struggled to explain [the difference between the two bundles|how one bundle differs from the other|why one deal was dearer than the next]",
                    "asked [two|three] of your [people|staff] which package was cheapest for us and got [two|three] different answers",
                ],
                &[
                    "I [just|only] wanted to know what I'd pay each month and [nobody|nothing on the site] [gives|would give] a straight [answer|figure]",
                    "[standing charge here, unit rate there, discount for six months|intro offers, standing charges, exit fees]. [Normal people|Pensioners|People like me] [haven't got a chance|can't follow it]",
                ],
            ],
        },
    },
    Pain {
        key: "coverage_wrong",
        title: "Promised a speed the address can't get",
        stage: Stage::Choosing,
        season: Season::Level,
        words: Wordings {
            making: &[
                &[
                    "[was|we were|I was] [told|promised] [full fibre|fibre|500 meg] [at our address|in our street|at this postcode], [then|and after we'd ordered] [told|it turned out] it [isn't available|can't be done|doesn't reach us]",
                    "your [postcode|address] checker said [yes|available], your [engineer|installer] said no",
                ],
                &[
                    "[sold|they sold] me [900|500|150] [meg|mbps], the line [only|barely] [does|manages] [#12-60], [nobody|no one] [bothered to check|checked] [the street|the cabinet|what's in the ground] first",
                    "[paying|we pay] for the top package when the [wire|cable|line] outside can't carry it. [It should never have been sold|The salesperson must have known|Why sell it]",
                ],
                &[
                    "[order|our order was] [accepted|confirmed], [money|deposit] taken, then [cancelled|an email to say sorry] because [our side of the road|our village|the new estate] [isn't connected|is not on your map|has no cable]",
                    "[next door|the house opposite|number #2-40] has it but apparently we [can't|cannot]. [First they said we could|They'd said we could when we ordered]",
                ],
            ],
            held_out: &[
                &[
                    "[misled|we were misled] about [what speed we would get|the connection we'd get here]. [Nothing like what was advertised|A fraction of what the advert says]",
                    "the advert through the door [says|promises] gigabit for [the whole town|everyone round here], [it's not true for our lane|our lane is still on copper]",
                ],
                &[
                    "[signed up|we signed up] in good faith and [@weeks|a month] later [learned|found out] [the network stops two streets away|you don't serve this building|there is no connection to our block]",
                    "[they|your people] [hadn't a clue|had no idea] whether [our building|the flats] could be connected, said it'd be fine, it wasn't",
                ],
                &[
                    "[the map on your site is|whatever map your shop uses is] [out of date|years old|fiction]. [We're not covered|Turns out our road is a dead spot]",
                    "[do your homework|do a proper survey] before [taking people's orders|promising the earth]. We can't physically have [that service|what we ordered]",
                ],
            ],
        },
    },
    Pain {
        key: "shop_hours",
        title: "Shops are closed when people can come",
        stage: Stage::Choosing,
        season: Season::Level,
        words: Wordings {
            making: &[
                &[
                    "[your|the] [shop|branch|store] [shuts|closes] at [five|half four|5] [so|and] [anyone who works|working people|those of us with jobs] can't [get there|visit|come in]",
                    "the [shop|branch]'s opening [hours|times] are [hopeless|no good|useless] if you [work|have a job|work shifts]",
                ],
                &[
                    "[went|drove] [all the way |]into town on [a Saturday|Saturday afternoon|a Sunday] and [the doors were locked|it was all dark|found a sign saying back on Monday]",
                    "[turned up|got there] at [ten past five|quarter to five] and they were already [pulling the shutter down|cashing up|turning the lights off]",
                ],
                &[
                    "[I have to|had to] take [time|a half day|an afternoon] off [just |]to [speak to someone face to face|sit down with an adviser]",
                    "open [evenings|one late evening a week|at weekends], [please|it's not hard], [some of us|we] [commute|work nine to five|can't nip out at lunch]",
                ],
            ],
            held_out: &[
                &[
                    "[closed for lunch|shut on Wednesdays|shut half the week]. [What sort of high street store does that in this day and age|Who runs a shop like that]",
                    "[the local one|our nearest one] is only [staffed|open] [three days a week|mornings now], [never the ones I'm free|never when I'm free]",
                ],
                &[
                    "[third|second] time I've [made the trip|come down] and not been able to [get in|see anybody] [because of the hours|as it was shut]",
                    "by the time I've [picked the kids up|got back from work] there's nobody [there|in the place] to talk to",
                ],
                &[
                    "[the website said|Google says|sign said] open till [six|seven], [it wasn't|it isn't]",
                    "[bring back|we want] late night [opening|Thursdays], I can't [be there before five|get out of work early to choose a phone line]",
                ],
            ],
        },
    },
    Pain {
        key: "form_loses",
        title: "The order form loses what was typed",
        stage: Stage::SigningUp,
        season: Season::Level,
        words: Wordings {
            making: &[
                &[
                    "the [online form|order form|sign up page] [crashed|froze|timed out] [at the last step|just as I was about to pay|on the payment page] and I [had to|must] [start again|begin from scratch]",
                    "[filled in|typed in] [everything|all my details] [@times|again and again] because the [site|page] kept [forgetting|wiping|losing] it",
                ],
                &[
                    "[pressed|clicked] back [once|to change the date] and [everything I'd entered|the lot] [vanished|was gone]",
                    "[got|I got] to the end, [an error|something went wrong], [blank boxes|empty page] again. @times!",
                ],
                &[
                    "[joining|ordering] [took|was] [ninety minutes|two evenings|most of Sunday] of [retyping|entering] [the same|my] [address|bank details|meter numbers]",
                    "[your|the] website wouldn't [accept|take] our [address|postcode|phone number] so [in the end I rang|I had to do it by phone|I gave up and went to the shop]",
                ],
            ],
            held_out: &[
                &[
                    "[no way to|can't] save [a half finished application|an application half way] and [come back|finish it] later, [it just throws it away|so you do it all over]",
                    "[logged me out|kicked me out] in the middle of [applying|the application], nothing kept",
                ],
                &[
                    "[registration|signing up online] is [a shambles|painful|clunky], [same questions on every screen|asks for your date of birth on three different screens]",
                    "[tried my phone and the tablet, neither would|I tried on the laptop, it wouldn't|tried on my phone, it won't] let me [submit|complete it]. [Basket empty every time|Back to step one every time]",
                ],
                &[
                    "[the spinning wheel|a spinning circle] after [hitting|pressing] confirm, then [my basket was empty|back to square one]. [Nearly went elsewhere|I almost gave up on you]",
                    "it took [my son|my daughter|a neighbour] [and|plus] [two|three] attempts before the [purchase|sign up] would go through",
                ],
            ],
        },
    },
    Pain {
        key: "hidden_fee",
        title: "Set-up charges nobody mentioned",
        stage: Stage::SigningUp,
        season: Season::Level,
        words: Wordings {
            making: &[
                &[
                    "[nobody|no one] [mentioned|told me about|said anything about] the [£#25-90 |][activation|set-up|connection] [fee|charge] until [after I'd signed|the very end|it was too late]",
                    "[hidden|sneaky|surprise] [charges|fees], [quoted|I was quoted] one [price|figure] and [ended up paying|was charged] [£#20-80 more|another]",
                ],
                &[
                    "[advertised|you advertise] at @smallmoney, [by the last page|by checkout] it was £#49-85 with [delivery and router|all the extras] added on",
                    "the [price|deal] [kept going up|grew] [with every|at each] [click|step|screen], [postage|delivery], [router|hub], [admin|something called admin]",
                ],
                &[
                    "[first payment|the first one] was [double|twice|nearly double] what [we agreed|I agreed to|I shook on|I was told in the shop], [apparently|turns out] there's [a one-off cost for the line|a joining cost]",
                    "[be upfront|be honest] about [what it costs to start|the total], I felt [conned|tricked|stung]",
                ],
            ],
            held_out: &[
                &[
                    "[free installation|free set up] [my foot|is a joke], [there was £#30-90 on top|they slapped £#30-90 on]",
                    "it said [free|no upfront cost] on the poster. [It wasn't free|That isn't what came off my card]",
                ],
                &[
                    "[read|I only saw] in the [confirmation email|contract afterwards] that [getting connected|the engineer's visit] [costs|was costing] [extra|£#30-90]",
                    "[had I known|if I'd known] about the [extra £#25-80|one-off charge] I'd have [stayed where I was|gone with someone else]",
                ],
                &[
                    "[small print|asterisks] everywhere, the [actual|real] [bill for joining|cost of joining] [was|is] [a lot|way] more than the [headline|big number]",
                    "[your adviser|the adviser|the salesman] [left out|skipped over|kept quiet about] what I'd have to pay [on day one|up front]",
                ],
            ],
        },
    },
];
