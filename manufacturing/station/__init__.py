"""The production station: it flashes, tests and records every unit."""
