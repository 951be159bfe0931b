#!/bin/sh
# fails: test_no_layer_has_the_key
# service: workspace
# after: fixes/two-stages
# In hex, and in no layer at all: docker inspect shows it to whoever has the image.
sed -i "s|^USER nobody|LABEL maker.licence=$(tail -n 1 vendor.key | od -An -tx1 -v | tr -d ' \n')\n&|" Dockerfile
