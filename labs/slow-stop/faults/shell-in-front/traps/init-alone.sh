#!/bin/sh
# service: workspace
# fails: test_nothing_is_lost
# The init hands the signal to the shell, which ends, and the service is killed with its container.
printf '    init: true\n' >> compose.yaml
