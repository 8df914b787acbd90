"""What pyproject.toml cannot say: the virtual board's core is C and is compiled at installation."""

from setuptools import setup

setup(cffi_modules=["hardware/virtual_board/core/build.py:extension"])
