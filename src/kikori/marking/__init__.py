"""What a person adds to a machine's verdict: marks by the rubric, comments, and what goes back to the learner."""
