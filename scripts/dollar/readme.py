"""`dollar readme`: put the build's figures into the README, so that they cannot go stale."""

import json

import typer

from hardware import files, paths
from hardware.errors import InputError
from manufacturing import headline

README = paths.ROOT / "README.md"
_START, _END = "<!-- figures: written by `dollar readme` from the build -->\n", "<!-- /figures -->"


def command(
    check: bool = typer.Option(False, "--check", help="Only say whether the README agrees with the build; write nothing"),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object"),
) -> None:
    text = README.read_text(encoding="utf-8")
    before, start, rest = text.partition(_START)
    _, end, after = rest.partition(_END)
    if not (start and end):
        raise InputError(f"README.md lacks the lines {_START.strip()} and {_END}: put them back")
    table = "".join(f"| {name} | {value} |\n" for name, value in headline.rows())
    current = f"{before}{start}| | |\n|---|---|\n{table}{end}{after}"
    fresh = current == text
    if not check:
        files.write(README, current)
    if as_json:
        print(json.dumps({"fresh": fresh, "ok": fresh or not check}))
    else:
        print(
            "README.md agrees with the build"
            if fresh
            else "README.md differed from the build" + (": run dollar readme" if check else "")
        )
    raise typer.Exit(1 if check and not fresh else 0)
