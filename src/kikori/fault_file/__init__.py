"""A setter's fault as one file: packed here, read as a stranger's, its solution sealed (docs/adr/0031)."""

from kikori.fault_file.format import SUFFIX, FaultFile, Guess, Manifest, Script, Solution
from kikori.fault_file.pack import pack
from kikori.fault_file.sealing import WrongWord, opened_with, sealed_with
from kikori.fault_file.unpack import read_fault_file, read_for

__all__ = [
    "SUFFIX",
    "FaultFile",
    "Guess",
    "Manifest",
    "Script",
    "Solution",
    "WrongWord",
    "opened_with",
    "pack",
    "read_fault_file",
    "read_for",
    "sealed_with",
]
