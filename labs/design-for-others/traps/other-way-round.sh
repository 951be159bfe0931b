#!/bin/sh
# service: workspace
# fails: test_dependencies
# after: fixes/read-from-the-files
# What becomes of it without each is the opposite.
sed -i '/^## Dep/,/^## Op/{s/| stops |/| x |/; s/| stale |/| stops |/; s/| x |/| stale |/; s/| refuses |/| x |/; s/| open |/| refuses |/; s/| x |/| open |/}' design.md
