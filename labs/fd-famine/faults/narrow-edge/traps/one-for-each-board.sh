#!/bin/sh
# service: edge
# fails: test_boards
# Room for the boards and the phones, and none for what each of them needs at the desk.
sed -i "s/^worker_processes .*/&\\
worker_rlimit_nofile $((2 * KIKORI_BOARDS + 30));/" /etc/nginx/nginx.conf
sv restart nginx
