"""What is activity recognition's own: examples from recordings, changed copies to train on, stress tests, recipes."""
