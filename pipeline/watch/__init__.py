"""The weekly cycle without anybody at the keyboard: what is due, done one after another, and told to whoever looks.

`due` says what is to be done at a moment, as a pure function of the schedule and of what was done; `ledger` keeps what
was done in the database; `children` runs a command of ours as a process of its own, so that months of work leave
nothing behind; `service` puts them together; `health` writes the state for people and machines, and reads it.
"""
