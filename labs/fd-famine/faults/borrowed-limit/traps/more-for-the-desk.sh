#!/bin/sh
# service: workspace
# fails: left-as-it-is
# Somebody is short of descriptors, so let the desk have more.
sed 's|^exec |ulimit -S -n 4096\
&|' run > run.new
cat run.new > run
rm run.new
