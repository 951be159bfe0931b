#!/bin/sh
# service: workspace
sed -e '/^# Release 3.2/,$d' slip.sh > slip.new
cat slip.new > slip.sh
rm slip.new
