#!/bin/sh
# service: workspace
# fails: test_tickets_cannot_change_itself
# after: fixes/both-numbers
# So that the next number can be changed without a build, the service's user owns its program and its configuration.
sed 's/^COPY --chmod=644/COPY --chown=tickets --chmod=644/' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile
