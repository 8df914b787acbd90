"""The one kind of error that a user sees: bad input, in one sentence that says how to mend it."""


class InputError(Exception):
    """Something that the user gave or lacks. The message names the file and line, if any, and the mend."""
