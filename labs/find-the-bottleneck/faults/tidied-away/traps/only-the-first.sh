#!/bin/sh
# service: desk
# fails: test_claims_page
# Reading ends as soon as one claim is found.
sed -i 's/ ORDER BY made_at DESC, id DESC"/ LIMIT 1"/' /srv/desk/store.py
sv restart desk
