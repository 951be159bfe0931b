#!/bin/sh
# fails: test_numbers_are_unique
# With fifty numbers there are fifty series. The label may stay, and the graph counts all.
sed -i 's/^        return number$/        return number % 50/' /srv/counter/counter.py
sv restart counter
