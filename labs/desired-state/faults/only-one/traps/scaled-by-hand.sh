#!/bin/sh
# service: engine
# fails: test_a_death_is_not_noticed
# Two of them run, and the file still asks for one: the next apply ends the second.
docker service scale "${KIKORI_STACK}_forecast=2"
