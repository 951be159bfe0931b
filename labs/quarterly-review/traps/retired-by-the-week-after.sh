#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_evidence
# That nobody came in the quarter is shown by the week after it.
sed -i -E '/^[|] [a-z-]+ [|] retire /s/ [|] C-[0-9]+ [|] / | W27 | /' review.md
