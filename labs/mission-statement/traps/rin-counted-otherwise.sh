#!/bin/sh
# service: workspace
# fails: test_agreement
# after: fixes/teams-carry
# A bracket beside the share has another one.
sed -i '/^| Agreement before /s/ %/ % (Rin counted 45)/' mission.md
