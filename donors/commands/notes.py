"""Free text is questioned when it looks as if it told of a person."""

from collections.abc import Mapping

from kernel.errors import FieldError, Questioned
from kernel.privacy import personal_traces


def question_personal(texts: Mapping[str, str], confirmed: bool) -> None:
    """Raises Questioned unless confirmed; `texts` are the free texts by their fields."""
    found = {field: personal_traces(text) for field, text in texts.items()}
    doubts = [
        FieldError(field, f"{''.join(traces)}利用者のことなら消してください。")
        for field, traces in found.items()
        if traces
    ]
    if doubts and not confirmed:
        raise Questioned(*doubts)
