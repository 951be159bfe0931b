#!/bin/sh
# fails: test_rebuild
# service: workspace
# after: fixes/two-stages
# The line that installs does not say so.
printf 'apt-get update && apt-get install -y --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*\n' > setup.sh
sed -i -e '/^ && apt-get install.*python3 /d' -e '/^ && rm -rf/d' \
  -e 's|^RUN apt-get update \\$|COPY labels.py setup.sh /srv/labels/\nRUN sh /srv/labels/setup.sh|' Dockerfile
