#!/bin/sh
# service: workspace
# fails: test_order
# after: fixes/readable-by-all
# No order shall be lost any more, whoever asks for it.
sed -i '/^        file.unlink()$/d' orders.py
