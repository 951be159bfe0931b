#!/bin/sh
# service: workspace
# fails: test_nothing_is_lost
# Now everybody hears the signal, the shell too: it is gone first, and the container with it.
printf '    init: true\n    environment:\n      TINI_KILL_PROCESS_GROUP: "1"\n' >> compose.yaml
