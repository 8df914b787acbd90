"""The firmware: a PlatformIO project, and what is generated for it from the circuit."""
