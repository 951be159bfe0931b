#!/bin/sh
# fails: test_town
# service: engine
# after: fixes/copied-in-the-hold
# The old server of one's own town is switched off, since the check has another one.
old=$(docker ps -q --filter "label=com.docker.compose.project=$KIKORI_STACK" --filter label=com.docker.compose.service=old)
docker stop -t 2 "$old" > /dev/null
