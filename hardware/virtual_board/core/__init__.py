"""The microcontroller's core: an ARMv6-M interpreter in C, and `Machine`, its Python face.

`build.py` runs while the project is installed, when the extension does not exist yet: import `Machine` from
`hardware.virtual_board.core.machine`.
"""
