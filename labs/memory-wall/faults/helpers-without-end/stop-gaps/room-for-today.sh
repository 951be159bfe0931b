#!/bin/sh
# service: engine
# Holds go through again at once, and nobody is cut off. The helpers go on piling up, and the next deploy takes it back.
set -e
catalogue=$(docker ps -q --filter "label=com.docker.compose.project=$KIKORI_STACK" --filter label=com.docker.compose.service=catalogue)
docker update --pids-limit 256 --memory 192m --memory-swap 192m "$catalogue"
