#!/bin/sh
# service: workspace
sed 's/^port = 80$/port = 8080/' orders.conf > orders.new
mv orders.new orders.conf
sed -e 's|::80"|::8080"|' -e 's|127.0.0.1:80/|127.0.0.1:8080/|' compose.yaml > compose.new
mv compose.new compose.yaml
