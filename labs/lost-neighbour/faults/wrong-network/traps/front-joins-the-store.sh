#!/bin/sh
# service: workspace
# fails: test_front_and_store_share_no_network
# They meet now, in the room with the safe.
sed 's/networks: \[pier\]/networks: [pier, hold]/' compose.yaml > compose.new
mv compose.new compose.yaml
