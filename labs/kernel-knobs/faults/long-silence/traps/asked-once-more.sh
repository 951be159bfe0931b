#!/bin/sh
# service: workspace
# fails: test_office_decides
# after: fixes/the-kernels-clock
# An office that has not answered is asked once more, whatever it did with the first question.
sed -e '/^        except TimeoutError:/d' -e '/^            raise  # it may be booked/d' tickets.py > new.py
mv new.py tickets.py
