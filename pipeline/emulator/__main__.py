"""Serve the emulated sites until interrupted: `python -m pipeline.emulator --port 8000 --sources sources.toml`."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from pipeline.emulator.families import NAMES
from pipeline.emulator.faults import ALL, PASSING, Faults
from pipeline.emulator.log import Log
from pipeline.emulator.server import Emulator
from pipeline.emulator.world import battery_world, demo_world, sources_toml


def arguments() -> argparse.ArgumentParser:
    """Return the command line."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.emulator", description="Serve invented government sites.")
    parser.add_argument("--port", type=int, default=0, help="to listen on at 127.0.0.1; a free one by default")
    parser.add_argument("--week", type=int, default=1, help="that the sites' clock shows; GET /__week__?n=2 moves it")
    parser.add_argument("--world", choices=("demo", "battery"), default="demo", help="whose sites to serve")
    parser.add_argument("--ports", action="store_true", help="a port for each site, beside the common one")
    parser.add_argument("--faults", type=float, default=0.0, metavar="RATE", help="share of responses to spoil, 0 to 1")
    parser.add_argument("--challenges", action="store_true", help="challenges and huge pages among the faults")
    parser.add_argument("--hold", type=float, default=3.0, metavar="S", help="seconds that a timeout lasts")
    parser.add_argument("--seed", type=int, default=0, help="of the faults")
    parser.add_argument("--sources", type=Path, metavar="FILE", help="write the [[source]] tables of the sites")
    parser.add_argument("--log", type=Path, metavar="FILE", help="write each request as a line of JSON")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until interrupted."""
    told = arguments().parse_args(argv)
    world = demo_world if told.world == "demo" else battery_world(NAMES)
    faults = Faults(told.faults, ALL if told.challenges else PASSING, told.seed, told.hold)
    with ExitStack() as stack:
        log = Log(stack.enter_context(told.log.open("w", encoding="utf-8"))) if told.log else Log()
        emulator = stack.enter_context(
            Emulator(world, faults=faults, week=told.week, port=told.port, ports=told.ports, log=log)
        )
        if told.sources:
            text = sources_toml(emulator.sites, emulator.kinds, connect=emulator.connect, origins=emulator.origins)
            told.sources.write_text(text, encoding="utf-8")
        print(f"{len(emulator.sites)} sites at http://{emulator.connect}/ by their Host header, week {emulator.week}")
        for host, origin in emulator.origins.items():
            print(f"  {host} at {origin}/")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            emulator.closing.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
