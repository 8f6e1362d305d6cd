"""The area under the ROC curve with its uncertainty, and whether two areas on the same lesions differ, after DeLong. Standard library only.

DeLong, DeLong and Clarke-Pearson 1988, Biometrics 44:837-845, doi 10.2307/2531595.
"""
import math
import statistics
import typing

Z = 1.959963984540054


class Area(typing.NamedTuple):
    """An AUC with its structural components: of each melanoma, the share of nevi that it scores above; of each nevus, the share of
    melanomas that score above it. Ties count one half."""

    auc: float
    of_melanomas: list
    of_nevi: list

    @property
    def interval(self):
        """95 %, after DeLong, within 0 to 1."""
        half = Z * math.sqrt(variance(self.of_melanomas, self.of_nevi))
        return max(0.0, self.auc - half), min(1.0, self.auc + half)


def area(melanomas, nevi):
    """The area of scores: of at least two melanomas and two nevi."""
    of_melanomas = [statistics.fmean(above(x, y) for y in nevi) for x in melanomas]
    of_nevi = [statistics.fmean(above(x, y) for x in melanomas) for y in nevi]
    return Area(statistics.fmean(of_melanomas), of_melanomas, of_nevi)


def difference(first, second):
    """The area of the first less that of the second, its interval of 95 %, and the two-sided p; the lesions are the same, in the same order."""
    apart = first.auc - second.auc
    spread = math.sqrt(variance(
        [a - b for a, b in zip(first.of_melanomas, second.of_melanomas, strict=True)],
        [a - b for a, b in zip(first.of_nevi, second.of_nevi, strict=True)],
    ))
    if spread == 0:
        return apart, (apart, apart), 1.0 if apart == 0 else 0.0
    return apart, (apart - Z * spread, apart + Z * spread), math.erfc(abs(apart) / spread / math.sqrt(2))


def above(melanoma, nevus):
    return 1.0 if melanoma > nevus else 0.5 if melanoma == nevus else 0.0


def variance(of_melanomas, of_nevi):
    return statistics.variance(of_melanomas) / len(of_melanomas) + statistics.variance(of_nevi) / len(of_nevi)
