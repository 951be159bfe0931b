"""What is kept in an attempt of a setter's file: the file itself, beside the folder that ``break`` reads."""

from __future__ import annotations

from kikori.errors import KikoriError
from kikori.fault_file import SUFFIX, FaultFile, read_fault_file
from kikori.learner.session import Session
from kikori.model import Attempt


def solvers_file(session: Session, attempt: Attempt) -> FaultFile:
    """Read the file of the setter's fault that is in.

    Raises:
        KikoriError: none is in.
    """
    file = session.setters_fault(attempt).with_suffix(SUFFIX)
    if not file.is_file():
        raise KikoriError("No fault of a setter's file is in.", "kikori break --from FILE")
    return read_fault_file(file)
