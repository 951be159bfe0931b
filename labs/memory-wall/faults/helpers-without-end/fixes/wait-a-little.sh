#!/bin/sh
# service: workspace
sed -e "s/^until .*/for second in 1 2; do [ -e \"\$slip.taken\" ] || sleep 1; done/" -e '/^echo "slip/d' slip.sh > slip.new
cat slip.new > slip.sh
rm slip.new
