#!/bin/sh
# fails: test_rush_leaves_nothing_behind
for number in "/proc/$(cat /run/nginx.pid)/fd/"*; do
  case $(readlink "$number") in *deleted*) : > "$number" ;; esac
done
