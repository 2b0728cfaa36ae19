"""How machines find their way: robots, sitemap, and whom to tell of a leak."""

import json
from datetime import timedelta

from flask import Blueprint, Response, redirect
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from kb.exchange import sitemap as maps
from kb.language.texts import LANGUAGES
from kb.paths import asset_file
from kb.runtime import running
from kb.services import site_map

discovery = Blueprint("discovery", __name__)

# Pages for people with an account, and searches without end.
KEPT_OUT = ("/mijn/", "/redactie", "/beheer", "/inloggen", "/zoeken?", "/vergelijk?")
# RFC 9116 wants an end within a year; whoever reads it gets one that is far enough and near enough.
SECURITY_LASTS = timedelta(days=180)


@discovery.get("/robots.txt")
def robots() -> Response:
    lines = ["User-agent: *"]
    lines += [f"Disallow: {prefix}{path}" for path in KEPT_OUT for prefix in ("", "/en")]
    lines += [f"Sitemap: {running().settings.base_url}/sitemap.xml", ""]
    return Response("\n".join(lines), mimetype="text/plain")


@discovery.get("/sitemap.xml")
def sitemaps() -> Response:
    with running().work(origin="web") as work:
        parts = site_map.number_of_parts(work)
    addresses = [f"{running().settings.base_url}/sitemap-{part}.xml" for part in range(parts)]
    return Response("".join(maps.index(addresses)), mimetype="application/xml")


@discovery.get("/sitemap-<int:part>.xml")
def sitemap(part: int) -> Response:
    with running().work(origin="web") as work:
        if part >= site_map.number_of_parts(work):
            raise NotFound
        pages = [(each.path, each.changed) for each in site_map.addresses(work, part)]
    return Response("".join(maps.sitemap(running().settings.base_url, pages)), mimetype="application/xml")


@discovery.get("/.well-known/security.txt")
def security() -> Response:
    """RFC 9116; not there while nobody said whom to tell."""
    settings = running().settings
    contact = settings.security_contact or settings.contact
    if not contact:
        raise NotFound
    expires = (running().clock() + SECURITY_LASTS).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [f"Contact: {contact if contact.startswith('http') else f'mailto:{contact}'}"]
    lines += [f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}"]
    lines += [f"Preferred-Languages: {', '.join(LANGUAGES)}"]
    lines += [f"Canonical: {settings.base_url}/.well-known/security.txt"]
    lines += [f"Policy: {settings.security_policy}"] if settings.security_policy else []
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@discovery.get("/publiccode.yml")
def publiccode() -> Response:
    """The program for catalogues of software; not there while nobody said where its source is."""
    settings = running().settings
    if not settings.source_url:
        raise NotFound
    text = asset_file("publiccode.yml").read_text(encoding="utf-8")
    addresses = {"url": settings.source_url, "landingURL": settings.base_url}
    lines = "".join(f"{key}: {json.dumps(address)}\n" for key, address in addresses.items())
    return Response(text + lines, content_type="application/yaml; charset=utf-8")


@discovery.get("/security.txt")
def old_security() -> BaseResponse:
    return redirect("/.well-known/security.txt", 301)
