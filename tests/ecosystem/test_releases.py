"""A release is the same in the package, its citation and the changelog."""

import re

import yaml

HEADING = re.compile(r"^## \[(.+?)\](?: - (\d{4}-\d{2}-\d{2}))?$", re.M)


def test_the_changelog_has_the_release_of_the_package_first(repository, project):
    found = HEADING.findall((repository / "CHANGELOG.md").read_text("utf-8"))
    (latest, _), *releases = found
    assert latest == "Unreleased" and releases[0][0] == project["version"]
    dates = [date for _, date in releases]
    assert all(dates) and dates == sorted(dates, reverse=True)


def test_the_citation_is_of_that_release(repository, project):
    cff = yaml.safe_load((repository / "CITATION.cff").read_text("utf-8"))
    dates = dict(HEADING.findall((repository / "CHANGELOG.md").read_text("utf-8")))
    assert cff["version"] == project["version"]
    assert cff["date-released"].isoformat() == dates[project["version"]]


def test_what_the_package_links_to_is_there_or_not_named(repository, project):
    cff = yaml.safe_load((repository / "CITATION.cff").read_text("utf-8"))
    links = project["urls"]
    assert links["Paper"] == f"https://doi.org/{cff['references'][0]['doi']}"
    assert all(link.startswith("https://") for link in links.values())
