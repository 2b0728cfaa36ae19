"""Settings from environment variables."""

import stat
from pathlib import Path

import pytest

from kb.language.texts import speaking
from kb.settings import Environment, Settings, SettingsError, unknown_variables

SECRET = "0123456789abcdef0123456789abcdef"


def test_without_variables_the_portal_runs_on_this_machine_only():
    settings = Settings.from_environment({})
    assert (settings.host, settings.port, settings.data_dir) == ("127.0.0.1", 8000, Path("var"))
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.database_url.endswith("/var/kb.sqlite")


def test_an_empty_variable_counts_as_not_set():
    assert Settings.from_environment({"KB_PORT": " "}).port == 8000


def test_variables_are_read_by_their_type(tmp_path):
    settings = Settings.from_environment(
        {
            "KB_PORT": "8123",
            "KB_DATA_DIR": str(tmp_path),
            "KB_DATABASE_URL": "postgresql://kb@localhost/kb",
            "KB_BASE_URL": "https://bank.example.nl/",
            "KB_ENVIRONMENT": "Production",
            "KB_SECRET_KEY": SECRET,
        }
    )
    assert settings.port == 8123
    assert settings.data_dir == tmp_path
    assert settings.database_url == "postgresql+psycopg://kb@localhost/kb"
    assert settings.base_url == "https://bank.example.nl"
    assert settings.environment is Environment.PRODUCTION


def test_all_mistakes_are_told_at_once_each_with_its_variable():
    wrong = {
        "KB_PORT": "http",
        "KB_THREADS": "0",
        "KB_ENVIRONMENT": "test",
        "KB_BASE_URL": "bank.example.nl/pad",
        "KB_DATABASE_URL": "mysql://db/kb",
        "KB_SECRET_KEY": "geheim",
    }
    with pytest.raises(SettingsError) as caught, speaking("en"):
        Settings.from_environment(wrong)
    assert sorted(problem.split(":")[0] for problem in caught.value.problems) == sorted(wrong)
    assert "a whole number from 1 to 65535" in str(caught.value)
    assert "development, production" in str(caught.value)


def test_c33_production_refuses_a_missing_secret_and_an_open_address():
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({"KB_ENVIRONMENT": "production"})
    assert len(caught.value.problems) == 2
    assert "KB_SECRET_KEY" in str(caught.value)
    assert "KB_BASE_URL" in str(caught.value)


def test_a_provider_without_the_name_of_the_portal_there_is_refused():
    with pytest.raises(SettingsError, match="KB_OIDC_CLIENT_ID"):
        Settings.from_environment({"KB_OIDC_ISSUER": "https://login.example.nl"})


def test_production_sends_no_mail_over_an_open_line_to_another_machine():
    safe = {"KB_ENVIRONMENT": "production", "KB_SECRET_KEY": SECRET, "KB_BASE_URL": "https://portaal.example"}
    with pytest.raises(SettingsError, match="KB_MAIL_TLS"):
        Settings.from_environment({**safe, "KB_MAIL_HOST": "mail.example.nl", "KB_MAIL_TLS": "none"})
    assert Settings.from_environment({**safe, "KB_MAIL_HOST": "127.0.0.1", "KB_MAIL_TLS": "none"})


def test_secrets_stay_out_of_the_log():
    settings = Settings(secret_key=SECRET, database_url="postgresql+psycopg://kb:wachtwoord@db/kb")
    assert SECRET not in repr(settings)
    assert "wachtwoord" not in repr(settings)


def test_a_generated_secret_is_kept_for_the_owner_only(tmp_path):
    settings = Settings(data_dir=tmp_path / "var")
    secret = settings.signing_key()
    assert len(secret) == 64
    assert settings.signing_key() == secret
    kept = tmp_path / "var" / "secret_key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret_key"]


def test_a_secret_that_was_set_is_not_written_down(tmp_path):
    assert Settings(data_dir=tmp_path, secret_key=SECRET).signing_key() == SECRET
    assert not list(tmp_path.iterdir())


def test_a_slip_of_the_pen_is_noticed():
    env = {
        "KB_DATABSE_URL": "x",
        "KB_PORT": "8000",
        "KB_TEST_REQUIRE": "browser",
        "KB_QQQ": "1",
        "PATH": "/bin",
    }
    with speaking("en"):
        assert unknown_variables(env) == (
            "KB_DATABSE_URL is not a setting; did you mean KB_DATABASE_URL?",
            "KB_QQQ is not a setting",
        )
