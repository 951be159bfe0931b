#!/bin/sh
# service: edge
# fails: test_boards
sv restart nginx
