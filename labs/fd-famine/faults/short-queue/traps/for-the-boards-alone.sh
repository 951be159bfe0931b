#!/bin/sh
# service: workspace
# fails: test_burst
# Room for the boards of the harbour, and none for the phones that come with them.
sed "s/^backlog = .*/backlog = $KIKORI_BOARDS/" desk.conf > desk.new
mv desk.new desk.conf
sed 's/somaxconn: 8/somaxconn: 2048/' compose.yaml > compose.new
mv compose.new compose.yaml
