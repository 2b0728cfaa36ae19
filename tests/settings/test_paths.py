"""The folders that come with the program."""

import pytest

from kb.paths import asset_dir


def test_the_folders_are_found_beside_the_package():
    for name in ("templates", "static", "seed_data"):
        assert asset_dir(name).is_dir()


def test_an_unknown_folder_says_what_to_do():
    with pytest.raises(FileNotFoundError, match="install the program again"):
        asset_dir("nergens")
