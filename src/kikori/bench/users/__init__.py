"""Virtual users: what each does, apart from how it is sent, and how many there are."""
