"""The growth that a soak run tells."""

from bench import soak


def test_growth_is_the_median_slope_of_samples_that_lie_apart() -> None:
    """Two samples of one rotation say nothing of growth."""
    found = [{"rotations": turns, "heap": mb} for turns, mb in ((100, 50), (100, 90), (200, 60), (300, 70))]
    assert soak.slope(found, "heap") == 100 * 1000 / 1000
