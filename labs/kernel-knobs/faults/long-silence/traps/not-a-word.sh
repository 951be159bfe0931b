#!/bin/sh
# service: workspace
# fails: test_refusals_are_told
# after: fixes/the-kernels-clock
# Nobody reads that all evening.
sed '/the office can.t be asked/d; s/^            except OSError as problem:$/            except OSError:/' tickets.py > new.py
mv new.py tickets.py
