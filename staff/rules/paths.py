"""Where a sign-in may lead on to: a page of this program, never another host."""

import re

# One slash, and no second that would begin a host name. Browsers read "\" as "/"
# and leave out tabs and line breaks, so none of these may come in at all.
_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f-\x9f]*")


def local_path(text: str, otherwise: str = "/") -> str:
    """`text` when it is an address within this program, `otherwise` when not."""
    return text if _LOCAL.fullmatch(text) else otherwise
