#!/bin/sh
# service: workspace
printf 'wait\n' >> slip.sh
