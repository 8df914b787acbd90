"""The `dollar` command. Each subcommand is the module of its name in this package, with a function `command`.

One that has subcommands itself has a Typer `app` instead.
"""

import importlib
import sys

import typer
from rich.console import Console
from rich.table import Table

from hardware.errors import InputError, ToolError

COMMANDS = {
    "netlist": "Write the circuit's netlist and check its electrical rules",
    "schematic": "Draw the schematic from the netlist; check its electrical rules; compare both",
    "pins": "Show which pin of the microcontroller each net uses, as the firmware sees it",
    "size": "Show what the firmware takes of flash and RAM",
    "simulate": "Run the firmware on the virtual board: console, beacons, current; offer its serial port",
    "flash": "Write the firmware into a board through the chip's boot ROM, and read back every byte",
    "station": "Flash, test, configure and record units, all positions of a panel at once",
    "flash-faults": "Count the damaged flashes that the flasher takes for good ones",
    "data": "Get recordings to train on: fetch public sets, record your own, list what is there",
    "train": "Train the models of motion or sound, test them on people they have not seen, write their C",
    "evaluate": "Tell how good a model of motion or sound is on people it has not seen",
    "search": "Find the best model within a budget of flash and cycles, here or on a Dask cluster",
    "sizes": "Test several sizes of each model, and put what they take and give into README.md",
    "analogue": "Simulate audio block and supply in ngspice; compare with limits; plot",
    "layout": "Draw the board: outline, parts, tracks, ground, silkscreen; check its design rules",
    "check": "Check all that was built; with --reproducible, build twice and compare every byte",
    "readme": "Put the figures of the build into README.md",
    "cost": "Price the board: parts, bare board, assembly; what would change it; take new prices",
    "panel": "Draw the panel from the board and check it",
    "order": "Write the files for JLCPCB, and what to look at before paying",
    "coverage": "Count the single faults of the board that the station finds, and the good boards that it fails",
    "records": "List, show, export and verify what became of every unit that was produced",
    "report": "Show yield, failures, measurements and times of a production as a page; a unit's page and label",
    "render": "Draw the pictures of board and panel",
}


def main() -> None:
    """Run the command line. An input error is one sentence on stderr and exit code 2."""
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in ("--help", "-h", "help"):
        _print_help()
        return
    name = arguments[0]
    if name not in COMMANDS:
        print(f"error: there is no command {name!r}; dollar --help lists them", file=sys.stderr)
        sys.exit(2)
    try:
        # Only the called subcommand is imported: pcbnew, matplotlib and KiKit each take a second to load.
        _app(name)(args=arguments[1:], prog_name=f"dollar {name}")
    except (InputError, ToolError) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
    except ModuleNotFoundError as error:
        if error.name != "pcbnew":
            raise
        print("error: KiCad 9's Python module pcbnew is missing: run scripts/setup", file=sys.stderr)
        sys.exit(2)


def _app(name: str) -> typer.Typer:
    module = importlib.import_module(f"scripts.dollar.{name.replace('-', '_')}")
    if hasattr(module, "app"):
        several: typer.Typer = module.app
        return several
    one = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    one.command(help=COMMANDS[name])(module.command)
    return one


def _print_help() -> None:
    table = Table(box=None, show_header=False, padding=(0, 2))
    for name, text in COMMANDS.items():
        table.add_row(f"[bold]{name}[/bold]", text)
    console = Console()
    console.print("\nUsage: dollar COMMAND [OPTIONS]; dollar COMMAND --help tells more. Every command takes --json.\n")
    console.print(table)
    console.print()


if __name__ == "__main__":
    main()
