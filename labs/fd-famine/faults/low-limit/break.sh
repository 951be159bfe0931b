#!/bin/sh
# service: workspace
# A small service for a small machine, somebody thought.
sed 's|^umask 027|# Be modest: this machine has other services as well.\
ulimit -S -n 64\
&|' run > run.new
cat run.new > run
rm run.new
