"""Half precision: the same numbers as NumPy's own conversions give, only sooner."""

from __future__ import annotations

import numpy as np

from performia_desktop.analysis import halves

EVERY = np.arange(1 << 16, dtype=np.uint16).view(np.float16)


def bits(x: halves.F16) -> list[int]:
    found: list[int] = x.view(np.uint16).tolist()
    return found


def test_rounding_is_numpys() -> None:
    positive = EVERY[:0x7C00].astype(np.float32)  # up to the largest
    between = (positive[1:] + positive[:-1]) / 2  # ties, which go to the even one
    beside = [np.nextafter(between, np.float32(end)) for end in (0, np.inf)]
    for x in (positive, between, *beside, np.float32([1e-45, 1e-38, 1e-20, 65519])):
        with np.errstate(under="ignore"):
            assert bits(halves.half(x)) == bits(x.astype(np.float16))


def test_what_overflows_is_infinite_and_nothing_is_lost_on_no_number() -> None:
    with np.errstate(over="ignore"):
        assert halves.half(np.float32([1e6, np.inf])).tolist() == [np.inf, np.inf]
    assert np.isnan(halves.half(np.float32([np.nan]))).all()


def test_single_precision_is_looked_up_in_any_layout() -> None:
    np.testing.assert_array_equal(halves.single(EVERY), EVERY.astype(np.float32))
    rows = EVERY[: 1 << 12].reshape(64, 64)
    np.testing.assert_array_equal(halves.single(rows.T[::2]), rows.T[::2].astype(np.float32))


def test_a_function_is_asked_of_each_number_once() -> None:
    x = np.float16([[0, 0.25], [2.0**-24, 4]])
    roots = halves.table(np.sqrt)
    np.testing.assert_array_equal(halves.look_up(x, roots), np.sqrt(x.astype(np.float32)))
