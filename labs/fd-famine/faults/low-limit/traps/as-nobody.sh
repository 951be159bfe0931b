#!/bin/sh
# service: workspace
# fails: test_desk_is_not_root
# Not root, and nobody's: whatever else runs as nobody may end the desk.
sed 's/^ulimit .*/ulimit -n 2048/' run > run.new
cat run.new > run
rm run.new
printf '    user: nobody\n' >> compose.yaml
