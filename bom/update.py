"""Take a new price snapshot from an export: everything is checked before anything is written.

Two formats are read: jlcparts' one line per part with `price_breaks_usd` such as "1:0.0069;1000:0.0053", and a long
table with one line per price break, its `date` and `source`.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bom import quotes
from bom.quotes import Break, Quote
from hardware import files, tables
from hardware.errors import InputError
from hardware.tables import Row

_WIDE = ("lcsc", "stock", "price_breaks_usd")
_LONG = ("lcsc", "qty", "unit_price_usd", "date", "source")
_BREAK = re.compile(r"(\d+):(\d+(?:\.\d+)?)")
_DAY_IN_NAME = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Update:
    """What a new snapshot holds, and which codes the file lacks."""

    day: date
    path: Path
    quotes: Mapping[str, Quote]
    missing: tuple[str, ...]  # of the parts on the bill
    missing_alternates: tuple[str, ...]


def read(
    path: Path, parts: Mapping[str, str], alternates: Mapping[str, str], day: date | None = None, folder: Path = quotes.FOLDER
) -> Update:
    """The snapshot that the file would give. `parts` and `alternates` map the codes that are wanted to names.

    InputError with one sentence per fault, each on its own line, if any row of a wanted part is malformed.
    """
    wanted = parts.keys() | alternates.keys()
    is_wide = "price_breaks_usd" in _header(path)
    rows = [row for row in tables.read(path, _WIDE if is_wide else _LONG) if row.fields["lcsc"] in wanted]
    if is_wide:
        day = day or _day_in_name(path)
    else:
        day = day or _only_day(path, rows)
        rows = [row for row in rows if row.fields["date"] == day.isoformat()]
    found = _checked(rows, _wide_quote if is_wide else _long_quote)
    return Update(
        day=day,
        path=folder / f"{day}.csv",
        quotes=found,
        missing=tuple(f"{code} ({name})" for code, name in parts.items() if code not in found),
        missing_alternates=tuple(f"{code} ({name})" for code, name in alternates.items() if code not in found),
    )


def write(update: Update, source: Path, *, partial: bool, today: date) -> bool:
    """Write the snapshot; False if it is there already. InputError, and nothing written, if it would be a bad one."""
    if update.day > today:
        raise InputError(f"{source.name} is of {update.day}, which is yet to come: give the day of the quotes with --date")
    if not update.quotes:
        raise InputError(f"{source} prices no part of this board on {update.day}: choose another file or --date")
    if update.missing and not partial:
        raise InputError(
            f"{source} has no price of {', '.join(update.missing)}: add the rows, or store what is there with --partial"
        )
    if update.path.is_file():
        lost = sorted(quotes.load(update.path).quotes.keys() - update.quotes.keys())
        if lost:
            raise InputError(f"{tables.shown(update.path)} prices {', '.join(lost)}, which {source} lacks: choose another --date")
    return files.write(update.path, text(update.quotes))


def text(found: Mapping[str, Quote]) -> str:
    """Quotes as a snapshot file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(quotes.COLUMNS)
    for code in sorted(found, key=lambda code: int(code[1:])):
        quote = found[code]
        stock = "" if quote.stock is None else quote.stock
        for b in quote.breaks:
            price = f"{b.unit_usd:.6f}".rstrip("0").rstrip(".")
            writer.writerow((code, b.quantity, price, stock, quote.source, "yes" if quote.verified else "no"))
    return out.getvalue()


def _checked(rows: list[Row], read_quote: Callable[[list[Row]], Quote]) -> dict[str, Quote]:
    rows_of: dict[str, list[Row]] = {}
    for row in rows:
        rows_of.setdefault(row.fields["lcsc"], []).append(row)
    found: dict[str, Quote] = {}
    faults: list[str] = []
    for code, group in rows_of.items():
        try:
            found[code] = read_quote(group)
        except InputError as error:
            faults.append(str(error))
    if faults:
        raise InputError("\n".join(faults))
    return found


def _wide_quote(rows: list[Row]) -> Quote:
    row = rows[0]
    if len(rows) > 1:
        raise rows[1].fault(f"{row.fields['lcsc']} is there twice (first on line {row.line}): keep one of the rows")
    matches = [_BREAK.fullmatch(item.strip()) for item in row.text("price_breaks_usd").split(";")]
    breaks = [Break(int(match[1]), float(match[2])) for match in matches if match]
    if len(breaks) < len(matches) or not all(b.quantity and b.unit_usd for b in breaks):
        text_found = row.fields["price_breaks_usd"]
        raise row.fault(f"price_breaks_usd is {text_found!r}: write quantity:price pairs above 0, such as 1:0.0069;1000:0.0053")
    return Quote(quotes.checked_breaks(row, breaks), row.whole("stock"), f"export {row.path.name}", verified=True)


def _long_quote(rows: list[Row]) -> Quote:
    breaks = [Break(row.whole("qty", least=1), row.dollars("unit_price_usd")) for row in rows]
    source = "; ".join(dict.fromkeys(row.text("source") for row in rows))
    stocks = {row.fields.get("stock", "") for row in rows}
    stock = rows[0].whole("stock") if stocks != {""} and len(stocks) == 1 else None
    return Quote(quotes.checked_breaks(rows[-1], breaks), stock, source, verified=True)


def _header(path: Path) -> str:
    """The first line; empty if there is none to read, which `tables.read` then explains."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            return lines.readline()
    except (OSError, UnicodeDecodeError):
        return ""


def _day_in_name(path: Path) -> date:
    match = _DAY_IN_NAME.search(path.name)
    try:
        return date.fromisoformat(match[0] if match else "")
    except ValueError:
        raise InputError(f"{path.name} does not say the day of its prices: give it with --date YYYY-MM-DD") from None


def _only_day(path: Path, rows: list[Row]) -> date:
    days = sorted({row.text("date") for row in rows})
    if len(days) > 1:
        raise InputError(f"{path} holds prices of {', '.join(days)}: choose one with --date")
    return rows[0].day("date") if rows else _day_in_name(path)
