#!/bin/sh
# fails: test_answer
sv restart nginx >/dev/null
nginx -t 2>&1
