#!/bin/sh
# service: workspace
# author: Rin Okabe <rin@harbour.example>
# subject: Start the desk as we start our other small services
# A small service for a small machine, somebody thought.
sed 's|^umask 027|# As in the start scripts of our other services.\
ulimit -S -n 64\
&|' run > run.new
cat run.new > run
rm run.new
