//! What staff need of their conditions (pay, hours, workload, rooms, home working), as they say it
//! when asked for an idea and when asked what blocks them.
//! Wordings only.

use super::{Need, Wordings};

pub(super) const NEEDS: &[Need] = &[
    Need {
        key: "pay",
        title: "Pay",
        idea: Wordings {
            making: &[
                &[
                    "[if you want us|for us] to smile at customers[,| all day,] start with a wage we can [live on|pay the rent with], [the supermarket|the warehouse across the road] pays £#1-2 an hour more",
                ],
                &[
                    "[pay|pay us] [more|a fair wage|what others pay][, simple as that|, then we can talk|]",
                    "[a|give us a] [decent|proper] [pay rise|raise], [prices go|rent goes] up and [our wages|salaries] [don't|stand still]",
                ],
                &[
                    "[bonus|a bonus] for [everybody|all staff] [not|and not] just [managers|sales]",
                    "[match|bring wages up to] what [the competition pays|other firms round here pay]",
                ],
            ],
            held_out: &[
                &[
                    "[my|our] wages have [fallen behind|lost ground] for years while the bosses [did fine|got theirs], [bring them up|catch up] before you ask for [more ideas|extra effort]",
                ],
                &[
                    "[salary|salaries] [in line|keeping up] with [inflation|the cost of living]",
                    "[hourly rate|my rate] [hasn't changed|the same] since #2021-2024, [put|please put] that right first",
                ],
                &[
                    "[better|more] money for [nights and Sundays|weekend shifts]",
                    "[reward|share the profit with] [the people|those] who do the [work|job]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[we do|I do] the same job as the [lads|people] at [the water company|the council] for [two|three] thousand [a year|] less, [that's why|and you wonder why] people [leave|go]",
                ],
                &[
                    "[low|poor|the] [pay|wages]",
                    "[can't|I can't] live on [what I earn|this salary], [second|I've a second] job [in the evenings|at weekends]",
                ],
                &[
                    "[new starters|people hired last month] [earn|get] [more than|as much as] [me|those of us] with #5-15 years",
                    "[no|not one] [increase|pay rise] in [two|three] years",
                ],
            ],
            held_out: &[
                &[
                    "[after|once] rent and [nursery fees|petrol] there is [hardly anything|almost nothing] left, [so my mind is on money|I think about that more than about customers]",
                ],
                &[
                    "[money|the money], [it's not enough|nothing left by the 20th]",
                    "[underpaid|we are underpaid] [compared with|against] [agencies|the council]",
                ],
                &[
                    "[overtime|extra hours] [unpaid|not paid]",
                    "[take home|my take home] [shrinks|buys less] [every|each] year",
                ],
            ],
        },
    },
    Need {
        key: "hours",
        title: "Hours and rota",
        idea: Wordings {
            making: &[
                &[
                    "[let|please let] parents [have|keep] [fixed|the same] shifts, I [never|can't] know [on Sunday|in the evening] [who|which grandparent] [will|has to] [fetch|mind] the children [the next day|that week]",
                ],
                &[
                    "[publish|give us] the [rota|roster] [four|six] weeks [ahead|in advance]",
                    "let us [swap|trade] shifts [among ourselves|without asking three people]",
                ],
                &[
                    "a shorter [week|working week], [try four days|four days please]",
                    "[no more|stop] [split|late then early] shifts, [I sleep|we get] [five|six] hours [between|]",
                ],
            ],
            held_out: &[
                &[
                    "let us know our working days a month ahead so [that we|we] can [book a dentist|see our families], like [every other|any normal] [firm|employer]",
                ],
                &[
                    "[flexible|flexi] [time|hours] for [parents|carers|everyone]",
                    "[two weekends off a month|every second weekend off], guaranteed",
                ],
                &[
                    "[start|let me start] after the school [run|drop off]",
                    "[plan|fix] [holidays|leave] [fairly|before Christmas], the same few always [win|get August]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[the late shift|late shift] ends at [ten|eleven] and the early one [begins|starts] at [six|seven], [nobody|no one] can be [kind|awake] [on|after] [five|six] hours of sleep",
                ],
                &[
                    "[rota|the rota] [comes out|changes] [on Friday|at the last minute] for [Monday|the next week]",
                    "[shifts|my shifts] [all over the place|change weekly], [can't plan|no] [family|private] life",
                ],
                &[
                    "[long|too long] days, [#10-12|eleven] hours is [normal|nothing special]",
                    "[always|I am always] [on|down for] [late|Saturday] [duty|shift]",
                ],
            ],
            held_out: &[
                &[
                    "[I|we] [get|got] a text at [nine|ten] in the evening to [come in|start] [four|two] hours earlier [the next|next] day, that is [no way to live|not how you treat people]",
                ],
                &[
                    "[leave|holiday] [refused|turned down] [@times|again]",
                    "[on call|standby] every [third|second] [night|week], [exhausting|my kids hardly see me]",
                ],
                &[
                    "[breaks|lunch] [cut short|skipped] [most|on most] days",
                    "[work life balance|balance between work and home], [there isn't any|what's that]",
                ],
            ],
        },
    },
    Need {
        key: "workload",
        title: "Workload and staffing",
        idea: Wordings {
            making: &[
                &[
                    "[we were|there were] [nine|eight] [when I started|two years ago] and now we are [five|six] [with|doing] the same work, [please|] [fill|give us back] [the gaps|at least two posts]",
                ],
                &[
                    "[hire|take on] more [people|staff]",
                    "[replace|fill the posts of] [people|those] who [left|have gone]",
                ],
                &[
                    "[reduce|cut] [the workload|targets], [we are|everyone is] [worn out|burning out]",
                    "[more|enough] hands [on|for] [each|every] shift[, please|]",
                ],
            ],
            held_out: &[
                &[
                    "[somebody|someone] has to [decide|say] what we [stop doing|drop], not everything can be [urgent|top priority] when [half the desks are|every second desk is] empty",
                ],
                &[
                    "[stop|freeze] [piling|loading] [extra|new] [tasks|work] on the [same few|few of us left]",
                    "[cover|arrange cover] for [sickness|maternity leave]",
                ],
                &[
                    "[recruit|recruitment] [faster|before people go], [#2-4|three] [vacancies|empty desks] [since|from] @month",
                    "[realistic|sane] [goals|targets] [a human|we] can [meet|reach] [without|with no] [stress|skipping breaks]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[I|we] [start|come in] at seven to [catch up|clear the backlog] and [leave|go home] at [six|seven] with [more|a bigger pile] than [before|I started with]",
                ],
                &[
                    "[not enough|too few] [staff|people|of us]",
                    "[understaffed|we're understaffed], [doing|I do] [two|three] people's [jobs|work]",
                ],
                &[
                    "[too much|far too much] work, [too little|no] time",
                    "[stress|the stress], [half|two] of [us|the team] are off sick",
                ],
            ],
            held_out: &[
                &[
                    "[when|as soon as] one person is [ill|on holiday] the [whole|rest of the] team [falls over|goes under], there [is no cover at all|has been no reserve for years]",
                ],
                &[
                    "the pressure [never lets up|doesn't let up]",
                    "[snowed under|always snowed under], [nobody|no one] [to|who can] [step in|help]",
                ],
                &[
                    "[leavers|those who leave] [aren't|are never] [replaced|backfilled]",
                    "[targets|goals] [go|are pushed] up [each|every] quarter, [headcount|our number] [goes|comes] down",
                ],
            ],
        },
    },
    Need {
        key: "canteen_parking",
        title: "Canteen, parking, rooms",
        idea: Wordings {
            making: &[
                &[
                    "[somewhere|a room] to eat [lunch|a sandwich] that [isn't|is not] [my desk|my van|the stairwell], with [a sink|a window] and [a working|a] [microwave|kettle]",
                ],
                &[
                    "[a|open a] canteen with [hot|proper] [food|meals]",
                    "[more|free] [parking|parking spaces] [for staff|]",
                ],
                &[
                    "[repair|fix] the [heating|air conditioning] [on the second floor|in our office]",
                    "[decent|better] [chairs|coffee] [and|or] a [quiet|] [room|corner] [for breaks|to eat in]",
                ],
            ],
            held_out: &[
                &[
                    "[I|we] [pay|have to pay] £#4-9 a day to park [near|next to] [the office|the depot], [a deal with|ask] the [cinema|car park] next door [would help|for a discount]",
                ],
                &[
                    "[microwave|a microwave] and [fridge|a fridge that works] for [the|our] break room",
                    "[bike|covered bike] [racks|shed] and [a shower|showers]",
                ],
                &[
                    "[toilets|the toilets] [cleaned|that work]",
                    "[less|do something about the] noise in the open plan [office|area]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[in|all] [winter|January] we sit in [coats|gloves] because the [heating has been broken since the move|boiler is off, third year running], [facilities|they] say it is [on the list|being looked at]",
                ],
                &[
                    "[no parking|nowhere for staff to park] after [eight|half seven]",
                    "[freezing|it's freezing] [in winter|at my desk], [boiling|an oven] in summer",
                ],
                &[
                    "[canteen|the canteen] [closed|shut], [vending machine is all there is|only crisps left]",
                    "[broken|wobbly] chair, [flickering|dim] light",
                ],
            ],
            held_out: &[
                &[
                    "[forty|thirty] people on [our|the top] floor, [one|a single] printer that [jams|smokes] and [blinds|windows] that don't [close|open], [hard to concentrate|you go home with a headache]",
                ],
                &[
                    "[the lift|lift] [out of order|broken] [again|since @month]",
                    "[desks|hot desks] [run out|all gone] by nine",
                ],
                &[
                    "[smell|the smell] from the [drains|kitchen]",
                    "[one|a single] [toilet|kettle] for [#30-60|fifty] [people|of us]",
                ],
            ],
        },
    },
    Need {
        key: "home_working",
        title: "Working from home",
        idea: Wordings {
            making: &[
                &[
                    "[two|three] days at home [would|could] save me [@hours|two hours] on the [ring road|train] [each time|every day], [the work|my work] is [a screen and a headset|all on the computer] anyway",
                ],
                &[
                    "let us work from home [two|three] days [a week|]",
                    "[home office|home working] for [everyone|all] whose [job|work] [allows|permits] [it|]",
                ],
                &[
                    "[stop|end] [the forced|this] return to the [office|building]",
                    "[hybrid working|a hybrid model] [written down|in the contract]",
                ],
            ],
            held_out: &[
                &[
                    "[we|our team] [worked|managed] [perfectly well|just fine] from [our spare rooms|the kitchen] for two years, [bring that back|let us do it again] [at least|] [on Mondays and Fridays|part of the week]",
                ],
                &[
                    "[a laptop|laptops] so [I|we] can do [this remotely|it from the kitchen table]",
                    "[remote|more remote] days for [commuters|those who live far out]",
                ],
                &[
                    "[judge|measure] [results|output] not [presence|who sits in the office]",
                    "[contribute|pay something] towards [my|our] [desk|internet] at home",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[I sit|we sit] in [a noisy hall|an open plan office] with [headphones|a headset] to [talk to|email] people in [another|a different] [town|building], [and nobody|nobody] can [say|explain] why I [must be|have to be] here",
                ],
                &[
                    "[not|we're not] allowed to work from home",
                    "[commute|my commute] of [@hours|90 minutes] [each way|] [to|just to] [sit|be] on [Teams|calls] [all day|]",
                ],
                &[
                    "[office|being in the office] [five|5] days for no reason",
                    "[home working|working from home] [depends|decided] on the [mood|whim] of [the boss|each manager]",
                ],
            ],
            held_out: &[
                &[
                    "[the rule|three days in] was [sold|presented] as [a compromise|flexible], then [my manager|our department] [made it four|cancelled it] and [others|other teams] [carry on|still have it]",
                ],
                &[
                    "the presence [culture|rule]",
                    "[travel|travelling] in [by two buses|on the ring road] for [work|tasks] I [could|can] do [on the sofa|anywhere]",
                ],
                &[
                    "[VPN|remote access] [for|is for] [managers|the chosen few] [only|]",
                    "[told|we were told] [hybrid|flexible], [now|and now] it's [every day|back to desks]",
                ],
            ],
        },
    },
];
