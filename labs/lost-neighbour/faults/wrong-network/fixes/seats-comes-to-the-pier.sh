#!/bin/sh
# service: workspace
sed "s/networks: \[$KIKORI_BERTH, hold\]/networks: [pier, hold]/" compose.yaml > compose.new
mv compose.new compose.yaml
