#!/bin/sh
# fails: test_no_layer_has_the_key
# service: workspace
# after: fixes/two-stages
# Another spelling is the same key: one command undoes it. The lines are folded, as base64 does by itself.
sed -i -e 's|^RUN make$|RUN make \&\& base64 vendor.key > licence.b64|' \
  -e 's|^COPY labels.py.*|&\nCOPY --from=built /src/licence.b64 /srv/labels/|' Dockerfile
