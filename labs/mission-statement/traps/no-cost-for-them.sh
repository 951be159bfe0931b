#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/teams-carry
# What it costs those who asked is said in two words.
sed -i '0,/^- Costs them: .*/s//- Costs them: hardly anything/' mission.md
