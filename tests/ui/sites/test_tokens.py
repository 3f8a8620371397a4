"""Which tokens are good, and what is said of those that are not."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadInputError
from ui.problems import ProblemError
from ui.sites.tokens import mint, user_of

from .making import key, signed, site, unsigned

WIKI = site()


def seconds(ahead: float) -> int:
    return int((datetime.now(UTC) + timedelta(seconds=ahead)).timestamp())


def code(authorization: str | None, required: bool = True) -> str:
    """What is said of it; nothing when it is good."""
    try:
        user_of(site(require_token=required), authorization)
    except ProblemError as problem:
        found = problem
    else:
        return ""
    assert found.status == 401
    assert authorization is None or authorization.split()[-1] not in str(found)
    return found.code


def test_a_minted_token_says_who_asks() -> None:
    assert user_of(WIKI, f"Bearer {mint(WIKI, 'ann')}") == "ann"
    assert user_of(WIKI, f"bearer {mint(WIKI, minutes=10)}") is None
    claims = jwt.decode(mint(WIKI, "ann", 10), options={"verify_signature": False})
    assert claims["exp"] - claims["iat"] == 600


def test_both_live_keys_are_good_and_others_are_not() -> None:
    assert code(signed(by=key(1))["authorization"]) == ""
    assert code(signed(by=key(2))["authorization"]) == ""
    assert code(signed(by=key(3))["authorization"]) == "token_invalid"
    assert code(signed(by=key(2), kid=key(1).id)["authorization"]) == "token_invalid"


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"exp_in": -60}, "token_expired"),
        ({"exp_in": -10}, ""),
        ({"exp_in": 3600}, "token_invalid"),
        ({"exp": 10**30}, "token_invalid"),
        ({"exp": "soon"}, "token_invalid"),
        ({"exp": None}, "token_invalid"),
        ({"iat_in": 120}, "token_invalid"),
        ({"iat": None}, "token_invalid"),
        ({"audience": None}, "token_invalid"),
        ({"audience": "portal"}, "token_invalid"),
        ({"audience": ["wiki"]}, "token_invalid"),
        ({"audience": "WIKI"}, "token_invalid"),
        ({"sub": "ann"}, ""),
        ({"sub": ""}, "token_invalid"),
        ({"sub": "x" * 201}, "token_invalid"),
    ],
)
def test_each_claim_is_checked(claims: dict[str, Any], said: str) -> None:
    ahead = {name[:3]: seconds(value) for name, value in claims.items() if name.endswith("_in")}
    for required in (True, False):
        assert code(signed(**(ahead or claims))["authorization"], required) == said


@pytest.mark.parametrize("claims", [{"sub": 7}, {"exp": [1]}, {"aud": {"a": 1}}, {"iat": "x"}])
def test_claims_of_another_type_are_no_defect(claims: dict[str, Any]) -> None:
    said = {"aud": "wiki", "iat": seconds(0), "exp": seconds(60), **claims}
    token = jwt.PyJWS().encode(json.dumps(said).encode(), key(1).secret, "HS256", headers={"kid": key(1).id})
    assert code(f"Bearer {token}") == "token_invalid"


def test_other_algorithms_are_refused() -> None:
    assert code(unsigned()["authorization"]) == "token_invalid"
    claims = {"aud": "wiki", "iat": seconds(0), "exp": seconds(60)}
    longer = jwt.encode(claims, key(1).secret * 2, "HS512", headers={"kid": key(1).id})
    assert code(f"Bearer {longer}") == "token_invalid"


def test_a_token_is_needed_only_where_the_site_says_so() -> None:
    assert code(None, required=True) == "token_missing"
    assert code(None, required=False) == ""


@given(st.text() | st.from_regex(r"Bearer [A-Za-z0-9_=.-]{0,80}", fullmatch=True))
def test_anything_else_is_invalid(text: str) -> None:
    with pytest.raises(ProblemError) as problem:
        user_of(WIKI, text)
    assert problem.value.code == "token_invalid"


def test_a_very_long_token_is_not_even_looked_at() -> None:
    assert code(f"Bearer {'a' * 5000}") == "token_invalid"


def test_a_token_cannot_be_minted_for_long_or_without_a_key() -> None:
    for minutes in (0, -1, 10.1, float("inf"), float("nan")):
        with pytest.raises(BadInputError, match="minutes"):
            mint(WIKI, minutes=minutes)
    with pytest.raises(BadInputError, match="footnote sites key wiki"):
        mint(site(keys=()))
