"""Motion and sound models, from data to generated C."""
