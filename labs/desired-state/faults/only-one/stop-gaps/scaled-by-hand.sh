#!/bin/sh
# service: engine
# A second task answers within seconds. The file still asks for one, so the next deploy takes the second away.
docker service scale "${KIKORI_STACK}_forecast=2"
