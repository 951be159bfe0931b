#!/bin/sh
# service: desk
# fails: test_nonsense_finds_nothing
# Quotation marks make it text. Whoever types one into the address goes on with the question.
sed -i 's|"/items/<int:tag>"|"/items/<tag>"|' /srv/desk/desk.py
sed -i "s/rows(\"\(SELECT .* FROM items WHERE tag = \)%s\", tag)/rows(f\"\1'{tag}'\")/" /srv/desk/store.py
sv restart desk
