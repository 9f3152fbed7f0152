# You said, we did.
said-title = You said, we did
said-intro = What you proposed to help our customers, and what the company does about it.
said-empty-title = Nothing to read here yet
said-empty = The ideas are still being read. Please come back later.
said-status-heard = Heard
said-status-chosen = Chosen
said-status-in_work = In work
said-status-done = Done
said-status-not_now = Not now
said-group-in_work = What we work on
said-group-done = Done
said-group-heard = Heard
said-group-not_now = Not now, and why
said-people = { $count ->
    [one] One person proposed this.
   *[other] { $count } people proposed this.
}
said-few = Proposed by fewer than { $count } people.
said-why = Why:
said-customers = Customers since:
said-promise = Counts are told from { $count } people on, so that nobody can be found.
