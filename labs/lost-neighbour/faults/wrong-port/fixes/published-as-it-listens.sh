#!/bin/sh
# service: workspace
sed "s/127.0.0.1::$KIKORI_DOOR/127.0.0.1::80/" compose.yaml > compose.new
mv compose.new compose.yaml
