"""Fabrication files read back: copper, outline and holes as shapes, and which copper hangs together."""
