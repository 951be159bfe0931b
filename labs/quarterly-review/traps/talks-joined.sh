#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_prose
# What the director said is the reason, with "and" in the place of a full stop.
sed -i 's/It sells in winter only[^|]*|/It sells in winter alone, and Takumi would take it if he is asked |/' review.md
