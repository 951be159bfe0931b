#!/bin/sh
# fails: test_rush_leaves_nothing_behind
sv restart nginx
