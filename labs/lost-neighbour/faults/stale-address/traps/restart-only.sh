#!/bin/sh
# service: front
# fails: test_another_address_is_followed
sv restart nginx
