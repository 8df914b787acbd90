"""The host's serial line at the programming pads: to USART1 while a program runs, else to the boot ROM."""

from hardware.virtual_board.assembly import Assembly
from hardware.virtual_board.core.machine import StopReason
from hardware.virtual_board.device import Drive
from hardware.virtual_board.programming_pads import RX_PAD, TX_PAD, drive_pad, pad_net
from hardware.virtual_board.rom_session import RomSession
from hardware.virtual_board.ticks import TICKS_PER_SECOND, Ticks
from hardware.virtual_board.trace import Transfer
from hardware.virtual_board.uart_line import BREAK, DAMAGED, Frame, same_speed
from hardware.virtual_board.wiring import Level

USART_TX, USART_RX = "USART1_TX", "USART1_RX"
ROM_TX, ROM_RX = "PA2", "PA3"


def event(board: Assembly, now: Ticks) -> None:
    """Whatever is due at either end."""
    _bytes_of_host(board, now)
    _bytes_of_rom(board, now)


def next_events(board: Assembly, now: Ticks) -> list[Ticks | None]:
    line, rom = board.line, board.rom
    if rom is None:
        return [line.next_event()]
    return [rom.next_event(), line.whole_at(rom.frames_wanted(now)) if rom_alone_hears(board) else line.next_event()]


def answer_at(board: Assembly) -> Ticks | None:
    """When the boot ROM's next byte may reach the host, if it runs and that is known."""
    if board.rom is None:
        return None
    sent_at = board.line.sent_at if board.line.busy(board.now) else None
    return min((at for at in (sent_at, board.rom.next_event()) if at is not None), default=None)


def rom_alone_hears(board: Assembly) -> bool:
    """Then the edges of the host's bytes concern nobody: the ROM takes them whole."""
    return board.rom is not None and board.private_line and board.trace is None


# To the board


def _bytes_of_host(board: Assembly, now: Ticks) -> None:
    if rom_alone_hears(board):
        _frames_to_rom_alone(board, now)
        return
    line = board.line
    if line.begins(now):
        drive_pad(board, RX_PAD, Drive.LOW)
    frame = line.arrived(now)
    if frame is not None:
        drive_pad(board, RX_PAD, Drive.HIGH)
        if pad_net(board, RX_PAD) == pad_net(board, TX_PAD) is not None:
            _to_host(board, max(frame.byte, 0))  # the pads are shorted: the host hears itself
        _frame_arrived(board, frame)


def _frames_to_rom_alone(board: Assembly, now: Ticks) -> None:
    while board.rom is not None and (frames := board.line.whole(now, board.rom.frames_wanted(now))):
        if board.signals.level(pad_net(board, RX_PAD)) is Level.LOW:  # the first one began before the ROM
            drive_pad(board, RX_PAD, Drive.HIGH)
        _to_rom(board, board.rom, frames)


def _frame_arrived(board: Assembly, frame: Frame) -> None:
    net = pad_net(board, RX_PAD)
    if net is None or not board.powered or board.in_reset:
        return
    if board.rom is not None:
        _to_rom(board, board.rom, [frame])
    elif net in board.functions.nets_with(USART_RX):
        board.chip.receive(max(frame.byte, 0), frame.bit_ticks, framing_error=frame.byte == BREAK)


def _to_rom(board: Assembly, rom: RomSession, frames: list[Frame]) -> None:
    """Only the last one has an effect."""
    now = board.now
    if pad_net(board, RX_PAD) != board.wiring.net(board.mcu, ROM_RX):
        return
    answers = pad_net(board, TX_PAD) == board.wiring.net(board.mcu, ROM_TX)
    for frame in frames:
        if frame.byte != BREAK:
            rom.receive(frame.byte, frame.bit_ticks, now, heard=answers)
    _follow_rom(board, rom)


# From the board


def sent(board: Assembly, byte: int, bit_ticks: Ticks) -> None:
    """By USART1."""
    if pad_net(board, TX_PAD) in board.functions.nets_with(USART_TX):
        _to_host(board, byte if _host_understands(board, bit_ticks) else DAMAGED)


def _to_host(board: Assembly, byte: int) -> None:
    board.line.from_board(bytes([byte]))
    if board.trace is not None:
        board.trace.add(Transfer(board.now, "uart", repr(chr(byte))))


def _bytes_of_rom(board: Assembly, now: Ticks) -> None:
    rom = board.rom
    if rom is not None:
        _from_rom(board, rom, rom.answer(now))
        _follow_rom(board, rom)
        if rom.reset_wanted(now):
            board.chip.machine.stop(StopReason.RESET)  # the board does it outside of the run


def _from_rom(board: Assembly, rom: RomSession, sent: bytes) -> None:
    understood = rom.bit_ticks is None or _host_understands(board, rom.bit_ticks)
    board.line.from_board(sent if understood else bytes([DAMAGED]) * len(sent))


def _host_understands(board: Assembly, bit_ticks: Ticks) -> bool:
    return same_speed(bit_ticks, TICKS_PER_SECOND / board.line.baud)


# The end of the boot ROM


def _follow_rom(board: Assembly, rom: RomSession) -> None:
    """It may have started a program."""
    if rom.left:
        _from_rom(board, rom, rom.rest_of_answer())
        leave_rom(board)


def leave_rom(board: Assembly) -> None:
    """A program runs, or nothing."""
    if rom_alone_hears(board):
        board.line.pass_over(board.now)
    board.rom = None
