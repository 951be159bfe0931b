#!/bin/sh
# service: workspace
# fails: test_operation
# after: fixes/read-from-the-files
# Nothing tells how it is stopped.
sed -i '/^| stop /d' design.md
