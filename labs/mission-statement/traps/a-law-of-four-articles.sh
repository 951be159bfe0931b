#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# A sentence is added for each case that was left open.
sed -i '/^- M2: /a - M3: Whatever comes less than once in a year is done by the two sides together.\n- M4: Whoever asks on a Friday gets the answer on Monday morning, and no sooner.' mission.md
