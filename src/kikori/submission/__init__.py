"""One file that holds what is needed to verify an attempt elsewhere: packed here, unpacked as hostile input.

Documented in docs/submission.md; ``format`` has its names and limits.
"""

from kikori.submission.format import DISPUTE, FORMAT, SUFFIX, Manifest, Records, Refused, Submission
from kikori.submission.pack import pack
from kikori.submission.unpack import read_manifest, read_records, unpack

__all__ = [
    "DISPUTE",
    "FORMAT",
    "SUFFIX",
    "Manifest",
    "Records",
    "Refused",
    "Submission",
    "pack",
    "read_manifest",
    "read_records",
    "unpack",
]
