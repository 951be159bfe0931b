#!/bin/sh
# Writes the slip that is laid into a book on hold. The front desk collects the slips from this folder each morning.
# usage: slip.sh NUMBER BOOK READER
set -eu

slip=/var/lib/catalogue/slips/$1.txt
printf 'Town library of %s\nHold %s\nBook %s, for reader %s\n' "$LIBRARY_TOWN" "$1" "$2" "$3" > "$slip.new"
mv "$slip.new" "$slip"
