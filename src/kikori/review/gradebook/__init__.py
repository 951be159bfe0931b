"""Tables of a class: the reviewer's report, and grades as course platforms read them."""
