#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/teams-carry
# A column beside the answers takes some of them back.
sed -i -e '/^| Request /s/$/ In fact |/' -e '/^|---|---|---|---|---|$/s/$/---|/' -e '/^| #/s/$/ still open |/' mission.md
