#!/bin/sh
# service: workspace
{
    for day in mon tue wed thu fri; do echo "$day 10 20"; done
    echo "sat 9 17"
} > hours.txt
