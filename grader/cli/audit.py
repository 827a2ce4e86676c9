"""``grade audit``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import course_option, debug_option

if TYPE_CHECKING:
    from grader.audit.run import Audit, Finding


@click.command(epilog="Exit code: 0 no mutant passes that is not marked, 1 some do.")
@click.argument("exercise")
@click.option("--jobs", type=click.IntRange(1), help="How many processes. Default: one for each core.")
@click.option(
    "--seed", type=click.IntRange(0, 2**53 - 1), metavar="N", help="Ask the same questions as another audit did."
)
@click.option("--only", multiple=True, metavar="FUNCTION", help="Change this function alone; may be repeated.")
@click.option("-v", "--verbose", is_flag=True, help="Show the marked mutants too, and what the rejected ones are told.")
@course_option
@debug_option
def audit(
    exercise: str, jobs: int | None, seed: int | None, only: tuple[str, ...], verbose: bool, course_dir: str | None
) -> None:
    """Say how strong an exercise's suite is.

    Makes mutants of the reference (another operator, another axis, a term left out, …), puts each through the suite as
    a submission, and shows those that pass. A mutant that is the same function is marked, with the reason, in
    solutions/EXERCISE/equivalents.py.
    """
    from grader.audit.run import audit as run
    from grader.audit.run import default_jobs
    from grader.course import find_course

    root = Path(course_dir) if course_dir else find_course()

    def progress(done: int, of: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r\x1b[K{exercise}: {done} of {of} mutants", err=True, nl=False)
            if done == of:
                click.echo("\r\x1b[K", err=True, nl=False)

    found = run(root, exercise, jobs=jobs or default_jobs(), seed=seed, only=only, progress=progress)
    _show(found, verbose)
    sys.exit(1 if found.survivors or found.stale else 0)


def _show(found: Audit, verbose: bool) -> None:
    killed = [finding for finding in found.findings if finding.killed]
    survivors = found.survivors
    for mutant in survivors:
        click.echo(f"survived  {mutant.function}, line {mutant.line}: {mutant.operator}")
        click.echo(f"  - {mutant.old}\n  + {mutant.new}\n")
    for entry in found.stale:
        click.echo(f"marked without need  {entry.function}: no mutant that passes reads {entry.new!r}\n")
    if verbose:
        _show_more(found, killed)
    named = {how: sum(finding.named_by == how for finding in killed) for how in ("hint", "error", "message")}
    share = f"{sum(named.values()) / len(killed):.0%}" if killed else "none"
    counts = f"{len(killed)} rejected, {len(found.marked)} marked as the same function, {len(survivors)} survived"
    hows = (
        f"{named['hint']} by a hint, {named['error']} by an error of their own, {named['message']} by a check's words"
    )
    click.echo(f"{found.exercise}: {len(found.findings)} mutants, {counts}.")
    click.echo(f"Named is the reason of {share} of those rejected: {hows}.")


def _show_more(found: Audit, killed: list[Finding]) -> None:
    for mutant, entry in found.marked:
        click.echo(f"the same  {mutant.function}, line {mutant.line}: {entry.reason}")
        click.echo(f"  - {mutant.old}\n  + {mutant.new}\n")
    for finding in killed:
        how = "named" if finding.hint else f"named by its {finding.named_by}" if finding.named_by else "unexplained"
        click.echo(f"{how}  {finding.mutant.function}, line {finding.mutant.line}: {finding.check}")
        click.echo(f"  - {finding.mutant.old}\n  + {finding.mutant.new}")
        click.echo(f"    {finding.hint or finding.message.splitlines()[0]}\n")
