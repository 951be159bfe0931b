#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/a-restore
# In Japanese: it is written on as before.
sed -i 's/^| W3 \(.*\) | [^|]* |$/| W3 \1 | なくさない。これまでどおり書く |/' plan.ja.md
