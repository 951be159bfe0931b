#!/bin/sh
# fails: test_end
# service: workspace
# after: fixes/two-stages
# The shell answers the signal, and well; the service is killed with it and says nothing.
sed -i -e '/^STOPSIGNAL/d' -e "s|^CMD \[\"python3\".*|CMD [\"sh\", \"-c\", \"trap 'exit 0' TERM INT; python3 /srv/labels/labels.py \& wait\"]|" Dockerfile
