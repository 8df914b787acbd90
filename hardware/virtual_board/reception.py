"""How strong the board's packets arrive at a receiver in its fixture: over the matching network, the antenna and the air.

The radio's output follows its power register; ngspice tells what of it reaches the antenna, from the netlist's own values
(`hardware.spice.antenna`), when the first packet is listened to. Free space follows, and always the same: no echoes, no
fading, no other transmitters. All figures but free space itself are assumed (?).
"""

from dataclasses import dataclass
from functools import cached_property
from math import log10, pi

import numpy as np
from numpy.typing import NDArray

from hardware.netlist import Netlist
from hardware.parts.board_features import ANTENNA
from hardware.parts.radio import CI24R1
from hardware.spice import antenna
from hardware.virtual_board.parts.ci24r1_frame import Packet

DISTANCE_M = 0.3
RECEIVER_DB = -8.0  # the small antenna of an adapter, turned to the board's as it happens to be (?)
SENSITIVITY_DBM = -90.0  # of a usual receiver at 1 Mbit/s (?)
_LEAK_DB = -45.0  # what radio and tracks radiate by themselves, where nothing reaches the antenna (?)
_LIGHT_M_PER_S = 299_792_458.0


@dataclass(frozen=True)
class Reception:
    netlist: Netlist

    def rssi_dbm(self, packet: Packet) -> float:
        return packet.power_dbm + float(self._path_db[packet.rf_channel])

    @cached_property
    def _path_db(self) -> NDArray[np.float64]:
        """From the power that the register stands for to the receiver, by the radio's channel."""
        errors_db = [float(radio.part.facts["output_error_db"]) for radio in self.netlist.of_part(CI24R1.name)]
        radiated_db = 10 * np.log10(antenna.delivered(self.netlist) + 10 ** (_LEAK_DB / 10))
        air_db = [_free_space_db(antenna.LOWEST_HZ + channel * antenna.SPACING_HZ) for channel in range(antenna.CHANNELS)]
        fixed_db = sum(errors_db) + float(ANTENNA.facts["gain_dbi"]) + RECEIVER_DB
        return np.asarray(radiated_db + air_db + fixed_db, dtype=np.float64)


def _free_space_db(hertz: float) -> float:
    """Friis, between antennas of 0 dBi."""
    return -20 * log10(4 * pi * DISTANCE_M * hertz / _LIGHT_M_PER_S)
