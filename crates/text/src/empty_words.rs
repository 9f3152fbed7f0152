//! The word lists behind `empty`: phrases separated by commas or line ends, in lower case, without
//! accents or apostrophes. Lists only; how they combine is told there.

/// Ways of saying "nothing", whole.
pub(crate) const CORES: &str = "
nothing, none, no, nil, na, n a, not applicable, nope, nah, nothin, nothng, nothig, nohting, noting,
nuthing, not a thing, not anything, zero, zilch, null, void, blank, empty, no comment, no comments,
no answer given, no response, no opinion, no idea, no suggestion, no suggestions, no complaint,
no complaints, no issues, no issue, no problem, no problems, no changes, no change, no improvement,
no improvements, no improvement needed, no improvements needed, no concerns, no worries, not much,
not a lot, not really, not at all, not yet, not at the moment, not at present, not right now, not for now, not currently, not sure, unsure, dont know, do not know, didnt know, dk, idk, dunno,
dont no, dno, dont have any, do not have any, dont have anything, have nothing, havent any, hard to say,
cant think, cannot think, cant think of anything, cannot think of anything, can not think of anything,
couldnt think of anything, could not think of anything, cant think of any, cannot think of any,
cant think of one thing, cannot think of one thing, cant think of a thing, cannot think of a thing,
cant think of owt, cant say, cannot say, cant comment, cannot comment, unable to comment,
cant fault anything, cant fault it, cannot fault it, cannot fault anything, nothing could be better,
nothing could be improved, nothing could have been better, nothing could have been improved,
nothing could have been done better, nothing could be done better, nothing more could have been done,
nothing needs improving, nothing needs to be improved, nothing needs changing, nothing to improve,
dont think so, do not think so, dont think there is anything, do not think there is anything,
there is nothing, theres nothing, there isnt anything, there is not anything, there was nothing,
there wasnt anything, there werent any, there are none, dont think anything, do not think anything,
you couldnt do anything better, you could not do anything better, couldnt do anything better,
dont think you could do anything better, dont think you could do better, nothing you could do better,
nothing you could have done better, no dislikes, no dislike, nothing to dislike, nothing disliked,
nothing i disliked, no cons, no negatives, no negative, as above, see above, same as above, as before,
see previous answer, prefer not to say, rather not say, pass, skip, skipped, test, testing, tbc, tbd,
not alot, no a lot, nought, ntg, nothing comes mind, not that i know of, would change nothing, change nothing,
not a single thing, definitely not, not bothered, nothing extra, nothing different, nothing additional,
nothing comes to my mind, couldnt have, cannot, i cant, nothing anyone could do, nothing they could do better,
nothing they could have done better, nothing they could of done better, wouldnt change anything,
would not change anything, wouldnt change a thing, dont need to change anything, dont have to change anything,
couldnt have done better, could not have done better, couldnt have done any better,
could not have done any better, couldnt do better, could not do better, couldnt do any better,
could not do any better, couldnt be better, could not be better, couldnt be any better, couldnt fault it,
could not fault it, couldnt fault anything, could not fault anything, cant fault anyone, cannot fault anyone,
no fault, no faults, no criticism, no criticisms, nothing to complain, nothing to improve on, nothing extra needed,
dont think you could have done anything better, dont think you could have done any better,
dont think they could have done anything better, dont think it could be improved, cannot be improved,
could not be improved, couldnt be improved, difficult to think of anything, hard to think of anything,
cant think of much, cannot think of much, cant think of any way, nothing special, nothing specific, nothing major, nothing comes to mind, nothing springs to mind,
no more, nothing like that, nothing so far, nothing yet, nothing negative, nothing bad, no cons so far,
nothing wrong, nothing missing, nothing lacking, didnt find anything, did not find anything,
have not found anything, havent found anything, cant find anything, cannot find anything,
isnt anything, is not anything, dont have any such thing, do not have any such thing, dont have any issues,
do not have any issues, dont have any issue, dont have any particular issues, do not have any particular issues,
cant think of anything i dont like, cannot think of anything i dont like, nothing i dont like,
nada, nadie, ninguno, ninguna, ningun, ningun comentario, sin comentarios, sin comentario, no se,
nada que decir, nada mas, nada en particular, no aplica, no tengo nada que decir, ninguna queja,
sin quejas, nada que mejorar, no hay nada,
rien, rien a dire, rien a signaler, rien de special, rien de particulier, ras, aucun, aucune,
aucun commentaire, sans commentaire, pas de commentaire, pas de commentaires, je ne sais pas, non,
neant, sans objet, sans opinion, rien du tout, rien a ameliorer, aucune remarque, pas de remarque,
nichts, keine, keiner, keines, kein, kein kommentar, keine angabe, keine angaben, ka, k a,
weiß nicht, weiss nicht, ich weiß nicht, ich weiss nicht, nichts zu sagen, nein, keine ahnung, nix,
gar nichts, nichts besonderes, keine anmerkungen, keine kommentare, entfallt, nichts zu verbessern,
nenhum, nenhuma, sem comentarios, sem comentario, nao, nao sei, nada a declarar, nada a dizer,
nao se aplica, nao tenho, nada a melhorar, nada a acrescentar,
niente, nulla, nessuno, nessuna, nessun commento, non so, niente da dire, niente da segnalare,
niets, geen, geen opmerkingen, geen opmerking, geen commentaar, weet niet, weet ik niet, nvt, nee
";

