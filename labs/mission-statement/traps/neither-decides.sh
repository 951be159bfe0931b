#!/bin/sh
# service: workspace
# fails: test_because
# after: fixes/teams-carry
# Sentences are cited to say that they do not decide.
sed -i '0,/^- Decided by: .*/s//- Decided by: neither M1 nor M2/' mission.md
