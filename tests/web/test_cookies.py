"""C14: the one cookie that there is, as a browser of an https site gets it."""

from http.cookies import SimpleCookie

from kb.app import create_app
from kb.domain.workflow import Role
from kb.settings import Environment, Settings
from tests.accounts import EMAILS, PASSWORD, TOKEN, Clock, an_account, runtime_of
from tests.conftest import NOW

ADDRESS = "https://initiatieven.example.nl"


def test_c14_the_cookie_is_of_this_host_and_https_only_and_no_script_reads_it(empty_dir):
    settings = Settings(
        data_dir=empty_dir, base_url=ADDRESS, secret_key="s" * 40, environment=Environment.PRODUCTION
    )
    app = create_app(settings, clock=Clock(NOW))
    an_account(runtime_of(app), Role.COORDINATOR)
    client = app.test_client()
    page = client.get("/inloggen", base_url=ADDRESS)
    fields = {
        "csrf_token": TOKEN.search(page.text)[1],
        "email": EMAILS[Role.COORDINATOR],
        "wachtwoord": PASSWORD,
    }
    after = client.post(
        "/inloggen", data=fields, base_url=ADDRESS, headers={"Referer": f"{ADDRESS}/inloggen"}
    )
    assert after.location == "/tweede-factor"
    for answer in (page, after):
        (line,) = answer.headers.getlist("Set-Cookie")
        (cookie,) = SimpleCookie(line).values()
        assert cookie.key == "__Host-kb"
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        # It ends with the browser; the row in the database ends by itself.
        assert (cookie["expires"], cookie["max-age"]) == ("", "")
    runtime_of(app).close()
