#!/bin/sh
# fails: test_no_layer_has_the_key
# service: workspace
# after: fixes/two-stages
# "The sources go along, as the licence of the library asks": the build's folder, packed, with the key in it.
sed -i -e 's|^RUN make$|RUN make \&\& tar czf /tmp/source.tar.gz -C /src .|' \
  -e 's|^COPY labels.py.*|&\nCOPY --from=built /tmp/source.tar.gz /usr/share/doc/labels/|' Dockerfile
