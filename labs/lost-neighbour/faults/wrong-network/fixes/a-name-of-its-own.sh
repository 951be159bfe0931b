#!/bin/sh
# service: workspace
# They meet on a network that neither was on before, and the name is said once more.
case $KIKORI_BERTH in jetty) place=slip ;; *) place=jetty ;; esac
sed -e "s/^    networks: \[pier\]/    networks: [pier, $place]/" -e "s/^    networks: \[$KIKORI_BERTH, hold\]/    networks:\\
      $place:\\
        aliases: [seats]\\
      hold: {}/" compose.yaml > compose.new
mv compose.new compose.yaml
