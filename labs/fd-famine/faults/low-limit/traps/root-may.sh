#!/bin/sh
# service: workspace
# fails: test_desk_is_not_root
# It was not the user that was too small.
sed 's/^ulimit .*/ulimit -n 4096/' run > run.new
cat run.new > run
rm run.new
printf '    user: root\n' >> compose.yaml
