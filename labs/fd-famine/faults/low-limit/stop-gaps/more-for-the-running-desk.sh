#!/bin/sh
# service: engine
# What runs is given more, and nobody is cut off; the next start brings the old number back.
desk=$(docker ps -q --filter "label=com.docker.compose.project=$KIKORI_STACK" --filter label=com.docker.compose.service=desk)
docker exec --user desk "$desk" prlimit --pid 1 --nofile=1024:
