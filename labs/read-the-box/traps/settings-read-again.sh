#!/bin/sh
# service: box
# fails: test_untouched
# after: fixes/with-tools
# To see whether the settings on the disk are in order, they are loaded.
nginx -s reload
