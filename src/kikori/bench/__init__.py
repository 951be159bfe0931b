"""The benchmark of tune labs: virtual users whose every step is verified, and a score that counts nothing else.

A lab's own part is the folder ``bench/`` of its grader: its scenario, which imports from ``kikori.bench.api``. What is
here knows no lab.
"""
