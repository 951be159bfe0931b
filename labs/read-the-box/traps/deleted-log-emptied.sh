#!/bin/sh
# service: box
# fails: test_records
# after: fixes/with-tools
# A log that takes room although it was deleted is emptied where the program still holds it.
: > "/proc/$(pgrep -f '^perl /')/fd/3"
