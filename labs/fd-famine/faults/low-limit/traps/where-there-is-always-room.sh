#!/bin/sh
# service: workspace
# fails: test_desk_rights
# The limit is right; the program lies beside the sheets, and so would whatever a visitor has the desk write there: a
# module of the right name is what Python imports first.
sed -e 's/^ulimit .*/ulimit -n 2048/' -e 's|^exec .*|exec python3 /tmp/desk.py|' run > run.new
cat run.new > run
rm run.new
sed 's|^COPY --chmod=644 desk.py .*|COPY --chmod=644 desk.py /tmp/desk.py|' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile
