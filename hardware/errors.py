"""The errors that a user sees: each is one sentence that says how to mend it."""


class InputError(Exception):
    """Something that the user gave or lacks. The message names the file and line, if any, and the mend."""


class ToolError(Exception):
    """A program that we call (KiCad, KiKit ...) failed on good input. The message holds what it printed."""
