"""A user's own recordings as a task: who is held out, whether there is enough, whether to believe the result."""
