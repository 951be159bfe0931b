#!/bin/sh
# fails: test_town
# service: engine
# after: fixes/copied-in-the-hold
# The old server of one's own town is switched off, since the check has another one.
docker stop -t 2 "$COMPOSE_PROJECT_NAME-old-1" > /dev/null
