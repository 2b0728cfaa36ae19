"""What visitors write about an initiative: who gets it, and what robots and the impatient get."""

import re

import pytest
from sqlalchemy import select

from kb.domain.workflow import Role
from kb.services import mailing, relaying
from kb.storage.desk_tables import ContactMessage
from kb.storage.people_tables import MailRow
from kb.storage.tables import AuditRow
from tests.accounts import EMAILS, an_account, letters_of
from tests.builders import a_content
from tests.initiatives import publish

WRONG = "/initiatieven/techniekroute-twente/klopt-niet"
CONTACT = "/initiatieven/techniekroute-twente/contact"
SENT = "/initiatieven/techniekroute-twente/verstuurd"
WORDS = "De route bestaat sinds 2024 niet meer."
VISITOR = "bezoeker@example.org"
MAILBOX = "route@example.nl"


@pytest.fixture
def route(runtime) -> str:
    return publish(runtime, a_content())


def _letters(runtime) -> list[str]:
    mailing.deliver(runtime.work, runtime.post)
    return letters_of(runtime)


def _receivers(runtime) -> list[str]:
    return sorted(letter.partition("\n")[0] for letter in _letters(runtime))


def test_the_page_of_an_initiative_offers_both_and_shows_no_address(runtime, hand):
    publish(runtime, a_content(contact_email=MAILBOX))
    page = hand.get("/initiatieven/techniekroute-twente").text
    assert "Klopt er iets niet?" in page
    assert "Neem contact op" in page
    shown = page + hand.get(WRONG).text + hand.get(CONTACT).text + hand.get("/en" + CONTACT).text
    assert MAILBOX not in shown
    assert "mailto:" not in shown


def test_what_is_wrong_goes_to_the_coordinator_of_the_region(runtime, route, anne, caro, hand):
    assert hand.send(WRONG, {"bericht": WORDS, "email": VISITOR}).location == SENT
    assert hand.get(SENT).status_code == 200
    (letter,) = _letters(runtime)
    assert letter.startswith(f"{EMAILS[Role.COORDINATOR]}\nEr klopt iets niet: Techniekroute Twente\n")
    assert f"| {WORDS}" in letter
    (path,) = (runtime.settings.data_dir / "mail").glob("*.eml")
    assert f"Reply-To: {VISITOR}" in path.read_text()


def test_a_question_goes_to_the_mailbox_of_the_initiative(runtime, anne, hand):
    publish(runtime, a_content(contact_email=MAILBOX))
    hand.send(CONTACT, {"bericht": "Kunnen wij meedoen met onze school?", "email": VISITOR})
    assert _receivers(runtime) == [MAILBOX]
    assert "Er wachten geen berichten" in anne.get("/mijn/berichten").text


@pytest.mark.parametrize("path", [WRONG, CONTACT])
def test_without_a_mailbox_or_a_coordinator_it_goes_to_the_reviewers(runtime, route, caro, bert, hand, path):
    hand.send(path, {"bericht": WORDS, "email": VISITOR})
    assert _receivers(runtime) == [EMAILS[Role.REVIEWER], "tweede@example.nl"]


def test_who_started_it_comes_before_the_others_of_the_region(runtime, anne, hand):
    owner = an_account(runtime, email="eigenaar@example.nl")
    publish(runtime, a_content(), owner=owner)
    hand.send(WRONG, {"bericht": WORDS})
    assert _receivers(runtime) == ["eigenaar@example.nl"]


def test_without_anybody_else_the_administrators_get_it(runtime, route, hand):
    an_account(runtime, Role.ADMINISTRATOR)
    hand.send(WRONG, {"bericht": WORDS})
    assert _receivers(runtime) == [EMAILS[Role.ADMINISTRATOR]]


def test_it_waits_on_the_desk_until_somebody_dealt_with_it(runtime, route, anne, hand):
    hand.send(WRONG, {"bericht": "<script>alert(1)</script> klopt niet", "email": VISITOR})
    page = anne.get("/mijn/berichten").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; klopt niet" in page
    assert VISITOR in page
    (number,) = re.findall(r"/mijn/berichten/(\d+)/afgehandeld", page)
    assert anne.send(f"/mijn/berichten/{number}/afgehandeld", page="/mijn/berichten").status_code == 303
    assert "klopt niet" not in anne.get("/mijn/berichten").text
    with runtime.work() as work:
        assert work.session.scalars(select(ContactMessage.sealed)).all() == [""]


