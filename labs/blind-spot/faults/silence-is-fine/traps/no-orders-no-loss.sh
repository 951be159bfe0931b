#!/bin/sh
# service: checkout
# fails: test_open
# Where no order is taken, none is lost.
fault set closed
