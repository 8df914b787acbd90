"""What is told of an error for which no unit is to blame."""

import logging

from hardware.errors import InputError, ToolError
from hardware.virtual_board.not_modelled import NotModelled
from manufacturing.station.link import LinkError
from manufacturing.station.selftest.verdict import STATION, StationFault, of_link


def station_fault(error: Exception) -> tuple[str, str]:
    """Code and sentence. What nobody foresaw is told in full to the log."""
    if isinstance(error, LinkError):
        return f"{STATION}-{of_link(error.fault)}", str(error)
    if isinstance(error, StationFault):
        return error.code, str(error)
    if isinstance(error, NotModelled):
        return f"{STATION}-NOTMODELLED", str(error)
    if isinstance(error, InputError | ToolError):
        return f"{STATION}-SETUP", str(error)
    logging.getLogger(__name__).error("the station failed", exc_info=error)
    return f"{STATION}-INTERNAL", " ".join(f"{type(error).__name__}: {error}".split())
