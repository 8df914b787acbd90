"""What is word recognition's own: clips under many conditions, changed anew in each epoch, stress tests, recipes."""
