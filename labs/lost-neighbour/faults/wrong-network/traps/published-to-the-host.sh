#!/bin/sh
# service: workspace
# fails: test_only_front_is_published
# By way of the computer outside, somebody hoped.
sed "s/^    networks: \[$KIKORI_BERTH, hold\]/&\\
    ports: [\"127.0.0.1::8000\"]/" compose.yaml > compose.new
mv compose.new compose.yaml
