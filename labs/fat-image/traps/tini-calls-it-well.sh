#!/bin/sh
# fails: test_end
# service: workspace
# after: fixes/two-stages
# The service dies of SIGTERM, and the init that passed it on is told to call that 0.
sed -i -e '/^STOPSIGNAL/d' -e 's|install-recommends python3|& tini|' \
  -e 's|^CMD \["python3", "/srv.*|ENTRYPOINT ["tini", "-e", "143", "--"]\n&|' Dockerfile
