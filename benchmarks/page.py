"""docs/benchmarks.md, every number of it measured."""

from collections.abc import Iterator

from benchmarks.engine import Figures, Result
from benchmarks.machine import Machine
from benchmarks.ours import OPERATIONS

MOST_TIMES_BARE = 3.0
MOST_GROWTH = 1.2


def page(machine: Machine, results: list[Result]) -> str:
    return "\n\n".join(
        [
            "# What it costs, and how the cost grows",
            f"Written by `make bench` on {machine.date}. {setting(machine)}",
            meaning(results),
            *[section(result) for result in results],
            HOW,
        ]
    )


def setting(machine: Machine) -> str:
    return (
        f"{machine.processor}, {machine.cores} cores, load {machine.load:.1f} at the start,"
        f" {machine.sync:.2f} ms for the disk to take a write; Python {machine.python},"
        f" {', '.join(machine.libraries)}."
    )


def meaning(results: list[Result]) -> str:
    """Two sentences, and every aim that was missed."""
    times, growth = max(map(dearest, results)), max(map(steepest, results))
    said = (
        "Each operation of the program beside the bare statements that do the same work: at most"
        f" {times:.1f} times their time, where {MOST_TIMES_BARE:.0f} was the aim. From the smallest"
        f" to the largest history no operation takes more than {growth:.2f} times as long, where"
        f" {MOST_GROWTH} was the aim."
    )
    missed = [line for result in results for line in misses(result)]
    return said + ("\n\n" if missed else "") + "\n".join(f"- Missed: {line}." for line in missed)


def dearest(result: Result) -> float:
    return max(f.ours / f.bare for f in result.figures)


def steepest(result: Result) -> float:
    return max(grown(result, name)[0] for name in OPERATIONS)


def grown(result: Result, operation: str, since: int = 0) -> tuple[float, float]:
    """How much longer ours and the bare statements take at the largest size than at another."""
    figures = of(result, operation)
    first, last = figures[since], figures[-1]
    return last.ours / first.ours, last.bare / first.bare


def of(result: Result, operation: str) -> list[Figures]:
    """The figures of one operation, by size."""
    found = [f for f in result.figures if f.operation == operation]
    return sorted(found, key=lambda f: f.movements)


def misses(result: Result) -> Iterator[str]:
    for f in result.figures:
        if f.ours > MOST_TIMES_BARE * f.bare:
            yield (
                f"{result.version}, {OPERATIONS[f.operation]}, {f.movements:,} movements:"
                f" {f.ours / f.bare:.1f} times the bare statements"
            )
    for name in OPERATIONS:
        ours, bare = grown(result, name)
        if ours > MOST_GROWTH:
            yield (
                f"{result.version}, {OPERATIONS[name]}: {ours:.2f} times as long at the largest"
                f" size (the bare statements: {bare:.2f}); from {of(result, name)[-2].movements:,}"
                f" on {grown(result, name, -2)[0]:.2f} times"
            )
        if scans := of(result, name)[-1].scans:
            yield f"{result.version}, {OPERATIONS[name]}: reads all of {', '.join(scans)}"


def section(result: Result) -> str:
    sizes = sorted(result.seconds_to_fill)
    heads = [f"{size:,}: ours | bare | ratio" for size in sizes]
    lines = [
        f"## {result.version}",
        "Median milliseconds by movements in the ledger; statements without BEGIN and COMMIT.",
        "\n".join(
            [
                f"| operation | {' | '.join(heads)} | growth ours | bare | statements ours | bare |",
                "|---|" + "---:|" * (3 * len(sizes) + 4),
                *[row(result, name) for name in OPERATIONS],
            ]
        ),
        "; ".join(
            f"{size:,} movements were made in {result.seconds_to_fill[size]:.0f} s"
            for size in sizes
        )
        + f". {scanned(result)}",
    ]
    return "\n\n".join(lines)


def row(result: Result, operation: str) -> str:
    figures = of(result, operation)
    cells = [OPERATIONS[operation]]
    for f in figures:
        cells += [shown(f.ours), shown(f.bare), f"{f.ours / f.bare:.2f}"]
    cells += [f"{times:.2f}" for times in grown(result, operation)]
    cells += [str(figures[-1].our_statements), str(figures[-1].bare_statements)]
    return f"| {' | '.join(cells)} |"


def shown(milliseconds: float) -> str:
    return f"{milliseconds:.3f}" if milliseconds < 0.1 else f"{milliseconds:.2f}"


def scanned(result: Result) -> str:
    scans = {table for name in OPERATIONS for table in of(result, name)[-1].scans}
    if not scans:
        return "At the largest size no statement reads a table that grows from end to end."
    return f"At the largest size some statement reads all of {', '.join(sorted(scans))}."


HOW = """## How it is measured

- **Ours** is the command or the query as the pages and the API call it: the key that makes it
  act once, its rules, the ledger, the audit trail. **Bare** is `sqlite3` or `asyncpg` alone:
  prepared statements written by hand, one transaction a command, which leave the same rows (the
  run compares the tables), on the same schema with the same durability: SQLite in WAL with
  `synchronous=FULL`, PostgreSQL as it is installed. At the smallest size the run also lets the
  doctor look at the balances and the audit chain that both have left.
- A lot has five movements: received, and twice packed and handed over. However long the
  history, 2,000 lots of 500 products are on hand, 1,800 of them the youngest; to a history belong
  its donations, parcels, request keys and audit entries. At the smallest size no lot has ever
  run out, so that what is on hand is the whole table, and a list reads it in one go; beyond it a
  list looks the same 2,000 lots up one by one, in an index that grows taller.
- Receiving is two commands (log, inspect), packing and handing over another two. The program and
  the bare statements take turns in blocks, at one size after the other, ten rounds of
  each, warm, in one process with nobody else writing.
- `benchmarks/` is the program; `python -m benchmarks --quick` tries it out in a minute.
"""
