#!/bin/sh
# service: workspace
# fails: test_facts
# after: fixes/read-from-the-files
# Reports and metrics have changed their ports.
sed -i 's/^| Port for reports /| Port for x /; s/^| Port for metrics /| Port for reports /; s/^| Port for x /| Port for metrics /' design.md
