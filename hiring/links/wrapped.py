"""Links as they arrive through mail and chat: wrapped in other links, encoded twice, with signs and keys added.

Programs that check links send them through an address of their own. Most put the target into a value of the query:
Microsoft Safe Links, Teams, Slack, Google, Barracuda, Proofpoint 1, and Sophos in Base64. Cisco puts it into the path;
Proofpoint 2 and 3 have codes of their own. Some, such as Mimecast and short links, do not hold it at all.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, unquote, unquote_plus, urlsplit

from hiring.model.needs import NEEDS

MOST_WRAPS = 6  # links around a link that are opened, and times that its parts are encoded
MOST_PARTS = 200  # of a query; no link of ours has half as many
MOST_PASTED_CHARS = 50_000
FREE_TEXT = re.compile(r"project|name_\d+", re.ASCII)  # keys whose values may hold and end with any sign
PLAIN = (NEEDS.keys() - {"project"}) | {"as_of", "assumed", "from", "own", "said"}
TRACKING = re.compile(r"utm_.*|[a-z]*clid|g[ab]raid|wbraid|mc_[ce]id|_hs.*|hsctatracking|mkt_tok|igshid|_gl|_ga|"
                      r"vero_id|trk|oly_.*_id|s_cid|ss_[a-z_]+|ml_subscriber.*", re.ASCII | re.IGNORECASE)
AMPERSAND = re.compile(r"&(?:amp|#0*38|#x0*26);", re.IGNORECASE)
CURRENCY_SIGN = "¤cy="  # what a web page makes of &currency=, because &curren is the name of a sign
ENCODED = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
ADDRESS = re.compile(r"https?:/{1,2}", re.IGNORECASE)
ENCODED_ADDRESS = re.compile(r"https?(?:%(?:25)*3A)(?:%(?:25)*2F|/){1,2}", re.IGNORECASE)
BASE64_ADDRESS = "aHR0c"  # http
ENDS = ".,;:!?)]}>*/'\"”’»"  # signs of the sentence around a link
PROOFPOINT = r"https?://urldefense(?:\.proofpoint)?\.(?:com|us)/v{}/"
HIDING = re.compile(r"(?:.*\.)?(?:mimecast(?:protect)?\.com|t\.co|bit\.ly|lnkd\.in|aka\.ms|tinyurl\.com|goo\.gl)",
                    re.IGNORECASE)
RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"  # of signs in Proofpoint 3, from two


def repaired(query: Mapping[str, str]) -> dict[str, str]:
    """A query as it was before mail, chat and web pages changed it: without &amp;, encoded once, without the keys of
    trackers and without signs of a sentence after its end. Never raises. A query of ours stays as it is."""
    query = dict(query)
    for _ in range(MOST_WRAPS):
        before, query = query, _split_values(_split_keys({re.sub(r"^(amp;|#0*38;|#x0*26;)+", "", key, flags=re.I): text
                                                         for key, text in query.items()}))
        if any(ENCODED.search(query.get(key, "")) for key in PLAIN):  # where a link of ours has no percent sign
            query = {key: unquote_plus(text) for key, text in query.items()}
        if query == before:
            break
    query = {key: text for key, text in query.items() if not TRACKING.fullmatch(key)}
    last = next(reversed(query), "")
    if not FREE_TEXT.fullmatch(last) and last not in ("", "own", "v"):
        query[last] = query[last].rstrip(ENDS)
    if found := re.match(r"\w[\w.-]*\b", query.get("v", ""), re.ASCII):  # at the end of each link of ours
        query["v"] = found[0]
    return query


def _split_keys(query: dict[str, str]) -> dict[str, str]:
    """Keys that hold a whole query, because its signs & and = were encoded too, as that query."""
    found: dict[str, str] = {}
    for key, text in query.items():
        if "=" in key:
            found |= _parsed(f"{key}={text}" if text else key)
        elif re.search("%(25)*3D", key, re.IGNORECASE):
            found[unquote(key)] = text
        else:
            found[key] = text
    return found


def _split_values(query: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, text in query.items():
        first, sign, currency = text.partition(CURRENCY_SIGN)
        found |= {key: first, "currency": currency} if sign and not FREE_TEXT.fullmatch(key) else {key: text}
    return found


def _parsed(text: str) -> dict[str, str]:
    """A query's keys and values; nothing if it has more than any link of ours."""
    try:
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_PARTS))
    except ValueError:
        return {}


