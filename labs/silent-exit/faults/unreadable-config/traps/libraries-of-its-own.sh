#!/bin/sh
# service: workspace
# fails: test_rights_are_few
# after: fixes/readable-by-all
# So that it may fetch what it lacks: and whatever lies there runs at the next start.
sed -i 's|^USER orders|RUN chown -R orders /usr/local/lib/python3.13/dist-packages\
&|' Dockerfile
