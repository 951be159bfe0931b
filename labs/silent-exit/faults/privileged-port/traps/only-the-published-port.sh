#!/bin/sh
# service: workspace
# fails: test_answer
sed 's|::80"|::8080"|' compose.yaml > compose.new
mv compose.new compose.yaml
