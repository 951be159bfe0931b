#!/bin/sh
# service: workspace
# fails: test_answers
# after: fixes/teams-carry
# A no takes days, and nobody learns what for.
sed -i 's/| two days with their rota |/| |/' mission.md
