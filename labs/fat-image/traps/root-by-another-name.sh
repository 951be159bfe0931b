#!/bin/sh
# fails: test_user
# service: workspace
# after: fixes/two-stages
# A name is the container's own to give; the number is 0.
sed -i 's|^USER nobody|RUN useradd -o -u 0 labels\nUSER labels|' Dockerfile
