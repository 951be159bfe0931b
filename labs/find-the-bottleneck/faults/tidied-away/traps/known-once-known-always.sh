#!/bin/sh
# service: desk
# fails: test_new_claim_shows_at_once
# Each worker remembers whose claims it has seen once; who had none is asked about again.
cat >> /srv/desk/store.py <<'END'


REMEMBERED = {}
asked = claims


def claims(phone):
    """All claims of a telephone, from memory where there are some."""
    if not REMEMBERED.get(phone):
        REMEMBERED[phone] = asked(phone)
    return REMEMBERED[phone]
END
sv restart desk
