"""Cell sequences that the kernel must run as stated (conformance/cells.txt).

conformance/known.txt names the cases it does not reach yet: one that is listed
must fail, any other must pass.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import summary
from session import Session

HERE = Path(__file__).parent / "conformance"
MODULE = "github.com/gophergrad/gophergrad"


@dataclass
class Cell:
    code: str
    expected: list[str]  # the lines after >>>

    @property
    def interrupt_after(self):
        if m := re.match(r"//timeout (\d+)(ms|s)\n", self.code):
            return int(m[1]) / (1000 if m[2] == "ms" else 1)


def read_cases():
    text = (HERE / "cells.txt").read_text()
    text = re.sub(r'"lab/(\w+)"', rf'"{MODULE}/\1"', text)
    cases = {}
    for case in re.split(r"^=== ", text, flags=re.M)[1:]:
        name, body = case.split("\n", 1)
        cells = []
        for part in re.split(r"^---\n", body, flags=re.M):
            code, _, expected = part.partition("\n>>>\n")
            cells.append(Cell(code.rstrip("\n"), expected.splitlines()))
        cases[name] = cells
    return cases


def check(cell, shown):
    """Says how what a cell showed differs from what the case states."""
    if cell.expected == ["~~"]:
        return
    value, failure, stdout = None, None, []
    for line in cell.expected:
        if line.startswith("=> "):
            value = line[3:]
        elif line.startswith("!!"):
            failure = line[2:].strip()
        else:
            stdout.append(line)
    if failure is None:
        assert shown.error is None
    else:
        assert shown.error is not None and failure in shown.error
    assert shown.stdout.rstrip() == "\n".join(stdout)
    assert shown.result == value
    if not cell.expected:
        assert shown.stderr == "" and shown.displays == []


CASES = read_cases()
KNOWN = (HERE / "known.txt").read_text().splitlines()


def test_known_names_cases():
    assert set(KNOWN) <= set(CASES)


@pytest.fixture(scope="module", autouse=True)
def count(pytestconfig):
    passed = []
    yield passed
    pytestconfig.stash[summary] = [
        f"conformance: {len(passed)} of {len(CASES)} cases run as stated, {len(KNOWN)} known not to"
    ]


@pytest.mark.parametrize("name", CASES)
def test_conformance(name, count):
    with Session() as session:
        try:
            for cell in CASES[name]:
                check(cell, session.run(cell.code, cell.interrupt_after))
        except AssertionError:
            assert name in KNOWN
        else:
            assert name not in KNOWN, "passes now: take it off known.txt"
            count.append(name)
        # Whatever a case did, the kernel lives on.
        assert session.run("1 + 1").result == "2"
