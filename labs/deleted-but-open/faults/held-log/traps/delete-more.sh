#!/bin/sh
# fails: test_space_has_a_name
rm -f /data/log/*
