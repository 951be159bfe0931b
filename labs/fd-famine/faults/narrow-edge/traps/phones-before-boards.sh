#!/bin/sh
# service: edge
# fails: test_boards
# Room for the phones; of the boards, which name no browser, ten are let in and the others stay dark.
# shellcheck disable=SC2016 # variables of nginx
sed -i -e "s/^worker_processes .*/&\\
worker_rlimit_nofile $((2 * KIKORI_BOARDS + 60));/" -e 's|^    access_log off;|&\
    map $http_user_agent $board { "" any; default ""; }\
    limit_conn_zone $board zone=boards:1m;|' -e 's|^        location = /watch {|&\
            limit_conn boards 10;|' /etc/nginx/nginx.conf
sv restart nginx
