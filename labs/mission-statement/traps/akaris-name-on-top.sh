#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# The heading says that this is the mission of the company of the example.
sed -i '1s/.*/# Mission of the SRE team of Akari Tickets/' mission.md
