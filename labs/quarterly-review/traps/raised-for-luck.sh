#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_agreed
# It is kept anyway, so it becomes a duty.
sed -i -E '/^[|] (sign-in|thumbnails) [|] keep/s/\| keep \| - \| (.*) \| - \| all/| raise | 99.99 | \1 | Lena | all/' review.md
