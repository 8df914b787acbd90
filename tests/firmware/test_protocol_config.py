"""The configuration in two pages of flash, with the power cut at any moment."""

import pytest
from host_c import load
from hypothesis import example, given, settings
from hypothesis import strategies as st

FFI, C = load()
PAGE = 128
BLANK = b"\xff" * 2 * PAGE
KEYS = {FFI.string(C.CONFIG_TABLE[i].name).decode(): C.CONFIG_TABLE[i] for i in range(C.CONFIG_KEYS)}
VALUES = st.tuples(*(st.integers(entry.least, entry.most) for entry in KEYS.values()))
DEFAULTS = tuple(entry.initial for entry in KEYS.values())


def load_pages(pages: bytes) -> tuple[int, ...] | None:
    config = FFI.new("config *")
    held = C.config_load(config, pages)
    assert held or tuple(config.values) == DEFAULTS
    return tuple(config.values) if held else None


def plan(pages: bytes, values: tuple[int, ...]) -> tuple[int, bytes]:
    """(page to erase and program, its image)"""
    config = FFI.new("config *", {"values": values})
    image = FFI.new("uint8_t[]", PAGE)
    page = C.config_save_page(image, config, pages)
    return page, bytes(image)


def with_page(pages: bytes, page: int, content: bytes) -> bytes:
    return pages[: page * PAGE] + content + pages[(page + 1) * PAGE :]


def saved(pages: bytes, values: tuple[int, ...]) -> bytes:
    page, image = plan(pages, values)
    return with_page(pages, page, image)


def partly(before: bytes, after: bytes, done: int) -> bytes:
    """Each bit of `done` says whether that bit of the page has changed already."""
    mask = done.to_bytes(PAGE, "little")
    return bytes(b ^ ((b ^ a) & m) for b, a, m in zip(before, after, mask, strict=True))


def moments(pages: bytes, values: tuple[int, ...], done: int) -> list[bytes]:
    """The flash as it can be found when the power was lost while these values were saved."""
    page, image = plan(pages, values)
    old, erased = pages[page * PAGE : (page + 1) * PAGE], b"\xff" * PAGE
    contents = [old, partly(old, erased, done), erased, partly(erased, image, done), image]
    return [with_page(pages, page, content) for content in contents]


BITS = st.one_of(
    st.integers(0, 2 ** (8 * PAGE) - 1),
    st.sets(st.integers(0, 8 * PAGE - 1), max_size=40).map(lambda bits: sum(1 << bit for bit in bits)),
    st.sets(st.integers(0, 8 * PAGE - 1), max_size=40).map(lambda bits: ~sum(1 << bit for bit in bits) % 2 ** (8 * PAGE)),
)


@given(st.lists(VALUES, min_size=1, max_size=5))
def test_what_was_saved_last_is_read(history: list[tuple[int, ...]]) -> None:
    pages = BLANK
    assert load_pages(pages) is None
    for values in history:
        pages = saved(pages, values)
        assert load_pages(pages) == values


@given(VALUES, VALUES, VALUES, BITS)
@settings(max_examples=300)
def test_power_loss_leaves_the_old_or_the_new(
    first: tuple[int, ...], old: tuple[int, ...], new: tuple[int, ...], done: int
) -> None:
    for history in ([old], [first, old]):  # the page to be written is blank, or holds an older configuration
        pages = BLANK
        for values in history:
            pages = saved(pages, values)
        found = [load_pages(pages) for pages in moments(pages, new, done)]
        assert all(values in (old, new) for values in found)
        assert found[0] == old
        assert found[-1] == new
        for interrupted in moments(pages, new, done):
            assert load_pages(saved(interrupted, first)) == first  # and saving works afterwards


@given(VALUES, st.lists(st.tuples(VALUES, BITS, st.integers(0, 4)), max_size=6))
def test_power_loss_again_and_again(old: tuple[int, ...], attempts: list[tuple[tuple[int, ...], int, int]]) -> None:
    pages = saved(BLANK, old)
    for new, done, moment in attempts:
        pages = moments(pages, new, done)[moment]
        found = load_pages(pages)
        assert found in (old, new)
        assert found is not None
        old = found


@given(VALUES, VALUES, BITS.filter(bool))
def test_a_page_with_lost_charge_or_stuck_bits_is_not_used(old: tuple[int, ...], new: tuple[int, ...], done: int) -> None:
    pages = saved(saved(BLANK, old), new)
    page, other = (0, 1) if load_pages(with_page(pages, 0, b"\xff" * PAGE)) == old else (1, 0)
    assert load_pages(with_page(pages, other, b"\xff" * PAGE)) == new
    sound = pages[page * PAGE : (page + 1) * PAGE]
    for goal in (b"\xff" * PAGE, bytes(PAGE)):
        damaged = partly(sound, goal, done)
        if damaged != sound:
            assert load_pages(with_page(pages, page, damaged)) == old


