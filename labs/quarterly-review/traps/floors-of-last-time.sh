#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_form
# A heading says more than the form has it say.
sed -i 's/^## Floors$/## Floors of last time/' review.md
