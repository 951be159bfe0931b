#!/bin/sh
# service: engine
# Places for some hundred orders more, while they are taken; a new container has the old number again.
docker update --pids-limit 512 "$(docker ps -q --filter "label=com.docker.compose.project=$KIKORI_STACK" --filter label=com.docker.compose.service=kitchen)"
