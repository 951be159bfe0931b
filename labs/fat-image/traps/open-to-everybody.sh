#!/bin/sh
# fails: test_rights
# service: workspace
# after: fixes/two-stages
# "Then there is no trouble with rights": a hole in one request can rewrite the program.
sed -i 's|^USER nobody|RUN chmod -R 777 /srv/labels\n&|' Dockerfile