def test_the_message_of_another_region_is_not_shown_and_not_closed(runtime, route, app, ticking, anne, hand):
    from tests.accounts import a_hand

    an_account(runtime, email="ver@example.nl", regions=("AM29",))
    far = a_hand(app, ticking)
    far.log_in("ver@example.nl")
    hand.send(WRONG, {"bericht": WORDS})
    (number,) = re.findall(r"/mijn/berichten/(\d+)/", anne.get("/mijn/berichten").text)
    assert WORDS not in far.get("/mijn/berichten").text
    assert far.send(f"/mijn/berichten/{number}/afgehandeld", page="/mijn/account").status_code == 403
    assert WORDS in anne.get("/mijn/berichten").text
    assert anne.send("/mijn/berichten/999/afgehandeld", page="/mijn/berichten").status_code == 404


def test_words_and_addresses_of_visitors_are_unreadable_in_the_database(runtime, route, anne, hand):
    hand.send(WRONG, {"bericht": WORDS, "email": VISITOR})
    with runtime.work() as work:
        rows = [
            vars(row)
            for table in (ContactMessage, MailRow, AuditRow)
            for row in work.session.scalars(select(table))
        ]
    assert len(rows) > 3
    assert not any(hidden in str(rows) for hidden in (WORDS, VISITOR, EMAILS[Role.COORDINATOR]))


def test_a_robot_that_fills_in_everything_sees_no_difference_and_mails_nobody(runtime, route, anne, hand):
    filled = {"bericht": WORDS, "email": VISITOR, "homepage": "https://spam.example"}
    assert hand.send(WRONG, filled).location == SENT
    assert _letters(runtime) == []
    with runtime.work() as work:
        row = work.session.scalars(select(AuditRow).where(AuditRow.action == "bericht")).one()
    assert (row.result, row.details) == ("geweigerd", "val voor robots")


def test_a_double_click_sends_one_message(runtime, route, anne, hand):
    for _ in range(2):
        assert hand.send(WRONG, {"bericht": WORDS, "email": VISITOR}).location == SENT
    assert len(_letters(runtime)) == 1


def test_a_double_click_sends_one_message_to_a_mailbox_too(runtime, hand):
    publish(runtime, a_content(contact_email=MAILBOX))
    for _ in range(2):
        assert hand.send(CONTACT, {"bericht": WORDS, "email": VISITOR}).location == SENT
    assert _receivers(runtime) == [MAILBOX]


def test_the_sixth_message_within_an_hour_from_one_place_waits(runtime, route, anne, hand, ticking):
    for number in range(5):
        assert hand.send(WRONG, {"bericht": f"{WORDS} {number}"}).status_code == 303
    refused = hand.send(WRONG, {"bericht": f"{WORDS} nog een keer"})
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "3600")
    assert "Wacht 60 minuten" in refused.text
    assert f"{WORDS} nog een keer" in refused.text
    assert len(_letters(runtime)) == 5
    ticking.forward(minutes=61)
    assert hand.send(WRONG, {"bericht": f"{WORDS} nog een keer"}).status_code == 303


@pytest.mark.parametrize(
    ("path", "fields", "complaint"),
    [
        (WRONG, {"bericht": ""}, "Vul dit in"),
        (WRONG, {"bericht": "kort"}, "Minstens 10 tekens"),
        (WRONG, {"bericht": "x" * 4001}, "hoogstens 4000"),
        (WRONG, {"bericht": WORDS, "email": "geen adres"}, "geen e-mailadres"),
        (WRONG, {"bericht": WORDS, "email": "a@b.nl\r\nBcc: c@d.nl"}, "geen e-mailadres"),
        (WRONG, {"bericht": WORDS + "\x00"}, "U+0000"),
        (CONTACT, {"bericht": WORDS}, "kan niemand u antwoorden"),
    ],
)
def test_what_does_not_fit_is_said_at_the_field_and_the_words_stay(
    runtime, route, hand, path, fields, complaint
):
    answer = hand.send(path, fields)
    assert answer.status_code == 422
    assert complaint.casefold() in answer.text.casefold()
    assert fields["bericht"].replace("\x00", "") in answer.text.replace("\x00", "")
    assert _letters(runtime) == []


def test_about_what_is_not_public_nobody_can_write(runtime, hand, anne):
    anne.send("/mijn/initiatieven/nieuw", {"titel": "Concept", "plaats": "Enschede"})
    assert hand.get("/initiatieven/concept/klopt-niet").status_code == 404
    assert hand.get("/initiatieven/nergens/contact").status_code == 404


def test_what_nobody_dealt_with_in_half_a_year_is_thrown_away(runtime, route, anne, hand, ticking):
    hand.send(WRONG, {"bericht": WORDS})
    ticking.forward(days=181)
    with runtime.work(writing=True) as work:
        assert relaying.forget_old(work) == 1
        assert work.session.scalars(select(ContactMessage.sealed)).all() == [""]
