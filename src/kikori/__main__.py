"""``python -m kikori``, which the launcher runs."""

from kikori.cli import main

main()
