#!/bin/sh
# service: workspace
# The trial is over: both fronts have one configuration again.
rm front/front-2.conf
