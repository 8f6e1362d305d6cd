"""What agrees, and what does not."""


class Check:
    """Counts what agrees, and names what does not."""

    def __init__(self):
        self.agree, self.wrong = 0, []

    def same(self, what, ours, theirs):
        if ours == theirs:
            self.agree += 1
        else:
            self.wrong.append(f"{what}: {ours or 'nothing'} in the table, {theirs or 'nothing'} by Python")
