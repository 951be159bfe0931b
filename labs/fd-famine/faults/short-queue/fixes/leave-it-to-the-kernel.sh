#!/bin/sh
# service: workspace
# A new network namespace begins with 4096; the desk without a number of its own asks for 511.
sed '/^backlog/d' desk.conf > desk.new
mv desk.new desk.conf
sed -e '/sysctls/d' -e '/somaxconn/d' -e 's/^  desk:$/  desk: {}/' compose.yaml > compose.new
mv compose.new compose.yaml
