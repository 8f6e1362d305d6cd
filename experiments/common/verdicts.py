"""Verdicts of `flipscope classify` that are kept, so that a measurement goes on where it stopped."""
import json
import pathlib
import sys

# Photographs that one call judges: what an interruption loses.
TOGETHER = 8


class Verdicts:
    """P(melanoma) of frames by one model, asked with the same flags: kept in a file, a line a frame. Without a program, only what is kept."""

    def __init__(self, flipscope, path, flags):
        self.flipscope, self.path, self.flags = flipscope, path, flags
        self.known = {}
        lines = path.read_text().splitlines(keepends=True) if path.exists() else []
        # The last line may be half of one, if a run was killed, or is just writing it.
        if lines and not lines[-1].endswith("\n"):
            lines.pop()
            if flipscope:
                path.write_text("".join(lines))
        for line in lines:
            answer = json.loads(line)
            self.known[answer["file"]] = answer

    def add(self, files):
        """Judges those that are not known yet."""
        if not self.flipscope:
            return
        missing = [file for file in files if not self.has(file)]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        for at in range(0, len(missing), TOGETHER):
            answers = self.flipscope.answers("classify", *missing[at:at + TOGETHER], *self.flags)
            with self.path.open("a") as kept:
                for answer in answers:
                    line = {"file": key(answer["file"]), "p": answer["p_melanoma"], "model": answer["model_sha256"]}
                    self.known[line["file"]] = line
                    kept.write(json.dumps(line) + "\n")

    def has(self, file):
        return key(file) in self.known

    def of(self, file):
        return self.known[key(file)]["p"]

    def digest(self):
        """The model's."""
        digests = {answer["model"] for answer in self.known.values()}
        if len(digests) > 1:
            sys.exit(f"{self.path} holds verdicts of several models: give another --out")
        if not digests:
            sys.exit(f"{self.path} holds no verdicts: run without --report first")
        return digests.pop()


def key(file):
    """A frame's name in a file of verdicts: the run's folder and the file."""
    path = pathlib.Path(file)
    return f"{path.parent.name}/{path.name}"
