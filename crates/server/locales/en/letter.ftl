## The invitation and its reminders, by e-mail.
letter-subject = One question, two minutes
letter-reminder = A reminder to everybody: one question, two minutes
letter-ask = What simple change here would help our customers? You know your part of the work best.
letter-safe = This link is yours. It counts once to answer and once, later, to vote: keep it. Your leaders, managers and HR can’t tell which answer is yours; what the person who runs the server could see stands on the page.
letter-thanks = If you have answered already, thank you: this letter goes to everybody, since nobody knows who has.

## Slips of paper, for people without e-mail.
slip-text = What simple change here would help our customers? Two minutes. Any slip is for anyone of your unit. It counts once to answer and once, later, to vote: keep it. Your leaders, managers and HR can’t tell which answer is yours.
slip-address = Scan, or open
slip-code = Code
last-day = Last day

## The invitation to vote, and its reminders.
letter-vote-subject = Your votes, two minutes
letter-vote-reminder = A reminder to everybody: your votes, two minutes
letter-vote-ask = Your colleagues proposed changes that would help our customers. Which should come first? At most five questions.
letter-vote-safe = This link is yours. You vote once. Your leaders, managers and HR can’t tell which votes are yours. You can vote whether you answered before or not.
letter-vote-thanks = If you have voted already, thank you: this letter goes to everybody, since nobody knows who has.
