#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_form
# A column beside the verdicts takes one of them back.
sed -i -e '/^| Objective | Verdict /s/$/ In fact |/' -e '/^|---|---|---|---|---|---|---|---|---|---|$/s/$/---|/' -e '/| 2026-10-08 |$/s/$/ still open |/' review.md
