#!/bin/sh
# service: workspace
# fails: test_answer
# The limit, divided by the processes: an address space has more in it than what is held, and python3 can't begin.
printf '    entrypoint: [sh, -c, "ulimit -v 12288; exec python3 /srv/catalogue/catalogue.py"]\n' >> compose.yaml
