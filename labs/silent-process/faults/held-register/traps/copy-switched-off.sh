#!/bin/sh
# fails: test_register_is_copied
rm "/etc/service/$KIKORI_COPY"
sv exit "/etc/sv/$KIKORI_COPY"
