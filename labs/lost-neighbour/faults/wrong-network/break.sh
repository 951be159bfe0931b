#!/bin/sh
# service: workspace
# author: Koji Murata <koji@shiokaze.example>
# subject: Follow the plan of the networks
# He had the plan of next month before him, in which the page moves along.
sed "s/networks: \[pier, hold\]/networks: [$KIKORI_BERTH, hold]/" compose.yaml > compose.new
mv compose.new compose.yaml
