"""`dollar readme`: put the build's figures into the README, so that they cannot go stale."""

import json

import typer

from manufacturing import headline
from scripts import marked

_START, _END = "<!-- figures: written by `dollar readme` from the build -->\n", "<!-- /figures -->"


def command(
    check: bool = typer.Option(False, "--check", help="Only say whether the README agrees with the build; write nothing"),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object"),
) -> None:
    table = "".join(f"| {name} | {value} |\n" for name, value in headline.rows())
    fresh = marked.put(_START, _END, f"| | |\n|---|---|\n{table}", check)
    if as_json:
        print(json.dumps({"fresh": fresh, "ok": fresh or not check}))
    else:
        print(
            "README.md agrees with the build"
            if fresh
            else "README.md differed from the build" + (": run dollar readme" if check else "")
        )
    raise typer.Exit(1 if check and not fresh else 0)
