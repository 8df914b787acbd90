"""What a model says when the firmware asks for something that it does not know: never silence."""


class NotModelled(Exception):
    """The firmware used a feature of a part that its model lacks. The message names part, register or command, and value."""
