"""The HTML head of a page: title, preview card, oEmbed, language."""

import re
from dataclasses import replace
from html import escape
from urllib.parse import urlencode

from fastapi import Request

from app.domain.text.languages import tag_of, title_in
from app.formats import BY_EXT
from app.selection.view_words import view_title, view_words
from app.view.view import View
from app.web.api.dataset import whole_dataset
from app.web.api.links import base_url
from app.web.dependencies import Service, view_language
from app.web.http.languages import set_content_language
from app.web.pages.first_view import PLACES, with_first_view, with_preloads
from app.web.pages.plain import with_plain_list
from app.web.params.views import understood_view

LOCALES = {"zh": "zh_CN", "en": "en_GB"}
"""As Open Graph writes a language with its country, where one is meant."""

HTML_TAG = re.compile(r'<html lang="[^"]*"')

FIRST_VIEW = PLACES["start"]
"""Stands in the page of the map, and in no embed."""

SQUARE = 600
"""Side of the picture that WeChat, QQ and others cut their small cards from, in pixels."""
SHORT = 24
"""Characters that such a card shows of a title."""
PREVIEW_SIZE = "1200x630"
"""What the preview cards of messengers and social sites show best."""


async def page_head(request: Request, service: Service, page: str) -> bytes:
    """The page with title, Open Graph, Twitter card and oEmbed discovery of its view.

    It is the view as the page shows it, without what cannot be understood: the page says that.
    """
    view = await understood_view(service, request.query_params.multi_items())
    lang = set_content_language(request, view_language(service, view))
    title = view_title(service.catalog, view, lang)
    head = "\n".join(tags(request, service, view, title, lang))
    if FIRST_VIEW in page:
        page = await with_first_view(request, service, page, view, lang)
    else:
        page = with_preloads(page, lang, ()) if service.large else page
        page = await with_plain_list(service, page, view, lang, title)
    before, _, after = page.partition("</head>")
    start, opening, rest = before.partition("<title>")
    if opening:
        _, _, rest = rest.partition("</title>")
        before = start + rest
    before = HTML_TAG.sub(f'<html lang="{tag_of(lang)}"', before, count=1)
    return f"{before}<title>{escape(title)}</title>\n{head}\n</head>{after}".encode()


def tags(request: Request, service: Service, view: View, title: str, lang: str) -> list[str]:
    """The meta and link elements, a line each."""
    info = service.catalog.info
    base, query = base_url(request), view.query_string()
    here = with_view(f"{base}/", view)
    description = title_in(info, lang, "plan")
    properties = {
        "og:type": "website",
        "og:site_name": title_in(info, lang),
        "og:title": title,
        "og:description": description,
        "og:url": here,
        "og:locale": LOCALES.get(lang, lang),
    }
    names = {"description": description, "twitter:title": title}
    small: dict[str, str] = {}
    if "png" in BY_EXT:
        picture = f"{base}/view.png?{query}{'&' if query else ''}size={PREVIEW_SIZE}"
        properties |= {"og:image": picture, "og:image:width": "1200", "og:image:height": "630"}
        names |= {"twitter:card": "summary_large_image", "twitter:image": picture}
        square = picture.replace(PREVIEW_SIZE, f"{SQUARE}x{SQUARE}")
        small = {"image": square, "name": short_title(service, view, lang), "description": title}
    oembed = f"{base}/oembed?{urlencode({'url': here})}"
    return [
        *(f'<meta property="{k}" content="{escape(v)}">' for k, v in properties.items()),
        *(f'<meta name="{k}" content="{escape(v)}">' for k, v in names.items()),
        *(f'<meta itemprop="{k}" content="{escape(v)}">' for k, v in small.items()),
        f'<link rel="canonical" href="{escape(here)}">',
        *languages(service, view, f"{base}/"),
        f'<script type="application/ld+json">{whole_dataset(service, base, lang)}</script>',
        f'<link rel="alternate" type="application/json+oembed" href="{escape(oembed)}"'
        f' title="{escape(title)}">',
    ]


def short_title(service: Service, view: View, lang: str) -> str:
    """What a small card has room for: the reader's title or what was chosen, else the pack's."""
    words = view.title or view_words(service.catalog, view, lang)
    text = words or title_in(service.catalog.info, lang)
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


def languages(service: Service, view: View, page: str) -> list[str]:
    """Links to the same view in every language, and to it as it is without a choice."""
    codes = service.words.languages
    if len(codes) < 2:
        return []
    views = [(tag_of(code), replace(view, lang=code)) for code in codes]
    return [
        f'<link rel="alternate" hreflang="{tag}" href="{escape(with_view(page, one))}">'
        for tag, one in (*views, ("x-default", replace(view, lang="")))
    ]


def with_view(page: str, view: View) -> str:
    query = view.query_string()
    return f"{page}?{query}" if query else page
