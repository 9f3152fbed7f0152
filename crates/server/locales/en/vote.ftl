# Voting on colleagues' ideas.
vote-title = Vote on ideas
vote-heading = Which ideas should come first?
vote-intro-pairs = { $count ->
    [one] Your colleagues proposed changes that would help our customers. One question, two ideas: choose one.
   *[other] Your colleagues proposed changes that would help our customers. { $count } questions, two ideas each: choose one.
}
vote-intro-agree = { $count ->
    [one] Your colleagues proposed changes that would help our customers. One idea: do you agree?
   *[other] Your colleagues proposed changes that would help our customers. { $count } questions, one idea at a time: do you agree?
}
vote-promise = Your leaders, managers and HR can’t tell which votes are yours, and you vote once;
vote-start = Start
vote-impact = Which would help customers more?
vote-ease = Which is simpler to do?
vote-agree-impact = This would help our customers
vote-agree-ease = This is simple to do
vote-agree = I agree
vote-disagree = I disagree
vote-pass = Pass
vote-cant-decide = I can’t decide
vote-skip = Skip this one
vote-own-words = In the company’s words
vote-last = That’s all. Send your votes?
vote-last-hint = You can go back and change them before you send. Afterwards nobody can find them, so they can’t be changed.
vote-send = Send my votes
vote-empty-title = You skipped everything
vote-empty = Nothing was sent, so you can still vote.
vote-again = Go back to the ideas
vote-thanks = Thank you. Your votes are in.
vote-thanks-more = They count as much as anyone’s. What the company does about the ideas will be told here:
vote-thanks-link = You said, we did
vote-thanks-wait = They count as much as anyone’s. You can close this page.
vote-nothing-title = There is nothing to vote on yet
vote-nothing = The ideas are still being read. Please come back with the same link in a few days.
vote-forged-title = These votes weren’t taken
vote-forged = The form isn’t the one we sent, or it is too old. Open your link again and vote there.
vote-later-title = Your votes couldn’t be stored just now
vote-later = Nothing is lost: please send them again in a minute.
