#!/bin/sh
# service: front
# nginx reads its configuration again, and with it the address of this minute.
nginx -s reload
