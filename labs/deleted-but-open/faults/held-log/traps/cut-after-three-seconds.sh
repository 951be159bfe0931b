#!/bin/sh
# fails: test_nobody_is_cut_off
# after: fixes/where-the-number-is
# Who sends nothing for a while is not waited for.
sed -i 's|client_max_body_size .*|&\n    client_body_timeout 3s;|' /etc/nginx/conf.d/roofs.conf
nginx -s reload
