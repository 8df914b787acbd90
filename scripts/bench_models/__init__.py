"""Our generated models and sound front end beside what can be installed: bytes, cycles on the virtual board's core, errors."""
