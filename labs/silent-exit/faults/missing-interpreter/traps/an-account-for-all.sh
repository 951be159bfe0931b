#!/bin/sh
# service: workspace
# fails: test_user_is_not_root
# after: fixes/line-ends
# It is there already, and is not root: other services have it, too.
sed -i -e 's|-o orders -g orders|-o www-data -g www-data|' -e 's|^USER orders|USER www-data|' Dockerfile
