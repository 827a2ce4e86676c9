"""A handout for the terminal: Markdown rendered at its width, formulas as readable text, figures named."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

_WIDEST = 100
_PLACES = re.compile(
    r"(?P<code>^(?P<fence>```+|~~~+).*?^(?P=fence)[ \t]*$|`+[^`\n]+`+)"
    r"|\$\$\s*(?P<shown>.+?)\s*\$\$"
    r"|(?<![\\$\w])\$(?P<inline>(?!\s)(?:[^$\n]|\n(?!\s*\n))+?)(?<!\s)\$(?![\d$])"
    r"|!\[(?P<words>[^\]]*)\]\((?P<file>[^)\s]+)[^)]*\)",
    re.DOTALL | re.MULTILINE,
)


@contextmanager
def page() -> Iterator[Console]:
    """Give a console to print to, and show it all in the end: as wide as the terminal, or 80 plain columns."""
    from rich.console import Console
    from rich.theme import Theme

    terminal = sys.stdout.isatty()
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower()
    width = min(get_terminal_size().columns, _WIDEST) if terminal else 80
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    buffer = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="replace", newline="\n")
    console = Console(
        file=buffer,
        width=width,
        highlight=False,
        force_terminal=terminal,
        no_color=plain,
        legacy_windows=False,
        theme=Theme({"markdown.code": "bold cyan"}),  # on the terminal's own background
        color_system="standard" if terminal and not plain else None,
    )
    yield console
    buffer.seek(0)
    click.echo("".join(f"{line.rstrip()}\n" for line in buffer), nl=False, color=terminal)


def handout(text: str, folder: str) -> Any:
    """Return a handout as something a console prints; ``folder`` is where its figures lie."""
    from rich.markdown import Markdown

    return Markdown(_readable(text, folder), code_theme="ansi_dark", hyperlinks=False)


def _readable(text: str, folder: str) -> str:
    """Return Markdown in which a renderer finds no emphasis in formulas, and the names of figures in place of them."""

    def replaced(found: re.Match[str]) -> str:
        if found["shown"] is not None:
            lines = "\n".join(_formula(line.strip()) for line in found["shown"].splitlines())
            return f"\n\n```\n{lines}\n```\n\n"
        if found["inline"] is not None:
            return f"`{_formula(' '.join(found['inline'].split()))}`"
        if found["file"] is not None:
            return f"*Figure: {found['words']}* (`{folder}/{found['file']}`)"
        return found[0]

    return _PLACES.sub(replaced, text)


_SIGNS = {
    "cdot": "·", "times": "×", "sum": "Σ", "prod": "Π", "partial": "∂", "nabla": "∇", "infty": "∞", "pm": "±",
    "odot": "⊙", "varphi": "φ",
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "sim": "~", "in": "∈",
    "to": "→", "rightarrow": "→", "leftarrow": "←", "mapsto": "↦", "dots": "…", "ldots": "…", "cdots": "…", "mid": "∣",
    "lvert": "∣", "rvert": "∣", "lVert": "‖", "rVert": "‖", "lfloor": "⌊", "rfloor": "⌋", "top": "ᵀ", "exists": "∃",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "eta": "η", "theta": "θ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ",
    "omega": "ω", "Delta": "Δ", "Sigma": "Σ", "Phi": "Φ", "Omega": "Ω",
    "log": "log", "exp": "exp", "max": "max", "min": "min", "tanh": "tanh", "sin": "sin", "cos": "cos", "quad": " ",
    "qquad": "  ", "big": "", "Big": "", "bigl": "", "bigr": "", "Bigl": "", "Bigr": "", "left": "", "right": "",
}  # fmt: skip
_WRAPPED = re.compile(r"\\(?:text|textbf|mathrm|mathbf|mathit|operatorname)\*?\{([^{}]*)\}")


def _formula(text: str) -> str:
    """Return a formula with signs in place of their names; fractions and roots stay as they were written."""
    text = re.sub(r"\\[,;:!> ]", " ", _WRAPPED.sub(r"\1", text))
    signed = re.sub(r"\\([A-Za-z]+)", lambda found: _SIGNS.get(found[1], found[0]), text)
    return re.sub(r"(?<=\S) +", " ", signed)
