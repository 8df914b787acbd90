"""What became of every unit: append only, each record hashed over the one before (README.md)."""
