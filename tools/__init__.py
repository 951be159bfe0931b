"""Programs for who works on Kikori, run from the repository and not part of what is installed."""
