"""What follows when something outside the chip has changed: currents, packets, contentions and the time of the next event."""

from hardware.virtual_board import draws
from hardware.virtual_board.assembly import Assembly
from hardware.virtual_board.events import schedule
from hardware.virtual_board.parts.ci24r1_frame import Packet
from hardware.virtual_board.ticks import Ticks
from hardware.virtual_board.trace import Transfer


def follow_up(board: Assembly, now: Ticks) -> None:
    for ref, device in board.devices.items():
        draws.draw(board, ref, device.current_ua(), now)
        packets = getattr(device, "packets", None)
        if packets:
            _on_air(board, packets, now)
            packets.clear()
    draws.of_audio(board, now)
    draws.of_leds(board, now)
    draws.of_pull_ups(board, now)
    draws.of_held_outputs(board, now)
    for net, since in board.signals.contentions.items():
        board.note(f"two outputs drive {net} against each other", since)
    schedule(board, now)


def _on_air(board: Assembly, packets: list[Packet], now: Ticks) -> None:
    board.packets += packets
    if board.trace is not None:
        for packet in packets:
            board.trace.add(Transfer(now, "air", f"{len(packet.bits)} bits at {2400 + packet.rf_channel} MHz"))
