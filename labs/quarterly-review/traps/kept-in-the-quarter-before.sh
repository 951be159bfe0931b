#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_form
# A column says more than the form has it say.
sed -i 's/^| Decision | Kept in the quarter |/| Decision | Kept in the quarter before |/' review.md
