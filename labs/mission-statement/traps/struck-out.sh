#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/teams-carry
# An answer stands there and is struck out, with another one behind it.
sed -i 's/^| #5 | no |/| #5 | ~~no~~ yes |/' mission.md
