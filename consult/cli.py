"""The command line. It starts cheaply: what a command needs is imported when it is asked for."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from consult.refusal import Refusal

GOOD: Final = 0
REFUSED: Final = 1


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. 0: good; 1: refused, the reason on standard error; 2: wrong use."""
    asked = _parser().parse_args(argv)
    try:
        return int(asked.run(asked))
    except Refusal as refusal:
        print(f"consult: {_worded(refusal)}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:  # whoever reads our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except KeyboardInterrupt:
        return 130


def _worded(refusal: Refusal) -> str:
    from consult.wording import sentence

    return sentence(refusal)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="consult", description="Consultations and verifiable board elections."
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    _register(commands.add_parser("register", help="the register of customers"))
    _accounts(commands.add_parser("accounts", help="accounts of staff"))
    _jobs(commands.add_parser("jobs", help="work in the background"))

    count = commands.add_parser("count", help="count one case under its rules")
    count.add_argument(
        "case", type=Path, metavar="CASE.json", help="telling.json, or docs/case-format.md"
    )
    count.set_defaults(run=_count)

    lot = commands.add_parser("lot", help="repeat a published lot")
    lot.add_argument("file", type=Path, metavar="FILE", help="loting.json of an election")
    lot.set_defaults(run=_lot)

    recount = commands.add_parser("recount", help="count a published election again")
    recount.add_argument("bundle", type=Path, metavar="BUNDLE", help="bundel.zip of an election")
    recount.add_argument("--jobs", type=_positive, default=1, metavar="N", help="processes to use")
    recount.set_defaults(run=_recount)

    verify = commands.add_parser("verify", help="check an election's archive")
    verify.add_argument("archive", type=Path, metavar="FILE.bel", help="archief.bel of an election")
    verify.add_argument("--jobs", type=_positive, default=1, metavar="N", help="processes to use")
    verify.set_defaults(run=_verify)

    check = commands.add_parser("check-report", help="compute the numbers of a report again")
    check.add_argument("file", type=Path, metavar="RAPPORT.csv", help="rapport.csv of a report")
    check.set_defaults(run=_check_report)

    _weigh(commands.add_parser("weigh", help="weights for a sample, by totals of its population"))
    _represent(commands.add_parser("represent", help="how those who took part compare with all"))

    demo = commands.add_parser("demo", help="build a fictional estate and serve it")
    demo.add_argument("--no-serve", action="store_true", help="build only")
    demo.add_argument("--dir", type=Path, default=Path("var/demo"), help="where its state is kept")
    demo.add_argument("--port", type=_positive, default=8000)
    demo.add_argument("--codes", action="store_true", help="print the one-time codes of now")
    demo.set_defaults(run=_demo)

    migrate = commands.add_parser("migrate", help="bring the database up to date")
    migrate.set_defaults(run=_migrate)
    serve = commands.add_parser("serve", help="serve the web application")
    serve.add_argument("--port", type=_positive, default=8000)
    serve.set_defaults(run=_serve)
    return parser


def _weigh(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Write the sample with a column of weights that meet the margins to 1e-10, or refuse and "
        "name the cause. Diagnostics come as JSON on standard output. Formats: docs/analysts.md."
    )
    parser.add_argument(
        "--sample", type=Path, required=True, metavar="S.csv", help="one row per person; , or ;"
    )
    parser.add_argument(
        "--margins",
        type=Path,
        required=True,
        metavar="M.json",
        help='totals of the population: {"age": {"18-34": 2172, ...}, "income": 123456.0}; '
        '"age*wijk" crosses two columns',
    )
    parser.add_argument(
        "--method", choices=("raking", "linear", "logit", "poststratify"), default="raking"
    )
    parser.add_argument(
        "--bounds",
        type=_bounds,
        metavar="lo,hi",
        help="lowest and highest weight as a multiple of the base weight; for logit and linear",
    )
    parser.add_argument(
        "--base-weight",
        metavar="COLUMN",
        help="weights to start from; without it everybody starts with population / sample",
    )
    parser.add_argument(
        "--cap", type=_cap, metavar="X", help="no weight above X times the mean; margins still hold"
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="W.csv", help="replaced whole, or left alone"
    )
    parser.set_defaults(run=_run_weigh)


def _represent(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Compare those who took part with the base, and print indices, residuals, dissimilarity, "
        "R-indicator, CV and partials with standard errors as JSON. Formats: docs/analysts.md."
    )
    parser.add_argument(
        "--base", type=Path, required=True, metavar="B.csv", help="one row per invited person"
    )
    parser.add_argument(
        "--took-part",
        required=True,
        metavar="COLUMN",
        help="who took part: 1 or 0, ja or nee, true or false",
    )
    parser.add_argument(
        "--by",
        type=_names,
        required=True,
        metavar="a,b,c",
        help="the columns to compare by; one with a comma in its name stands in double quotes",
    )
    parser.set_defaults(run=_run_represent)


def _bounds(text: str) -> tuple[float, float]:
    lowest, _, highest = text.partition(",")
    found = _number(lowest), _number(highest)
    if not 0 <= found[0] < 1 < found[1]:
        raise argparse.ArgumentTypeError(f"{text!r}: two numbers, 0 <= lo < 1 < hi, such as 0.5,2")
    return found


def _cap(text: str) -> float:
    cap = _number(text)
    if not cap > 1:
        raise argparse.ArgumentTypeError(f"{text!r}: a number above 1, such as 5")
    return cap


def _number(text: str) -> float:
    """A finite number, or nothing that compares with one."""
    try:
        number = float(text)
    except ValueError:
        return float("nan")
    return number if abs(number) < float("inf") else float("nan")


def _names(text: str) -> tuple[str, ...]:
    import csv

    try:
        names = next(csv.reader([text], strict=True), [])
    except csv.Error:
        names = []
    if not names or not all(names) or len(set(names)) < len(names):
        raise argparse.ArgumentTypeError(f"{text!r}: names of columns, each once, such as age,wijk")
    return tuple(names)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _register(parser: argparse.ArgumentParser) -> None:
    command = parser.add_subparsers(required=True, metavar="command").add_parser(
        "import", help="check a file and lay it ready for approval"
    )
    command.add_argument("file", type=Path, metavar="FILE")
    command.set_defaults(run=_import)


def _accounts(parser: argparse.ArgumentParser) -> None:
    command = parser.add_subparsers(required=True, metavar="command").add_parser(
        "invite", help="make an invitation link for a member of staff"
    )
    command.add_argument("--name", required=True)
    command.add_argument("--email", required=True)
    command.add_argument("--role", required=True, action="append", dest="roles")
    command.set_defaults(run=_invite)


def _jobs(parser: argparse.ArgumentParser) -> None:
    command = parser.add_subparsers(required=True, metavar="command").add_parser(
        "run", help="work off the queue, and close what has reached its end"
    )
    command.add_argument("--once", action="store_true", help="stop when nothing waits")
    command.set_defaults(run=_run_jobs)


def _count(asked: argparse.Namespace) -> int:
    from consult.elections import commands

    return commands.count(asked.case)


def _lot(asked: argparse.Namespace) -> int:
    from consult.elections import commands

    return commands.lot(asked.file)


def _recount(asked: argparse.Namespace) -> int:
    from consult.elections import recounting

    return recounting.recount(asked.bundle, asked.jobs)


def _verify(asked: argparse.Namespace) -> int:
    from consult.elections import verifying

    return verifying.verify(asked.archive, asked.jobs)


def _check_report(asked: argparse.Namespace) -> int:
    from consult.reports import recounting

    return recounting.check_report(asked.file)


def _run_weigh(asked: argparse.Namespace) -> int:
    from consult.reports import commands

    return commands.weigh(
        commands.Weighing(
            sample=asked.sample,
            margins=asked.margins,
            out=asked.out,
            method=asked.method,
            bounds=asked.bounds,
            base_weight=asked.base_weight,
            cap=asked.cap,
        )
    )


def _run_represent(asked: argparse.Namespace) -> int:
    from consult.reports import commands

    return commands.represent(asked.base, asked.took_part, asked.by)


def _demo(asked: argparse.Namespace) -> int:
    from consult.demo import commands

    if asked.codes:
        return commands.codes(asked.dir)
    return commands.demo(asked.dir, port=asked.port, serve=not asked.no_serve)


def _migrate(asked: argparse.Namespace) -> int:
    del asked
    from consult import config
    from consult.db import migrate

    migrate.upgrade(config.read().database_url)
    return GOOD


def _serve(asked: argparse.Namespace) -> int:
    from consult import config, serving

    return serving.serve(config.read(), asked.port)


def _import(asked: argparse.Namespace) -> int:
    from consult import config
    from consult.register import commands

    return commands.import_file(asked.file, config.read())


def _invite(asked: argparse.Namespace) -> int:
    from consult import config
    from consult.accounts import commands

    return commands.invite(config.read(), asked.name, asked.email, asked.roles)


def _run_jobs(asked: argparse.Namespace) -> int:
    from consult import config, serving
    from consult.web import logs

    logs.configure()
    return serving.run_jobs(config.read(), once=asked.once)


if __name__ == "__main__":
    sys.exit(main())
