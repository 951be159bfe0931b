#!/bin/sh
# fails: test_graph_has_no_hole
# shellcheck disable=SC2016 # the script's variable
# A folder that the agent finds again when it is started anew, but not when the computer is.
sed -i -e '/mktemp/d' -e '/^chown/d' -e 's|tmpDataPath="$queue"|tmpDataPath=/dev/shm/vmagent|' /etc/service/vmagent/run
install -d -o agent -g agent /dev/shm/vmagent
sv restart vmagent
