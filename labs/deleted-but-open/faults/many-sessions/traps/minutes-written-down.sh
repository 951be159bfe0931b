#!/bin/sh
# fails: test_configuration_says_how_long
# after: fixes/cleaner-knows-the-name
# The number is right today; the configuration may say another one tomorrow.
sed -i "s|^minutes=.*|minutes=$KIKORI_MINUTES|" /etc/often/sessions
