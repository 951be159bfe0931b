#!/bin/sh
# service: workspace
sed "s/networks: \[pier\]/networks: [$KIKORI_BERTH]/" compose.yaml > compose.new
mv compose.new compose.yaml
