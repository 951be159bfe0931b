#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/teams-carry
# What is not done is done as well.
sed -i '0,/^- Not done: .*/s//- Not done: nothing; #1 is done as well/' mission.md
