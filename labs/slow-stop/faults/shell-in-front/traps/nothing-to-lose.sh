#!/bin/sh
# service: workspace
# fails: test_answer
# A container that stops at once, since nothing in it works.
printf '    init: true\n    entrypoint: ["sleep", "infinity"]\n' >> compose.yaml
