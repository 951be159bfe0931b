"""Makes the data of Engawa, a neighbourhood's picture board: always the same from the same seed."""
