"""The API with its description; `make openapi` writes the description to docs/openapi.json."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from gongkai import __version__
from gongkai.annual.errors import ReadError
from gongkai.api.annual import router as annual
from gongkai.api.exchange import router as exchange

api = NinjaAPI(
    title="公开 Gongkai",
    version=__version__,
    description="政府信息公开年度报告：读取、查询、比较。Disclosure annual reports: read, query, compare. "
    "No key is needed; what is sent to be read is not kept. "
    "信息变化：订阅方用密钥取。Changes of publications: for subscribers, with their key.",
    urls_namespace="api",
)
api.add_router("/annual/", annual, tags=["annual"])
api.add_router("", exchange, tags=["exchange"])


@api.exception_handler(ReadError)
def unreadable(request: HttpRequest, error: ReadError) -> HttpResponse:
    """What the reader refuses: 422 with the reason and the remedy in both languages."""
    detail = [{"id": error.id, "message": error.message, "message_en": error.message_en}]
    return api.create_response(request, {"detail": detail}, status=422)