def queries(text: str) -> Iterator[dict[str, str]]:
    """The repaired query of a pasted link or of a query alone, and that of each link inside of it, from the outside.
    Empty for a text that is too long. Never raises."""
    if len(text) > MOST_PASTED_CHARS:
        return
    layer = [_bare(text)]
    for _ in range(MOST_WRAPS):
        inside: list[str] = []
        for address in layer:
            target = _proofpoint(address)
            if target is not None:
                inside.append(target)
                continue
            whole = _query_of(address)
            bare = whole.partition("=")[2]
            if ADDRESS.match(bare) and "?" in bare:  # not encoded: its other parts look like those of the wrapper
                inside.append(bare)
                continue
            parts = _parsed(whole)
            yield repaired(parts)
            inside += [found for value in parts.values() if (found := _address_in(value))]
            inside += [unquote(it[0]) for it in re.finditer(ENCODED_ADDRESS.pattern + ".*", _path(address), re.I)]
        layer = [_bare(it) for it in dict.fromkeys(inside)][:MOST_PARTS]
        if not layer:
            return


def hides_target(text: str) -> bool:
    """Whether a pasted text is a link through a program that does not write the target into it."""
    found = re.match(r"https?://([^/?#:\s]+)", _bare(text)[:MOST_PASTED_CHARS], re.IGNORECASE)
    return found is not None and HIDING.fullmatch(found[1]) is not None


def _bare(text: str) -> str:
    """A link without what stands before it, decoded until its address shows, and each & as such."""
    text = text.strip()
    for _ in range(MOST_WRAPS):
        if not ENCODED_ADDRESS.match(text):
            break
        text = unquote(text)
    for _ in range(MOST_WRAPS):
        text, count = AMPERSAND.subn("&", text)
        if not count:
            break
    text = text.replace(CURRENCY_SIGN, "&currency=")
    start = ADDRESS.search(text)
    before = text[:start.start()] if start else ""
    return text[len(before):] if not re.search(r"[=?&]", before) else text


def _query_of(address: str) -> str:
    """The part after the question mark, which may be encoded; of a text that is no address, all of it."""
    whole = address.partition("#")[0]
    if "?" not in whole and ADDRESS.match(whole) and not ENCODED_ADDRESS.search(whole):
        return "".join(re.split("%(?:25)*3F", whole, maxsplit=1, flags=re.IGNORECASE)[1:])
    return whole.partition("?")[2] or ("" if ADDRESS.match(whole) else whole)


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _address_in(value: str) -> str | None:
    """The link that a value of a query is, in clear, encoded again or in Base64."""
    if value.startswith(BASE64_ADDRESS):
        try:
            return base64.b64decode(value + "=" * (-len(value) % 4), b"-_").decode()
        except (binascii.Error, UnicodeError):
            return None
    return value if ADDRESS.match(value) or ENCODED_ADDRESS.match(value) else None


def _proofpoint(address: str) -> str | None:
    """The target of a link of Proofpoint 2 or 3, None of any other link."""
    if found := re.match(PROOFPOINT.format(2) + r"url\?(?:.*&)?u=([^&]+)", address, re.IGNORECASE):
        return unquote(found[1].translate(str.maketrans("-_", "%/")))
    found = re.match(PROOFPOINT.format(3) + r"__(.+?)__;([^!]*)!", address, re.IGNORECASE)
    if not found:
        return None
    try:
        signs = iter(base64.urlsafe_b64decode(found[2] + "=" * (-len(found[2]) % 4)).decode())
    except (binascii.Error, UnicodeError):
        return None

    def sign(token: re.Match[str]) -> str:
        count = RUNS.index(token[1]) + 2 if token[1] else 1
        return "".join(next(signs, "") for _ in range(count))

    return re.sub(r"\*(?:\*([A-Za-z0-9_-]))?", sign, unquote(found[1]))
