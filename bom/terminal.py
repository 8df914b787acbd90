"""The cost as a person reads it in a terminal."""

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from bom import watch
from bom.cost import Line
from bom.stress import Case
from bom.summary import Summary
from bom.watch import Stock

_REFS_SHOWN = 3
_STOCK_STYLE = {Stock.SHORT: "bold red", Stock.THIN: "yellow", Stock.OK: "", Stock.UNKNOWN: "dim"}


def show(summary: Summary, console: Console, *, with_stress: bool) -> None:
    blocks: list[RenderableType] = [_lines(summary), _totals(summary), _curve(summary)]
    if with_stress:
        blocks.append(_stress(summary))
    blocks.append(_watched(summary))
    for block in blocks:
        console.print(block)
        console.print()


def _table(title: str, **columns: str) -> Table:
    """Columns are named by keyword, "_" for a blank, with their justification."""
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=None,
        padding=(0, 1),
        collapse_padding=True,
        pad_edge=False,
        header_style="dim",
    )
    for name, justify in columns.items():
        table.add_column(name.replace("_", " "), justify=justify, no_wrap=True)  # type: ignore[arg-type]
    return table


def _lines(summary: Summary) -> Table:
    cost = summary.cost
    table = _table(
        f"{cost.boards} boards, {cost.mode} assembly, prices of {summary.basis.snapshot.day} in US dollars",
        refs="left",
        part="left",
        LCSC="left",
        each="right",
        bought="right",
        unit="right",
        per_board="right",
        stock="right",
    )
    for line in cost.lines:
        state = watch.stock(line)
        stock = "" if line.stock is None else f"{line.stock}{'' if state is Stock.OK else f' {state}'}"
        table.add_row(
            _refs(line),
            line.item.part.name,
            line.item.part.lcsc or Text("estimate", style="yellow"),
            str(line.item.quantity),
            str(line.purchase.quantity),
            f"{line.purchase.unit_usd:.4f}",
            f"{line.extended_usd:.4f}",
            Text(stock, style=_STOCK_STYLE[state]),
        )
    return table


def _refs(line: Line) -> str:
    refs = line.item.refs
    if line.item.entry is None:
        return f"in {', '.join(refs)}"
    more = f" +{len(refs) - _REFS_SHOWN}" if len(refs) > _REFS_SHOWN else ""
    return " ".join(refs[:_REFS_SHOWN]) + more


def _totals(summary: Summary) -> Table:
    cost = summary.cost
    table = _table("Per board", _="left", USD="right", __="left")
    work = cost.work
    table.add_row("components", f"{cost.components_usd:.4f}", f"{len(cost.lines)} lines, cell and holder included")
    table.add_row("bare board", f"{cost.pcb_usd:.4f}", f"{summary.basis.area_mm2:g} mm2, estimate")
    joints = (
        f"{work.smt_joints} SMT joints, {work.tht_joints} through-hole joints, {work.smt_parts} feeders, {_sides(work.smt_sides)}"
    )
    table.add_row("assembly", f"{cost.assembly_usd:.4f}", joints)
    table.add_row("total", Text(f"{cost.total_usd:.4f}", style="bold"), "without shipping and tax")
    return table


def _sides(count: int) -> str:
    return "one side" if count == 1 else f"{count} sides"


def _curve(summary: Summary) -> Table:
    table = _table(
        "Per board by size of order",
        boards="right",
        components="right",
        bare_board="right",
        Standard="right",
        Economic="right",
        stock="left",
    )
    table.columns[-1].no_wrap = False
    for point in summary.curve:
        short = [line.item.part.name for line in point.standard.lines if watch.stock(line) is Stock.SHORT]
        table.add_row(
            str(point.standard.boards),
            f"{point.standard.components_usd:.3f}",
            f"{point.standard.pcb_usd:.3f}",
            f"{point.standard.total_usd:.3f}",
            Text(f"{point.economic.total_usd:.3f}", style="" if point.economic_accepted else "dim strike"),
            Text(f"short of {', '.join(short)}" if short else "", style="bold red"),
        )
    return table


def _stress(summary: Summary) -> Table:
    table = _table(
        "If prices moved, or a part were replaced", case="left", components="right", total="right", change="right", note="left"
    )
    table.columns[-1].no_wrap = False
    for case in summary.stress:
        table.add_row(
            case.name, _dollars(case.components_usd), _dollars(case.total_usd), _change(case, summary), _swap(case), case.note
        )
    return table


def _dollars(usd: float | None) -> str:
    return "" if usd is None else f"{usd:.3f}"


def _change(case: Case, summary: Summary) -> str:
    return "" if case.total_usd is None else f"{case.total_usd - summary.cost.total_usd:+.3f}"


def _swap(case: Case) -> Text:
    if case.drop_in is None:
        return Text("")
    return Text("drop-in", style="green") if case.drop_in else Text("redesign", style="yellow")


def _watched(summary: Summary) -> Table:
    table = Table(title="Before paying", title_justify="left", title_style="bold", box=None, padding=(0, 1), show_header=False)
    table.add_column(no_wrap=True)
    table.add_column()
    for style, kind, text in _notes(summary):
        table.add_row(Text(kind, style=style), text)
    return table


def _notes(summary: Summary) -> Iterator[tuple[str, str, str]]:
    """Style, kind and sentence of each thing to look at, the weightiest first."""
    lines = summary.cost.lines
    for line in lines:
        state = watch.stock(line)
        if state in (Stock.SHORT, Stock.THIN):
            yield _STOCK_STYLE[state], state, f"{line.item.part.name}: {line.stock} in stock, {line.purchase.quantity} needed"
    for rise in summary.rises:
        if rise.adds_usd is not None:
            change = f"{rise.was_usd:g} to {rise.now_usd:g} USD at {rise.quantity} on {rise.day}"
            yield "red", "dearer", f"{rise.part} {rise.lcsc}: {change}, adds {rise.adds_usd:.4f} per board"
    elsewhere = [rise for rise in summary.rises if rise.adds_usd is None]
    if elsewhere:
        names = ", ".join(dict.fromkeys(rise.part for rise in elsewhere))
        yield "yellow", "dearer", f"at other quantities than ours: {names}"
    stale = [line for line in lines if watch.is_stale(line, summary.today)]
    if stale:
        age = max(watch.age_days(line, summary.today) for line in stale)
        count = f"{len(stale)} of {len(lines)} prices are more than {watch.STALE_DAYS} days old (oldest {age})"
        yield "yellow", "old", f"{count}: take new ones with dollar cost --update FILE"
    for item in summary.unverified:
        yield "yellow", "unverified", f"{item.item}, {item.usd_per_board:.4f} per board: {item.before_paying}"
