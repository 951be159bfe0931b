#!/bin/sh
# service: engine
# A new process begins with no sheet open: everybody is served again, and the leak with them.
docker restart "$(docker ps -q --filter "label=com.docker.compose.project=$KIKORI_STACK" --filter label=com.docker.compose.service=desk)"