def test_every_wrong_bit_is_noticed() -> None:
    pages = saved(BLANK, DEFAULTS)
    for bit in range(8 * PAGE):
        wrong = bytearray(pages)
        wrong[bit // 8] ^= 1 << bit % 8
        assert load_pages(bytes(wrong)) is None


@given(st.binary(min_size=2 * PAGE, max_size=2 * PAGE))
@example(bytes(2 * PAGE))
@example(BLANK)
def test_random_pages_are_refused_and_can_be_saved_over(pages: bytes) -> None:
    assert load_pages(pages) is None
    assert load_pages(saved(pages, DEFAULTS)) == DEFAULTS


def one_way_errors_that_the_crc_misses(page: bytes, wrong_bit: int) -> bytes:
    """The page with some of its bits that are `wrong_bit` turned, such that the CRC still holds: by elimination."""
    turned: dict[int, int] = {}  # highest bit of the CRC's change -> (change << 1024 | bits of the page)
    for bit in range(8 * PAGE - 1, -1, -1):
        if page[bit // 8] >> bit % 8 & 1 == wrong_bit:
            error = (1 << bit).to_bytes(PAGE, "little")
            change = C.crc16(0, error[:126], 126) ^ int.from_bytes(error[126:], "little")
            row = change << 8 * PAGE | 1 << bit
            while row >> 8 * PAGE and row.bit_length() in turned:
                row ^= turned[row.bit_length()]
            if not row >> 8 * PAGE:
                return bytes(a ^ b for a, b in zip(page, row.to_bytes(PAGE, "little"), strict=True))
            turned[row.bit_length()] = row
    raise AssertionError("more than 16 bits are always dependent")


@pytest.mark.parametrize("wrong_bit", [0, 1])
def test_interrupted_flash_that_satisfies_the_crc_is_noticed(wrong_bit: int) -> None:
    _, image = plan(BLANK, DEFAULTS)
    damaged = one_way_errors_that_the_crc_misses(image, wrong_bit)
    assert damaged != image
    assert C.crc16(0xFFFF, damaged[:126], 126) == int.from_bytes(damaged[126:], "little")
    assert load_pages(with_page(BLANK, 0, image)) == DEFAULTS
    assert load_pages(with_page(BLANK, 0, damaged)) is None


def sealed(image: bytes, **fields: tuple[int, bytes]) -> bytes:
    """The image with fields (offset, bytes) changed and its checks made right, by the layout in config_page.h."""
    page = bytearray(image)
    for offset, content in fields.values():
        page[offset : offset + len(content)] = content
    page[124:126] = sum(8 - byte.bit_count() for byte in page[:124]).to_bytes(2, "little")
    page[126:128] = int(C.crc16(0xFFFF, bytes(page[:126]), 126)).to_bytes(2, "little")
    return bytes(page)


def test_the_sequence_number_wraps() -> None:
    _, image = plan(BLANK, DEFAULTS)
    pages = with_page(BLANK, 0, sealed(image, sequence=(4, b"\xff\xff\xff\xff")))
    new = (7, *DEFAULTS[1:])
    assert load_pages(saved(pages, new)) == new
    assert load_pages(saved(saved(pages, new), DEFAULTS)) == DEFAULTS


def test_a_firmware_that_knows_fewer_values_left_a_page() -> None:
    _, image = plan(BLANK, (7, 500, *DEFAULTS[2:]))
    pages = with_page(BLANK, 1, sealed(image, count=(2, b"\x01\x00")))
    assert load_pages(pages) == (7, *DEFAULTS[1:])


def test_a_value_out_of_range_takes_its_default() -> None:
    _, image = plan(BLANK, (7, *DEFAULTS[1:]))
    pages = with_page(BLANK, 0, sealed(image, interval=(12, b"\x00\x00\x00\x00")))
    assert load_pages(pages) == (7, *DEFAULTS[1:])


def test_a_page_of_another_format_is_not_read() -> None:
    _, image = plan(BLANK, DEFAULTS)
    assert load_pages(with_page(BLANK, 0, sealed(image))) == DEFAULTS
    assert load_pages(with_page(BLANK, 0, sealed(image, format=(0, b"\x02\x00")))) is None


@pytest.mark.parametrize("name", KEYS)
def test_a_key_is_found_and_keeps_its_range(name: str) -> None:
    entry = KEYS[name]
    key = C.config_find(name.encode())
    config = FFI.new("config *")
    C.config_defaults(config)
    assert config.values[key] == entry.initial
    assert entry.least <= entry.initial <= entry.most
    for value in (entry.least, entry.most):
        assert C.config_set(config, key, value)
        assert config.values[key] == value
    for value in (entry.least - 1, entry.most + 1):
        if -(2**31) <= value < 2**31:
            assert not C.config_set(config, key, value)
            assert config.values[key] == entry.most


def test_an_unknown_key_is_refused() -> None:
    config = FFI.new("config *")
    key = C.config_find(b"beacon_interval_m")
    assert key == C.CONFIG_KEYS
    assert not C.config_set(config, key, 0)
    assert len(KEYS) == C.CONFIG_KEYS


def test_a_config_get_reply_fits_the_line_a_host_may_send_back() -> None:
    longest = max(len(f"config set {name} {entry.least}*0000") for name, entry in KEYS.items())
    assert longest <= C.CONSOLE_LINE_MAX
