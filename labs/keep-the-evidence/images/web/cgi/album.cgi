#!/bin/sh
# The album: a line for each picture.
printf 'Content-Type: text/plain; charset=utf-8\r\n\r\n'
exec ls /srv/site/pictures
