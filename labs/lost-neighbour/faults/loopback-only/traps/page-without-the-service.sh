#!/bin/sh
# service: front
# fails: test_booking
# The number is right, until somebody books.
answer="{\"ship\": \"$KIKORI_SHIP\", \"free\": $KIKORI_FREE}"
sed -i -e '/set .seats/d' -e "s|proxy_pass .*|return 200 '$answer';|" /etc/nginx/conf.d/front.conf
sv restart nginx
