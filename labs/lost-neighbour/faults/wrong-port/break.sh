#!/bin/sh
# service: workspace
# author: Aya Fujimoto <aya@shiokaze.example>
# subject: Publish the page as we publish our other pages
# She copied the line from another service.
sed "s/127.0.0.1::80\"/127.0.0.1::$KIKORI_DOOR\"/" compose.yaml > compose.new
mv compose.new compose.yaml
