"""The command line: each command parses, calls, prints. What it calls lives elsewhere.

A command's module is imported only when the command is used, so that `grade check` stays quick.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
from click.shell_completion import CompletionItem

from grader import __version__
from grader.cli.complete import complete_folder
from grader.errors import GraderError, Stopped, suggestion

if TYPE_CHECKING:
    from grader.course import Course

_COMMANDS = {
    "check": ("grader.cli.check", "Grade your answers: what is right, what is wrong, and why."),
    "list": ("grader.cli.look", "List the exercises of the course."),
    "show": ("grader.cli.look", "Show an exercise: its handout, its functions and its points."),
    "cohort": ("grader.cli.cohort", "Grade a whole class, on all cores; go on where it stopped."),
    "release": ("grader.cli.release", "Write the students' copy of the course."),
    "new": ("grader.cli.new", "Start a new exercise: small, whole, and yours to change."),
    "audit": ("grader.cli.audit", "Say how strong an exercise's suite is: which wrong answers pass it."),
    "doctor": ("grader.cli.doctor", "Say what this machine can enforce, and what is missing."),
}

_F = TypeVar("_F", bound=Callable[..., object])


class _Lazy(click.Group):
    """Imports a command when it is used; knows the short help of all."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(_COMMANDS[cmd_name][0]), cmd_name.replace("-", "_"))
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            near = suggestion(args[0], _COMMANDS)
            raise click.UsageError(f"There is no command {args[0]!r}.{near} `grade --help` lists them.", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in _COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        names = [
            CompletionItem(name, help=words) for name, (_, words) in _COMMANDS.items() if name.startswith(incomplete)
        ]
        return names or click.Command.shell_complete(self, ctx, incomplete)


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="`grade COMMAND --help` explains a command and all its options.",
)
@click.version_option(__version__, prog_name="grade")
def grade() -> None:
    """Exercises in neural networks, graded.

    \b
    In your copy of the course:
      grade list                      the exercises
      grade show exercise3            what exercise3 asks
      grade check exercise3           grade what you have written
      grade check exercise3 --watch   again, each time you save
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line, and end with the exit code that the README lists."""
    arguments = sys.argv[1:] if arguments is None else arguments
    code = 3
    try:
        code = grade.main(args=arguments, prog_name="grade", standalone_mode=False) or 0
    except click.exceptions.Exit as err:
        code = err.exit_code
    except click.ClickException as err:
        err.show()
        code = 2
    except Stopped as err:
        say("Stopped.")
        code = err.exit_code
    except (KeyboardInterrupt, click.Abort):
        say("Stopped.")
        code = 130
    except GraderError as err:
        if "--debug" in arguments:
            raise
        say(f"Error: {err}")
        code = err.exit_code
    except Exception as err:
        if "--debug" in arguments:
            raise
        say(
            f"Error: Gradecheck itself failed ({type(err).__name__}: {err}). "
            "Run it again with --debug and report what it prints."
        )
    sys.exit(code)


def say(words: str) -> None:
    """Print a line on standard error, if anybody is there to read it."""
    with suppress(OSError):
        click.echo(words, err=True)


def debug_option(function: _F) -> _F:
    """Add --debug, which main reads itself: it shows a traceback instead of a sentence."""
    return click.option(
        "--debug", is_flag=True, expose_value=False, help="Show a traceback if Gradecheck itself fails."
    )(function)


def course_option(function: _F) -> _F:
    """Add --course."""
    return click.option(
        "--course",
        "course_dir",
        type=click.Path(),
        shell_complete=complete_folder,
        is_eager=True,
        metavar="DIR",
        help="The course's folder. Default: the nearest course.yaml from here upwards.",
    )(function)


def device_option(function: _F) -> _F:
    """Add --device."""
    return click.option(
        "--device",
        type=click.Choice(["auto", "cpu", "cuda"]),
        default="auto",
        metavar="DEVICE",
        help="Where exercises with PyTorch are trained: auto (the default), cpu or cuda.",
    )(function)


def open_course(course_dir: str | None) -> Course:
    """Return the course that --course names, or the nearest one."""
    from grader.course import find_course, load_course

    return load_course(Path(course_dir) if course_dir else find_course())
