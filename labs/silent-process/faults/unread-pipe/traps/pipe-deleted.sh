#!/bin/sh
# fails: test_notes_are_counted
# A clerk that finds no pipe makes a file of that name, and nobody reads that either.
rm /run/notes/tally
sv force-restart clerk-1 clerk-2
