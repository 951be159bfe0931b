#!/bin/sh
# service: workspace
# fails: test_seats
# Found again, and with nothing to tell.
sed "s/networks: \[$KIKORI_BERTH, hold\]/networks: [pier]/" compose.yaml > compose.new
mv compose.new compose.yaml
