#!/bin/sh
# service: workspace
# The new compose file was copied from another service.
sed "s/127.0.0.1::80\"/127.0.0.1::$KIKORI_DOOR\"/" compose.yaml > compose.new
mv compose.new compose.yaml
