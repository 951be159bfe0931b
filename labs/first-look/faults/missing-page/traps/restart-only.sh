#!/bin/sh
# fails: test_answer
sv restart nginx
