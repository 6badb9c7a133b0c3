"""PDF by typst: a template beside its slice, data as JSON, fonts from our own folder.

Data goes in through `sys.inputs`, so text stays text and can never become
markup. No package and no font is fetched from anywhere.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import typst

FONTS = Path(__file__).parent.parent / "app" / "fonts"


async def render_pdf(template: Path, data: Any) -> bytes:
    """The PDF of a typst template, which reads `json(bytes(sys.inputs.data))`."""
    compile_pdf: Callable[[], Any] = partial(
        typst.compile,
        str(template),
        root=str(template.parent),
        font_paths=[str(FONTS)],
        sys_inputs={"data": msgspec.json.encode(data).decode()},
    )
    pdf: bytes = await asyncio.to_thread(compile_pdf)
    return pdf
