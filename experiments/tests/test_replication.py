"""The rule that says whether a finding was seen, and what it is told of the pages."""
import unittest
from unittest import mock

from experiments.common import letter, published
from experiments.common.replication import Effect, beside, difference, paired, rate, verdict

PAGES = {
    ("replication.md", "replicate"): """
| | false negatives, the letter | melanomas lost, won back | false negatives, here |
|---|---|---|---|
| as they are | 68 of 850 |  | 20 of 100 |
| green −10 of 255 | 160 of 850 | 25, 5 | 40 of 100 |
| rotated by 45° | 76 of 850 | 1, 20 | 1 of 100 |

At the operating point:

| | false negatives, the letter | melanomas lost, won back | false negatives, here |
|---|---|---|---|
| as they are | 68 of 850 |  | 10 of 100 |
| green −10 of 255 | 160 of 850 | 12, 10 | 12 of 100 |
""",
    ("attacks.md", "measure-attacks"): """
| attack | flips | size |
|---|---|---|
| FGSM, one step, ε = 8 | 67 of 71, 94.4% (86.4% to 97.8%) | 8 |
| colour | 7 of 16, 43.8% (23.1% to 66.8%) | 5 |

| P(melanoma) | colour |
|---|---|
| 0.5 to 0.8 | 6 of 8, 75.0% (x) |
| 0.8 to 1.0 | 1 of 8, 12.5% (x) |
""",
}


def found():
    """The findings that the pages above make, by name."""
    with mock.patch.object(published, "section", lambda page, mark: PAGES.get((page, mark), "")):
        return {finding.name: finding for finding in letter.findings()}


class Rule(unittest.TestCase):
    def test_seen_not_seen_and_not_decidable(self):
        for ours, theirs, said, where in [
            (Effect(0.1, 0.02, 0.2), 0.11, "**seen**", "compatible"),
            (Effect(0.3, 0.2, 0.4), 0.11, "**seen**", "larger"),
            (Effect(0.05, 0.01, 0.08), 0.11, "**seen**", "smaller"),
            # Neither no effect nor the letter's can be ruled out.
            (Effect(0.05, -0.1, 0.2), 0.11, "**not decidable**", "compatible"),
            # An interval that begins at 0 does not exclude it.
            (Effect(0.05, 0.0, 0.2), 0.11, "**not decidable**", "compatible"),
            (Effect(0.0, -0.05, 0.05), 0.11, "**not seen**", "smaller"),
            (Effect(-0.2, -0.3, -0.1), 0.01, "**not seen**", "smaller"),
            (Effect(0.2, 0.1, 0.3), None, "**seen**", "–"),
            (Effect(0.0, -0.3, 0.3), None, "**not decidable**", "–"),
            (Effect(-0.2, -0.3, -0.1), None, "**not seen**", "–"),
            (None, 0.11, "not measured", "–"),
        ]:
            with self.subTest(ours=ours, theirs=theirs):
                self.assertEqual((verdict(ours, theirs), beside(ours, theirs)), (said, where))

    def test_effects(self):
        self.assertEqual(rate(120, 782).text(points=False), "15.3% (13.0% to 18.0%)")
        self.assertEqual(difference((160, 850), (68, 850)).text(points=True), "+10.8 points (+7.6 to +14.0)")
        self.assertEqual(paired(10, 3, 3, 10).value, 0)


class Pages(unittest.TestCase):
    def test_counts_become_effects_and_what_is_not_there_is_said(self):
        findings = found()
        green = findings["more melanomas missed, green −10 of 255"]
        self.assertEqual(green.our_counts, "20 → 40 of 100 (lost 25, won back 5)")
        self.assertAlmostEqual(green.ours.value, 0.2)
        self.assertIn("**seen**", green.row())
        self.assertIn("larger", findings["colour flips (reference)"].row())
        self.assertIn("**not seen**", findings["more melanomas missed, rotated by 45°"].row())
        self.assertIn("not measured", findings["more melanomas missed, rotated by 180°"].row())
        at_point = findings["more melanomas missed, green −10 of 255, at the operating point"]
        self.assertEqual(at_point.our_counts, "10 → 12 of 100 (lost 12, won back 10)")
        self.assertIn("**not decidable**", at_point.row())
        for name in ["colour flips fewer after training with colour jitter", "rotation and shift flip", "three pixels flip fewer than FGSM"]:
            self.assertIn("not measured", findings[name].row())
        surer = findings["colour: fewer flips at P(melanoma) of 0.8 and more (Figs. 2j, 2t)"]
        self.assertEqual(surer.our_counts, "6 of 8 below, 1 of 8 above")

    def test_the_documents_can_be_read(self):
        for page, mark in [*PAGES, ("mitigation.md", "measure-mitigation")]:
            self.assertTrue(published.tables(published.section(page, mark)), page)
        rows = [finding.row() for finding in letter.findings()]
        self.assertEqual({row.count("|") for row in rows}, {8})


if __name__ == "__main__":
    unittest.main()
