#!/bin/sh
# service: workspace
# author: Yui Kobayashi <yui.kobayashi@ekishita.example>
# subject: Write ENTRYPOINT the short way, like EXPOSE and USER
# Somebody tidied up, and took the brackets for decoration.
sed 's|^ENTRYPOINT .*|ENTRYPOINT /entrypoint.sh|' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile
