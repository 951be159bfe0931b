#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_deciders
# The right name, and in brackets who it was.
sed -i '/^| tracking | keep/s/| Takumi |/| Takumi (Riku decided) |/' review.md
