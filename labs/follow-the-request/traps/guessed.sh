#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_answer
# It is always the cache.
sed -i 's/^waits_for.*/waits_for = "cache"/' answer.toml
