"""Filters let the same through as one dense matrix, and look no higher than they must."""

from __future__ import annotations

import numpy as np
import pytest

from performia_desktop.analysis.filterbank import F32, Filters, log_bands, peaked

SIZE, RATE = 2048, 22050.0


def _matrices() -> dict[str, F32]:
    low, up_to_the_last_line = 110 * 2 ** (np.arange(100) / 36), 9000 * 2 ** (np.arange(10) / 36)
    width = 2 ** (1 / 36) - 2 ** (-1 / 36)
    beyond = np.append(low, [2 * RATE])  # a filter that hears nothing
    return {
        "log bands": log_bands(SIZE, RATE)[0],
        "semitones": peaked(low, low * width, SIZE, RATE),
        "high": peaked(up_to_the_last_line, up_to_the_last_line * width, SIZE, RATE),
        "beyond": peaked(beyond, beyond * width, SIZE, RATE),
        "nothing": np.zeros((SIZE // 2 + 1, 30), np.float32),
    }


@pytest.mark.parametrize(("name", "matrix"), _matrices().items(), ids=_matrices())
def test_the_same_as_the_dense_product(name: str, matrix: F32) -> None:
    spectra = np.random.default_rng(1).random((7, SIZE // 2 + 1)).astype(np.float32)
    filters = Filters(matrix)
    np.testing.assert_allclose(filters.of(spectra), spectra @ matrix, rtol=1e-4, atol=1e-5)
    np.testing.assert_array_equal(filters.of(spectra[:, : filters.lines]), filters.of(spectra))


def test_lines_end_with_the_highest_filter() -> None:
    matrix = np.zeros((100, 40), np.float32)
    matrix[10:13, 0] = matrix[50:60, 39] = 1
    assert Filters(matrix).lines == 60


def test_peaks_add_up_to_one_where_they_lie_between_lines() -> None:
    kernels = peaked(np.array([30.0, 440.0]), np.array([0.5, 20.0]), SIZE, RATE)
    np.testing.assert_allclose(kernels.sum(axis=0), 1, atol=1e-4)
    assert abs(np.arange(len(kernels)) @ kernels[:, 1] * RATE / SIZE - 440) < 2
