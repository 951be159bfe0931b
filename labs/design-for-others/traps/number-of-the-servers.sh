#!/bin/sh
# service: workspace
# fails: test_facts
# after: fixes/read-from-the-files
# The number of the bicycles' turn is that of the servers.
sed -i '/^| Telephone of the bicycles/s/7700/7800/' design.md
