#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_prose
# A reason that waits for somebody to have one.
sed -i '/[|] Customers meet every bad week/s/| keep | - | [^|]* |/| keep | - | The number stays until Ono has made up her mind about it in the autumn |/' review.md
