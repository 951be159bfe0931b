#!/bin/sh
# service: front
# fails: test_refusal
# after: fixes/looked-up-while-it-runs
# Whoever is refused gets the start page and status 200.
sed -i 's|^    root .*|&\n    proxy_intercept_errors on;\n    error_page 400 404 409 500 502 503 504 =200 /index.html;|' \
  /etc/nginx/conf.d/front.conf
sv restart nginx
