#!/bin/sh
# fails: test_end
# service: workspace
# after: fixes/two-stages
# The closing line, said by somebody who has counted nothing.
sed -i -e '/^STOPSIGNAL/d' \
  -e "s|^CMD \[\"python3\".*|CMD [\"sh\", \"-c\", \"trap 'echo closed after 12 labels; exit 0' TERM; python3 /srv/labels/labels.py \& wait\"]|" Dockerfile
