"""A page of the service made right for a folder of files: where it stands, what answers there."""

import json
import re
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

from app.formats.page.inline import json_text
from app.publish.targets import PREVIEW, PREVIEW_FORMAT, Edition

NOWHERE = "about:nowhere"
OEMBED = re.compile(r'<link rel="alternate" type="application/json\+oembed"[^>]*>\n?')
PICTURE = re.compile(r'(content=")[^"]*view\.png\?[^"]*(")')
CARD = re.compile(
    r'<meta (?:property="og:image[^"]*"|name="twitter:image"|itemprop="image") content="[^"]*">\n?'
)
DATASET = re.compile(r'(<script type="application/ld\+json">)(.*?)(</script>)', re.S)
ROW = re.compile(r'<a href="api/collections/[\w-]+/items/([\w-]+)\?[^"]*" class="item"')
"""A row of the list: on a site without a service it opens the card."""
SERVED = re.compile(r'<a href="api[/?][^"]*">(.*?)</a>')
"""A link of the list in words to a page that only the service has; its text stays."""
CHOICES = re.compile(r'\s*<nav id="plain-choices">.*?</nav>', re.S)
"""What the list in words offers beside itself: every view, which a folder of files has not."""
LINK = re.compile(r'(<(?:a|link)\b[^>]*?\bhref=")([^"]*)(")')
GONE = re.compile(rf'<a [^>]*href="{NOWHERE}"[^>]*>.*?</a>', re.S)
SOURCE = re.compile(r'(\bsrc=")((?:\./|\.\./)+)')
ROOT = re.compile(r"^(?:\./|\.\./)+")
EMPTY = re.compile(r"\s*<li>\s*</li>")
OUTSIDE = ("http:", "https:", "mailto:", "data:")
RENAMED = {"api/quality": "api/quality.json"}


def placed(page: str, file: str, edition: Edition) -> str:
    """The page as `file` of a site.

    A page in a folder gets a base, so that its relative addresses mean the root of the site.
    """
    page = ROW.sub(r'<a href="?focus=\1" class="item"', page)
    page = CHOICES.sub("", SERVED.sub(r"\1", page))
    page = with_own_preview(OEMBED.sub("", page), edition)
    page = DATASET.sub(lambda found: f"{found[1]}{own_dataset(found[2], edition)}{found[3]}", page)
    folder = file.removesuffix("index.html")
    if not folder:
        return page
    page = LINK.sub(lambda found: relinked(found, folder, edition), page)
    page = SOURCE.sub(r"\1", EMPTY.sub("", GONE.sub("", page)))
    return page.replace("<head>", f'<head>\n<base href="{"../" * folder.count("/")}">', 1)


def with_own_preview(page: str, edition: Edition) -> str:
    """The card's picture is a file of the site; a site without pictures has a card without one."""
    if PREVIEW_FORMAT not in edition.formats:
        return CARD.sub("", page)
    return PICTURE.sub(rf"\g<1>{edition.url.rstrip('/')}/{PREVIEW}\g<2>", page)


def own_dataset(text: str, edition: Edition) -> str:
    """The description of the data, with the files that the site has."""
    dataset = json.loads(text)
    kept = [one for one in dataset["distribution"] if ending(one["contentUrl"]) in edition.formats]
    files = [{**one, "contentUrl": one["contentUrl"].partition("?")[0]} for one in kept]
    return json_text({**dataset, "distribution": files})


def ending(address: str) -> str:
    return urlsplit(address).path.rpartition("/view.")[2]


def relinked(match: re.Match[str], folder: str, edition: Edition) -> str:
    """A link that leads where the site has something; one to what it has not, goes."""
    there = moved(match[2].replace("&amp;", "&"), folder, edition)
    address = NOWHERE if there is None else there.replace("&", "&amp;")
    return f"{match[1]}{address}{match[3]}"


def moved(address: str, folder: str, edition: Edition) -> str | None:
    """An address of the service → relative to the root of the site; None where nothing is.

    >>> site = Edition("https://example.org/", ["csv"], ["zh", "en"])
    >>> moved("?lang=en", "data/", site)
    'en/data/'
    >>> moved("../data/sources?lang=zh", "data/pack/", site)
    'data/sources/'
    >>> moved("#notes", "data/", site)
    'data/#notes'
    """
    if not address or address.startswith(OUTSIDE):
        return address
    if address.startswith("#"):
        return folder + address
    langs = edition.langs
    own = own_language(folder, langs)
    if address.startswith("?"):
        here = folder.removeprefix(prefix(own, langs))
        return prefix(language_in(address, own), langs) + here
    return from_root(ROOT.sub("", address), own, edition)


def from_root(address: str, own: str, edition: Edition) -> str | None:
    """What stands for an address that is relative to the root already."""
    langs, path = edition.langs, urlsplit(address).path
    step = path.partition("/")[0]
    if step == "api":
        return RENAMED.get(path)
    if step.startswith("view."):
        there = step.removeprefix("view.") in edition.formats
        return f"{prefix(own, langs)}{path}" if there else None
    if step == "data":
        return f"{prefix(language_in(address, own), langs)}{path}/"
    return address if path else f"./{address}"


def prefix(lang: str, langs: Sequence[str]) -> str:
    """The folder of a language."""
    return "" if lang == langs[0] else f"{lang}/"


def own_language(folder: str, langs: Sequence[str]) -> str:
    first = folder.partition("/")[0]
    return first if first in langs[1:] else langs[0]


def language_in(address: str, other: str) -> str:
    return parse_qs(urlsplit(address).query).get("lang", [other])[0]
