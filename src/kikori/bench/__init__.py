"""The benchmark of tune labs: virtual users whose every step is verified, and a score that counts nothing else.

A lab's own part is the folder ``bench/`` of its grader: its scenario. What is here knows no lab.
"""

from kikori.bench.result import Result
from kikori.bench.visit import Answer, Request, Visit, Wrong

__all__ = ["Answer", "Request", "Result", "Visit", "Wrong"]
