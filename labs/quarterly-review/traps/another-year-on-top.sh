#!/bin/sh
# service: workspace
# after: fixes/in-japanese
# fails: test_form
# The heading says another year in Japanese.
sed -i '1s/2026年/2025年/' review.ja.md
