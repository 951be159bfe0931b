#!/bin/sh
# service: workspace
# fails: test_because
# after: fixes/teams-carry
# What the form asks for is left, with a number behind it.
sed -i '0,/^- Because: .*/s//- Because: with the number of the sentence of the mission that decides it, M1/' mission.md
