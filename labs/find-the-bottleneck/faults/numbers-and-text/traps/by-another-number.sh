#!/bin/sh
# service: desk
# fails: test_item_page
# The primary key is a number as well, and quick. It is another number.
sed -i 's/FROM items WHERE tag = %s/FROM items WHERE id = %s/' /srv/desk/store.py
sv restart desk
