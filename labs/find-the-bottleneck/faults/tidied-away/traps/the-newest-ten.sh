#!/bin/sh
# service: desk
# after: fixes/by-phone
# fails: test_claims_page
# Nobody has lost more than ten things, somebody thought.
sed -i 's/ ORDER BY made_at DESC, id DESC"/ ORDER BY made_at DESC, id DESC LIMIT 10"/' /srv/desk/store.py
sv restart desk
