#!/bin/sh
# fails: test_page_is_not_open_to_writers
chmod 777 /srv/www/index.html
