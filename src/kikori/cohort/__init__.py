"""Who is where: check-ins of learners who joined, on the instructor's own machine."""
