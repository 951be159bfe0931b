"""What accompanies the lessons of a module: its story and readings, its card, its instructor's notes, the cast."""
