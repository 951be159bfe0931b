"""A quarter of Shashin-ya's objectives, drawn from a number."""
