#!/bin/sh
# service: engine
# The container that runs comes to the pier, under its name. No file says so, and the next release makes one without.
set -e
seats=$(docker ps -q --filter "label=com.docker.compose.project=$KIKORI_STACK" --filter label=com.docker.compose.service=seats)
docker network connect --alias seats "${KIKORI_STACK}_pier" "$seats"
