"""Making text that came from a submission safe to show: it may recolour, overwrite, reorder or command nothing.

Every reporter passes what it shows through ``clean``, and then through what its own format needs.
"""

from __future__ import annotations

import re

_SURROGATE_OR_NONCHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SEQUENCES = re.compile(
    r"""
    (?: \x1b\[ | \x9b ) [0-?]* [ -/]* [@-~]?                                            # CSI: colours, cursor
  | (?: \x1b[\]PX^_] | [\x90\x98\x9d\x9e\x9f] ) [^\x07\x1b\x9c\n]* (?: \x07 | \x1b\\ | \x9c )?  # OSC, DCS, SOS, PM, APC
  | \x1b [ -/]* [0-~]?                                                                  # other escapes
    """,
    re.VERBOSE,
)
# The categories Cc and Cf, and the variation selectors, which can carry hidden text.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001345f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_PILED_MARKS = re.compile("([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3})[\u0300-\u036f"
                          "\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")  # fmt: skip
_LOG_COMMANDS = re.compile(r"^((?:[^\S\n]|\x1b\[[0-9;]*m)*)::|##(?=(?:vso|teamcity)?\[)", re.MULTILINE)
_NOT_LITERAL = re.compile(r"[!#$&()*+./:;<>@\[\\\]^_`{|}~-]")
_ASCII = str.maketrans(
    {"·": "*", "−": "-", "–": "-", "—": "-", "→": "->", "…": "...", "×": "x", "“": '"', "”": '"', "‘": "'", "’": "'",
     "√": "sqrt ", "Σ": "sum ", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "²": "^2", "ŷ": "y^", "│": "|", "\xa0": " "}
)  # fmt: skip


def clean(text: object) -> str:
    """Return the text with line ends as ``\\n``, tabs as spaces, and nothing in it that does not show as itself."""
    if not isinstance(text, str):
        return ""
    if text.isascii() and text.isprintable():
        return text
    text = _SURROGATE_OR_NONCHARACTER.sub("\ufffd", text)
    text = _SEQUENCES.sub("", _LINE_ENDS.sub("\n", text))
    text = _INVISIBLE.sub("", text.expandtabs(4))
    return _PILED_MARKS.sub(r"\1", text)


def one_line(text: object) -> str:
    """Return the clean text with all white space made one blank."""
    return " ".join(clean(text).split())


def ascii_only(text: str) -> str:
    """Return clean text for a terminal that has nothing but ASCII."""
    return text.translate(_ASCII).encode("ascii", "backslashreplace").decode("ascii")


def inert(page: str) -> str:
    """Return the page with no line that a CI system's log would take for a command (``::set-output``, ``##vso[``)."""
    return _LOG_COMMANDS.sub(lambda match: f"{match[1]}: " if match[0].endswith("::") else "# ", page)


def github_message(text: str) -> str:
    """Return clean text as the message of a GitHub workflow command."""
    return clean(text).replace("%", "%25").replace("\n", "%0A")


def github_property(text: str) -> str:
    """Return clean text as the value of a property of a GitHub workflow command."""
    return github_message(text).replace(":", "%3A").replace(",", "%2C")


def markdown(text: object) -> str:
    """Return the text as one line of Markdown that means nothing but itself: each sign as its character reference."""
    return _NOT_LITERAL.sub(lambda match: f"&#{ord(match[0])};", one_line(text))
