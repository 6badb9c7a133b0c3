"""Where a refusal becomes an answer: a page for a page, JSON for the API.

Slices raise refusals with facts; `app.sentences` words them.
"""

import traceback
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.datastructures import FormMultiDict
from litestar.exceptions import (
    HTTPException,
    NotFoundException,
    PermissionDeniedException,
    ValidationException,
)
from litestar.response import Redirect, Template
from litestar.utils.scope.state import ScopeState

from app.sentences import sentence
from kernel.errors import FieldError, Invalid, Refusal
from kernel.web import page
from staff.pages.sign_in import sign_in_page

TITLES = {
    400: "読み取れませんでした",
    401: "ログインが必要です",
    403: "この操作はできません",
    404: "見つかりません",
    405: "この操作はできません",
    409: "先に変更されています",
    413: "大きすぎます",
    422: "入力を確かめてください",
    429: "少し待ってください",
    500: "うまくいきませんでした",
    503: "混み合っています",
}


class Problem(msgspec.Struct, frozen=True):
    """The body of every refusal of the API."""

    status: int
    refusal: str
    sentence: str
    errors: list[FieldError]


def wants_json(request: Request[Any, Any, Any]) -> bool:
    return request.url.path.startswith("/api/")


def answer(
    request: Request[Any, Any, Any],
    status: int,
    refusal: str,
    text: str,
    errors: tuple[FieldError, ...] = (),
) -> Response[Any]:
    if wants_json(request):
        return Response(Problem(status, refusal, text, list(errors)), status_code=status)
    title = TITLES.get(status, TITLES[500])
    return page(request, "error.html", status=status, title=title, sentence=text)


def refuse(request: Request[Any, Any, Any], refusal: Refusal) -> Response[Any] | Template:
    """The answer to a refusal that no form caught."""
    errors = refusal.errors if isinstance(refusal, Invalid) else ()
    return answer(request, refusal.status, type(refusal).__name__, sentence(refusal), errors)


SESSION_ENDED = (
    "ログインの時間が切れました。入力した内容は残っています。"
    "このまま送ると、ログインしたあとに続けられます。"
)

HTTP_SENTENCES = {
    404: "このページはありません。アドレスを確かめるか、上のメニューから進んでください。",
    405: "このページはありません。アドレスを確かめるか、上のメニューから進んでください。",
    413: "送られた内容が大きすぎます。分けて送ってください。",
    429: "続けて送られたので受け付けていません。少し待って、もう一度送ってください。",
}


def refuse_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any] | Template:
    """The answer to what Litestar itself refuses, such as an address that does not exist."""
    if isinstance(error, PermissionDeniedException):
        text = "ページを開いてから時間がたっています。もう一度開いて、送り直してください。"
    elif isinstance(error, ValidationException):
        text = f"アドレスの {'、'.join(wrong_questions(error))} の値が正しくありません。"
    else:
        text = HTTP_SENTENCES.get(error.status_code, "送られた内容を読み取れませんでした。")
    return answer(request, error.status_code, type(error).__name__, text)


def refuse_no_file(request: Request[Any, Any, Any], _error: Exception) -> Response[Any] | Template:
    """The answer to an address that no file can have."""
    return refuse_http(request, NotFoundException())


def wrong_questions(error: ValidationException) -> list[str]:
    """The names in an address whose values cannot be taken."""
    return [str(one.get("key", "?")) for one in error.extra or [] if isinstance(one, dict)]


def refuse_fault(request: Request[Any, Any, Any], error: Exception) -> Response[Any] | Template:
    """The answer to a fault of ours: nothing was changed, and nothing of it is shown."""
    # Where it broke, and not what with: a message of the database repeats its values.
    where = "".join(traceback.format_tb(error.__traceback__))
    request.logger.error("%s in %s\n%s", type(error).__name__, request.method, where)
    text = "プログラムの中で問題が起きました。変更はされていません。もう一度試してください。"
    return answer(request, 500, "Fault", text)


def refuse_stranger(request: Request[Any, Any, Any], refusal: Refusal) -> Response[Any] | Template:
    """The sign-in page in place of the page that was asked for; a form's content is kept."""
    if wants_json(request):
        return refuse(request, refusal)
    if request.scope["state"].get("is_new"):
        return Redirect("/setup", status_code=303)
    if request.headers.get("HX-Request"):
        # The form stays where it is; sending it keeps what was typed.
        return answer(request, 401, type(refusal).__name__, SESSION_ENDED)
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if request.method == "GET":
        return sign_in_page(request, next=here, status=401)
    # The check of the form's token has read the form already.
    form = ScopeState.from_scope(request.scope).form
    draft = FormMultiDict.from_form_data(form).multi_items() if isinstance(form, dict) else ()
    return sign_in_page(request, draft=draft, draft_to=here, status=401)
