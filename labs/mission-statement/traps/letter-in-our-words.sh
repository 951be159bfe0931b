#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/teams-carry
# What is told to those who asked is what they wrote, with a word changed.
sed -i "s/^- In words: no name of ours .*/- In words: the railway company signs for forty stations if the SRE team itself is on call for them/" mission.md
