"""Intervals against those that their papers print."""
import unittest

from experiments.common.rates import mcnemar, newcombe, newcombe_paired, wilson


class Intervals(unittest.TestCase):
    def close(self, interval, wanted):
        for value, one in zip(interval, wanted, strict=True):
            self.assertAlmostEqual(value, one, places=4)

    def test_wilson(self):
        # Newcombe 1998 (Stat Med 17:857-872), table I, method 3.
        self.close(wilson(81, 263), (0.2553, 0.3662))
        self.close(wilson(0, 20), (0.0, 0.1611))
        self.close(wilson(1, 29), (0.0061, 0.1718))

    def test_difference_of_independent_shares(self):
        # Newcombe 1998 (Stat Med 17:873-890), table II, method 10.
        self.close(newcombe(56, 70, 48, 80), (0.0524, 0.3339))
        self.close(newcombe(9, 10, 3, 10), (0.1705, 0.8090))
        self.close(newcombe(10, 10, 0, 10), (0.6075, 1.0))

    def test_difference_of_paired_shares(self):
        # Newcombe 1998 (Stat Med 17:2635-2650), table II, method 10.
        self.close(newcombe_paired(36, 12, 2, 0), (0.0569, 0.3404))
        low, high = newcombe_paired(20, 5, 5, 20)
        self.assertAlmostEqual(low, -high)
        # All alike: an interval about 0, without a division by 0.
        low, high = newcombe_paired(10, 0, 0, 0)
        self.assertTrue(low < 0 < high)

    def test_mcnemar(self):
        self.assertEqual(mcnemar(0, 0), 1.0)
        self.assertAlmostEqual(mcnemar(5, 8), 0.581, places=3)


if __name__ == "__main__":
    unittest.main()
