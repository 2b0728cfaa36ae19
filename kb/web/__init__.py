"""Pages for people."""

from flask import Flask

from kb.runtime import EXTENSION
from kb.web import errors, login, other_formats, policies, postman, row_numbers, security, speech
from kb.web.account import account
from kb.web.administration import administration
from kb.web.adopting import adopters
from kb.web.alike import alike
from kb.web.briefing import briefing_pages
from kb.web.clusters import cluster_pages
from kb.web.desk import desk
from kb.web.desk_sections import sections
from kb.web.discovery import discovery
from kb.web.editors import editors
from kb.web.entering import entering
from kb.web.exports import exports
from kb.web.following import following_pages
from kb.web.imports import imports
from kb.web.insight import insight
from kb.web.invitations import invitations
from kb.web.joining import joiners
from kb.web.keys import keys
from kb.web.machines import machines
from kb.web.merging import mergers
from kb.web.messages import messages
from kb.web.offering import offers
from kb.web.one_initiative import one_initiative
from kb.web.open_data import open_data
from kb.web.operations import operations
from kb.web.organisation import organisation
from kb.web.people import people
from kb.web.places import places
from kb.web.planner import planner, promises
from kb.web.public import public
from kb.web.side_by_side import side_by_side
from kb.web.spreading import spreading_pages
from kb.web.static_files import StaticFiles
from kb.web.static_site import StaticSite
from kb.web.suggesting import suggesting
from kb.web.texts import texts
from kb.web.versions import version_pages

# Where the command line finds who makes a copy of the site.
STATIC_SITE = "kb_static_site"
DESK = (
    desk,
    imports,
    alike,
    adopters,
    offers,
    promises,
    joiners,
    version_pages,
    sections,
    mergers,
    cluster_pages,
    editors,
)
# What everybody may read, in both languages.
OPEN = (
    public,
    suggesting,
    exports,
    insight,
    planner,
    spreading_pages,
    side_by_side,
    briefing_pages,
    places,
    texts,
    machines,
    open_data,
    one_initiative,
)
READING = (*OPEN, operations, discovery)
PAGES = (
    *OPEN,
    following_pages,
    messages,
    entering,
    organisation,
    invitations,
    account,
    keys,
    administration,
    people,
)


def register(app: Flask) -> None:
    """Hangs every page onto the application, in Dutch and under /en/ in English."""
    row_numbers.prepare(app)
    security.protect(app)
    speech.prepare(app)
    policies.prepare(app)
    policies.open_for_reading(app, *READING)
    login.prepare(app, app.extensions[EXTENSION].settings)
    postman.prepare(app, app.extensions[EXTENSION])
    StaticFiles(app)
    other_formats.prepare(app)
    for blueprint in (*PAGES, *DESK):
        app.register_blueprint(blueprint)
        app.register_blueprint(blueprint, url_prefix="/en", name=f"en_{blueprint.name}")
    app.register_blueprint(operations)
    app.register_blueprint(discovery)
    app.extensions[STATIC_SITE] = StaticSite
    errors.register(app)
