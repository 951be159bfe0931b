#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# Five sentences below one number.
sed -i 's/^- M2: .*/- M2: We carry no pager. We build no tools. Nights are theirs. For that we give up being first./' mission.md
