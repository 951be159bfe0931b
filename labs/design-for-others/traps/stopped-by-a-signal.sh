#!/bin/sh
# service: workspace
# fails: test_operation
# after: fixes/read-from-the-files
# A signal returns before the service has put away what it holds.
sed -i "/^| stop /s/.systemctl stop tally./kill -TERM PID/" design.md
