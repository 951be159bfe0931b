#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_prose
# What is done is the reason why it is done.
sed -i 's/| two developers for six weeks | [^|]*|/| two developers for six weeks, and no release | Two developers for six weeks, and no release |/' review.md
