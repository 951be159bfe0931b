"""What checks are made of that many labs share; graders import it from ``kikori.grading``."""