/// Words that may stand before a way of saying nothing.
pub(crate) const BEFORE: &str = "
i, we, well, honestly, really, honest, truly, absolutely, just, so, sorry, oh, er, um, hmm, ah, ok, okay,
probably, currently, personally, actually, literally, overall, basically, virtually, in my opinion,
to be honest, tbh, at present, at the moment, at this moment, at this time, right now, for now, so far,
as of now, till now, until now, up to now, i am, im, i have, there is, theres, there was, i think,
i can say, i would say, id say, i really, i honestly, im afraid, i am afraid, no, yes, its, it is, this is
";

/// Words that may follow one.
pub(crate) const AFTER: &str = "
really, at all, thank you, thanks, thankyou, thx, ta, cheers, honestly, to be honest, tbh, sorry, please,
that i can think of, i can think of, i could think of, that i could think of, that i know of, i know of,
comes to mind, springs to mind, come to mind, to mind, i am aware of, that i am aware of, im aware of,
at present, at this time, at the moment, at this moment, at the minute, right now, for now, so far, yet,
as of now, till now, until now, up to now, as yet, to add, to say, to tell, to report, to mention,
to improve, to be improved, to complain about, to complain of, to note, to change, to suggest, to comment,
to comment on, to dislike, to declare, needs improving, needs to improve, needed improving, need improving,
needs changing, needed, required, necessary, else, more, further, whatsoever, what so ever, whatever,
from me, from us, on my part, for me, on this occasion, this time, today, in particular, particular,
particularly, specific, specifically, special, much, as far as i am concerned, im afraid, i am afraid,
i think, i believe, i guess, off hand, offhand, off the top of my head, of note, as such, to speak of,
could be better, could be improved, could have been better, could have been improved, could be done better,
could have been done better, could improve, you could do better, you could have done better,
you could do, you could have done, you can do, that could be better, that could be improved,
that could be done better, that needs improving, that needs to be improved, that you could do better,
that you could have done better, to do better, better, doctor, nurse, lol, xx, x, mate, any, anything,
that comes to mind, that springs to mind, as i can see, as far as i know, in my opinion, to my knowledge,
that i can suggest, off, at this moment in time, here, about it, about this, about the company, in this company, i can see, that i noticed, i noticed,
i would change, id change, i would improve, i found, that i found, i have found, that i dislike, i dislike,
i disliked, to dislike about, that i dont like, that i do not like, that i didnt like, that i did not like,
to share, to share with, for dislike, that is to dislike, so to say, actually, yes, no, merci, gracias, danke, obrigado, obrigada, grazie
";

/// Thanks and praise so general that beside a "nothing" they add nothing.
pub(crate) const BESIDE: &str = "
thank you, thanks, thankyou, many thanks, thank you very much, thanks a lot, thanks very much, cheers,
sorry, really, yes, all good, all fine, all ok, all okay, all great, all is good, all is fine, all is well,
all was good, all was fine, all well, its all good, it was all good, it is all good, everything good,
everything is good, everything was good, everything is fine, everything was fine, everything is great,
everything was great, everything is ok, everything was ok, everything fine, everything ok, everything great,
everything perfect, everything was perfect, everything is perfect, everything was excellent,
everything is excellent, everything went well, everything was very good, everything is very good,
happy, very happy, im happy, i am happy, i was happy, happy with everything, been happy with everything,
very happy with everything, i was happy with everything, i am happy with everything, im happy with everything,
happy with it all, happy with all, happy with service, happy with the service, very happy with service,
very happy with the service, happy with care, happy with the care, happy with my care, very satisfied,
satisfied, fine, good, very good, great, perfect, excellent, brilliant, keep it up, keep up the good work,
well done, good service, great service, excellent service, it was fine, it was good, it was great,
it was perfect, its fine, its good, its great, its perfect, first class, spot on, no worries, ok, okay,
as it is, as it was, in my opinion, for me, to be honest, personally, honestly, at all, at present, all perfect, all excellent, was all good, it was all fine, all very good, all great thanks
";

/// Words of praise: a part made of these and [`SUBJECTS`] adds nothing to a "nothing".
pub(crate) const PRAISE: &str = "
good great excellent excellant fantastic amazing brilliant brill wonderful lovely perfect perfectly marvellous
fab fabulous superb outstanding exceptional impressed happy pleased satisfied satisfactory faultless
well fine ok okay best kind friendly helpful supportive caring attentive welcoming smooth smoothly
excellence thank thanks grateful ace top spot treasured exceeded efficient professional delightful
";

/// Words that praise is built with.
pub(crate) const SUBJECTS: &str = "
i im ive you your youre youve they theyre theyve we it its this that these the a an all everyone everybody
everything every thing has have had been was were is are be being am very so really extremely absolutely
totally always really much too of on in at to from for with by and as my me us our their have at
staff nurses nurse doctors doctor team teams care service services ward hospital experience stay treatment
people time job work jobs notch class first both whole everywhere round here well looked after treated
felt feel made doing did does done do keep keeping up going what throughout also more than expectations way
long attention given provided received home visit visits department departments departement ladies lady
lot many just such over overall me going went has being you guys already nothing none no
";
